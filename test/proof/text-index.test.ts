import { expect, test } from 'vitest';
import { isListed, startingWith, startsWithOne } from '../../src/proof/text-index.ts';

const list = ['b/logs/', 'a', undefined, 'b/', true, 'c', 'b', 'b/tmp', 'B/'];

test.each<[unknown, boolean]>([
  ['b/', true],
  ['b/x', false],
  ['', false],
  [true, true],
  ['true', false],
  [undefined, true],
  [null, false],
])('%s is listed: %s', (value, expected) => {
  expect(isListed(list, value)).toBe(expected);
});

test.each([
  ['b/tmp/1', true],
  ['b/t', true],
  ['b', false],
  ['B/tmp', false],
  ['xb/tmp/', false],
  ['', false],
])('%s begins with one of them: %s', (text, expected) => {
  expect(startsWithOne(text, ['b/tmp/', 'b/t', 'c'])).toBe(expected);
});

test('every text begins with nothing, and none with one of no texts', () => {
  expect([startsWithOne('a', ['']), startsWithOne('a', []), startsWithOne('', [''])]).toEqual([true, false, true]);
});

test.each([
  ['b', ['b', 'b/', 'b/logs/', 'b/tmp']],
  ['b/', ['b/', 'b/logs/', 'b/tmp']],
  ['b/tmp', ['b/tmp']],
  ['b/tmp/', []],
  ['a', ['a']],
  ['c', ['c']],
  ['d', []],
  ['A', []],
  ['', ['B/', 'a', 'b', 'b/', 'b/logs/', 'b/tmp', 'c']],
])('those that begin with %s: %s', (beginning, expected) => {
  expect(startingWith(list, beginning)).toEqual(expected);
});

test('… wherever they stand among many', () => {
  const many = Array.from({ length: 100 }, (_, index) => `k${String((index * 37) % 100).padStart(2, '0')}`);
  for (let tens = 0; tens < 10; tens += 1) {
    expect(startingWith(many, `k${tens}`)).toEqual(Array.from({ length: 10 }, (_, one) => `k${tens}${one}`));
  }
});
