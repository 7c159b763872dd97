import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { isObject, type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all, distinct } from '../answer.ts';
import { type Coverage, coverage, isSomeOf, someOf } from '../coverage.ts';
import { callNamed } from '../event-catalogue.ts';
import { type EventClass, narrow, readEventClass } from '../event-class.ts';
import { contains, type EventSet, every, type Witness } from '../event-set.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import type { Source } from '../try-events.ts';
import { describeWitness } from '../witness-text.ts';
import { callsNamedBy, matchedByRule, namedBy, unreadPattern } from './event-rule-pattern.ts';
import { askedOf, happeningAt } from './happening.ts';
import { type Head, headsOf, jointly } from './route.ts';

/** A trail, and whether it records in the rule's region at all. */
interface Backing extends Head {
  readonly told: Answer;
  /** What it records of what the rule matches. */
  readonly brought: EventSet;
}

/** A rule, with the trails that may bring it something. */
interface Backed {
  readonly rule: ResourceView;
  readonly owner: ResourceView;
  readonly matched: EventSet;
  readonly unmatched: EventSet;
  readonly backings: readonly Backing[];
  readonly prefix: string;
}

/**
 * Whether a logging trail brings a rule what its pattern is about, in the region where the rule is (aws-semantics §7.1):
 * of each call that it names something is recorded, and every write that it matches of the account's management. What
 * does not happen in the region, as calls to IAM outside of one, never arrives. An event data store brings nothing.
 */
export function backedByTrail(rule: ResourceView, prefix: string): Answer {
  const unread = unreadPattern(rule, prefix);
  if (unread) return unread;
  const owner = rule.account.byType.get('AWS::Account')?.[0] ?? rule;
  const here = { account: owner, region: rule.region, prefix: `${prefix}account.`, isAbout: () => true };
  const matched = matchedByRule(rule);
  const backings = headsOf(here).map((head) => ({
    ...head,
    told: all(head.works(), 'no'),
    brought: jointly([matched, head.sieve.events]),
  }));
  const backed = { rule, owner, matched, unmatched: { not: matched }, backings, prefix };
  return distinct(
    all(
      askedFor(backed).map((written) => broughtOf(backed, written)),
      'no',
    ),
  );
}

type Written = Readonly<Record<string, unknown>>;

/** Where a request names what a data event is about, and how the ARN of that begins, by the type of resource. */
const inRequests: ReadonlyMap<string | undefined, readonly [field: string, service: string, before: string]> = new Map([
  ['AWS::S3::Object', ['requestParameters.bucketName', 's3', '']],
  ['AWS::DynamoDB::Table', ['requestParameters.tableName', 'dynamodb', 'table/']],
  ['AWS::Lambda::Function', ['requestParameters.functionName', 'lambda', 'function:']],
]);

/** A class for each call that the pattern names; of data events, for each bucket, table or function that it names besides. */
function askedFor({ rule, owner, matched }: Backed): readonly Written[] {
  const { names, sources } = callsNamedBy(rule);
  // Whose call it is tells whether it is a management or a data event.
  const ofService = sources.length > 0 ? { eventSource: sources } : {};
  if (names.length === 0) return [ofService];
  const { id, partition } = owner.account.account;
  return names.flatMap((eventName): readonly Written[] => {
    const call = { ...ofService, eventName };
    const [field, service, before] = inRequests.get(callNamed(eventName)?.resourceType) ?? [];
    if (field === undefined) return [call];
    const home = service === 's3' ? '::' : `${rule.region}:${id}:`;
    const arnOf = (name: string): string => {
      if (name.startsWith('arn:')) return name;
      const inside = service === 's3' && !name.endsWith('*') ? '/*' : '';
      return `arn:${partition}:${service}:${home}${before}${name}${inside}`;
    };
    // Some pairs of a call and a name the pattern may not mean.
    const meant = namedBy(rule, field)
      .map((name) => ({ ...call, [field]: { like: name }, 'resources.ARN': { like: arnOf(name) } }))
      .filter((written) => someOf([{ works: 'yes', events: matched }], readEventClass(written)) !== 'no');
    return meant.length > 0 ? meant : [call];
  });
}

/** The classes of events that rules of an account name: the same ones in many regions. */
const classesOf = (_: ResourceView): Map<string, EventClass> => new Map();

function broughtOf(backed: Backed, written: Written): Answer {
  const { rule, owner, matched, prefix, backings } = backed;
  const asked = remember(workedOut(owner, classesOf), JSON.stringify(written), () => readEventClass(written));
  const sets = [matched, ...backings.map(({ sieve }) => sieve.events)];
  const events = askedOf(sets, happeningAt(asked, owner, rule.region));
  const what = describeCall(written);
  const { from } = read(rule, 'EventPattern');
  const pattern = { path: `${prefix}EventPattern`, ...(from && { from }), resource: rule.id };
  const sources = backings.map(({ told, brought }): Source => ({ works: told.truth, events: brought }));
  const recorded = someOf(sources, events);
  if (recorded !== 'yes' && (!isAny(events) || someOf([{ works: 'yes', events: matched }], events) === 'no')) {
    return decided(false, { ...pattern, note: `it matches nothing that happens in ${rule.region} as ${what}` });
  }
  if (recorded === 'no') return unbacked(backed, undefined, `no trail records ${what} in ${rule.region}`);
  const { every, enough, missed } = writes(backed, events);
  if (every === 'no') {
    return unbacked(backed, missed, `no trail records ${describeWitness(missed ?? new Map())} in ${rule.region}`);
  }
  if (recorded === 'unknown') return uncertain(backed, `it cannot be said whether a trail records ${what}`);
  if (every === 'unknown') return uncertain(backed, `it cannot be said whether a trail records all of ${what}`);
  const among = <T>(all: readonly T[]): readonly T[] => all.filter((_, index) => enough.includes(index));
  const first = isSomeOf(among(sources), events) ? -1 : sources.findIndex((source) => isSomeOf([source], events));
  const resting = [...among(backings), ...backings.filter((_, index) => index === first)];
  return all([decided(true, { ...pattern, note: `a trail records ${what}` }), ...resting.flatMap(saidOf)], 'no');
}

function describeCall({ eventName, 'resources.ARN': arn }: Written): string {
  if (typeof eventName !== 'string') return 'such an event';
  return isObject(arn) ? `${eventName} of ${String(arn.like)}` : eventName;
}

/** Whether there is any event of a class at all. */
const isAny = (events: EventClass): boolean => isSomeOf([{ works: 'yes', events: every }], events);

/** How much of the management writes that the rule matches the trails record: what it does not match is no matter. */
function writes({ unmatched, backings }: Backed, events: EventClass): Pick<Coverage, 'every' | 'enough' | 'missed'> {
  const sources = backings.map(({ told, sieve }): Source => ({ works: told.truth, events: sieve.events }));
  const written = writesOf(events);
  const covered = coverage([...sources, { works: 'yes', events: unmatched }], written);
  return covered.every === 'yes' || isAny(written) ? covered : { every: 'yes', enough: [] };
}

/** The management writes of a class. */
const writesOf = (events: EventClass): EventClass =>
  remember(written, events.fields, () => narrow(events, { eventCategory: 'Management', readOnly: false }));

const written = new WeakMap<EventClass['fields'], EventClass>();

/** What a trail that records rests on. */
function saidOf({ told, sieve: { path, resource, from } }: Backing): readonly Answer[] {
  return [told, decided(true, { path, resource, ...(from && { from }), note: 'records such events' })];
}

/** Why no trail brings it, of each trail; or why there may be others. */
function unbacked({ rule, owner, backings, prefix }: Backed, missed: Witness | undefined, note: string): Answer {
  const { gaps, from } = members(owner, 'trails');
  const path = `${prefix}account.trails`;
  const listed = { path, ...(from && { from }), resource: owner.id, actual: backings.length, note };
  if (gaps.length > 0) return unknown(rule, path, gaps, from);
  const reasons = backings.flatMap(({ told, sieve }): readonly Answer[] => {
    if (told.truth === 'no') return [told];
    const { path, resource, from } = sieve;
    const isRefused = missed === undefined || contains(sieve.events, missed) === 'no';
    return isRefused ? [decided(false, { path, resource, ...(from && { from }), note: 'does not record it' })] : [];
  });
  return {
    truth: 'no',
    evidence: [decided(false, listed), ...reasons].flatMap(({ evidence }) => evidence),
    changes: reasons.length === 1 ? (reasons[0]?.changes ?? []) : [],
  };
}

/** What of the trails is not known. */
function uncertain({ rule, backings, prefix }: Backed, note: string): Answer {
  const reasons = backings.flatMap(({ told, sieve }): readonly Answer[] => {
    if (told.truth === 'unknown') return [told];
    return told.truth === 'yes' ? [sieve.unread?.()].filter((answer) => answer !== undefined) : [];
  });
  if (reasons.length > 0) return all(reasons, 'no');
  return undecided({ path: `${prefix}EventPattern`, resource: rule.id, note });
}
