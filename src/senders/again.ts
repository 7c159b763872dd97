import type { Reach } from './sent.ts';

/** How long is waited before each further attempt, in milliseconds. */
const pauses: readonly number[] = [1000, 2000, 4000];

/** Nobody waits longer than this for a server that says when to come again. */
export const longestPause = 60_000;

/** What an attempt has left to do, and for how long it has to be left alone first. */
export interface Rest<T> {
  readonly left: T;
  readonly pause?: number;
}

/**
 * Does what is to be done, and what is left of it again, as often as there are pauses. Answers what is left in the end;
 * undefined: nothing.
 */
export async function again<T>(
  all: T,
  attempt: (left: T) => Promise<Rest<T> | undefined>,
  { sleep }: Pick<Reach, 'sleep'>,
): Promise<T | undefined> {
  let rest = await attempt(all);
  for (const pause of pauses) {
    if (!rest) return undefined;
    const wanted = Math.max(pause, rest.pause ?? 0);
    if (wanted > longestPause) return rest.left;
    await sleep(wanted);
    rest = await attempt(rest.left);
  }
  return rest?.left;
}
