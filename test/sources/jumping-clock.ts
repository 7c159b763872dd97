import type { Clock } from '../../src/sources/pace.ts';

/** A clock in which no time passes but what everybody waits for. */
export interface JumpingClock extends Clock {
  /** Lets all that waits for the clock go on, the earliest first, until nothing does. */
  runOut(): Promise<void>;
}

/** Starts at 0; of those that wait for the same moment, the first to come is the first to go. */
export function jumpingClock(): JumpingClock {
  let now = 0;
  let waiting: readonly { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise<void>((wake) => {
        waiting = [...waiting, { until: now + milliseconds, wake }];
      }),
    runOut: async () => {
      for (;;) {
        // All that can go on without the clock does, before the next turn of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
        const [next, ...later] = waiting.toSorted((a, b) => a.until - b.until);
        if (!next) return;
        waiting = later;
        now = next.until;
        next.wake();
      }
    },
  };
}
