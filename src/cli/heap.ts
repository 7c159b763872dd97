/** A run of so few is over before it matters, and need not load what it takes to look. */
const fewCalls = 8;

/**
 * Made and called after each of many accounts, it has the heap stay as large as what is held needs, however many there
 * are.
 */
export function heapLimit(): () => void {
  let calls = 0;
  let limits: readonly (() => void)[] | undefined;
  return () => {
    calls += 1;
    if (calls <= fewCalls) return;
    limits ??= [youngSpaceLimit(), oldSpaceLimit()];
    for (const limit of limits) limit();
  };
}

/** In bytes. */
const enough = 16 * 1024 ** 2;

/**
 * Made and called from time to time, it has the room for what is new stay as it is, once that is enough. V8 doubles it
 * up to 128 MiB as long as much is made; but what is made of an account is garbage soon after it is read or judged, so
 * that a run of many would take the more memory for it and be no faster.
 */
export function youngSpaceLimit(): () => void {
  let isFixed = false;
  return () => {
    if (isFixed || youngSpace() < enough) return;
    // Asked for whenever it might grow: what it is times one.
    v8().setFlagsFromString('--semi-space-growth-factor=1');
    isFixed = true;
  };
}

/** How large it is now, in bytes. */
export const youngSpace = (): number => spaceCalled('new_space')?.space_size ?? 0;

/** In bytes: so much that is held no longer may lie in the room for what is old. */
const garbage = 16 * 1024 ** 2;

/**
 * Made and called from time to time, it has garbage collected from the room for what is old, once that is much. V8 lets
 * the room grow to hundreds of megabytes first; and the clients of an account, which are old when it has been read, are
 * garbage then.
 */
export function oldSpaceLimit(): () => void {
  let collect: (() => void) | undefined;
  let held = oldSpace();
  return () => {
    if (oldSpace() < held + garbage) return;
    collect ??= collector();
    collect();
    held = oldSpace();
  };
}

/** How much is in it, garbage or not, in bytes; with what is too large to be kept among the rest, as long texts are. */
export const oldSpace = (): number =>
  (spaceCalled('old_space')?.space_used_size ?? 0) + (spaceCalled('large_object_space')?.space_used_size ?? 0);

/** Node has it for those who start it with a flag, and for each context that is made when the flag is set. */
function collector(): () => void {
  v8().setFlagsFromString('--expose-gc');
  return process.getBuiltinModule('node:vm').runInNewContext('gc');
}

const spaceCalled = (name: string) =>
  v8()
    .getHeapSpaceStatistics()
    .find(({ space_name: own }) => own === name);

const v8 = () => process.getBuiltinModule('node:v8');
