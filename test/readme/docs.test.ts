import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { verbs, vocabularyOf } from '../../src/rules/vocabulary.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');
const rules = page('rules.md');

describe('every example of the page on rules', () => {
  const examples = [...rules.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

  test('is a rule, once it has what all rules have', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trailproof-docs-'));
    for (const [index, example] of examples.entries())
      writeFileSync(
        join(folder, `example-${index}.yaml`),
        `id: example-${index}\ntitle: An example\nseverity: low\nwhy: It is shown.\n${example}`,
      );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'dist/main.js'), 'rules', 'validate', folder],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain(`${examples.length} rules`);
    expect(status).toBe(0);
  });

  test('shows each verb', () => {
    for (const verb of Object.keys(verbs)) {
      expect(rules).toContain(`### \`${verb}\``);
      expect(examples.some((example) => example.includes(`${verb}:`))).toBe(true);
    }
  });
});

describe('the page on many accounts', () => {
  const organizations = page('organizations.md');
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'dist/main.js'), ...args], { encoding: 'utf8', cwd: root });

  test('shows a config', () => {
    const [, config = ''] = /```yaml\n([\s\S]*?)```/.exec(organizations) ?? [];
    const file = join(mkdtempSync(join(tmpdir(), 'trailproof-docs-')), 'trailproof.yaml');
    writeFileSync(file, config);
    const { status, stderr } = cli('check', 'examples/healthy-account.yaml', '--config', file);
    expect([status, stderr]).toEqual([0, '']);
  });

  test('names flags that there are, and all that are about accounts', () => {
    const { stdout } = cli('scan', '--help');
    const help = `${stdout}${cli('collect', '--help').stdout}`;
    const named = [...new Set(organizations.match(/--[a-z]+(?:-[a-z]+)*/g))].filter((flag) => flag !== '--format');
    for (const flag of named) expect(help).toContain(flag);
    const [, section = ''] = stdout.split('ACCOUNTS FLAGS\n');
    const [own = ''] = section.split('\n\n');
    const flags = own.match(/^ +(--[a-z-]+)/gm) ?? [];
    expect(flags.length).toBeGreaterThan(5);
    for (const flag of flags) expect(organizations).toContain(flag.trim());
  });
});

test('the reference names every word of every resource type', () => {
  const reference = page('resource-types.md');
  for (const type of Object.values(resourceTypes)) {
    const [, after = ''] = reference.split(`\n## ${type.name}\n`);
    const [section = ''] = after.split('\n## ');
    const { properties, facts, toOne, toMany, verbs: asked } = vocabularyOf(type, resourceTypes);
    const own = Object.entries(facts).flatMap(([name, { of }]) => (of ? [name] : []));
    for (const word of [...properties.keys(), ...own, ...toOne.keys(), ...toMany.keys(), ...asked])
      expect(section, type.name).toMatch(new RegExp(`\`${word}(\`|\\.|\\[)`));
  }
});

test('each command and flag that the page on recordings names exists', () => {
  const commands = [...page('recordings.md').matchAll(/^npx trailproof ([a-z]+)(.*)$/gm)];
  expect(commands.length).toBeGreaterThan(0);
  for (const [, command = '', rest = ''] of commands) {
    const { stdout } = spawnSync(process.execPath, [join(root, 'dist/main.js'), command, '--help'], {
      encoding: 'utf8',
    });
    for (const flag of rest.match(/--[a-z-]+/g) ?? []) expect(stdout, command).toContain(flag);
  }
});
