import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { calledByChecks } from '../../src/build/called.ts';
import { root } from '../house/source-files.ts';

const called = calledByChecks(root);
const codeOf = (file: string): string => readFileSync(file, 'utf8');

test('a check of YAML loads these files of the bundle: none for what it has no use for', () => {
  const files = [...called.keys()].map((file) => relative(root, file).replace(/-[\w-]{8}\.js$/, '.js'));
  expect(files.toSorted()).toEqual([
    'dist/chunks/common.js',
    'dist/chunks/judging.js',
    'dist/chunks/reporting.js',
    'dist/chunks/rolldown-runtime.js',
    'dist/chunks/rules.js',
    'dist/chunks/start.js',
    'dist/chunks/validate-snapshot.js',
    // The command framework asks whether it runs under Windows.
    'dist/chunks/wsl-utils.js',
    'dist/chunks/yaml.js',
    'dist/commands/check.js',
    'dist/main.js',
  ]);
});

test('nearly all that it calls is compiled with them; the methods of classes cannot be', () => {
  const functions = [...called].flatMap(([file, places]) => {
    const code = codeOf(file);
    return [...places].map((place) => code.charAt(Number.parseInt(place, 10) - 1));
  });
  expect(functions.length).toBeGreaterThan(1_000);
  expect(functions.filter((before) => before === '(').length / functions.length).toBeGreaterThan(0.85);
});

test('all of them are in ASCII, and ask for modules of Node by a call', () => {
  const codes = [...called.keys()].map((file) => ({ file, code: codeOf(file) }));
  const slow = codes.filter(({ code }) => /[^\0-\x7f]/.test(code) || /\b(from|import) ?["'`]node:/.test(code));
  expect(slow.map(({ file }) => file)).toEqual([`${root}dist/main.js`]);
});

test('of Node it loads neither what it takes to look at the heap, nor workers, a network or Web Crypto', () => {
  const say = 'process.on("exit", () => process._rawDebug(process.moduleLoadList.join("\\n")));';
  const hook = `data:text/javascript,${encodeURIComponent(say)}`;
  const args = ['--import', hook, `${root}dist/main.js`, 'check', 'examples/healthy-account.yaml', '--quiet'];
  const { stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(status).toBe(0);
  const modules = stderr.split('\n').map((line) => line.replace('NativeModule ', ''));
  expect(modules).toContain('fs');
  const useless = ['v8', 'vm', 'worker_threads', 'http', 'https', 'tls', 'inspector', 'internal/crypto/webcrypto'];
  expect(modules.filter((name) => useless.includes(name))).toEqual([]);
});

test('the command itself may be run: npx marks it in the first build that it sees, and in no later one', () => {
  expect(statSync(join(root, 'dist/main.js')).mode & 0o111).toBe(0o111);
});
