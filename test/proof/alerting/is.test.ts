import { expect, test } from 'vitest';
import { is } from '../../../src/proof/alerting/is.ts';

test('a test of one value names it, and nothing else passes', () => {
  const { has, ...rest } = is('readOnly', true);
  expect(rest).toEqual({ field: 'readOnly', whole: [true], beginnings: [], endings: [] });
  expect([has(true), has(false), has('true'), has(undefined)]).toEqual(['yes', 'no', 'no', 'no']);
});
