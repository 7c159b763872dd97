import { describe, expect, test } from 'vitest';
import { didYouMean, nearest, nearOr } from '../../src/documents/suggest.ts';

describe('nearest', () => {
  test.each([
    ['LogFileValidationEnable', ['LogFileValidationEnabled', 'Name'], 'LogFileValidationEnabled'],
    ['hihg', ['high', 'info', 'low'], 'high'],
    ['HIGH', ['low', 'high'], 'high'],
    ['Naem', ['Name'], 'Name'],
    ['constructor', ['Name', 'TrailARN'], undefined],
    ['__proto__', [], undefined],
    ['x', ['y', 'z'], 'y'],
    ['x', ['long'], undefined],
    ['', ['a'], 'a'],
    ['abc', [], undefined],
    ['abcdef', ['abXYef'], 'abXYef'],
    ['abcdef', ['aXXXef'], undefined],
  ])('%s among %j: %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  test('of two equally near ones the first', () => {
    expect(nearest('cat', ['bat', 'rat'])).toBe('bat');
  });
});

test('a hint', () => {
  expect(didYouMean('Naem', ['Name'])).toBe('did you mean Name?');
  expect(didYouMean('quite else', ['Name'])).toBeUndefined();
  expect(nearOr('Naem', ['Name'], 'It has none.')).toBe('Did you mean Name?');
  expect(nearOr('quite else', ['Name'], 'It has none.')).toBe('It has none.');
});
