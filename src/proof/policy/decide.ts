import { flipTruth, type Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { fillIn, holds } from './conditions.ts';
import type { Listed, Policy, Principals, Statement } from './policy.ts';
import type { Caller, Request } from './request.ts';

/** Whether a policy lets a request through, and the sentence that says why. */
export interface Decision {
  readonly allowed: Truth;
  readonly why: string;
}

/**
 * Decides a request by the resource's policy alone: some statement allows it and none denies it (aws-semantics §4.3).
 * For a request of an AWS service there is no identity policy that could allow it too.
 */
export function decide({ statements }: Policy, request: Request): Decision {
  const said = statements.map((statement) => ({ statement, applies: applies(statement, request) }));
  const of = (effect: Statement['effect'], truth: Truth) =>
    said.find(({ statement, applies: does }) => statement.effect === effect && does === truth)?.statement;
  const asked = `${request.action} on ${request.resource}`;

  const denies = of('Deny', 'yes');
  if (denies) return { allowed: 'no', why: `${denies.name} denies ${asked}` };
  const mayDeny = of('Deny', 'unknown');
  const allows = of('Allow', 'yes');
  if (allows && !mayDeny) return { allowed: 'yes', why: `${allows.name} allows ${asked}` };
  const mayAllow = allows ?? of('Allow', 'unknown');
  if (!mayAllow) return { allowed: 'no', why: `no statement allows ${asked}` };
  const open = mayDeny ?? mayAllow;
  return { allowed: 'unknown', why: `whether ${open.name} applies to ${asked} depends on ${openIn(open, request)}` };
}

/** What of a statement cannot be decided. */
function openIn({ principals, conditions }: Statement, request: Request): string {
  if (isMeant(principals, request.caller) === 'unknown') return 'whether it means the caller';
  const open = conditions.filter((condition) => holds(condition, request.context) === 'unknown');
  return open.map(({ operator, key }) => `${operator} ${key}`).join(' and ') || 'a variable in it';
}

function applies(statement: Statement, request: Request): Truth {
  const { principals, actions, resources, conditions } = statement;
  let truth: Truth = 'yes';
  const parts: readonly (() => Truth)[] = [
    () => isMeant(principals, request.caller),
    () => isListed(actions, (value) => truthOf(matchesGlob(value.toLowerCase(), request.action.toLowerCase()))),
    () => isListed(resources, (value) => matchesResource(value, request)),
    ...conditions.map((condition) => () => holds(condition, request.context)),
  ];
  for (const part of parts) {
    const one = part();
    if (one === 'no') return 'no';
    if (one === 'unknown') truth = 'unknown';
  }
  return truth;
}

const truthOf = (does: boolean): Truth => (does ? 'yes' : 'no');

const anyOf = (truths: readonly Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';

function isListed({ not, values }: Listed, matches: (value: string) => Truth): Truth {
  const truth = anyOf(values.map(matches));
  return not ? flipTruth(truth) : truth;
}

function matchesResource(value: string, { resource, context }: Request): Truth {
  const filled = fillIn(value, context);
  return filled === undefined ? 'unknown' : truthOf(matchesGlob(filled, resource));
}

function isMeant(principals: Principals, caller: Caller): Truth {
  const truth = principals.everyone
    ? 'yes'
    : anyOf([...principals.byKind].map(([kind, names]) => isNamed(kind, names, caller)));
  return principals.not ? flipTruth(truth) : truth;
}

function isNamed(kind: string, names: readonly string[], caller: Caller): Truth {
  switch (kind) {
    case 'Service':
      return truthOf(caller.kind === 'service' && names.includes(caller.name));
    case 'AWS':
      return anyOf(names.map((name) => isAccount(name, caller)));
    case 'Federated':
    case 'CanonicalUser':
      return caller.kind === 'account' ? 'unknown' : 'no';
    default:
      return 'unknown';
  }
}

/** The accounts that CloudTrail delivered from before it had a service principal (aws-semantics §4.3, P12). */
const formerCloudTrail: ReadonlySet<string> = new Set([
  '035351147821',
  '086441151436',
  '113285607260',
  '216624486486',
  '284668455005',
  '388731089494',
  '492519147666',
  '814480443879',
  '859597730677',
  '903692715234',
]);

function isAccount(name: string, caller: Caller): Truth {
  const account = /^\d{12}$/.test(name) ? name : (name.split(':')[4] ?? '');
  if (caller.kind === 'service') {
    return caller.name.startsWith('cloudtrail.') && formerCloudTrail.has(account) ? 'unknown' : 'no';
  }
  if (caller.kind === 'anonymous' || account !== caller.account) return 'no';
  if (name === account || name.endsWith(':root')) return 'yes';
  return caller.arn === undefined ? 'unknown' : truthOf(name === caller.arn);
}
