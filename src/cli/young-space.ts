/** In bytes. */
const enough = 16 * 1024 ** 2;

/** A run of so few is over before it matters, and need not load what it takes to look. */
const fewCalls = 8;

/**
 * Made and called from time to time, it has the room for what is new stay as it is, once that is enough. V8 doubles it
 * up to 128 MiB as long as much is made; but what is made of an account is garbage soon after it is read or judged, so
 * that a run of many would take the more memory for it and be no faster.
 */
export function youngSpaceLimit(): () => void {
  let calls = 0;
  let isFixed = false;
  return () => {
    calls += 1;
    if (isFixed || calls <= fewCalls || youngSpace() < enough) return;
    // Asked for whenever it might grow: what it is times one.
    v8().setFlagsFromString('--semi-space-growth-factor=1');
    isFixed = true;
  };
}

/** How large it is now, in bytes. */
export const youngSpace = (): number =>
  v8()
    .getHeapSpaceStatistics()
    .find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;

const v8 = () => process.getBuiltinModule('node:v8');
