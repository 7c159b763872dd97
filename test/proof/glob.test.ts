import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesGlob } from '../../src/proof/glob.ts';

describe('a glob', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything/at all', true],
    ['?', '', false],
    ['?', 'a', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['a*c', 'abc', true],
    ['a*c', 'abcd', false],
    ['a*b*c', 'aXbYbZc', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['A', 'a', false],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['**', 'a', true],
    ['a**', 'a', true],
  ])('%j matches %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  test('means what its translation into a regular expression means', () => {
    const letters = constantFrom('a', 'b', '*', '?', '.', '/');
    const text = string({ unit: constantFrom('a', 'b', '.', '/'), maxLength: 8 });
    assert(
      property(string({ unit: letters, maxLength: 8 }), text, (pattern, it) => {
        const translated = pattern.replaceAll('.', '\\.').replaceAll('*', '[^]*').replaceAll('?', '[^]');
        expect(matchesGlob(pattern, it)).toBe(new RegExp(`^${translated}$`).test(it));
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test('takes steps in the product of the lengths at worst', () => {
    expect(matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
  });
});
