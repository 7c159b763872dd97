import { utcTime } from '../snapshot/plain-value.ts';

/** The day of a moment in UTC: `2026-11-20` of `2026-11-20T09:00:00Z`. */
export const dayOf = (time: string): string => time.slice(0, 10);

const millisecondsADay = 86_400_000;

/** How many days the second day comes after the first; less than none if it comes before. */
export const daysBetween = (first: string, second: string): number =>
  (Date.parse(second) - Date.parse(first)) / millisecondsADay;

/** Whether a text in the form of a day is one: February has no 30th. */
export const isDay = (text: string): boolean => utcTime(`${text}T00:00:00Z`) !== undefined;
