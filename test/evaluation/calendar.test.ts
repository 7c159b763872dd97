import { expect, test } from 'vitest';
import { dayOf, daysBetween, isDay } from '../../src/evaluation/calendar.ts';

test('the day of a moment', () => {
  expect(dayOf('2026-11-20T23:59:59Z')).toBe('2026-11-20');
});

test.each([
  ['2026-11-20', '2026-11-20', 0],
  ['2026-11-20', '2026-12-04', 14],
  ['2026-11-20', '2026-11-19', -1],
  ['2028-02-28', '2028-03-01', 2],
  ['2026-03-28', '2026-03-30', 2],
])('from %s to %s', (first, second, days) => {
  expect(daysBetween(first, second)).toBe(days);
});

test.each([
  ['2026-11-20', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-11-31', false],
])('%s', (text, is) => {
  expect(isDay(text)).toBe(is);
});
