import type { EventClass } from './event-class.ts';
import type { EventSet, FieldTest, FieldValue } from './event-set.ts';
import { anythingElse, hasFewValues, valuesToTry } from './values-to-try.ts';

/**
 * Whether a set can hold an event of the class, judged field by field: what cannot is left out before witnesses are
 * made, so that the product of values stays small.
 */
export function mayMeet(set: EventSet, events: EventClass): boolean {
  if ('any' in set) return set.any.some((part) => mayMeet(part, events));
  if ('all' in set) return set.all.every((part) => mayMeet(part, events));
  if ('not' in set) return true;
  const wanted = events.fields.get(set.field);
  return !wanted || wanted.intricate === true || set.intricate === true || shareValue(set, wanted);
}

/** Whether some value passes both tests: as `valuesToTry` would find it, but it stops at the first. */
function shareValue(a: FieldTest, b: FieldTest): boolean {
  const passes = (value: FieldValue): boolean => b.has(value) === 'yes' && a.has(value) !== 'no';
  if (hasFewValues(a.field)) return valuesToTry(a.field, [a, b]).some(passes);
  if (passes(undefined) || a.whole.some(passes) || b.whole.some(passes)) return true;
  const endings = ['', ...a.endings, ...b.endings];
  const begins = (beginning: string): boolean =>
    endings.some((ending) => passes(`${beginning}${anythingElse}${ending}`));
  return begins('') || b.beginnings.some(begins) || a.beginnings.some(begins);
}
