import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root, runCli } from './run-cli.ts';

let folder = '';
let rule = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-rules-'));
  cpSync(`${root}examples/custom-rule`, folder, { recursive: true });
  rule = join(folder, 'log-bucket-region-allowed.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (): string => readFileSync(rule, 'utf8');

test('a condition that no case shows both ways fails with --coverage alone', async () => {
  writeFileSync(rule, written().replace('require:', 'require:\n  S3BucketName: { exists: true }'));
  const plain = await runCli(['rules', 'test', folder, '--no-mutants']);
  expect(plain).toMatchObject({ code: 0, stdout: '1 rule, 8 cases, 0 mutants: all hold\n' });
  const covered = await runCli(['rules', 'test', folder, '--no-mutants', '--coverage']);
  expect(covered.code).toBe(1);
  expect(covered.stdout).toContain('  ✖ conditions: no case shows require.S3BucketName.exists false\n');
  expect(covered.stdout).toContain('2 of 3 conditions seen true and false: 1 failure in 1 rule\n');
});

test('JUnit names the case that does not hold', async () => {
  writeFileSync(rule, written().replace('require:', 'require:\n  not: { S3BucketName: audit-logs }'));
  const { code, stdout } = await runCli(['rules', 'test', folder, '--no-mutants', '--format', 'junit']);
  expect(code).toBe(1);
  expect(stdout).toContain(
    '<testcase classname="log-bucket-region-allowed" name="the bucket is in an allowed Region">',
  );
  expect(stdout).toContain('<failure message="main is fail, expected pass: ');
});

test('two cases of one name are a mistake', async () => {
  const cases = join(folder, 'log-bucket-region-allowed.test.yaml');
  const text = readFileSync(cases, 'utf8');
  const [first = '', second = ''] = [...text.matchAll(/^- name: (.*)$/gm)].map(([, name]) => name);
  writeFileSync(cases, text.replace(`- name: ${second}`, `- name: ${first}`));
  const lineOf = (name: string): number => text.split('\n').indexOf(`- name: ${name}`) + 1;
  const { code, stderr } = await runCli(['rules', 'test', folder]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    `${cases}:${lineOf(second)}:9 two cases are called ${first}; the other one is on line ${lineOf(first)}\n`,
  );
});

test('--watch tests a rule again when it or its cases change, also after a mistake', async () => {
  const child = spawn(process.execPath, [`${root}dist/main.js`, 'rules', 'test', folder, '--watch', '--no-mutants'], {
    env: { HOME: '/nonexistent' },
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let said = '';
  const waiting: { readonly text: string; readonly done: () => void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const { text, done } of waiting) if (said.includes(text)) done();
    });
  }
  const until = (text: string): Promise<void> => new Promise((done) => waiting.push({ text, done }));

  const first = until('1 rule, 8 cases, 0 mutants: all hold\n');
  await first;
  said = '';
  const good = written();
  const mistake = until('log-bucket-region-allowed.yaml:');
  writeFileSync(rule, `${good}\nrequires: {}\n`);
  await mistake;
  said = '';
  const again = until('1 rule, 8 cases, 0 mutants: all hold\n');
  writeFileSync(rule, good);
  await again;
  child.kill('SIGINT');
  expect(await ended).toBe(130);
});
