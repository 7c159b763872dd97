import type { FieldTest } from '../event-set.ts';

/** A test of one value. */
export const is = (field: string, value: string | boolean): FieldTest => ({
  field,
  has: (it) => (it === value ? 'yes' : 'no'),
  whole: [value],
  beginnings: [],
  endings: [],
});
