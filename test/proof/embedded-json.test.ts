import { describe, expect, test } from 'vitest';
import { readEmbedded } from '../../src/proof/embedded-json.ts';

describe('a text that somebody stored in AWS', () => {
  test.each<[string, unknown]>([
    ['{"a":[1,"b",null,true]}', { a: [1, 'b', null, true] }],
    [' {"a": {"b": -1.5e3}} \n', { a: { b: -1500 } }],
    ['"text"', 'text'],
    ['0', 0],
    ['-0.0e10', -0],
    ['0.000', 0],
    ['1e-320', 1e-320],
    ['1e308', 1e308],
    ['{"a":"1e400"}', { a: '1e400' }],
    ['{"a":1,"a":2}', { a: 2 }],
    [`${'['.repeat(64)}${']'.repeat(64)}`, JSON.parse(`${'['.repeat(64)}${']'.repeat(64)}`)],
  ])('%s is read', (text, value) => {
    expect(readEmbedded(text)).toEqual({ value });
  });

  test.each(['1e400', '-1e400', '1e-400', '-1e-400', '0.1e-400', '12E-500', `0.${'0'.repeat(400)}1`])(
    'no double holds %s: it equals nothing',
    (text) => {
      expect(readEmbedded(`{"a":[${text}]}`)).toEqual({ value: { a: [Number.NaN] } });
    },
  );

  test('a key that names a prototype is a key', () => {
    const read = readEmbedded('{"__proto__":{"a":1}}');
    expect('value' in read && Object.entries(read.value as object)).toEqual([['__proto__', { a: 1 }]]);
  });

  test.each([
    ['', 'the file ends where a value should stand', 1],
    ['{"a":1', 'the file ends where a comma or the closing bracket should stand', 7],
    ['{"a":1,}', '} where a property name in double quotes should stand', 8],
    ["{'a':1}", "' where a property name in double quotes or } should stand", 2],
    ['{"a":01}', '01 where a value should stand', 6],
    ['nonsense', 'nonsense where a value should stand', 1],
    [`${'['.repeat(65)}`, 'nested deeper than 64 levels', 65],
    [`{"a":${'['.repeat(100_000)}`, 'nested deeper than 64 levels', 69],
  ])('%s is not', (text, mistake, column) => {
    expect(readEmbedded(text)).toEqual({ mistake, column });
  });
});
