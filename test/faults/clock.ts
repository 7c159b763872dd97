import { vi } from 'vitest';

/** From now on time passes only where somebody waits for it with `waiting`. */
export const stopClock = (): void => void vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
export const letClockRun = (): void => void vi.useRealTimers();

/** By so many milliseconds time goes on at once. */
export const step = 50;

/** Waits for what waits for nothing but the time. Answers how long that was. */
export async function waiting<T>(work: Promise<T>): Promise<{ readonly result: T; readonly waited: number }> {
  const start = Date.now();
  const state = { isDone: false };
  const done = work.finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) await vi.advanceTimersByTimeAsync(step);
  return { result: await done, waited: Date.now() - start };
}
