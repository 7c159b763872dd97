import { describe, expect, test } from 'vitest';
import { jsonPieces } from '../../src/reporters/json-pieces.ts';
import { hostile } from './hostile.ts';

describe('JSON in pieces', () => {
  test.each<[string, unknown]>([
    ['an object of everything', { a: 1, b: [1, [2, { c: 'd' }]], e: {}, f: [], g: null, h: { i: { j: [[]] } } }],
    ['what is not there', { a: undefined, b: { c: undefined }, d: 1 }],
    ['texts with line breaks', { [hostile.newline]: [hostile.newline, { [hostile.newline]: hostile.newline }] }],
    ['hostile texts', hostile],
    ['a text alone', 'text'],
    ['an empty list', []],
  ])('%s: the same at any depth', (_, value) => {
    for (const depth of [0, 1, 2, 3, 9])
      expect([...jsonPieces(value, depth)].join('')).toBe(JSON.stringify(value, undefined, 2));
  });

  test('reads a list item by item', () => {
    const said: string[] = [];
    function* items(): Generator<number> {
      for (const item of [1, 2]) {
        said.push(`item ${item}`);
        yield item;
      }
    }
    for (const piece of jsonPieces({ items: items() }, 2)) said.push(piece);
    expect(said).toEqual(['{\n  "items": ', 'item 1', '[\n    ', '1', 'item 2', ',\n    ', '2', '\n  ]', '\n}']);
  });
});
