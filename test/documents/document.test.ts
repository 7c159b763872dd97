import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/documents/diagnostic.ts';
import { parseDocument, tryDocument } from '../../src/documents/document.ts';
import type { TextSource } from '../../src/documents/text-document.ts';

const read = async (text: string, source: Partial<TextSource> & { readonly file: string }) => {
  const parsed = await tryDocument(text, { kind: 'snapshot', ...source });
  return 'mistake' in parsed ? formatDiagnostic(parsed.mistake) : parsed.document.value;
};
const yaml = (text: string, kind: TextSource['kind'] = 'snapshot') => read(text, { file: 'a.yaml', kind });
const json = (text: string, kind: TextSource['kind'] = 'snapshot') => read(text, { file: 'a.json', kind });

describe('YAML 1.2 core', () => {
  test.each([
    ['a: No\nb: on\nc: ~\nd:\n', { a: 'No', b: 'on', c: null, d: null }],
    ['a: 2026-11-20\nb: 2026-11-20T09:00:00Z\n', { a: '2026-11-20', b: '2026-11-20T09:00:00Z' }],
    ['a: 1\nb: 0x1f\nc: true\nd: "1"\n', { a: 1, b: 31, c: true, d: '1' }],
    ['\ufeffa: x\r\nb: [y]\r\n', { a: 'x', b: ['y'] }],
    ['%YAML 1.1\n---\na: No\nb: 2026-11-20\n', { a: 'No', b: '2026-11-20' }],
    ['a: &x { b: 1 }\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    ['1: a\n1.10: b\nnull: c\n', { 1: 'a', '1.10': 'b', null: 'c' }],
    ['<<: { a: 1 }\n', { '<<': { a: 1 } }],
    ['a: |\n  [[[[\n  text\n', { a: '[[[[\ntext\n' }],
    ['constructor: 1\n', { constructor: 1 }],
    ['a: 1\n...\n', { a: 1 }],
    ['just text', 'just text'],
  ])('%j', async (text, value) => {
    expect(await yaml(text)).toEqual(value);
  });

  test.each([
    ['', 'a.yaml:1:1 the file is empty; it should hold a snapshot'],
    ['# nothing\n---\n', 'a.yaml:1:1 the file is empty; it should hold a snapshot'],
    [
      'a: 1\nb: [1, 2\n',
      'a.yaml:3:1 not YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['\ta: 1', 'a.yaml:1:1 not YAML: tabs are not allowed as indentation'],
    ['a: b: c: d', 'a.yaml:1:4 not YAML: nested mappings are not allowed in compact mappings'],
    ['a: 1\nb:\n  c: 1\n  c: 2\n', 'a.yaml:4:3 duplicate key c; it is on line 3 already; keep one of them'],
    ['a: 1\n---\nb: 2\n', 'a.yaml:2:1 a second YAML document in one file; keep each in a file of its own'],
    ['a: !Ref b', 'a.yaml:1:4 not YAML: unresolved tag: !Ref'],
    ['a: !!timestamp 2001-01-01', 'a.yaml:1:4 not YAML: unresolved tag: tag:yaml.org,2002:timestamp'],
    ['? [a]\n: b', 'a.yaml:1:3 a key that is not text; write a plain name before the colon'],
    ['a:\n  __proto__: { b: 1 }', 'a.yaml:2:3 __proto__ is never a property; take it out'],
    ['a: *b', 'a.yaml:1:4 nothing before *b is called &b; write the value out'],
    ['a: &b [*b]', 'a.yaml:1:8 nothing before *b is called &b; write the value out'],
  ])('%j: %s', async (text, mistake) => {
    expect(await yaml(text)).toBe(mistake);
  });
});

describe('JSON', () => {
  test.each([
    ['{"a": "__proto__", "b": [1, {"c": null}]}', { a: '__proto__', b: [1, { c: null }] }],
    ['\ufeff{"a":\r\n1}\r\n', { a: 1 }],
    ['{"a": "x\\u0026\\"y\\\\"}', { a: 'x&"y\\' }],
    ['[]', []],
    ['{"a": {"k": 1}, "b": {"k": 1}}', { a: { k: 1 }, b: { k: 1 } }],
  ])('%j', async (text, value) => {
    expect(await json(text)).toEqual(value);
  });

  test.each([
    [' \n', 'a.json:1:1 the file is empty; it should hold a snapshot'],
    ['hello', 'a.json:1:1 not JSON: hello where a value should stand; text stands in double quotes'],
    [
      '{"a": 1,\n}',
      'a.json:2:1 not JSON: } where a property name in double quotes should stand; take the comma before it away',
    ],
    ['[1,]', 'a.json:1:4 not JSON: ] where a value should stand; take the comma before it away'],
    ['{"a": 1 "b": 2}', 'a.json:1:9 not JSON: " where a comma or the closing bracket should stand'],
    [
      "{'a': 1}",
      "a.json:1:2 not JSON: ' where a property name in double quotes or } should stand; JSON knows double quotes only",
    ],
    ['// x\n{}', 'a.json:1:1 not JSON: / where a value should stand; JSON has no comments'],
    ['{"a": 1} x', 'a.json:1:10 not JSON: x where the end of the file should stand; text stands in double quotes'],
    [
      '{"a": [1, 2',
      'a.json:1:12 not JSON: the file ends where a comma or the closing bracket should stand; it may be cut off',
    ],
    ['{"a"', 'a.json:1:5 not JSON: the file ends where : should stand; it may be cut off'],
    ['{"a": 01}', 'a.json:1:7 not JSON: 01 where a value should stand'],
    ['[1}', 'a.json:1:3 not JSON: } where ] should stand'],
    ['{"a": 1]', 'a.json:1:8 not JSON: ] where } should stand'],
    ['{"a": "b', 'a.json:1:7 not JSON: the string is never closed; close it with "'],
    [
      '{"a": "b\nc"}',
      'a.json:1:9 not JSON: a line break or control character inside a string; write \\n, or close the string with "',
    ],
    ['{"a": "\\q"}', 'a.json:1:8 not JSON: \\q is no escape; write \\\\ for a backslash'],
    ['{"a": 1,\n "b": {"a": 1},\n "a": 2}', 'a.json:3:2 duplicate key a; it is on line 1 already; keep one of them'],
    ['[{"a": 1, "\\u0061": 2}]', 'a.json:1:11 duplicate key a; it is on line 1 already; keep one of them'],
    ['{"a": {"__proto__": {}}}', 'a.json:1:8 __proto__ is never a property; take it out'],
    ['{"a": {"\\u005f_proto__": {}}}', 'a.json:1:8 __proto__ is never a property; take it out'],
  ])('%j: %s', async (text, mistake) => {
    expect(await json(text)).toBe(mistake);
  });
});

describe('limits', () => {
  const deep = 'nested deeper than 64 levels; no file of this kind needs that; flatten it';
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test('64 levels are read, 65 are not', async () => {
    expect(await json(nested(64))).toBeInstanceOf(Array);
    expect(await json(nested(65))).toBe(`a.json:1:65 ${deep}`);
    expect(await yaml(nested(64))).toBeInstanceOf(Array);
    expect(await yaml(nested(65))).toBe(`a.yaml:1:65 ${deep}`);
    expect(await yaml(`${'- '.repeat(64)}x`)).toBeInstanceOf(Array);
    expect(await yaml(`${'- '.repeat(65)}x`)).toBe(`a.yaml:1:129 ${deep}`);
  });

  test('10,000 levels', async () => {
    expect(await json(nested(10_000))).toBe(`a.json:1:65 ${deep}`);
    expect(await json('{"a":'.repeat(10_000))).toBe(`a.json:1:321 ${deep}`);
    expect(await yaml('{a: '.repeat(10_000))).toContain(deep);
    expect(await yaml(nested(10_000))).toContain(deep);
    expect(await yaml(`${'- '.repeat(10_000)}x`)).toContain(deep);
    expect(await yaml(`${'? '.repeat(10_000)}x`)).toContain(deep);
    const blocks = Array.from({ length: 5000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    expect(await yaml(blocks)).toBe(`a.yaml:67:67 ${deep}`);
  });

  test('100 MB of [ is refused at once', { timeout: 2000 }, async () => {
    const brackets = '['.repeat(100_000_000);
    expect(await json(brackets)).toBe(`a.json:1:65 ${deep}`);
    expect(await yaml(brackets)).toBe('a.yaml:1:1 larger than 16 MiB, the most that is read as YAML; write it as JSON');
    expect(await yaml('['.repeat(16_000_000))).toContain(deep);
  });

  test('brackets in text are no nesting', async () => {
    const brackets = '['.repeat(1000);
    expect(await json(JSON.stringify({ a: brackets }))).toEqual({ a: brackets });
    expect(await yaml(`a: "${brackets}"\nb: it's ${brackets}\n# ${brackets}\nc: |\n  ${brackets}\n`)).toEqual({
      a: brackets,
      b: `it's ${brackets}`,
      c: `${brackets}\n`,
    });
  });

  test('a bomb of aliases', async () => {
    const nine = (name: string) => `[${Array(9).fill(name).join(', ')}]`;
    const bomb = Array.from(
      { length: 9 },
      (_, level) => `a${level}: &a${level} ${nine(level === 0 ? 'x' : `*a${level - 1}`)}`,
    );
    expect(await yaml(bomb.join('\n'))).toBe(
      'a.yaml:7:9 more than 1000000 values, each alias counted with all that it stands for; ' +
        'write it without aliases, or as JSON',
    );
    expect(await yaml(`a: &a 1\nb: [${Array(100).fill('*a').join(', ')}]`)).toHaveProperty('b.99', 1);
    expect(await yaml(`a: &a 1\nb: [${Array(101).fill('*a').join(', ')}]`)).toBe(
      'a.yaml:2:405 more than 100 YAML aliases; write the values out',
    );
    expect(await yaml(`a: &a ${nested(60)}\nb: [[[[*a]]]]`)).toBe(`a.yaml:2:8 ${deep}`);
  });

  test('a string of a mebibyte in rules and config', async () => {
    const long = 'x'.repeat(1024 * 1024 + 1);
    const tooLong = 'a string longer than 1 MiB; no rule or config needs that; shorten it';
    expect(await yaml(`a: ${long}`, 'rules')).toBe(`a.yaml:1:4 ${tooLong}`);
    expect(await json(`{"a": "${long}"}`, 'config')).toBe(`a.json:1:7 ${tooLong}`);
    expect(await yaml(`a: ${long}`, 'snapshot')).toEqual({ a: long });
    expect(await json(`{"a": "${long}"}`, 'snapshot')).toEqual({ a: long });
  });
});

describe('format', () => {
  test('by the ending, else by the first character', async () => {
    expect(await read('{a: 1}', { file: 'x.yml' })).toEqual({ a: 1 });
    expect(await read('{"a": 1}', { file: '<stdin>' })).toEqual({ a: 1 });
    expect(await read('a: 1', { file: '<stdin>' })).toEqual({ a: 1 });
    expect(await read('{a: 1}', { file: '<stdin>' })).toContain('not JSON');
    expect(await read('{a: 1}', { file: '<stdin>', format: 'yaml' })).toEqual({ a: 1 });
  });
});

describe('positions', () => {
  const text = ['a: &x', '  - b: 1', '    c: [2, 3]', 'd: *x', 'e:', '"5": { 6: 7 }'].join('\n');
  test.each([
    [[], 'value', 1, 1],
    [['a'], 'key', 1, 1],
    [['a', 0, 'b'], 'key', 2, 5],
    [['a', 0, 'b'], 'value', 2, 8],
    [['a', 0, 'c', 1], 'value', 3, 12],
    [['d', 0, 'b'], 'value', 2, 8],
    [['d'], 'value', 4, 4],
    [['e'], 'key', 5, 1],
    [[5, 6], 'value', 6, 11],
    [['a', 0, 'nowhere', 'deep'], 'value', 2, 5],
  ] as const)('of %j (%s) in YAML', async (pointer, what, line, column) => {
    const { position } = await parseDocument(text, { file: 'a.yaml', kind: 'rules' });
    expect(position(pointer, what)).toEqual({ line, column });
  });

  const same = '{\n  "a": [{"b": "x\\"]", "c": [2, 3.5e1 , true]}],\n  "5": {"6": 7}, "e\\"": null\n}';
  test.each([
    [[], 'value', 1, 1],
    [['a'], 'key', 2, 3],
    [['a', 0, 'b'], 'value', 2, 15],
    [['a', 0, 'c'], 'key', 2, 23],
    [['a', 0, 'c', 2], 'value', 2, 40],
    [[5, 6], 'value', 3, 14],
    [['e"'], 'value', 3, 25],
    [['a', 7], 'value', 2, 8],
    [['a', 0, 'b', 'deep'], 'value', 2, 15],
  ] as const)('of %j (%s) in JSON', async (pointer, what, line, column) => {
    const { position } = await parseDocument(same, { file: 'a.json', kind: 'rules' });
    expect(position(pointer, what)).toEqual({ line, column });
  });

  test('of a line in a larger file', async () => {
    const { position } = await parseDocument('{"a": 1}', { file: 'a.jsonl', kind: 'snapshot', firstLine: 7 });
    expect(position(['a'], 'value')).toEqual({ line: 7, column: 7 });
    expect(await read('{"a": }', { file: 'a.jsonl', firstLine: 7 })).toBe(
      'a.jsonl:7:7 not JSON: } where a value should stand',
    );
  });
});

test('a mistake thrown says whose it is', async () => {
  const thrown = async (kind: TextSource['kind']) =>
    parseDocument('', { file: 'a.yaml', kind }).catch((error: unknown) => error);
  expect(await thrown('rules')).toMatchObject({ code: 'rule', message: '1 mistake in a.yaml' });
  expect(await thrown('config')).toMatchObject({ code: 'config' });
  expect(await thrown('report')).toMatchObject({
    code: 'input',
    details: ['a.yaml:1:1 the file is empty; it should hold a report'],
  });
});
