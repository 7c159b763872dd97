import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, visible, visibleLines, withoutCommands } from '../../src/reporters/visible-text.ts';
import { hang, wrap } from '../../src/reporters/wrap.ts';
import { hostile } from './hostile.ts';

describe('visible', () => {
  test.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['\u009b31m', '\\x9b31m'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u0000', '\\x00'],
    ['\u202e\u2066\u2028', '\\u202e\\u2066\\u2028'],
    ['\ud800x', '\\ud800x'],
    ['\uffff\ufffe\ufeff', '\\uffff\\ufffe\\ufeff'],
    ['Zürich 東京 👩‍💻 שלום', 'Zürich 東京 👩‍💻 שלום'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('is stable, and nothing is left that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(visible(text))).toBe(visible(text));
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });

  test('keeps the lines of a text of several', () => {
    expect(visibleLines('a\r\nb\u001b\n\n')).toEqual(['a', 'b\\x1b']);
  });
});

test.each([
  ['::error::x', '\\::error::x'],
  ['  ::error::x', '  \\::error::x'],
  ['\u001b[2m  ::error::x', '\u001b[2m  \\::error::x'],
  ['a ::error::x', 'a ::error::x'],
  ['a ##[error]x', 'a ##\\[error]x'],
])('%j is no command', (line, shown) => {
  expect(withoutCommands(line)).toBe(shown);
});

describe('cut', () => {
  test('counts UTF-16 units, the ellipsis included', () => {
    expect(cut('abcd', 4)).toBe('abcd');
    expect(cut('abcde', 4)).toBe('abc…');
  });

  test('never halves a character', () => {
    expect(cut('ab😀cd', 4)).toBe('ab…');
    expect(cut('a😀bcd', 4)).toBe('a😀…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        expect(cut(text, length).length).toBeLessThanOrEqual(length);
        expect(cut(text, length).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('wrap', () => {
  test('breaks at spaces, keeps runs of them and what is longer than a line', () => {
    expect(wrap(`a  b ${'x'.repeat(90)} c`, 70)).toEqual(['a  b', 'x'.repeat(90), 'c']);
    expect(wrap('', 0)).toEqual(['']);
    expect(wrap('one two  (from x:Y)', 66)).toEqual(['one two', '(from x:Y)']);
  });

  test('loses nothing but spaces', () => {
    expect(wrap(hostile.long, 0).join('')).toBe(hostile.long);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1 }), (words) => {
        expect(wrap(words.join(' '), 40).join(' ')).toBe(words.join(' '));
        expect(wrap(words.join(' '), 40).every((line) => line.length <= 40)).toBe(true);
      }),
    );
  });

  test('sets in what follows the mark', () => {
    expect(hang('* ', `a ${'b'.repeat(78)}`)).toEqual(['* a', `  ${'b'.repeat(78)}`]);
  });
});
