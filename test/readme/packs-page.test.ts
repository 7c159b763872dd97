import { globSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { asShown, consolesOf, page, root, run } from './console.ts';

const packs = page('docs/packs.md');
const consoles = consolesOf(packs);

test('shows what commands say', () => {
  expect(consoles.length).toBeGreaterThanOrEqual(1);
});

test.each(consoles)('%s', (command, shown) => {
  expect(asShown(run(command).output, shown)).toBe(shown);
});

test('shows a pack', () => {
  const [, pack = ''] = /```yaml\n([\s\S]*?)```/.exec(packs) ?? [];
  const file = join(mkdtempSync(join(tmpdir(), 'trailproof-docs-')), 'our-logging.yaml');
  writeFileSync(file, pack);
  expect(run(`npx trailproof rules validate ${file}`).output).toBe('0 rules and 1 pack valid\n');
});

test('names every pack there is, and no other', () => {
  const files = globSync('rules/packs/*.yaml', { cwd: root }).map((file) => basename(file, '.yaml'));
  const [, table = ''] = packs.split('| pack | what it is |\n');
  const named = (table.split('\n\n')[0] ?? '').split('\n').flatMap((row) => {
    const [, first = ''] = row.split('|');
    const words = [...first.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
    return words.map((word) => (word.startsWith('-') ? `cis-aws-foundations${word}` : word));
  });
  expect(named.toSorted()).toEqual(files.toSorted());
});
