import { expect, test } from 'vitest';
import { asShown } from './console.ts';

const output = 'one\ntwo\nthree\nfour\n';

test.each([
  'one\ntwo\nthree\nfour\n',
  'one\n…\n',
  '…\nfour\n',
  'one\n…\nfour\n',
  'one\n…\nthree\n…\n',
  '…\ntwo\n…\nfour\n',
])('shows %j', (shown) => {
  expect(asShown(output, shown)).toBe(shown);
});

test.each([
  'one\ntwo\n',
  'two\n…\n',
  '…\nthree\n',
  '…\nthree\n…\ntwo\n…\n',
  'one\ntwo\n…\ntwo\n…\n',
  '…\nwo\n…\n',
  'one\ntwo\nthree\n…\nthree\nfour\n',
])('does not show %j', (shown) => {
  expect(asShown(output, shown)).toBe(output);
});
