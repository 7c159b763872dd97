import type { EventClass } from './event-class.ts';
import type { EventSet, FieldTest } from './event-set.ts';
import { valuesToTry } from './values-to-try.ts';

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

const shareValue = (a: FieldTest, b: FieldTest): boolean =>
  valuesToTry(a.field, [a], b)?.some((value) => a.has(value) !== 'no') ?? true;
