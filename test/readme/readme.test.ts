import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'dist/main.js');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

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

/** Runs `npx trailproof …` as README says it, on the built command line. */
function run(command: string): { readonly output: string; readonly exitCode: number | null } {
  const words = command.replace(/^npx trailproof /, '').match(/'[^']*'|\S+/g) ?? [];
  const args = words.map((word) => word.replace(/^'|'$/g, ''));
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });
  return { output: stdout + stderr, exitCode: status };
}

describe('every example of the README', () => {
  const consoles = blocks.filter(({ language }) => language === 'console');

  test('there are some', () => {
    expect(consoles.length).toBeGreaterThanOrEqual(4);
  });

  test.each(consoles.map(({ text }) => [text.split('\n')[0] ?? '', text] as const))('%s', (prompt, text) => {
    const [, ...shown] = text.trimEnd().split('\n');
    const open = shown.at(-1) === '…';
    const wanted = (open ? shown.slice(0, -1) : shown).join('\n');
    const { output } = run(prompt.replace(/^\$ /, ''));
    if (open) expect(output.slice(0, wanted.length)).toBe(wanted);
    else expect(output.trimEnd()).toBe(wanted);
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
