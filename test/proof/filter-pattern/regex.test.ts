import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFoundIn, parseRegex } from '../../../src/proof/filter-pattern/regex.ts';

function found(written: string, text: string): boolean | string {
  const regex = parseRegex(written);
  return 'mistake' in regex ? `${regex.offset}: ${regex.mistake}` : isFoundIn(regex, text);
}

describe('the dialect of CloudWatch Logs (aws-semantics §6.3)', () => {
  test.each<[regex: string, found: readonly string[], not: readonly string[]]>([
    ['b', ['b', 'abc'], ['', 'a', 'B']],
    ['ab', ['xaby'], ['ba', 'a b']],
    ['^[hc]at', ['hat', 'cats'], ['what', 'that']],
    ['[hc]at$', ['hat', 'that'], ['hats']],
    ['^ab$', ['ab'], ['abb', 'aab', '']],
    ['^$', [''], ['a']],
    ['^', ['', 'a'], []],
    ['$', ['', 'a'], []],
    ['a^b', [], ['a^b', 'ab']],
    ['a$b', [], ['a$b', 'ab']],
    ['colou?r', ['color', 'colour'], ['colouur']],
    ['^ab*c', ['ac', 'abc', 'abbbc'], ['bc', 'abb']],
    ['^ab+c', ['abc', 'abbbc'], ['ac']],
    ['^a{3,5}$', ['aaa', 'aaaa', 'aaaaa'], ['aa', 'aaaaaa']],
    ['^a{2}$', ['aa'], ['a', 'aaa']],
    ['^a{2,}$', ['aa', 'aaaaaaa'], ['a']],
    ['^a{0,1}$', ['', 'a'], ['aa']],
    ['^a{0}$', [''], ['a']],
    ['^[ab]{2}c', ['abc', 'bac'], ['ac', 'cc']],
    ['a|b$', ['ax', 'xb'], ['bx']],
    ['^a|^b', ['ax', 'bx'], ['xa']],
    ['[Ee]rror|[Ff]ail', ['an Error', 'fail'], ['ERROR']],
    ['a||b', ['', 'x'], []],
    ['^a|$', ['ab', '', 'x'], []],
    ['.', ['a', ' ', '\n'], ['']],
    ['^a.c$', ['abc', 'a.c'], ['ac', 'abbc']],
    ['a\\.c', ['a.c'], ['abc']],
    ['^[abc]$', ['a', 'b', 'c'], ['d', 'ab']],
    ['^[a-c]$', ['a', 'b', 'c'], ['d', '-', '`']],
    ['^[b-b]$', ['b'], ['a', '-']],
    ['^[abcx-z]$', ['a', 'y', 'z'], ['d', '-', 'w']],
    ['^[^a-c]$', ['d', '^', ' '], ['a', 'c', '']],
    ['^[a^]$', ['a', '^'], ['b']],
    ['^[a-]$', ['a', '-'], ['b']],
    ['^[-a]$', ['a', '-'], ['b']],
    ['^[]a]$', [']', 'a'], ['b', '[']],
    ['^[^]a]$', ['b'], [']', 'a']],
    ['^[a\\]]$', ['a', ']'], ['\\']],
    ['^[\\d-]$', ['5', '-'], ['d', '\\']],
    ['^[\\d_]+$', ['5_5'], ['a']],
    ['^[\\x30-\\x39]$', ['0', '9'], ['-', 'x', 'a']],
    ['^[0-\\x39]$', ['5'], ['a', '-']],
    ['^[.*+?$|{}]$', ['.', '*', '+', '?', '$', '|', '{', '}'], ['a']],
    ['a]', ['a]'], ['a']],
    ['a}', ['a}'], ['a']],
    ['\\d\\D', ['1a'], ['11', 'a1']],
    ['^\\s\\S$', [' a'], ['aa', '  ']],
    ['^\\w\\W$', ['a-', '_ ', '9.'], ['aa', '--']],
    ['^\\x41$', ['A'], ['x41', 'a']],
    ['^\\x4a$', ['J'], ['j']],
    ['^\\x4F\\x2f$', ['O/'], []],
    ['\\^\\$\\|\\*\\+\\?\\{\\[\\\\', ['^$|*+?{[\\'], ['']],
    ['_ :#=@/;,-', ['x_ :#=@/;,-x'], ['_']],
  ])('%s', (regex, those, others) => {
    expect(those.filter((text) => found(regex, text) !== true)).toEqual([]);
    expect(others.filter((text) => found(regex, text) !== false)).toEqual([]);
  });

  test.each([
    ['', '0: a regular expression is empty'],
    ['a(b)', '1: ( has no place in such a regular expression'],
    ['ab)', '2: ) has no place in such a regular expression'],
    ['something!', '9: ! has no place in such a regular expression'],
    ['a"b', '1: " has no place in such a regular expression'],
    ['é', '0: é has no place in such a regular expression'],
    ['a\nb', '1: \n has no place in such a regular expression'],
    ['?a', '0: nothing stands before ?'],
    ['*a', '0: nothing stands before *'],
    ['+a', '0: nothing stands before +'],
    ['a|*', '2: nothing stands before *'],
    ['^*', '1: nothing stands before *'],
    ['$+', '1: nothing stands before +'],
    ['a**', '2: nothing stands before *'],
    ['a+?', '2: nothing stands before ?'],
    ['{2}', '0: nothing stands before {'],
    ['a{', '1: nothing stands before {'],
    ['a{,3}', '1: nothing stands before {'],
    ['a{2,1}', '1: {2,1} ends before it begins'],
    ['a\\', '1: a backslash ends the regular expression'],
    ['[a\\', '2: a backslash ends the regular expression'],
    ['a\\b', '1: \\b is no class of characters'],
    ['\\x4', '0: \\x is no class of characters'],
    ['\\xg1', '0: \\x is no class of characters'],
    ['\\1', '0: \\1 is no class of characters'],
    ['[\\Z]', '1: \\Z is no class of characters'],
    ['a[b', '1: a bracket opens and never closes'],
    ['[]', '0: a bracket opens and never closes'],
    ['[^]', '0: a bracket opens and never closes'],
    ['[', '0: a bracket opens and never closes'],
    ['[a[b]]', '2: a class of characters inside another'],
    ['[z-a]', '1: z-a is no range of characters'],
    ['[\\d-x]', '1: \\d-x is no range of characters'],
    ['[a-\\d]', '1: a-\\d is no range of characters'],
    ['[a-\\q]', '3: \\q is no class of characters'],
    ['a{2001}', '0: too long a regular expression'],
    ['a{0,1001}', '0: too long a regular expression'],
    ['a{999999999999}', '0: too long a regular expression'],
    ['a{0,999999999999}', '0: too long a regular expression'],
    ['a{999999999999,}', '0: too long a regular expression'],
    ['a{1000}'.repeat(3), '0: too long a regular expression'],
  ])('%j is not valid', (regex, expected) => {
    expect(found(regex, '')).toBe(expected);
  });

  test('what is at the limit is valid', () => {
    // One state for each repetition, one to begin with and one to end.
    expect(found('a{1998}', 'a')).toBe(false);
    expect(found('a{1999}', '')).toBe('0: too long a regular expression');
  });
});

const atom = constantFrom('a', 'b', '-', '.', '[ab]', '[^a]', '[a-b-]', '\\w', '\\D', '\\-', '\\x61');
const piece = tuple(atom, constantFrom('', '', '?', '*', '+', '{2}', '{1,2}', '{2,}', '{0}')).map((it) => it.join(''));
const part = array(piece, { maxLength: 4 }).map((it) => it.join(''));
const anchored = tuple(constantFrom('', '', '^'), part, constantFrom('', '', '$')).map((it) => it.join(''));
const regex = array(anchored, { minLength: 1, maxLength: 3 }).map((it) => it.join('|'));
const text = array(constantFrom('a', 'b', '-', '1'), { maxLength: 6 }).map((it) => it.join(''));

test('it finds what any other engine finds', () => {
  assert(
    property(regex, text, (written, line) => {
      if (written !== '') expect(found(written, line)).toBe(new RegExp(written).test(line));
    }),
    { numRuns: 1500, seed: 7 },
  );
});

describe('no pattern and no text stall it', () => {
  test.each([
    ['a*a*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000)],
    [`${'a?'.repeat(30)}${'a'.repeat(30)}b`, 'a'.repeat(1000)],
    ['.*.*.*.*.*x', 'y'.repeat(5000)],
    ['a+b|a+a+b|a*a+b', 'a'.repeat(5000)],
    ['^[a-z]{0,200}[a-z]{0,200}[0-9]$', 'a'.repeat(500)],
  ])('%s', (written, line) => {
    expect(found(written, line)).toBe(false);
  });
});
