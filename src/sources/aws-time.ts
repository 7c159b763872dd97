import { isoTime } from '../snapshot/plain-value.ts';

/** AWS refuses what was signed more than five minutes away from its own time; then the SDK signs by AWS's. */
export const toleratedSeconds = 300;

/**
 * A time of this machine's clock, by AWS's where the two are further apart than AWS bears: by a clock that is days behind
 * a file that came days ago has just come, and a waiver that has ended still holds.
 */
export function byAwsClock(time: string, secondsAhead: number | undefined): string {
  if (secondsAhead === undefined || Math.abs(secondsAhead) <= toleratedSeconds) return time;
  return String(isoTime(new Date(Date.parse(time) - Math.round(secondsAhead) * 1000)));
}
