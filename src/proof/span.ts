import type { Truth } from './answer.ts';

/** A number of days that is known within bounds; Infinity: for ever. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

export const exactly = (days: number): Span => ({ least: days, most: days });

/** Not at all, or for ever: what nobody can say anything about. */
export const anyTime: Span = { least: 0, most: Number.POSITIVE_INFINITY };

export const never: Span = exactly(Number.POSITIVE_INFINITY);

/** What may end it does perhaps not. */
export const orLonger = ({ least }: Span): Span => ({ least, most: Number.POSITIVE_INFINITY });

/** Of several ends the one that comes first. */
export const earliest = (ends: readonly Span[]): Span =>
  ends.reduce(
    (first, end) => ({ least: Math.min(first.least, end.least), most: Math.min(first.most, end.most) }),
    never,
  );

/** Of two times that are waited for, the one that ends last. */
export const latest = (one: Span, other: Span): Span => ({
  least: Math.max(one.least, other.least),
  most: Math.max(one.most, other.most),
});

/** Whether it is at least so many days: yes or no where the bounds agree. */
export function reaches({ least, most }: Span, days: number): Truth {
  if (least >= days) return 'yes';
  return most < days ? 'no' : 'unknown';
}

/** A number of days as evidence shows it. */
export const shown = (days: number): number | string => (days === Number.POSITIVE_INFINITY ? 'for ever' : days);

/** `for 30 days`, `for ever`, `for 30 days, perhaps longer`. */
export function lasting({ least, most }: Span): string {
  const time = least === Number.POSITIVE_INFINITY ? 'for ever' : `for ${least} days`;
  return least === most ? time : `${time}, perhaps longer`;
}
