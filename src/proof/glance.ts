import { remember } from '../snapshot/remember.ts';
import { isAnythingElse } from './anything-else.ts';
import { type EventClass, limit, valuesOf } from './event-class.ts';
import { type EventSet, type FieldValue, mayContain, type Witness } from './event-set.ts';
import { realities } from './realities.ts';
import { textsNamedIn, valuesOfTest } from './values-to-try.ts';

const single = new WeakMap<EventClass['fields'], Witness>();

/** The fields that have one value in every event of a class. */
export const onlyValues = ({ fields }: EventClass): Witness => remember(single, fields, () => singleIn(fields));

function singleIn(fields: EventClass['fields']): Witness {
  const known = new Map<string, FieldValue>();
  for (const [field, test] of fields) {
    if (test.intricate || test.beginnings.length + test.endings.length > 0) continue;
    const values = valuesOfTest(test);
    const only = values?.[0];
    if (values?.length === 1 && !isAnythingElse(only)) known.set(field, only);
  }
  return known;
}

/** Whether a set may hold any event of a class, at a glance: what no glance tells may. A set is looked at once. */
export const glancing = (events: EventClass): ((set: EventSet) => boolean) =>
  remember(glances, events.fields, () => glanceAt(events));

const glances = new WeakMap<EventClass['fields'], (set: EventSet) => boolean>();

function glanceAt(events: EventClass): (set: EventSet) => boolean {
  const readings = realities(events).kinds.flat().flatMap(callByCall).map(onlyValues);
  const names = valuesOf(events, 'eventName');
  const seen = new WeakMap<EventSet, boolean>();
  const mayHold = (set: EventSet): boolean => {
    // Most sets are about a few calls, and most classes about others.
    const named = names && callsNamedIn(set);
    if (named && !names.some((name) => named.has(name))) return false;
    return readings.some((known) => mayContain(set, known));
  };
  return (set) => remember(seen, set, () => mayHold(set));
}

const callsNamedIn = (set: EventSet): ReadonlySet<FieldValue> | undefined =>
  remember(calls, set, () => ({ names: textsNamedIn(set, 'eventName') })).names;

const calls = new WeakMap<EventSet, { readonly names: ReadonlySet<FieldValue> | undefined }>();

const callByCall = (events: EventClass): readonly EventClass[] =>
  valuesOf(events, 'eventName')?.map((name) => limit(events, 'eventName', [name])) ?? [events];
