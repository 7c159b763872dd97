import { expect, test } from 'vitest';
import { oldSpace, oldSpaceLimit, youngSpace, youngSpaceLimit } from '../../src/cli/heap.ts';

const mebibyte = 1024 ** 2;

/** Much that is new, of which some is held a while: then the space for it grows. */
function make(): number {
  const held: unknown[] = [];
  let most = 0;
  for (let index = 0; index < 1_500_000; index += 1) {
    held[index % 60_000] = { index, list: [index], text: `text ${index}` };
    if (index % 10_000 !== 0) continue;
    limit();
    most = Math.max(most, youngSpace());
  }
  return most;
}

const limit = youngSpaceLimit();

test('the room for what is new stays far below the 128 MiB that it would grow to', () => {
  // What is in flight while it is collected counts as well, and it may have doubled before anybody looked.
  const room = Math.max(youngSpace(), 4 * 16 * mebibyte);
  expect(make()).toBeLessThanOrEqual(room);
  expect(make()).toBeLessThanOrEqual(room);
});

/** Holds what is made until it is old, and then no more. Answers how much that was. */
function growOld(): number {
  const before = oldSpace();
  const held: unknown[] = [];
  while (oldSpace() < before + 40 * mebibyte) {
    for (let index = 0; index < 10_000; index += 1) held.push({ index, list: [index], text: `text ${index}` });
  }
  return held.length;
}

test('what was held and is no more is collected once it is much', () => {
  const before = oldSpace();
  const limitOld = oldSpaceLimit();
  limitOld();
  expect(growOld()).toBeGreaterThan(0);
  limitOld();
  expect(oldSpace() - before).toBeLessThan(8 * mebibyte);
});
