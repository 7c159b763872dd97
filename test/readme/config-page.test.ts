import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/cli/config.ts';
import { type ConfigKey, configKeys } from '../../src/cli/config-keys.ts';
import { asShown, consolesOf, page, root, run } from './console.ts';

const config = page('docs/config.md');
const consoles = consolesOf(config);

test.each(consoles)('%s', (command, shown) => {
  expect(asShown(run(command).output, shown)).toBe(shown);
});

test('shows what commands say', () => {
  expect(consoles.length).toBe(2);
});

const merges = {
  last: 'the last',
  joined: 'joined, each once',
  'in order': 'joined, in order',
  strictest: 'the strictest',
  1: 'name by name',
  2: 'name by name',
} as const;

test('has each key with the sentence and the merging that the code has', () => {
  const rows = Object.entries<ConfigKey>(configKeys).map(([key, { about, merge, flag, given }]) => {
    const over = flag ? ` \`${flag}\` | ${given === 'instead' ? 'the flag instead' : 'together'} ` : ' | ';
    return `| \`${key}\` | ${about} | ${merges[merge]} |${over}|\n`;
  });
  expect(config).toContain(`|---|---|---|---|---|\n${rows.join('')}\n`);
});

const examples = [...config.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

test.each(examples)('%s', async (text) => {
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync(`${root}schemas/config.schema.json`, 'utf8')),
  );
  expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-config-page-'));
  mkdirSync(join(folder, 'ours/rules'), { recursive: true });
  mkdirSync(join(folder, 'shared'));
  writeFileSync(join(folder, 'shared/trailproof.yaml'), 'failOn: low\n');
  writeFileSync(join(folder, 'ours/trailproof.yaml'), text);
  await readConfig(join(folder, 'ours/trailproof.yaml'));
});
