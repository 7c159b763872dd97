import { array, assert, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallestCover } from '../../src/proof/smallest-cover.ts';

type By = readonly (readonly number[])[];
const meets = (chosen: readonly number[], by: By): boolean =>
  by.every((sources) => sources.some((source) => chosen.includes(source)));

describe('the sources that are enough', () => {
  test.each<[string, By, readonly number[]]>([
    ['of nothing: none', [], []],
    ['of one witness that two record: the first', [[3, 1]], [1]],
    ['the one that records most', [[0, 2], [1, 2], [2]], [2]],
    ['several, by their place', [[5], [2], [2, 5]], [2, 5]],
    ['one taken first that the others make needless', [[0, 1], [0, 1], [0, 2], [0, 2], [1], [2]], [1, 2]],
    [
      'two that could each be spared, but not both',
      [[0, 1], [0, 2], [0, 2], [0, 3], [0, 3], [1, 2], [1, 2], [1, 3], [2], [3]],
      [1, 2, 3],
    ],
  ])('%s', (_, by, expected) => {
    expect(smallestCover(by)).toEqual(expected);
  });

  test('a witness that nobody records asks for no source', () => {
    expect(smallestCover([[]])).toEqual([]);
  });

  test('meet every witness, and none is without need', () => {
    const sources = uniqueArray(integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 });
    assert(
      property(array(sources, { maxLength: 12 }), (by) => {
        const chosen = smallestCover(by);
        expect(meets(chosen, by)).toBe(true);
        for (const one of chosen) {
          expect(
            meets(
              chosen.filter((it) => it !== one),
              by,
            ),
          ).toBe(false);
        }
      }),
      { numRuns: 2000, seed: 4 },
    );
  });
});
