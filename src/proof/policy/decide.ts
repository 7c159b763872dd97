import { flipTruth, type Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { holds } from './conditions.ts';
import type { Listed, Policy, Statement } from './policy.ts';
import { isMeant } from './principals.ts';
import type { Request } from './request.ts';
import { anyOf, truthOf } from './truth.ts';
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
export function decide({ statements, variables }: Policy, request: Request): Decision {
  const asked = variables ? request : { ...request, context: { ...request.context, literal: true as const } };
  const said = statements.map((statement) => ({ statement, applies: applies(statement, asked) }));
  const of = (effect: Statement['effect'], truth: Truth) =>
    said.find(({ statement, applies: does }) => statement.effect === effect && does === truth)?.statement;
  const what = `${request.action} on ${request.resource}`;

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

/** One thing that must be so for a statement to apply, and how it is called where nobody knows. */
interface Part {
  readonly called: string;
  readonly truth: () => Truth;
}

const partsOf = ({ principals, actions, resources, conditions }: Statement, request: Request): readonly Part[] => [
  { called: 'whether it means the caller', truth: () => isMeant(principals, request.caller) },
  { called: 'its actions', truth: () => isListed(actions, (value) => coversAction(value, request)) },
  { called: 'its resources', truth: () => isListed(resources, (value) => coversResource(value, request)) },
  ...conditions.map(
    (condition): Part => ({
      called: `${condition.operator} ${condition.key}`,
      truth: () => holds(condition, request.context),
    }),
  ),
];

/** What of a statement cannot be decided. */
const openIn = (statement: Statement, request: Request): string =>
  partsOf(statement, request)
    .filter(({ truth }) => truth() === 'unknown')
    .map(({ called }) => called)
    .join(' and ');

function applies(statement: Statement, request: Request): Truth {
  let all: Truth = 'yes';
  for (const { truth } of partsOf(statement, request)) {
    const one = truth();
    if (one === 'no') return 'no';
    if (one === 'unknown') all = 'unknown';
  }
  return all;
}

function isListed({ not, values }: Listed, covers: (value: string) => Truth): Truth {
  const truth = anyOf(values.map(covers));
  return not ? flipTruth(truth) : truth;
}

const coversAction = (value: string, { action }: Request): Truth => covers(value.toLowerCase(), action.toLowerCase());

function coversResource(value: string, { resource, context }: Request): Truth {
  const filled = fillIn(value, context, literal);
  return filled === undefined ? 'unknown' : covers(filled, resource);
}

const wildcard = /[*?]/;

/** Whether a glob matches all that is asked for, which may be a glob itself: some of it is not enough to know. */
function covers(pattern: string, asked: string): Truth {
  const matches = matchesGlob(pattern, literal(asked));
  if (!wildcard.test(asked)) return truthOf(matches);
  if (matches && !pattern.includes('?')) return 'yes';
  const [a = '', b = ''] = [pattern, asked].map((glob) => glob.split(wildcard)[0]);
  return a.startsWith(b) || b.startsWith(a) ? 'unknown' : 'no';
}
