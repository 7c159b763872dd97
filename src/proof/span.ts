import type { Truth } from './answer.ts';

/** A number of days that is known within bounds; Infinity: for ever. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

export const exactly = (days: number): Span => ({ least: days, most: days });

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
