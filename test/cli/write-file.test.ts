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
import { writeFiles } from '../../src/cli/write-file.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('files are written whole or not at all', () => {
  test('all of them', () => {
    writeFileSync(at('a'), 'old');
    writeFiles([
      { path: at('a'), text: 'new' },
      { path: at('b'), text: 'other' },
    ]);
    expect(readFileSync(at('a'), 'utf8')).toBe('new');
    expect(readFileSync(at('b'), 'utf8')).toBe('other');
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'b']);
  });

  test('piece by piece', () => {
    function* pieces() {
      yield 'one\n';
      expect(readdirSync(folder)).not.toContain('a');
      yield 'two\n';
    }
    writeFiles([{ path: at('a'), text: pieces() }]);
    expect(readFileSync(at('a'), 'utf8')).toBe('one\ntwo\n');
  });

  test('where one cannot be written, none is replaced', () => {
    writeFileSync(at('a'), 'old');
    const files = [
      { path: at('a'), text: 'new' },
      { path: at('missing/b'), text: 'other' },
    ];
    expect(() => writeFiles(files)).toThrow(`cannot write ${at('missing/b')}: there is no such folder`);
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('a folder is not replaced', () => {
    mkdirSync(at('a'));
    expect(() => writeFiles([{ path: at('a'), text: 'new' }])).toThrow('it is a folder');
  });

  test('through a link, the file that it leads to', () => {
    writeFileSync(at('real'), 'old');
    symlinkSync(at('real'), at('link'));
    writeFiles([{ path: at('link'), text: 'new' }]);
    expect(readFileSync(at('real'), 'utf8')).toBe('new');
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'real']);
  });

  test('a device stays one', () => {
    writeFiles([{ path: '/dev/null', text: 'new' }]);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
