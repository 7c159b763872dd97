import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asShown, consolesOf, page, root, run } from './console.ts';

const cli = join(root, 'dist/main.js');
const readme = page('README.md');

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
  ([, language = '', text = '']) => ({
    language,
    text,
  }),
);

describe('every example of the README', () => {
  const consoles = consolesOf(readme);

  test('there are some', () => {
    expect(consoles.length).toBeGreaterThanOrEqual(4);
  });

  test.each(consoles)('%s', (command, shown) => {
    expect(asShown(run(command).output, shown)).toBe(shown);
  });

  test('the two commands that set up name examples that end as README says', () => {
    expect(readme).toContain('npm ci && npx trailproof check examples/broken-account.yaml\n');
    expect(readme).toContain('npm ci && npm test\n');
    expect(run('npx trailproof check examples/broken-account.yaml').exitCode).toBe(1);
    expect(run('npx trailproof check examples/healthy-account.yaml').exitCode).toBe(0);
  });

  test('the rule is a rule', () => {
    const rule = blocks.find(({ language, text }) => language === 'yaml' && text.startsWith('id: '))?.text ?? '';
    const [, id = ''] = /^id: (\S+)/.exec(rule) ?? [];
    const file = join(mkdtempSync(join(tmpdir(), 'trailproof-readme-')), `${id}.yaml`);
    writeFileSync(file, rule);
    const output = execFileSync(process.execPath, [cli, 'rules', 'validate', file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(output).not.toContain('mistake');
  });

  test('the config is a config', () => {
    const config = blocks.find(({ text }) => text.startsWith('parameters:'))?.text ?? '';
    const file = join(mkdtempSync(join(tmpdir(), 'trailproof-readme-')), 'trailproof.yaml');
    writeFileSync(file, config);
    expect(run(`npx trailproof check examples/healthy-account.yaml --config ${file}`).exitCode).toBe(0);
  });

  test('each command and flag that it names exists', () => {
    const commands = [...readme.matchAll(/npx trailproof ((?:rules )?[a-z]+)([^\n|`#]*)/g)];
    expect(commands.length).toBeGreaterThan(5);
    for (const [, command = '', rest = ''] of commands) {
      const help = run(`npx trailproof ${command} --help`);
      expect(help.exitCode, `${command} --help`).toBe(0);
      for (const flag of rest.match(/--[a-z-]+/g) ?? []) expect(help.output, command).toContain(flag);
    }
  });
});
