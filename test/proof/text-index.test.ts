import { describe, expect, test } from 'vitest';
import { isListed, isSpelledWith, startingWith, startsWithOne } from '../../src/proof/text-index.ts';

const values = ['b/logs/', undefined, 'b/', true, 'b/tmp…'];
/** Few are looked at one by one, many by an index: the answers are the same. */
const lists: readonly (readonly [string, readonly unknown[]])[] = [
  ['few', values],
  ['many', [...values, ...Array.from({ length: 40 }, (_, index) => `k${index}`)]],
];

describe.each(lists)('of %s', (_, list) => {
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
    ['…', true],
    ['\ue000', false],
  ])('%s stands in one of them: %s', (character, expected) => {
    expect(isSpelledWith(list, character)).toBe(expected);
  });

  test.each([
    ['b', ['b/', 'b/logs/', 'b/tmp…']],
    ['b/', ['b/', 'b/logs/', 'b/tmp…']],
    ['b/logs/', ['b/logs/']],
    ['b/tmp/', []],
    ['a', []],
    ['c', []],
    ['B', []],
  ])('those that begin with %s: %s', (beginning, expected) => {
    expect(startingWith(list, beginning).toSorted()).toEqual(expected);
  });
});

const beginnings = ['b/tmp/', 'b/t', 'c'];
test.each([
  ['b/tmp/1', true],
  ['b/t', true],
  ['b', false],
  ['B/tmp', false],
  ['xb/tmp/', false],
  ['', false],
])('%s begins with one of few or many: %s', (text, expected) => {
  expect(startsWithOne(text, beginnings)).toBe(expected);
  expect(startsWithOne(text, [...beginnings, ...Array.from({ length: 40 }, (_, index) => `k${index}`)])).toBe(expected);
});

test('every text begins with nothing, and none with one of no texts', () => {
  expect([startsWithOne('a', ['']), startsWithOne('a', []), startsWithOne('', [''])]).toEqual([true, false, true]);
});

test('… wherever they stand among many', () => {
  const many = Array.from({ length: 100 }, (_, index) => `k${String((index * 37) % 100).padStart(2, '0')}`);
  for (let tens = 0; tens < 10; tens += 1) {
    expect(startingWith(many, `k${tens}`)).toEqual(Array.from({ length: 10 }, (_, one) => `k${tens}${one}`));
  }
  expect(startingWith(many, '')).toEqual(many.toSorted());
});
