import { remember } from '../snapshot/remember.ts';
import { isAnythingElse } from './anything-else.ts';
import { type EventClass, limit, valuesOf } from './event-class.ts';
import { type EventSet, type FieldValue, mayContain, type Witness } from './event-set.ts';
import { realities } from './realities.ts';
import { valuesToTry } from './values-to-try.ts';

const single = new WeakMap<EventClass['fields'], Witness>();

/** The fields that have one value in every event of a class. */
export const onlyValues = ({ fields }: EventClass): Witness => remember(single, fields, () => singleIn(fields));

function singleIn(fields: EventClass['fields']): Witness {
  const known = new Map<string, FieldValue>();
  for (const [field, test] of fields) {
    if (test.intricate || test.beginnings.length + test.endings.length > 0) continue;
    const values = valuesToTry(field, [], test);
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
  const seen = new WeakMap<EventSet, boolean>();
  return (set) => remember(seen, set, () => readings.some((known) => mayContain(set, known)));
}

const callByCall = (events: EventClass): readonly EventClass[] =>
  valuesOf(events, 'eventName')?.map((name) => limit(events, 'eventName', [name])) ?? [events];
