import { expect, test } from 'vitest';
import { sideBySide } from '../../src/sources/side-by-side.ts';

test('so many at once, in their order, and each once', async () => {
  const many = Array.from({ length: 50 }, (_, index) => index);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  await sideBySide(many, 3, async (one) => {
    begun.push(one);
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
  });
  expect(begun).toEqual(many);
  expect(most).toBe(3);
});

test('none of none', async () => {
  await expect(sideBySide([], 3, () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
});

test('it fails as the first that fails', async () => {
  const work = async (one: number) => {
    if (one === 2) throw new Error(`of ${one}`);
  };
  await expect(sideBySide([1, 2, 3], 2, work)).rejects.toThrow('of 2');
});
