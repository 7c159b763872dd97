import { describe, expect, test } from 'vitest';
import { mistaken } from '../../../src/proof/event-pattern/mistaken.ts';
import { parseEventPattern } from '../../../src/proof/event-pattern/parse.ts';
import { matches } from './matching.ts';

const nowhere = {};

describe('what EventBridge stores, and what not (aws-semantics §7.3–7.4)', () => {
  test.each<[string, unknown, string]>([
    ['a number', '1', ': a pattern is an object'],
    ['a list', '[1]', ': a pattern is an object'],
    ['null', 'null', ': a pattern is an object'],
    ['nothing', '', ': not valid JSON at column 1: the file ends where a value should stand'],
    [
      'a single quote',
      "{'a':[1]}",
      ": not valid JSON at column 2: ' where a property name in double quotes or } should stand",
    ],
    [
      'a list that never ends',
      '{"a":["x"',
      ': not valid JSON at column 10: the file ends where a comma or the closing bracket should stand',
    ],
    ['a deep one', `{"a":[${'['.repeat(100)}`, ': not valid JSON at column 69: nested deeper than 64 levels'],
    ['an empty object', {}, ': an empty object matches nothing'],
    ['an empty object below', { detail: { a: {} } }, 'detail.a: an empty object matches nothing'],
    ['an empty list', { detail: { a: [] } }, 'detail.a: an empty list matches nothing'],
    ['a text that is no list', { a: 'x' }, 'a: the values to match are written as a list'],
    ['a null that is no list', { a: null }, 'a: the values to match are written as a list'],
    ['a list in a list', { a: ['x', ['y']] }, 'a.1: a value or one operator is wanted'],
    [
      'two operators in one object',
      { a: [{ prefix: 'a', suffix: 'c' }] },
      'a.0: an object here holds one operator, no more and no less',
    ],
    [
      'one operator twice',
      '{"a":[{"prefix":"a","prefix":"b"}]}',
      'a.0: an object here holds one operator, no more and no less',
    ],
    ['no operator', { a: [{}] }, 'a.0: an object here holds one operator, no more and no less'],
    ['an unknown operator', { a: [{ regex: 'a' }] }, 'a.0.regex: regex is not an operator'],
    ['exists of a text', { a: [{ exists: 'true' }] }, 'a.0.exists: exists is true or false'],
    ['a prefix that is a number', { a: [{ prefix: 1 }] }, 'a.0.prefix: a string is wanted'],
    ['a prefix that is a list', { a: [{ prefix: ['x'] }] }, 'a.0.prefix: a string is wanted'],
    ['a prefix that is null', { a: [{ prefix: null }] }, 'a.0.prefix: a string is wanted'],
    [
      'a prefix with another operator',
      { a: [{ prefix: { wildcard: 'x' } }] },
      'a.0.prefix: only equals-ignore-case can stand here',
    ],
    [
      'a suffix with two operators',
      { a: [{ suffix: { 'equals-ignore-case': 'x', prefix: 'y' } }] },
      'a.0.suffix: an object here holds one operator, no more and no less',
    ],
    [
      'a suffix with none',
      { a: [{ suffix: {} }] },
      'a.0.suffix: an object here holds one operator, no more and no less',
    ],
    ['a suffix with a number', { a: [{ suffix: { 'equals-ignore-case': 1 } }] }, 'a.0.suffix: a string is wanted'],
    [
      'equals-ignore-case of a list',
      { a: [{ 'equals-ignore-case': ['x'] }] },
      'a.0.equals-ignore-case: a string is wanted',
    ],
    ['exactly a number', { a: [{ exactly: 1 }] }, 'a.0.exactly: a string is wanted'],
    ['a wildcard of a number', { a: [{ wildcard: 1 }] }, 'a.0.wildcard: a string is wanted'],
    ['two wildcards in a row', { a: [{ wildcard: 'a**b' }] }, 'a.0.wildcard: two wildcards in a row'],
    ['two wildcards at the start', { a: [{ wildcard: '**' }] }, 'a.0.wildcard: two wildcards in a row'],
    ['an escape of a letter', { a: [{ wildcard: 'a\\b' }] }, 'a.0.wildcard: a backslash is only for * and for itself'],
    ['an escape of nothing', { a: [{ wildcard: 'a\\' }] }, 'a.0.wildcard: a backslash is only for * and for itself'],
    [
      'anything but null',
      { a: [{ 'anything-but': null }] },
      'a.0.anything-but: anything-but takes strings alone or numbers alone',
    ],
    [
      'anything but true',
      { a: [{ 'anything-but': true }] },
      'a.0.anything-but: anything-but takes strings alone or numbers alone',
    ],
    [
      'anything but a text or a number',
      { a: [{ 'anything-but': ['x', 1] }] },
      'a.0.anything-but: anything-but takes strings alone or numbers alone',
    ],
    [
      'anything but a list in a list',
      { a: [{ 'anything-but': [['x']] }] },
      'a.0.anything-but: anything-but takes strings alone or numbers alone',
    ],
    ['anything but nothing', { a: [{ 'anything-but': [] }] }, 'a.0.anything-but: anything-but of nothing'],
    [
      'anything but no operator',
      { a: [{ 'anything-but': {} }] },
      'a.0.anything-but: an object here holds one operator, no more and no less',
    ],
    [
      'anything but an unknown operator',
      { a: [{ 'anything-but': { cidr: 'x' } }] },
      'a.0.anything-but.cidr: cidr is not an operator',
    ],
    [
      'anything but no prefix',
      { a: [{ 'anything-but': { prefix: [] } }] },
      'a.0.anything-but.prefix: anything-but of nothing',
    ],
    [
      'anything but the empty prefix',
      { a: [{ 'anything-but': { prefix: '' } }] },
      'a.0.anything-but.prefix: an empty text excludes everything',
    ],
    [
      'anything but the empty suffix',
      { a: [{ 'anything-but': { suffix: ['x', ''] } }] },
      'a.0.anything-but.suffix: an empty text excludes everything',
    ],
    [
      'anything but a prefix in any case',
      { a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] },
      'a.0.anything-but.prefix: a string is wanted',
    ],
    ['a block without a number of bits', { a: [{ cidr: '10.0.0.0' }] }, 'a.0.cidr: 10.0.0.0 is no block of addresses'],
    ['a block that is a number', { a: [{ cidr: 10 }] }, 'a.0.cidr: a string is wanted'],
    ['$or of an object', { $or: { a: [1] } }, '$or: $or takes a list of objects'],
    ['$or of one object', { detail: { $or: [{ a: [1] }] } }, 'detail.$or: $or takes two objects or more'],
    ['$or of values', { $or: [{ a: [1] }, 'x'] }, '$or.1: a pattern is an object'],
    ['$or with an empty object', { $or: [{ a: [1] }, {}] }, '$or.1: an empty object matches nothing'],
    [
      'a mistake far below',
      { $or: [{ a: [1] }, { b: { c: [1, { prefix: 2 }] } }] },
      '$or.1.b.c.1.prefix: a string is wanted',
    ],
  ])('%s', (_, pattern, expected) => {
    expect(matches(pattern, nowhere)).toBe(expected);
  });

  test.each<[string, unknown, string]>([
    ['no list', 1, 'a number is wanted'],
    ['nothing', [], 'a number is wanted'],
    ['no number', ['>'], 'a number is wanted'],
    ['a text for a number', ['=', '1'], 'a number is wanted'],
    ['no operator', [1, 1], 'numeric takes =, <, <=, > or >= and a number'],
    ['an unknown operator', ['!=', 1], 'numeric takes =, <, <=, > or >= and a number'],
    ['more than a value', ['=', 1, '<', 2], 'nothing can follow'],
    ['a range from its end', ['<', 2, '>', 1], 'nothing can follow'],
    ['a range from its end, with it', ['<=', 2, '>=', 1], 'nothing can follow'],
    ['a range that goes up', ['>', 1, '>', 2], 'a range ends with < or <='],
    ['a range that ends nowhere', ['>', 1, '<'], 'a number is wanted'],
    ['a range of three', ['>', 1, '<', 2, 3], 'nothing can follow'],
    ['a range of nothing', ['>', 2, '<', 1], 'the range is empty'],
    ['a range of one number', ['>=', 1, '<=', 1], 'the range is empty'],
  ])('numeric with %s', (_, numeric, expected) => {
    expect(matches({ a: [{ numeric }] }, nowhere)).toBe(`a.0.numeric: ${expected}`);
  });

  test.each(['{"a":[1e400]}', '{"a":[{"numeric":["=",1e400]}]}', '{"a":[{"anything-but":[1,1e400]}]}'])(
    '%s: no such number can be compared',
    (pattern) => {
      expect(matches(pattern, nowhere)).toMatch(/: a number that cannot be compared$/);
    },
  );

  test.each([
    ...['exactly', 'prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'numeric', 'cidr', 'exists', 'anything-but'],
    ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after'],
    ...['date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range'],
    'ip-address-not-in-range',
  ])('%s is a field, but not below $or', (word) => {
    const mistake = `below $or, ${word} is no name of a field`;
    expect(matches({ [word]: [1] }, { [word]: 1 })).toBe(true);
    expect(matches({ $or: [{ a: [1] }, { [word]: [1] }] }, nowhere)).toBe(`$or.1.${word}: ${mistake}`);
    expect(matches({ $or: [{ a: { [word]: [1] } }, { a: [1] }] }, nowhere)).toBe(`$or.0.a.${word}: ${mistake}`);
  });

  test('a pattern has at most 4096 characters', () => {
    const pattern = `{"a":["${'x'.repeat(4096 - 10)}"]}`;
    expect(pattern.length).toBe(4096);
    expect(matches(`${pattern} `, nowhere)).toBe(': longer than 4096 characters');
    expect(matches(pattern, nowhere)).toBe(false);
  });

  test('$or multiplies to at most 1000 combinations', () => {
    const or = (count: number) => Array.from({ length: count }, (_, index) => ({ [`a${index}`]: [1] }));
    const times = (...counts: readonly number[]) =>
      Object.fromEntries(counts.map((count, index) => [`n${index}`, { $or: or(count) }]));
    expect(matches(times(10, 10, 10), { n0: { a9: 1 }, n1: { a9: 1 }, n2: { a9: 1 } })).toBe(true);
    expect(matches(times(7, 11, 13), nowhere)).toBe('n2.$or.12: more than 1000 combinations');
  });

  test('what is no mistake of the pattern is not taken for one', () => {
    const broken = () => {
      throw new RangeError('ours');
    };
    expect(() => mistaken(broken)).toThrow(RangeError);
    expect(parseEventPattern('{"a":[1]}')).toEqual({ variants: [new Map([['a', [{ is: 'equals', value: 1 }]]])] });
  });
});

describe('which fields a pattern asks about', () => {
  test.each<[string, string, unknown, boolean]>([
    ['of two leaves the last', '{"a":["x"],"a":["y"]}', { a: 'y' }, true],
    ['of two leaves not the first', '{"a":["x"],"a":["y"]}', { a: 'x' }, false],
    ['of two spellings the last', '{"a.b":["x"],"a":{"b":["y"]}}', { a: { b: 'y' } }, true],
    ['two objects of one name, the first', '{"d":{"a":["x"]},"d":{"b":["y"]}}', { d: { b: 'y' } }, false],
    ['two objects of one name, the last', '{"d":{"a":["x"]},"d":{"b":["y"]}}', { d: { a: 'x' } }, false],
    ['two objects of one name, both', '{"d":{"a":["x"]},"d":{"b":["y"]}}', { d: { a: 'x', b: 'y' } }, true],
    ['two $or, the first', '{"$or":[{"a":[1]},{"b":[1]}],"$or":[{"c":[1]},{"d":[1]}]}', { c: 1 }, false],
    ['two $or, both', '{"$or":[{"a":[1]},{"b":[1]}],"$or":[{"c":[1]},{"d":[1]}]}', { b: 1, c: 1 }, true],
    ['a leaf and one below it', '{"a":["x"],"a.b":[{"exists":false}]}', { a: 'y' }, false],
    ['one below a leaf, and the leaf', '{"a":{"b":[{"exists":false}]},"a":["x"]}', { a: 'y' }, false],
    ['a leaf and one below it, both there', '{"a":["x"],"a.b":["y"]}', { a: ['x', { b: 'y' }] }, true],
    ['a path in one key', '{"a.b.c":["x"]}', { a: { b: { c: 'x' } } }, true],
    ['a path in parts', '{"a":{"b.c":["x"]}}', { 'a.b': { c: 'x' } }, true],
    ['an empty key', '{"":["x"]}', { '': 'x' }, true],
    ['a path from an empty key is that after it', '{"":{"a":["x"]}}', { a: 'x' }, true],
    ['an empty key inside a path', '{"a..b":["x"]}', { a: { '': { b: 'x' } } }, true],
    ['$or before a field of the same name', '{"$or":[{"a":[1]},{"b":[1]}],"a":[2]}', { a: 1, b: 1 }, false],
    ['$or after a field of the same name', '{"a":[2],"$or":[{"a":[1]},{"b":[1]}]}', { a: 1 }, true],
    ['$or after a field, the other way', '{"a":[2],"$or":[{"a":[1]},{"b":[1]}]}', { a: 2, b: 1 }, true],
    ['$or after a field, neither way', '{"a":[2],"$or":[{"a":[1]},{"b":[1]}]}', { a: 3, b: 1 }, false],
    ['$or below a field', '{"a":{"$or":[{"b":[1]},{"c":[1]}]}}', { a: { c: 1 } }, true],
    ['$or below a field, elsewhere', '{"a":{"$or":[{"b":[1]},{"c":[1]}]}}', { c: 1 }, false],
    ['$or in $or', '{"$or":[{"a":[1]},{"$or":[{"b":[1]},{"c":[1]}],"d":[1]}]}', { c: 1, d: 1 }, true],
    ['$or in $or, half', '{"$or":[{"a":[1]},{"$or":[{"b":[1]},{"c":[1]}],"d":[1]}]}', { c: 1 }, false],
    ['what $or says is said of its own way', '{"$or":[{"a":[1],"x":[1]},{"b":[1]}]}', { b: 1 }, true],
  ])('%s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test.each<[string, unknown]>([
    ['"a b"', 'a b'],
    ['"[{,:}]"', '[{,:}]'],
    ['"\\"\\\\"', '"\\'],
    ['"\\u0061"', 'a'],
    ['-1.5e1', -15],
    ['false', false],
    ['null', null],
  ])('%s is read as JSON', (written, value) => {
    expect(parseEventPattern(`{ "a\\n" : [ ${written} , 1 ] }`)).toEqual({
      variants: [
        new Map([
          [
            'a\n',
            [
              { is: 'equals', value },
              { is: 'equals', value: 1 },
            ],
          ],
        ]),
      ],
    });
  });

  test('what every object inherits is a name like any other', () => {
    expect(matches('{"__proto__":{"constructor":["x"]}}', JSON.parse('{"__proto__":{"constructor":"x"}}'))).toBe(true);
    expect(matches('{"__proto__":{"constructor":[{"exists":true}]}}', {})).toBe(false);
  });
});
