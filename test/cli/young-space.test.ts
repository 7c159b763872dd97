import { expect, test } from 'vitest';
import { youngSpace, youngSpaceLimit } from '../../src/cli/young-space.ts';

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

test('the room for what is new grows until it is enough, and then no more', () => {
  const before = youngSpace();
  const most = make();
  // It may have doubled before anybody looked.
  expect(most).toBeLessThanOrEqual(Math.max(before, 4 * 16 * 1024 ** 2));
  expect(make()).toBeLessThanOrEqual(most);
});
