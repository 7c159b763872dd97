import { expect, test } from 'vitest';
import { byAwsClock } from '../../src/sources/aws-time.ts';

test.each([
  ['not said', undefined, '2026-11-20T09:00:00Z'],
  ['as far ahead as AWS bears', 300, '2026-11-20T09:00:00Z'],
  ['as far behind as AWS bears', -300, '2026-11-20T09:00:00Z'],
  ['ahead', 301.4, '2026-11-20T08:54:59Z'],
  ['a day behind', -86_400.2, '2026-11-21T09:00:00Z'],
])('a clock that is %s', (_, ahead, time) => {
  expect(byAwsClock('2026-11-20T09:00:00Z', ahead)).toBe(time);
});
