import { describe, expect, test } from 'vitest';
import { anyTime, earliest, exactly, lasting, latest, never, orLonger, reaches, shown } from '../../src/proof/span.ts';

const ever = Number.POSITIVE_INFINITY;

test('what ends first, and last', () => {
  const ends = [
    { least: 5, most: 20 },
    { least: 10, most: 12 },
  ] as const;
  expect(earliest(ends)).toEqual({ least: 5, most: 12 });
  expect(latest(...ends)).toEqual({ least: 10, most: 20 });
  expect(earliest([])).toEqual({ least: ever, most: ever });
  expect(earliest([exactly(30)])).toEqual({ least: 30, most: 30 });
});

test('what is not known for certain may last longer', () => {
  expect(orLonger(exactly(30))).toEqual({ least: 30, most: ever });
  expect(anyTime).toEqual({ least: 0, most: ever });
  expect(never).toEqual({ least: ever, most: ever });
});

describe('whether it is at least so many days', () => {
  test.each([
    [{ least: 365, most: 365 }, 'yes'],
    [{ least: 364, most: 364 }, 'no'],
    [{ least: 0, most: 364 }, 'no'],
    [{ least: 0, most: 365 }, 'unknown'],
    [{ least: 365, most: ever }, 'yes'],
    [never, 'yes'],
    [anyTime, 'unknown'],
  ])('%j reaches 365: %s', (span, truth) => {
    expect(reaches(span, 365)).toBe(truth);
  });

  test.each([
    [89, 'no'],
    [90, 'no'],
    [91, 'yes'],
  ])('%i days are beyond 90 days: %s', (days, truth) => {
    expect(reaches(exactly(days), 91)).toBe(truth);
  });
});

test('as evidence shows them', () => {
  expect([0, 365, ever].map(shown)).toEqual([0, 365, 'for ever']);
  expect([exactly(30), never, orLonger(exactly(30)), { least: 0, most: 20 }].map(lasting)).toEqual([
    'for 30 days',
    'for ever',
    'for 30 days, perhaps longer',
    'for 0 days, perhaps longer',
  ]);
});
