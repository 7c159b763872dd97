import type { Gap } from './snapshot.ts';

/** Stands in a recording for a value that no rule of its run read. AWS takes no brackets in tags and endpoints. */
export const redactedValue = '(redacted)';

/** Why nobody knows such a value: a rule that reads it after all must neither pass nor fail for what stands there. */
export const redactedGap = (resource: string): Gap => ({
  resource,
  error: 'Redacted',
  message: 'The recording leaves out values that no rule of its run read.',
});
