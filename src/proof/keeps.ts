import { target } from '../snapshot/links.ts';
import { type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all, any } from './answer.ts';
import { bucketKeeps, writersOf } from './bucket-retention.ts';
import { readEventClass } from './event-class.ts';
import { type Context, decided, unknown } from './leaf.ts';
import { recordedEverywhere, recordersOf } from './records.ts';
import type { KeepsQuestion, Place } from './retention.ts';
import { shown } from './span.ts';

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
      return daysKept(view, question, prefix);
    case 'AWS::CloudTrail::Trail':
      return any(
        question.places.flatMap((place) => trailKeeps(view, question, place, prefix)),
        context.thorough,
      );
    default:
      return accountKeeps(view, question, prefix, context);
  }
}

/** Which property says for how many days a log group or an event data store keeps what it has (aws-semantics §5.2, §6.1). */
const said: Readonly<Record<string, { readonly property: string; readonly whenAbsent: number }>> = {
  'AWS::Logs::LogGroup': { property: 'RetentionInDays', whenAbsent: Number.POSITIVE_INFINITY },
  'AWS::CloudTrail::EventDataStore': { property: 'RetentionPeriod', whenAbsent: 0 },
};

/** The days that a log group or an event data store is set to, as a fact. A group of class DELIVERY keeps one day (§6.1). */
export function setDays(view: ResourceView): Reading {
  const { property = '', whenAbsent = 0 } = said[view.type.name] ?? {};
  const reading = read(view, property);
  if (reading.is === 'gap') return reading;
  if (view.item.LogGroupClass === 'DELIVERY') return { is: 'value', value: 1, from: reading.from };
  const value = reading.is === 'value' && typeof reading.value === 'number' ? reading.value : whenAbsent;
  return { is: 'value', value, from: reading.from };
}

function daysKept(view: ResourceView, { atLeast, measure }: KeepsQuestion, prefix: string): Answer {
  const { property = '' } = said[view.type.name] ?? {};
  const path = `${prefix}${property}`;
  const reading = setDays(view);
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  // Whoever may delete the group or store deletes what is in it.
  const isSet = measure !== 'undeletable' && reading.is === 'value';
  const days = isSet ? Number(reading.value) : 0;
  const evidence = {
    path,
    expected: { atLeast },
    actual: shown(days),
    ...(reading.from && { from: reading.from }),
    resource: view.id,
  };
  const canChange = isSet && view.item.LogGroupClass !== 'DELIVERY';
  return decided(days >= atLeast, evidence, canChange ? [[{ resource: view.id, path: property, set: atLeast }]] : []);
}

function trailKeeps(trail: ResourceView, question: KeepsQuestion, place: Place, prefix: string): readonly Answer[] {
  if (place === 'eventDataStore') return [];
  const leads = target(trail, place);
  const path = `${prefix}${place}`;
  if (leads.is === 'unknown') return [unknown(trail, path, leads.gaps, leads.pointer.from)];
  const from = leads.pointer.from;
  const there = leads.is === 'found';
  const pointed = decided(there, {
    path,
    expected: 'exists',
    actual: there ? leads.view.id : 'none',
    ...(from && { from }),
    resource: trail.id,
  });
  if (!there) return [pointed];
  const kept =
    place === 'bucket'
      ? bucketKeeps(leads.view, question, `${path}.`, { trails: [trail], open: [] })
      : keeps(leads.view, question, `${path}.`, { now: undefined, thorough: 'no' });
  return [all([pointed, kept], 'no')];
}

/** Everywhere in the account, counting only those that keep what they record for long enough (aws-semantics §2.7). */
function accountKeeps(view: ResourceView, question: KeepsQuestion, prefix: string, context: Context): Answer {
  const kinds = [
    ...(question.places.some((place) => place !== 'eventDataStore') ? ['trails' as const] : []),
    ...(question.places.includes('eventDataStore') ? ['eventDataStores' as const] : []),
  ];
  const { candidates, listing } = recordersOf(view, prefix, kinds);
  const keeping = candidates.map((candidate) => ({
    ...candidate,
    counts: keeps(candidate.view, question, candidate.prefix, context),
  }));
  return all(
    (question.events.length > 0 ? question.events : [{ eventCategory: 'Management' }]).map((written) => {
      const asked = { events: readEventClass(written), how: 'every', prefix } as const;
      return recordedEverywhere(view, { candidates: keeping, listing }, asked, context.thorough);
    }),
    context.thorough,
  );
}
