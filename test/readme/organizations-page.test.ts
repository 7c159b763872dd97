import { expect, test } from 'vitest';
import { asShown, consolesOf, page, run } from './console.ts';

test.each(consolesOf(page('docs/organizations.md')))('%s', (command, shown) => {
  const { output, exitCode } = run(command);
  expect(asShown(output, shown)).toBe(shown);
  expect(exitCode).toBe(3);
});
