import { lazily } from '../../snapshot/remember.ts';
import { flipTruth, type Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { holds } from './conditions.ts';
import type { Listed, Policy, Statement } from './policy.ts';
import { isMeant } from './principals.ts';
import type { Request } from './request.ts';
import { allOf, anyOf, truthOf } from './truth.ts';
import { fillIn, literal } from './variables.ts';

/** Whether a policy lets a request through, and the sentence that says why. */
export interface Decision {
  readonly allowed: Truth;
  readonly why: string;
}

/**
 * Decides a request by the resource's policy alone: some statement allows it and none denies it (aws-semantics §4.3).
 * For a request of an AWS service there is no identity policy that could allow it too. A request whose action or
 * resource has wildcards is for all that they match.
 */
export const decide = (policy: Policy, request: Request): Decision => deciding(policy, request)(request.resource);

/**
 * Decides the same request of one resource after another, as of the files that a trail writes in each region: what of
 * a statement does not hang on the resource is looked at once.
 */
export function deciding(policy: Policy, request: Asking): (resource: string) => Decision {
  const asked = readBy(policy, request);
  const near = policy.statements.flatMap((statement) => {
    const appliesTo = applying(statement, asked);
    return appliesTo ? [{ statement, appliesTo }] : [];
  });
  return (resource) => {
    const said = near.map(({ statement, appliesTo }) => ({ statement, does: appliesTo(resource) }));
    return decisionOf(said, { ...asked, resource });
  };
}

/** A statement, and whether it applies to a request. */
interface Said {
  readonly statement: Statement;
  readonly does: Truth;
}

function decisionOf(said: readonly Said[], asked: Request): Decision {
  const of = (effect: Statement['effect'], truth: Truth) =>
    said.find(({ statement, does }) => statement.effect === effect && does === truth)?.statement;
  const what = `${asked.action} on ${asked.resource}`;

  const denies = of('Deny', 'yes');
  if (denies) return { allowed: 'no', why: `${denies.name} denies ${what}` };
  const mayDeny = of('Deny', 'unknown');
  const allows = of('Allow', 'yes');
  if (allows && !mayDeny) return { allowed: 'yes', why: `${allows.name} allows ${what}` };
  const mayAllow = allows ?? of('Allow', 'unknown');
  if (!mayAllow) return { allowed: 'no', why: `no statement allows ${what}` };
  const open = mayDeny ?? mayAllow;
  return { allowed: 'unknown', why: `whether ${open.name} applies to ${what} depends on ${openIn(open, asked)}` };
}

/** Whether a statement denies a request, whatever allows it, and the sentence that says so. */
export interface Denial {
  readonly denied: Truth;
  readonly why: string;
}

/** Decides whether a policy denies a request. Who is allowed by a policy of their own is denied by this one all the same. */
export function denies(policy: Policy, request: Request): Denial {
  const asked = readBy(policy, request);
  const denials = policy.statements
    .filter(({ effect }) => effect === 'Deny')
    .map((statement) => ({ statement, does: applies(statement, asked) }));
  const sure = denials.find(({ does }) => does === 'yes')?.statement;
  const what = `${request.action} on ${request.resource}`;
  if (sure) return { denied: 'yes', why: `${sure.name} denies ${what}` };
  const open = denials.find(({ does }) => does === 'unknown')?.statement;
  if (!open) return { denied: 'no', why: `no statement denies ${what}` };
  return { denied: 'unknown', why: `whether ${open.name} denies ${what} depends on ${openIn(open, asked)}` };
}

/** A request as a policy of this version reads it. */
export const readBy = <R extends Pick<Request, 'context'>>({ variables }: Policy, request: R): R =>
  variables ? request : { ...request, context: { ...request.context, literal: true } };

/** What must be so for a statement to apply, beside its conditions, and how it is called where nobody knows. */
interface Part {
  readonly called: string;
  readonly truth: (statement: Statement, request: Request) => Truth;
}

const parts: readonly Part[] = [
  { called: 'whether it means the caller', truth: meansCaller },
  { called: 'its actions', truth: namesAction },
  { called: 'its resources', truth: (statement, request) => namesResource(statement, request.resource, request) },
];

/** Who asks, and for what. */
type Asking = Omit<Request, 'resource'>;

function meansCaller({ principals }: Statement, { caller }: Asking): Truth {
  return isMeant(principals, caller);
}

function namesAction({ actions }: Statement, { action }: Asking): Truth {
  const asked = action.toLowerCase();
  return isListed(actions, (it) => covers(it.toLowerCase(), asked));
}

function namesResource({ resources }: Statement, resource: string, { context }: Asking): Truth {
  return isListed(resources, (it) => {
    const filled = fillIn(it, context, literal);
    return filled === undefined ? 'unknown' : covers(filled, resource);
  });
}

/** What of a statement cannot be decided. */
export function openIn(statement: Statement, request: Request): string {
  const open = parts.filter(({ truth }) => truth(statement, request) === 'unknown').map(({ called }) => called);
  const conditions = statement.conditions.filter((condition) => holds(condition, request.context) === 'unknown');
  return [...open, ...conditions.map(({ operator, key }) => `${operator} ${key}`)].join(' and ');
}

/**
 * Whether a statement applies to a request. Statements are many and most are about something else: the first part that
 * does not fit ends it.
 */
export const applies = (statement: Statement, request: Request): Truth =>
  applying(statement, request)?.(request.resource) ?? 'no';

/** The same of one resource after another; undefined: it applies to a request of none. */
function applying(statement: Statement, asked: Asking): ((resource: string) => Truth) | undefined {
  const whom = meansCaller(statement, asked);
  if (whom === 'no') return undefined;
  const what = namesAction(statement, asked);
  if (what === 'no') return undefined;
  const rest = lazily(() => allOf([whom, what, ...statement.conditions.map((it) => holds(it, asked.context))]));
  return (resource) => {
    const where = namesResource(statement, resource, asked);
    return where === 'no' ? 'no' : allOf([where, rest()]);
  };
}

/** Whether what a statement lists, or leaves out, covers what is asked for. */
export function isListed({ not, values }: Listed, covers: (value: string) => Truth): Truth {
  const truth = anyOf(values.map(covers));
  return not ? flipTruth(truth) : truth;
}

const wildcard = /[*?]/;

/** Whether a glob matches all that is asked for, which may be a glob itself: some of it is not enough to know. */
export function covers(pattern: string, asked: string): Truth {
  if (!wildcard.test(asked)) return truthOf(matchesGlob(pattern, asked));
  const matches = matchesGlob(pattern, literal(asked));
  if (matches && !pattern.includes('?')) return 'yes';
  if (!wildcard.test(pattern)) return matchesGlob(asked, pattern) ? 'unknown' : 'no';
  const [a = '', b = ''] = [pattern, asked].map((glob) => glob.split(wildcard)[0]);
  return a.startsWith(b) || b.startsWith(a) ? 'unknown' : 'no';
}
