import { type FieldTest, nobodyKnowsWhich } from '../event-set.ts';

/** A test of one value. */
export const is = (field: string, value: string | boolean): FieldTest => ({
  ...nobodyKnowsWhich,
  field,
  has: (it) => (it === value ? 'yes' : 'no'),
  whole: [value],
});
