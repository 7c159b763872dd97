import { describe, expect, test } from 'vitest';
import { matches } from './matching.ts';

const one = (alternative: unknown, value: unknown): boolean | string => matches({ a: [alternative] }, { a: value });

describe('alternatives (aws-semantics §7.4)', () => {
  test.each<[unknown, readonly unknown[], readonly unknown[]]>([
    ['x', ['x'], ['X', 'xx', '', null, true, 1]],
    ['1', ['1'], [1]],
    [1, [1, 1.0], ['1', 2, true]],
    [true, [true], ['true', false, 1]],
    [false, [false], ['false', true, null, 0]],
    [null, [null], ['null', '', 0, false]],
    [{ exactly: 'x' }, ['x'], ['X', 'xx']],
    [{ prefix: 'ab' }, ['ab', 'abc'], ['a', 'Abc', 'cab', null, 1]],
    [{ prefix: '' }, ['', 'x'], [null, 1, true]],
    [{ prefix: { 'equals-ignore-case': 'aB' } }, ['ab', 'ABC', 'aBc'], ['a', 'cab', 'b', null]],
    [{ suffix: 'bc' }, ['bc', 'abc'], ['b', 'abC', 'bca', null, 1]],
    [{ suffix: '' }, ['', 'x'], [null, 1, true]],
    [{ suffix: { 'equals-ignore-case': 'bC' } }, ['bc', 'ABC', 'aBc'], ['c', 'bca', 'b', null]],
    [{ 'equals-ignore-case': 'aB' }, ['ab', 'AB', 'aB'], ['abc', 'cab', 'a', '', null]],
    [{ 'equals-ignore-case': '' }, [''], ['a', null]],
    [{ wildcard: '*' }, ['', 'x'], [null, 1, true]],
    [{ wildcard: '' }, [''], ['x', null]],
    [{ wildcard: 'ab' }, ['ab'], ['a', 'abc', 'cab', 'AB']],
    [{ wildcard: 'a*' }, ['a', 'ab'], ['', 'ba', 'A']],
    [{ wildcard: '*c' }, ['c', 'bc'], ['', 'cb', 'C']],
    [{ wildcard: 'ab*bc' }, ['abbc', 'abxbc'], ['abc', 'abbcx', 'xabbc', 'abb', 'bbc']],
    [{ wildcard: 'a*b*c' }, ['abc', 'axbxc', 'abbc'], ['ac', 'acb', 'bac', 'abcx']],
    [{ wildcard: 'a*bc*c' }, ['abcc', 'abcbcc'], ['abc', 'abxc', 'acbc']],
    [{ wildcard: 'a*bc*cd' }, ['abccd'], ['abcd']],
    [{ wildcard: '*ab*ab*' }, ['abab', 'abxab'], ['ab', 'aba']],
    [{ wildcard: 'a\n*' }, ['a\n', 'a\nb'], ['a', 'ab']],
    [{ wildcard: 'a\\*b' }, ['a*b'], ['axb', 'ab', 'a\\*b']],
    [{ wildcard: 'a\\\\b' }, ['a\\b'], ['a\\\\b', 'ab']],
    [{ wildcard: '\\**\\*' }, ['**', '*x*'], ['*', 'x*']],
    [{ numeric: ['=', 3.018e2] }, [301.8], ['301.8', 301]],
    [{ numeric: ['<', 5] }, [4.9, -1], [5, 6, '4', null]],
    [{ numeric: ['<=', 5] }, [5, 4], [5.1, '5']],
    [{ numeric: ['>', 5] }, [5.1], [5, 4, '6', true]],
    [{ numeric: ['>=', 5] }, [5, 6], [4.9]],
    [{ numeric: ['>', 0, '<', 5] }, [0.1, 4.9], [0, 5, -1, 6]],
    [{ numeric: ['>', 0, '<=', 5] }, [1, 5], [0, 5.1]],
    [{ numeric: ['>=', 0, '<', 5] }, [0, 4], [-0.1, 5]],
    [{ numeric: ['>=', 0, '<=', 5] }, [0, 5], [-0.1, 5.1]],
    [{ exists: true }, ['', null, false, 0, ['x']], [{}, [], { b: 1 }, [{ b: 1 }], [[]]]],
    [{ exists: false }, [{}, [], { b: 1 }, [{ b: 1 }], [[]]], ['', null, false, 0, ['x']]],
    [{ 'anything-but': 'x' }, ['y', 'X', '', null, true, 1, ['x', 'y']], ['x', {}, [], ['x']]],
    [{ 'anything-but': ['x', 'y'] }, ['z', 1], ['x', 'y', ['x', 'y']]],
    [{ 'anything-but': 123 }, ['123', 124, null, false], [123]],
    [{ 'anything-but': [1, 2] }, [3, '1'], [1, 2]],
    [{ 'anything-but': '' }, ['x', null], ['']],
    [{ 'anything-but': { prefix: 'a' } }, ['b', '', null, 1], ['a', 'ab']],
    [{ 'anything-but': { prefix: ['a', 'b'] } }, ['c', 'ca'], ['ax', 'bx']],
    [{ 'anything-but': { suffix: 'a' } }, ['b', 'ab', null], ['a', 'ba']],
    [{ 'anything-but': { suffix: ['a', 'b'] } }, ['c'], ['a', 'xb']],
    [{ 'anything-but': { wildcard: 'a*c' } }, ['ab', 'a', true], ['ac', 'abc']],
    [{ 'anything-but': { wildcard: ['a*', '*z', ''] } }, ['b'], ['a', 'z', '']],
    [{ 'anything-but': { wildcard: '*' } }, [null, 1, true], ['', 'x']],
    [{ 'anything-but': { 'equals-ignore-case': 'ab' } }, ['abc', 1], ['ab', 'AB']],
    [{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }, ['c', 'ab'], ['A', 'B']],
  ])('%j', (alternative, yes, no) => {
    expect(yes.filter((value) => one(alternative, value) !== true)).toEqual([]);
    expect(no.filter((value) => one(alternative, value) !== false)).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['10.0.0.0/24', ['10.0.0.0', '10.0.0.255'], ['10.0.1.0', '9.255.255.255', 'x', '', '::a00:0']],
    ['10.1.2.3/8', ['10.0.0.0', '10.255.255.255'], ['11.0.0.0']],
    ['10.0.0.4/31', ['10.0.0.4', '10.0.0.5'], ['10.0.0.3', '10.0.0.6']],
    ['0.0.0.0/0', ['1.2.3.4'], ['10', '10.1', '0xa.0.0.1', '1.2.3', '1.2.3.4.5', '256.0.0.1', '1.2.3.4/8']],
    ['2001:DB8::/32', ['2001:db8::', '2001:db8:ffff::1'], ['2001:db9::', '2001:db8::%eth0', '2001:db8', '10.0.0.1']],
    ['::/0', ['::', '::1'], ['::ffff:10.0.0.1', '', ':', 'x::', '::x', '::g']],
    ['::2/127', ['::2', '::3', '0:0:0:0:0:0:0:3'], ['::1', '::4']],
  ])('addresses in %s', (cidr, yes, no) => {
    expect(yes.filter((address) => one({ cidr }, address) !== true)).toEqual([]);
    expect(no.filter((address) => one({ cidr }, address) !== false)).toEqual([]);
  });

  test('what is no text is no address', () => {
    expect(one({ cidr: '10.0.0.0/24' }, 167772160)).toBe(false);
  });

  test.each([
    ...['10.0.0.0/32', '10.0.0.0/33', '::/128', '::/129', '10.0.0.0/', '/8', '', 'x', '10.0.0.0/8/8', '10.0.0.0/x8'],
    ...[
      '10.0.0.0/8x',
      '10/8',
      '10.0/8',
      '10.0.0.0/-1',
      '10.0.0.0/1000',
      '::ffff:1.2.3.4/8',
      'x/8',
      '::1%eth0/8',
      ':/8',
    ],
  ])('%s is no block', (cidr) => {
    expect(one({ cidr }, '10.0.0.0')).toBe(`a.0.cidr: ${cidr} is no block of addresses`);
  });

  test.each<[string, unknown, string, boolean]>([
    ['an IPv6 address is itself, however it is written', '::1', '0:0:0:0:0:0:0:1', true],
    ['and no other', '::1', '::2', false],
    ['an IPv4 address has one spelling', '10.0.0.1', '10.0.0.1', true],
    ['and is no other text', '10.0.0.1', '10.0.0.01', false],
    ['anything but an address is about its text', { 'anything-but': '::1' }, '0:0:0:0:0:0:0:1', true],
  ])('%s', (_, alternative, value, expected) => {
    expect(one(alternative, value)).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ['ß', 'SS', true],
    ['SS', 'ß', false],
    ['ss', 'ß', false],
    ['k', '\u212a', false],
    ['\u212a', 'k', true],
    ['s', 'ſ', false],
    ['ſ', 'S', true],
    ['ſ', 's', false],
  ])('%s for %s: a letter stands for its own two forms', (wanted, value, expected) => {
    const ignoring = { 'equals-ignore-case': wanted };
    expect(one(ignoring, value)).toBe(expected);
    expect(one({ prefix: ignoring }, `${value}x`)).toBe(expected);
    expect(one({ suffix: ignoring }, `x${value}`)).toBe(expected);
  });
});

describe('lists', () => {
  const r = (fields: unknown): unknown => ({ r: fields });
  test.each<[string, unknown, unknown, boolean]>([
    ['any element of a list', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['any element of a list in a list', { a: ['x'] }, { a: [['w'], [['x']]] }, true],
    ['none', { a: ['x'] }, { a: ['w', ['y']] }, false],
    [
      'two fields of one element',
      r({ t: ['T'], u: ['B'] }),
      r([
        { t: 'T', u: 'A' },
        { t: 'T', u: 'B' },
      ]),
      true,
    ],
    ['two fields of two elements', r({ t: ['T'], u: ['B'] }), r([{ t: 'T' }, { u: 'B' }]), false],
    [
      'two fields of elements of two lists',
      r({ t: ['T'], u: ['B'] }),
      r([[{ t: 'T' }, { u: 'B' }], [{ u: 'B' }]]),
      false,
    ],
    [
      'in the second of two lists',
      r({ t: ['T'], u: ['B'] }),
      r([[{ t: 'T' }], [{ u: 'B' }, { t: 'T', u: 'B' }]]),
      true,
    ],
    ['fields of two lists are free', { r: { t: [1] }, s: { t: [2] } }, { r: [{}, { t: 1 }], s: [{ t: 2 }] }, true],
    ['a field beside a list is free', { r: { t: [1], u: [2] } }, { r: [{ t: 1 }], 'r.u': 2 }, true],
    [
      'in the first of two elements',
      r({ t: ['T'], u: ['B'] }),
      r([
        { t: 'T', u: 'B' },
        { t: 'T', u: 'A' },
      ]),
      true,
    ],
    [
      'in another place of a list in the element',
      r({ a: [1], p: { t: [1] } }),
      r([{ a: 1, p: [{ t: 0 }, { t: 1 }] }]),
      true,
    ],
    ['below an element', r({ p: { t: [1] }, q: [2] }), r([{ p: [{ t: 0 }, { t: 1 }], q: 2 }]), true],
    ['below another element', r({ p: { t: [1] }, q: [2] }), r([{ p: [{ t: 1 }] }, { q: 2 }]), false],
    ['a field of two lists in one', r({ p: { t: [1], u: [1] } }), r([{ p: [{ t: 1 }, { u: 1 }] }]), false],
    ['values beside an object', { a: ['x'], 'a.b': ['y'] }, { a: ['x', { b: 'y' }] }, true],
    [
      'after one list the next is free again',
      { r: { t: [1] }, 's.t': [1] },
      { r: [{ t: 1 }, { t: 1 }], s: { t: 1 } },
      true,
    ],
    [
      'a name that goes on is not below',
      { r: { t: [1] }, 'r-x': { t: [1] } },
      { r: [{ t: 1 }], 'r-x': [{}, { t: 1 }] },
      true,
    ],
    ['absent from the element', r({ t: ['T'], z: [{ exists: false }] }), r([{ t: 'T' }, { t: 'U', z: 1 }]), true],
    ['not absent from the element', r({ t: ['T'], z: [{ exists: false }] }), r([{ t: 'T', z: 1 }, { t: 'U' }]), false],
    ['absent from one of them', r({ t: [{ exists: false }] }), r([{ t: 'T' }, { u: 1 }]), false],
    ['absent from all of them', r({ t: [{ exists: false }] }), r([{ u: 1 }]), true],
    ['absent before an element is settled', r({ a: [{ exists: false }], b: [2] }), r([{ a: 1 }, { b: 2 }]), false],
    [
      'absent or a value',
      r({ t: ['T'], z: [{ exists: false }, 1] }),
      r([
        { t: 'T', z: 2 },
        { t: 'T', z: 1 },
      ]),
      true,
    ],
    ['absent or another value', r({ t: ['T'], z: [{ exists: false }, 1] }), r([{ t: 'T', z: 2 }]), false],
    [
      'the order of the pattern is of no account',
      r({ z: [{ exists: false }], t: ['T'] }),
      r([{ t: 'T' }, { z: 1 }]),
      true,
    ],
    ['below what is no object', { a: { b: ['x'] } }, { a: 'x' }, false],
    ['an event that is a list', { 0: { a: ['x'] } }, [{ a: 'x' }], false],
    ['an event that is nothing', { a: [{ exists: false }] }, null, true],
    ['an event that is a text', { 0: ['x'] }, 'x', false],
    ['a member that is undefined', { a: [{ exists: true }] }, { a: undefined }, false],
  ])('%s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});
