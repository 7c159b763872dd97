import { members } from '../../snapshot/members.ts';
import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all, distinct } from '../answer.ts';
import { type Coverage, coverage } from '../coverage.ts';
import { type EventClass, narrow, readEventClass } from '../event-class.ts';
import { contains, type EventSet, type Witness } from '../event-set.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { happeningIn } from '../places.ts';
import { describeWitness } from '../witness-text.ts';
import { callsNamedBy, matchedByRule, unreadPattern } from './event-rule-pattern.ts';
import { type Head, headsOf } from './route.ts';

/** A trail, and whether it records in the rule's region at all. */
interface Backing extends Head {
  readonly told: Answer;
}

/** A rule, with the trails that may bring it something. */
interface Backed {
  readonly rule: ResourceView;
  readonly owner: ResourceView;
  readonly matched: EventSet;
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
  const backings = headsOf(here).map((head) => ({ ...head, told: all(head.works(), 'no') }));
  const backed = { rule, owner, matched: matchedByRule(rule), backings, prefix };
  const { names, sources } = callsNamedBy(rule);
  // Whose call it is tells whether it is a management or a data event.
  const ofService = sources.length > 0 ? { eventSource: sources } : {};
  const asked = names.length > 0 ? names.map((eventName) => ({ ...ofService, eventName })) : [ofService];
  return distinct(
    all(
      asked.map((written) => broughtOf(backed, written)),
      'no',
    ),
  );
}

function broughtOf(backed: Backed, written: Readonly<Record<string, unknown>>): Answer {
  const { rule, owner, matched, prefix, backings } = backed;
  const { id, partition } = owner.account.account;
  const here = { awsRegion: rule.region, recipientAccountId: id };
  const events = narrow(happeningIn(readEventClass(written), rule.region, partition), here);
  const what = typeof written.eventName === 'string' ? written.eventName : 'such an event';
  const { from } = read(rule, 'EventPattern');
  const pattern = { path: `${prefix}EventPattern`, ...(from && { from }), resource: rule.id };
  if (!isAny(events) || coverage([{ works: 'yes', events: matched }], events).some === 'no') {
    return decided(false, { ...pattern, note: `it matches nothing that happens in ${rule.region} as ${what}` });
  }
  const some = (from: readonly Backing[]) =>
    coverage(
      from.map(({ told, sieve }) => ({ works: told.truth, events: { all: [matched, sieve.events] } })),
      events,
    ).some;
  const recorded = some(backings);
  if (recorded === 'no') return unbacked(backed, undefined, `no trail records ${what} in ${rule.region}`);
  const { every, enough, missed } = writes(backed, events);
  if (every === 'no') {
    return unbacked(backed, missed, `no trail records ${describeWitness(missed ?? new Map())} in ${rule.region}`);
  }
  if (recorded === 'unknown') return uncertain(backed, `it cannot be said whether a trail records ${what}`);
  if (every === 'unknown') return uncertain(backed, `it cannot be said whether a trail records all of ${what}`);
  const needed = backings.filter((_, index) => enough.includes(index));
  const isSaid = needed.length === backings.length || some(needed) === 'yes';
  const first = isSaid ? [] : backings.filter((backing) => some([backing]) === 'yes').slice(0, 1);
  return all(
    [decided(true, { ...pattern, note: `a trail records ${what}` }), ...[...needed, ...first].flatMap(saidOf)],
    'no',
  );
}

/** Whether there is any event of a class at all. */
const isAny = (events: EventClass): boolean => coverage([{ works: 'yes', events: { all: [] } }], events).some === 'yes';

/** How much of the management writes that the rule matches the trails record: what it does not match is no matter. */
function writes({ matched, backings }: Backed, events: EventClass): Pick<Coverage, 'every' | 'enough' | 'missed'> {
  const written = narrow(events, { eventCategory: 'Management', readOnly: false });
  if (!isAny(written)) return { every: 'yes', enough: [] };
  const sources = backings.map(({ told, sieve }) => ({ works: told.truth, events: sieve.events }));
  return coverage([...sources, { works: 'yes', events: { not: matched } }], written);
}

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
