import { flipTruth, type Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { holds } from './conditions.ts';
import { applies, covers, isListed, readBy } from './decide.ts';
import { type Condition, isForEverybody, type Listed, type Policy, type Statement } from './policy.ts';
import { isMeant } from './principals.ts';
import type { Request } from './request.ts';
import { somebodiesOf } from './somebody.ts';
import { otherwiseTold, type Somebody } from './told-apart.ts';
import { allOf, anyOf } from './truth.ts';
import { literal } from './variables.ts';

/** Somebody whom a policy lets do something of what is asked, as far as that is known, and the sentence that says so. */
export interface Grant {
  readonly to: Somebody;
  readonly granted: Exclude<Truth, 'no'>;
  readonly why: string;
}

/** What is asked of a policy: one action on one resource, each perhaps a glob, of which some is enough. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly partition: string;
}

/**
 * Whom a policy lets do something: everybody that a statement allows it, less those to whom all of it is denied
 * (aws-semantics §4.3, "who can delete logs"). What a request can be made to say, an address or an encryption, lets
 * those in who make it so; a denial on such a condition keeps nobody out.
 */
export function grantsOf(policy: Policy, asked: Asked): readonly Grant[] {
  const denying = policy.statements.filter(({ effect }) => effect === 'Deny');
  return policy.statements.flatMap((statement) => {
    if (statement.effect !== 'Allow') return [];
    const resources = meet(statement.resources, asked.resource, (glob) => glob);
    const places = meet(statement.actions, asked.action, (glob) => glob.toLowerCase()).flatMap((action) =>
      resources.map((resource) => ({ action, resource })),
    );
    if (places.length === 0) return [];
    const ask = (to: Somebody) =>
      requestsOf(to, places).flatMap((it) => grantOf(statement, denying, { to, request: readBy(policy, it) }));
    const those = somebodiesOf(statement, policy, asked.partition);
    const isMet = those.some((to) => to.callers.some((it) => meets(statement, it)));
    const all = isMet || !isForEverybody(statement) ? those : [...those, otherwiseTold];
    return strongest(all.flatMap((to) => (to.callers.length === 0 ? notLookedAt(statement, to) : ask(to))));
  });
}

type Place = Pick<Request, 'action' | 'resource'>;

const requestsOf = ({ callers }: Somebody, places: readonly Place[]): readonly Request[] =>
  callers.flatMap((asking) => places.map((place) => ({ ...asking, ...place })));

interface Grantee {
  readonly to: Somebody;
  readonly request: Request;
}

/** What a statement grants somebody of a request, if anything. */
function grantOf(statement: Statement, denying: readonly Statement[], { to, request }: Grantee): readonly Grant[] {
  const granted = allOf([
    to.isUnsure ? 'unknown' : 'yes',
    allows(statement, to, request),
    flipTruth(anyOf(denying.map((denial) => takes(denial, request)))),
  ]);
  if (granted === 'no') return [];
  const lets = granted === 'yes' ? 'lets' : 'perhaps lets';
  return [{ to, granted, why: `${statement.name} ${lets} ${to.name} do ${request.action} on ${request.resource}` }];
}

const notLookedAt = ({ name }: Statement, to: Somebody): readonly Grant[] => [
  { to, granted: 'unknown', why: `${name} perhaps lets ${to.name} in` },
];

/** One grant for each: what is certain before what is not; whom it lets in with all others stands for them. */
function strongest(grants: readonly Grant[]): readonly Grant[] {
  const sure = grants.filter(({ granted }) => granted === 'yes');
  const anybody = sure.find(({ to }) => to.name === '*');
  if (anybody) return [anybody];
  const whole = new Set(sure.map(({ to }) => to.name));
  const apart = [...grants, ...sure].filter(({ to }) => to.through === undefined || !whole.has(to.through));
  return [...new Map(apart.map((grant) => [`${grant.to.name} ${grant.to.through}`, grant])).values()];
}

/** What of an asked glob a statement is about: all of it, or the narrower that the statement writes. */
function meet({ not, values }: Listed, asked: string, spelled: (glob: string) => string): readonly string[] {
  const wanted = spelled(asked);
  const isAll = values.some((value) => matchesGlob(spelled(value), literal(wanted)));
  if (not) return isAll ? [] : [asked];
  if (isAll) return [asked];
  return values.filter((value) => {
    const written = spelled(value);
    return matchesGlob(wanted, literal(written)) || overlap(written, wanted);
  });
}

/** Whether two globs may match one and the same text, by what stands before their first wildcard. */
function overlap(one: string, other: string): boolean {
  if (![one, other].every((glob) => /[*?$]/.test(glob))) return false;
  const [a = '', b = ''] = [one, other].map((glob) => glob.split(/[*?$]/)[0]);
  return a.startsWith(b) || b.startsWith(a);
}

/** Whether a statement allows some request of somebody: an open condition can be met. */
function allows(statement: Statement, { isNamed }: Somebody, { caller, context }: Request): Truth {
  const meant = isNamed ? 'yes' : isMeant(statement.principals, caller);
  return meets(statement, { context }) ? meant : 'no';
}

/** Whether nothing that is known of a request keeps it from meeting what a statement asks for. */
const meets = ({ conditions }: Statement, { context }: Pick<Request, 'context'>): boolean =>
  !conditions.some((condition) => holds(condition, context) === 'no');

/** Whether a denial takes all of a request away. */
function takes(statement: Statement, request: Request): Truth {
  const action = isListed(statement.actions, (it) => covers(it.toLowerCase(), request.action.toLowerCase()));
  if (action !== 'yes') return 'no';
  const escaped = statement.conditions.some(
    (condition) => !isOfCaller(condition) && holds(condition, request.context) === 'unknown',
  );
  return escaped ? 'no' : applies(statement, request);
}

/** Whether a condition asks who somebody is, which nobody can make different. */
const isOfCaller = ({ key }: Condition): boolean =>
  /^aws:(?:principal|userid|username|sourceorg|sourceaccount|sourcearn)/i.test(key);
