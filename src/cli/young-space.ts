import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** In bytes. */
const enough = 16 * 1024 ** 2;

/**
 * Made and called from time to time, it has the room for what is new stay as it is, once that is enough. V8 doubles it
 * up to 128 MiB as long as much is made; but what is made of an account is garbage before the next one is judged, so
 * that a run of many would take the more memory for it and be no faster.
 */
export function youngSpaceLimit(): () => void {
  let isFixed = false;
  return () => {
    if (isFixed || youngSpace() < enough) return;
    // Asked for whenever it might grow: what it is times one.
    setFlagsFromString('--semi-space-growth-factor=1');
    isFixed = true;
  };
}

/** How large it is now, in bytes. */
export const youngSpace = (): number =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
