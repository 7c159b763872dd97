import { target } from '../snapshot/links.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import { groupReached, takesIn } from './alerting/log-group.ts';
import { type Answer, all, any, type Evidence } from './answer.ts';
import { bucketKeeps } from './bucket-retention.ts';
import { linksOf } from './delivery.ts';
import { readEventClass } from './event-class.ts';
import { foldersFor } from './folders.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { writersOf } from './log-writers.ts';
import { isTrail, type Recorder } from './recorder.ts';
import { recordedEverywhere, recordersOf } from './records.ts';
import type { KeepsQuestion, Place } from './retention.ts';
import { settingKeeps } from './set-days.ts';
import { storeKeyUsable } from './store-key.ts';

/**
 * Whether events are kept for so many days: in a bucket, a log group, an event data store, at the end of a trail, or
 * somewhere in an account (aws-semantics §4.6, §5.3). The 90-day event history never counts.
 */
export function keeps(view: ResourceView, question: KeepsQuestion, prefix: string, context: Context): Answer {
  switch (view.type.name) {
    case 'AWS::S3::Bucket':
      return bucketKeeps(view, question, prefix, writersOf(view, prefix));
    case 'AWS::Logs::LogGroup':
    case 'AWS::CloudTrail::EventDataStore':
      return settingKeeps(view, question, prefix);
    case 'AWS::CloudTrail::Trail':
      return any(
        question.places.map((place) => trailKeeps({ view, prefix }, question, place)),
        context.thorough,
      );
    default:
      return accountKeeps(view, question, prefix, context);
  }
}

/** Whether the place that a trail writes to keeps its files or events. */
function trailKeeps({ view: trail, prefix }: Recorder, question: KeepsQuestion, place: Place): Answer {
  const path = `${prefix}${place}`;
  if (place === 'eventDataStore') {
    return decided(false, { path, resource: trail.id, note: 'a trail writes to no event data store' });
  }
  const leads = target(trail, place);
  const { from } = leads.pointer;
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps, from);
  const isThere = leads.is === 'found';
  const actual = isThere ? leads.view.id : 'none';
  const pointed = { path, expected: 'exists', actual, ...(from && { from }), resource: trail.id };
  if (!isThere) return decided(false, pointed);
  if (place === 'bucket') {
    const writers = { trails: [{ view: trail, prefix }], said: [] };
    return all([decided(true, pointed), bucketKeeps(leads.view, question, `${path}.`, writers)], 'no');
  }
  const kept = settingKeeps(leads.view, question, `${path}.`);
  return all([...logged({ view: trail, prefix }, question, pointed), kept], 'no');
}

/** Whether what a trail records goes into its log group at all (aws-semantics §2.11). */
function logged(trail: Recorder, question: KeepsQuestion, pointed: Evidence): readonly Answer[] {
  const kinds = foldersFor(trail, question).map(({ holds }) => holds);
  if (kinds.length === 0) return [decided(false, { ...pointed, note: 'the trail writes no such events' })];
  if (!kinds.includes('network activity')) {
    return [decided(true, { ...pointed, note: 'events of more than 256 KB do not reach it' })];
  }
  return [undecided({ ...pointed, note: 'whether network activity reaches log groups the documents do not agree on' })];
}

/**
 * Everywhere in the account, each class by itself: with those that record it, that deliver it, and where it is kept
 * for long enough (aws-semantics §2.7, §5.3).
 */
function accountKeeps(view: ResourceView, question: KeepsQuestion, prefix: string, context: Context): Answer {
  const { thorough } = context;
  const kinds = [
    ...(question.places.some((place) => place !== 'eventDataStore') ? ['trails' as const] : []),
    ...(question.places.includes('eventDataStore') ? ['eventDataStores' as const] : []),
  ];
  const { candidates, listing } = recordersOf(view, prefix, kinds);
  const classes = question.events.length > 0 ? question.events : [{ eventCategory: 'Management' }];
  return all(
    classes.map((events) => {
      const ofClass = { ...question, events: [events], account: view.account.account.id };
      const keeping = candidates.map((one) => ({ ...one, counts: counts(one, ofClass, context) }));
      const asked = { events: readEventClass(events), how: 'every', prefix } as const;
      return recordedEverywhere(view, { candidates: keeping, listing }, asked, thorough);
    }),
    thorough,
  );
}

/** Whether what a trail or event data store records gets somewhere where it is kept for long enough. */
function counts(one: Recorder, question: KeepsQuestion, { now, thorough }: Context): Answer {
  if (!isTrail(one.view)) {
    return all([storeKeyUsable(one.view, one.prefix), settingKeeps(one.view, question, one.prefix)], thorough);
  }
  return any(
    question.places.map((place) => all([...arriving(one, place, now), trailKeeps(one, question, place)], thorough)),
    thorough,
  );
}

/** What has to go well on the way from a trail to a place (aws-semantics §1.6, §6.1). */
function arriving({ view, prefix }: Recorder, place: Place, now: Context['now']): readonly Answer[] {
  if (place === 'bucket') return linksOf(view, prefix, now).map(({ answer }) => answer);
  return place === 'logGroup' ? [groupReached(view, prefix, now), ...groupTakes(view, prefix)] : [];
}

/** Whether the log group that a trail writes to takes in what comes; where there is none, its own link says so. */
function groupTakes(trail: ResourceView, prefix: string): readonly Answer[] {
  const group = target(trail, 'logGroup');
  return group.is === 'found' ? [takesIn(group.view, `${prefix}logGroup.`)] : [];
}
