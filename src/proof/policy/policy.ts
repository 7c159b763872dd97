import { findJsonMistake } from '../../documents/json-mistake.ts';
import { readEmbedded } from '../embedded-json.ts';

/** A resource policy, as far as it decides who may do what. */
export interface Policy {
  readonly statements: readonly Statement[];
  /** Whether its version has variables: `${…}` stands for itself in the older one, which is also the default. */
  readonly variables: boolean;
}

export interface Statement {
  /** `statement 2 (DenyInsecureTransport)`. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Principals;
  readonly actions: Listed;
  readonly resources: Listed;
  readonly conditions: readonly Condition[];
}

/** Whether a statement names nobody alone, but means whoever its conditions leave. */
export const isForEverybody = ({ principals: { everyone, not } }: Statement): boolean => everyone || not;

/** What an element names, or with `not` all but that. */
export interface Listed {
  readonly not: boolean;
  readonly values: readonly string[];
}

export interface Principals extends Omit<Listed, 'values'> {
  /** `*`, or kind → names. */
  readonly everyone: boolean;
  readonly byKind: ReadonlyMap<string, readonly string[]>;
}

export interface Condition {
  /** `StringEquals`, `ForAllValues:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface PolicyMistake {
  readonly mistake: string;
}

/**
 * What its statements must name. That of a resource whom it lets do what with what; that of a principal, and one that
 * bounds principals from above, nobody but whom it is attached to; that of a role who may take it on, and nothing else.
 */
export type PolicyKind = 'resource' | 'identity' | 'trust';

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofPolicy = ['Version', 'Id', 'Statement'];
const ofStatement = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
];

/**
 * Reads a policy document: one statement or several, texts or lists of them. What AWS would have refused is a mistake,
 * also what a reader could pass over: an element that it does not know may be the one that narrows the statement.
 */
export function parsePolicy(text: string, kind: PolicyKind = 'resource'): Policy | PolicyMistake {
  const read = readEmbedded(text);
  if ('mistake' in read) return { mistake: `the policy is not valid JSON at column ${read.column}: ${read.mistake}` };
  const twice = findJsonMistake(text);
  if (twice) return { mistake: `the policy is ambiguous at column ${twice.offset + 1}: ${twice.message}` };
  if (!isMembers(read.value)) return { mistake: 'the policy is not a JSON object' };
  const { Version: version = '2008-10-17', Statement: written } = read.value;
  const strange = Object.keys(read.value).find((name) => !ofPolicy.includes(name));
  if (strange !== undefined) return { mistake: `the policy has an element that no policy has: ${strange}` };
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    return { mistake: `the policy is of a version that is not known: ${JSON.stringify(version)}` };
  }
  if (written === undefined) return { mistake: 'the policy has no Statement' };
  const statements = [written].flat().map((statement, index) => readStatement(statement, index, kind));
  const wrong = statements.find(isMistake);
  return (
    wrong ?? {
      statements: statements.flatMap((statement) => (isMistake(statement) ? [] : [statement])),
      variables: version === '2012-10-17',
    }
  );
}

const isMistake = (read: Statement | PolicyMistake): read is PolicyMistake => 'mistake' in read;

/** What a statement of some kind says nothing of, because it is always the same. */
const leftOut: Readonly<Record<PolicyKind, string | undefined>> = {
  resource: undefined,
  identity: 'Principal',
  trust: 'Resource',
};
const everybody: Principals = { not: false, everyone: true, byKind: new Map() };
const everything: Listed = { not: false, values: ['*'] };

function readStatement(written: unknown, index: number, kind: PolicyKind): Statement | PolicyMistake {
  const name = `statement ${index + 1}`;
  if (!isMembers(written)) return { mistake: `${name} of the policy is not an object` };
  const { Effect: effect, Sid } = written;
  if (effect !== 'Allow' && effect !== 'Deny') return { mistake: `${name} of the policy neither allows nor denies` };
  const wrong = wrongElement(written, leftOut[kind]);
  if (wrong) return { mistake: `${name} of the policy has ${wrong}` };
  const actions = listedIn(written, 'Action');
  const resources = kind === 'trust' ? everything : listedIn(written, 'Resource');
  const principals = kind === 'identity' ? everybody : readPrincipals(written);
  if (!actions || !resources || !principals) {
    const missing = actions ? (resources ? 'a Principal' : 'a Resource') : 'an Action';
    return { mistake: `${name} of the policy lacks ${missing} that can be read` };
  }
  const conditions = readConditions(written.Condition);
  if (!conditions) return { mistake: `the Condition of ${name} of the policy cannot be read` };
  return { name: titleOf(name, Sid), effect, principals, actions, resources, conditions };
}

const titleOf = (name: string, sid: unknown): string =>
  typeof sid === 'string' && sid !== '' ? `${name} (${sid})` : name;

/** What stands in a statement and must not; undefined: nothing. */
function wrongElement(written: Members, out: string | undefined): string | undefined {
  const strange = Object.keys(written).find((element) => !ofStatement.includes(element));
  if (strange !== undefined) return `an element that none has: ${strange}`;
  if (out && [out, `Not${out}`].some((element) => Object.hasOwn(written, element))) {
    return `a ${out}, which none of its kind has`;
  }
  const both = ['Principal', 'Action', 'Resource'].find((element) =>
    [element, `Not${element}`].every((it) => Object.hasOwn(written, it)),
  );
  return both && `both ${both} and Not${both}`;
}

function texts(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const scalars = list.filter((item) => ['string', 'number', 'boolean'].includes(typeof item));
  return scalars.length === list.length ? scalars.map(String) : undefined;
}

function listedIn(written: Members, name: 'Action' | 'Resource'): Listed | undefined {
  const not = Object.hasOwn(written, `Not${name}`);
  const values = texts(written[not ? `Not${name}` : name]);
  return values && { not, values };
}

function readPrincipals(written: Members): Principals | undefined {
  const not = Object.hasOwn(written, 'NotPrincipal');
  const said = written[not ? 'NotPrincipal' : 'Principal'];
  if (said === '*') return { not, everyone: true, byKind: new Map() };
  if (!isMembers(said)) return undefined;
  const byKind = new Map<string, readonly string[]>();
  for (const [kind, names] of Object.entries(said)) {
    const values = texts(names);
    if (!values) return undefined;
    byKind.set(kind, values);
  }
  return { not, everyone: byKind.get('AWS')?.includes('*') === true, byKind };
}

function readConditions(written: unknown): readonly Condition[] | undefined {
  if (written === undefined) return [];
  if (!isMembers(written)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(written)) {
    if (!isMembers(keys)) return undefined;
    for (const [key, said] of Object.entries(keys)) {
      const values = texts(said);
      if (!values) return undefined;
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}
