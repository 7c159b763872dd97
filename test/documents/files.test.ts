import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inputFiles, readLines, readText } from '../../src/documents/files.ts';
import { type BadLine, splitLines, type TextLine } from '../../src/documents/lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-files-'));
const at = (...path: readonly string[]) => join(folder, ...path);

beforeAll(() => {
  for (const name of ['full', 'full/deeper', 'empty']) mkdirSync(at(name));
  for (const name of ['b.yaml', 'a.json', 'c.JSONL', 'd.yml', 'notes.txt', '.hidden.yaml', 'deeper/e.yaml']) {
    writeFileSync(at('full', name), 'a: 1\n');
  }
  symlinkSync(at('full', 'deeper'), at('full', 'up'));
  symlinkSync(at('full', 'a.json'), at('full', 'z.json'));
  writeFileSync(at('empty', 'notes.txt'), '');
  writeFileSync(at('utf16.json'), Buffer.from('\ufeff{}', 'utf16le'));
  writeFileSync(at('latin1.json'), Buffer.from('{"a": "é"}', 'latin1'));
  writeFileSync(at('big.yaml'), ' '.repeat(16 * 1024 * 1024 + 1));
  writeFileSync(at('lines.jsonl'), '{"a": "é"}\r\n\n{"b": 2}');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* chunks(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
const failure = async (work: () => unknown) => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return 'nothing';
};

describe('inputFiles', () => {
  test('a file, standard input, a folder', () => {
    expect(inputFiles('-')).toEqual(['-']);
    expect(inputFiles(at('big.yaml'))).toEqual([at('big.yaml')]);
    const flat = ['a.json', 'b.yaml', 'c.JSONL', 'd.yml', 'z.json'].map((name) => at('full', name));
    expect(inputFiles(at('full'))).toEqual(flat);
    expect(inputFiles(at('full'), { endings: ['.yaml'], depth: 'deep' })).toEqual([
      at('full', 'b.yaml'),
      at('full', 'deeper', 'e.yaml'),
    ]);
  });

  test('an empty folder', async () => {
    expect(await failure(() => inputFiles(at('empty')))).toMatchObject({
      code: 'input',
      message: `${at('empty')} holds no file to read`,
      hint: 'It may hold files that end in .yaml, .yml, .json, .jsonl, .ndjson.',
    });
  });

  test('a missing file, with the one that was probably meant', async () => {
    expect(await failure(() => inputFiles(at('line.jsonl'), { code: 'rule' }))).toMatchObject({
      code: 'rule',
      message: `cannot read ${at('line.jsonl')}: there is no such file or folder`,
      hint: 'Did you mean lines.jsonl?',
    });
    expect(await failure(() => inputFiles(at('nothing', 'like it')))).toMatchObject({ hint: 'Check the path.' });
    expect(await failure(() => inputFiles(at('lines.jsonl', 'x')))).toMatchObject({
      message: `cannot read ${at('lines.jsonl', 'x')}: a part of its path is not a folder`,
    });
  });
});

describe('readText', () => {
  const json = (path: string) => readText(path, { format: 'JSON' });

  test('a file and standard input', async () => {
    expect(await json(at('lines.jsonl'))).toBe('{"a": "é"}\r\n\n{"b": 2}');
    expect(await readText('-', { format: 'YAML', stdin: chunks('a: ', '1') })).toBe('a: 1');
  });

  test('a folder', async () => {
    expect(await failure(() => json(at('full')))).toMatchObject({
      message: `${at('full')} is a folder, not a file`,
      hint: 'Name a file in it.',
    });
  });

  test('not text', async () => {
    const details = async (name: string) => failure(() => json(at(name)));
    expect(await details('utf16.json')).toMatchObject({
      details: [`${at('utf16.json')}:1:1 UTF-16, not UTF-8; save it as UTF-8`],
    });
    expect(await details('latin1.json')).toMatchObject({
      details: [`${at('latin1.json')}:1:1 not UTF-8 text; save it as UTF-8`],
    });
  });

  test('too big, before it is read', async () => {
    const tooBig = 'larger than 16 MiB, the most that is read as YAML; write it as JSON';
    expect(await failure(() => readText(at('big.yaml'), { format: 'YAML' }))).toMatchObject({
      details: [`${at('big.yaml')}:1:1 ${tooBig}`],
    });
    const stdin = chunks(...Array<string>(17).fill(' '.repeat(1024 * 1024)));
    expect(await failure(() => readText('-', { format: 'YAML', stdin }))).toMatchObject({
      details: [`<stdin>:1:1 ${tooBig}`],
    });
  });
});

describe('lines', () => {
  const all = async (lines: AsyncIterable<TextLine | BadLine>) => {
    const found = [];
    for await (const line of lines) found.push(line);
    return found;
  };

  test('of a file, with where they stand', async () => {
    expect(await all(readLines(at('lines.jsonl')))).toEqual([
      { text: '{"a": "é"}', line: 1, offset: 0, bytes: 12 },
      { text: '', line: 2, offset: 13, bytes: 0 },
      { text: '{"b": 2}', line: 3, offset: 14, bytes: 8 },
    ]);
  });

  test('of a stream, wherever its chunks are cut', async () => {
    const bytes = Buffer.from('ab\né€\n\nlast\n');
    const expected = [
      { text: 'ab', line: 1, offset: 0, bytes: 2 },
      { text: 'é€', line: 2, offset: 3, bytes: 5 },
      { text: '', line: 3, offset: 9, bytes: 0 },
      { text: 'last', line: 4, offset: 10, bytes: 4 },
    ];
    for (const size of [1, 2, 3, 5, 100]) {
      const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) =>
        bytes.subarray(part * size, (part + 1) * size),
      );
      const stdin = (async function* () {
        yield* cut;
      })();
      expect(await all(readLines('-', { stdin }))).toEqual(expected);
    }
  });

  test('one that is too long ends it, however it is cut', async () => {
    const bad = { line: 2, problem: 'too long' };
    expect(await all(splitLines(chunks('abc\nabcdef\nabc\n'), 5))).toEqual([
      { text: 'abc', line: 1, offset: 0, bytes: 3 },
      bad,
    ]);
    expect(await all(splitLines(chunks('abc\nabc', 'def', 'ghi'), 5))).toEqual([
      { text: 'abc', line: 1, offset: 0, bytes: 3 },
      bad,
    ]);
  });

  test('one that is no text', async () => {
    expect(await failure(() => all(readLines(at('latin1.json'))))).toMatchObject({
      details: [`${at('latin1.json')}:1:1 not UTF-8 text; save it as UTF-8`],
    });
  });

  test('a reader that stops early', async () => {
    for await (const { text } of readLines(at('lines.jsonl'))) {
      expect(text).toBe('{"a": "é"}');
      break;
    }
  });
});
