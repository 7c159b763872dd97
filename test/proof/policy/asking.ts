import { type Decision, decide } from '../../../src/proof/policy/decide.ts';
import { parsePolicy } from '../../../src/proof/policy/policy.ts';
import { type Caller, contextFor, type Keys } from '../../../src/proof/policy/request.ts';

export type Statement = Readonly<Record<string, unknown>>;

export const bucketArn = 'arn:aws:s3:::logs';
export const cloudTrail: Caller = { kind: 'service', name: 'cloudtrail.amazonaws.com' };

/** A text that holds a variable; TypeScript would take `${` for its own. */
export const variable = (inner: string): string => `\u0024{${inner}}`;

export interface Question {
  readonly caller?: Caller;
  readonly action?: string;
  readonly resource?: string;
  readonly keys?: Keys;
  readonly version?: string | undefined;
}

/** What statements decide; what they leave out lets anybody do anything. */
export function decision(
  statements: readonly Statement[],
  { caller = cloudTrail, action = 's3:PutObject', resource = `${bucketArn}/a`, keys = {}, ...rest }: Question = {},
): Decision {
  const complete = statements.map((it) => ({
    Effect: 'Allow',
    ...('NotPrincipal' in it ? {} : { Principal: '*' }),
    ...('NotAction' in it ? {} : { Action: '*' }),
    ...('NotResource' in it ? {} : { Resource: '*' }),
    ...it,
  }));
  const version = 'version' in rest ? rest.version : '2012-10-17';
  const policy = parsePolicy(JSON.stringify({ Version: version, Statement: complete }));
  if ('mistake' in policy) throw new Error(policy.mistake);
  return decide(policy, { caller, action, resource, context: contextFor(caller, keys) });
}

export const allowed = (statement: Statement, question?: Question) => decision([statement], question).allowed;

/** Whether a condition holds of a request that carries `keys`; `undefined`: it does not carry it. */
export const holding = (operator: string, values: unknown, keys: Keys, question: Question = {}) =>
  allowed({ Condition: { [operator]: { 'aws:Key': values } } }, { ...question, keys });
