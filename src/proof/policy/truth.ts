import type { Truth } from '../answer.ts';

export const truthOf = (does: boolean): Truth => (does ? 'yes' : 'no');

/** Kleene OR. */
export const anyOf = (truths: readonly Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';

/** Kleene AND. */
export const allOf = (truths: readonly Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
