import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/packs.md'), 'utf8');
const cli = (args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'dist/main.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });

const consoles = [...page.matchAll(/```console\n\$ npx trailproof (.*)\n([\s\S]*?)```/g)];

test('shows what commands say', () => {
  expect(consoles.length).toBeGreaterThanOrEqual(1);
});

test.each(consoles.map(([, command = '', shown = '']) => [command, shown] as const))('%s', (command, shown) => {
  const { stdout, stderr } = cli(command.split(' '));
  expect(stderr).toBe('');
  const [, ending] = shown.split('…\n');
  if (ending === undefined) expect(stdout).toBe(shown);
  else expect(stdout.slice(-ending.length)).toBe(ending);
});

test('shows a pack', () => {
  const [, pack = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const file = join(mkdtempSync(join(tmpdir(), 'trailproof-docs-')), 'our-logging.yaml');
  writeFileSync(file, pack);
  const { stdout, stderr } = cli(['rules', 'validate', file]);
  expect([stdout, stderr]).toEqual(['0 rules and 1 pack valid\n', '']);
});

test('names every pack there is, and no other', () => {
  const files = globSync('rules/packs/*.yaml', { cwd: root }).map((file) => basename(file, '.yaml'));
  const [, table = ''] = page.split('| pack | what it is |\n');
  const named = (table.split('\n\n')[0] ?? '').split('\n').flatMap((row) => {
    const [, first = ''] = row.split('|');
    const words = [...first.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
    return words.map((word) => (word.startsWith('-') ? `cis-aws-foundations${word}` : word));
  });
  expect(named.toSorted()).toEqual(files.toSorted());
});
