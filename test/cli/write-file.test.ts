import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertApart, isThere, writeFiles } from '../../src/cli/write-file.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('files are written whole or not at all', () => {
  test('all of them', async () => {
    writeFileSync(at('a'), 'old');
    await writeFiles([
      { path: at('a'), pieces: ['new'] },
      { path: at('b'), pieces: ['other'] },
    ]);
    expect(readFileSync(at('a'), 'utf8')).toBe('new');
    expect(readFileSync(at('b'), 'utf8')).toBe('other');
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'b']);
  });

  test('piece by piece', async () => {
    function* pieces() {
      yield 'one\n';
      expect(readdirSync(folder)).not.toContain('a');
      yield 'two\n';
    }
    await writeFiles([{ path: at('a'), pieces: pieces() }]);
    expect(readFileSync(at('a'), 'utf8')).toBe('one\ntwo\n');
  });

  test('where one cannot be written, none is replaced', async () => {
    writeFileSync(at('a'), 'old');
    const files = [
      { path: at('a'), pieces: ['new'] },
      { path: at('missing/b'), pieces: ['other'] },
    ];
    await expect(writeFiles(files)).rejects.toThrow(`cannot write ${at('missing/b')}: there is no such folder`);
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('a path that leads through a file is said to', async () => {
    writeFileSync(at('a'), 'old');
    const through = writeFiles([{ path: at('a/b'), pieces: ['new'] }]);
    await expect(through).rejects.toMatchObject({
      code: 'output',
      message: `cannot write ${at('a/b')}: a part of its path is not a folder`,
    });
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
  });

  test('two that lead to one place by a link are one file', () => {
    mkdirSync(at('folder'));
    symlinkSync(at('folder'), at('link'));
    const both = (path: string) => [
      { what: 'json', path: at('folder/a') },
      { what: 'the recording', path: undefined },
      { what: 'sarif', path },
    ];
    expect(() => assertApart(both(at('link/a')))).toThrow(`json and sarif both go to ${at('link/a')}`);
    writeFileSync(at('folder/a'), '');
    symlinkSync(at('folder/a'), at('b'));
    expect(() => assertApart(both(at('b')))).toThrow(`json and sarif both go to ${at('b')}`);
    expect(() => assertApart(both(at('link/b')))).not.toThrow();
  });

  test('a name that can be no file is said to be none, wherever it is looked for', async () => {
    const long = at('x'.repeat(300));
    const refused = { code: 'output', message: `cannot write ${long}: the name is too long` };
    await expect(writeFiles([{ path: long, pieces: ['new'] }])).rejects.toMatchObject(refused);
    expect(() => isThere(long)).toThrow(expect.objectContaining(refused));
    symlinkSync(at('loop'), at('loop'));
    expect(() => isThere(at('loop'))).toThrow(`cannot write ${at('loop')}: its links lead in a circle`);
  });

  test('a folder is not replaced', async () => {
    mkdirSync(at('a'));
    await expect(writeFiles([{ path: at('a'), pieces: ['new'] }])).rejects.toThrow('it is a folder');
  });

  test('through a link, the file that it leads to', async () => {
    writeFileSync(at('real'), 'old');
    symlinkSync(at('real'), at('link'));
    await writeFiles([{ path: at('link'), pieces: ['new'] }]);
    expect(readFileSync(at('real'), 'utf8')).toBe('new');
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'real']);
  });

  test('what was begun is gone, and nothing is replaced, when the run ends in the middle', () => {
    writeFileSync(at('a'), 'old');
    const program = `
      import { isThere, writeFiles } from ${JSON.stringify(new URL('../../src/cli/write-file.ts', import.meta.url).href)};
      import { readdirSync } from 'node:fs';
      function* pieces() {
        yield 'x'.repeat(100_000);
        process.stdout.write(String(readdirSync('.').length));
        process.exit(130);
      }
      await writeFiles([{ path: 'b', pieces: ['whole'] }, { path: 'a', pieces: pieces() }]);`;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status: run.status, stdout: run.stdout }).toEqual({ status: 130, stdout: '3' });
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('an error in what is written is that error, and leaves nothing', async () => {
    function* broken(): Generator<string> {
      yield 'x'.repeat(100_000);
      throw new Error('division by cucumber');
    }
    await expect(writeFiles([{ path: at('a'), pieces: broken() }])).rejects.toThrow('division by cucumber');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a device stays one', async () => {
    await writeFiles([{ path: '/dev/null', pieces: ['new'] }]);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
