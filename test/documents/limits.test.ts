import { describe, expect, test } from 'vitest';
import { countMembers, endOfString, limits, scanJson, tooBig } from '../../src/documents/limits.ts';

describe('scanJson', () => {
  test.each([
    ['{"a": 1, "b": {"c": []}}', 3, true],
    ['{"a:b": "c:d,{[", "e": "\\":"}', 2, true],
    ['{"a": "x\\\\"}', 1, true],
    ['{"a": [', 1, false],
    ['{"a": "never closed', 1, false],
    ['', 0, true],
  ])('%s', (text, members, closed) => {
    expect(scanJson(text)).toEqual({ members, closed });
  });

  test('counts what the parser keeps', () => {
    const text = '{"a": [{"b": {}, "c": null}, [], 1], "d": "x", "a": 2}';
    expect(scanJson(text).members).toBe(5);
    expect(countMembers(JSON.parse(text))).toBe(2);
    expect(countMembers(JSON.parse('{"a": [{"b": {}, "c": null}, [], 1], "d": "x"}'))).toBe(4);
  });

  test('a string that is too long', () => {
    expect(scanJson('["abc", "abcde"]', 5).excess).toMatchObject({ offset: 8, message: 'a string longer than 1 MiB' });
    expect(scanJson('["abc", "abcd"]', 5).excess).toBeUndefined();
  });
});

test('the end of a string', () => {
  expect(endOfString('"a"', 0)).toBe(2);
  expect(endOfString('"a\\"b"', 0)).toBe(5);
  expect(endOfString('"a\\\\"b"', 0)).toBe(4);
  expect(endOfString('"a', 0)).toBe(-1);
});

test('sizes', () => {
  expect(tooBig('YAML', limits.yamlBytes)).toBeUndefined();
  expect(tooBig('YAML', limits.yamlBytes + 1)?.message).toBe('larger than 16 MiB, the most that is read as YAML');
  expect(tooBig('JSON', limits.jsonBytes)).toBeUndefined();
  expect(tooBig('JSON', limits.jsonBytes + 1)?.hint).toBe('split it: JSON lines hold one snapshot a line');
});
