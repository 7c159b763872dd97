import { remember } from '../snapshot/remember.ts';
import { isAnythingElse } from './anything-else.ts';
import { type EventClass, limit, valuesOf } from './event-class.ts';
import { type EventSet, type FieldValue, mayContain, type Witness } from './event-set.ts';
import { realities } from './realities.ts';
import { valuesToTry } from './values-to-try.ts';

/** The fields that have one value in every event of a class. */
export const onlyValues = (events: EventClass): Witness => remember(ofClass, events, () => onlyValuesIn(events));

const ofClass = new WeakMap<EventClass, Witness>();

function onlyValuesIn({ fields }: EventClass): Witness {
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
export function glancing(events: EventClass): (set: EventSet) => boolean {
  const readings = realities(events).kinds.flat().flatMap(callByCall).map(onlyValues);
  const seen = new WeakMap<EventSet, boolean>();
  return (set) => remember(seen, set, () => readings.some((known) => mayContain(set, known)));
}

const callByCall = (events: EventClass): readonly EventClass[] =>
  valuesOf(events, 'eventName')?.map((name) => limit(events, 'eventName', [name])) ?? [events];
