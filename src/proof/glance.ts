import type { EventClass } from './event-class.ts';
import { type EventSet, type FieldValue, mayContain, type Witness } from './event-set.ts';
import { realities } from './realities.ts';
import { anythingElse, valuesToTry } from './values-to-try.ts';

/** The fields that have one value in every event of a class. */
export function onlyValues({ fields }: EventClass): Witness {
  const known = new Map<string, FieldValue>();
  for (const [field, test] of fields) {
    if (test.intricate || test.beginnings.length + test.endings.length > 0) continue;
    const values = valuesToTry(field, [test]).filter((value) => test.has(value) === 'yes');
    const [only] = values;
    if (values.length === 1 && only !== anythingElse) known.set(field, only);
  }
  return known;
}

/** Whether a set may hold any event of a class, at a glance: what no glance tells may. */
export function glancing(events: EventClass): (set: EventSet) => boolean {
  const readings = realities(events).kinds.flat().map(onlyValues);
  return (set) => readings.some((known) => mayContain(set, known));
}
