import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formats as known } from '../../src/reporters/index.ts';
import { runShell } from '../cli/run-cli.ts';
import { asShown, consolesOf, page, root } from './console.ts';

const formats = page('docs/formats.md');

test('shows what commands say, one after the other in one folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-docs-'));
  symlinkSync(join(root, 'examples'), join(folder, 'examples'));
  const consoles = consolesOf(formats);
  expect(consoles.length).toBeGreaterThanOrEqual(4);
  for (const [command, shown] of consoles) {
    const { stdout, stderr } = await runShell(command.replace(/^npx /, ''), { cwd: folder });
    // A line may be longer than anybody reads.
    const output = `${stdout}${stderr}`.replace(/("class_uid":2003,).*$/gm, '$1…');
    expect(asShown(output, shown)).toBe(shown);
  }
});

test('names every format there is', () => {
  const [, table = ''] = formats.split('| format | for | what it holds |\n');
  const named = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name = '']) => name);
  expect(named).toEqual(expect.arrayContaining([...known]));
});

test('the jobs are read as what they are for, and run as they stand but for where they look', async () => {
  const blocks = [...formats.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']): unknown => parse(text));
  expect(blocks).toEqual([
    expect.objectContaining({ jobs: expect.anything() }),
    { 'audit-trail': expect.objectContaining({ script: expect.anything() }) },
  ]);
  const commands = [...formats.matchAll(/npx trailproof scan ([^'\n]*)/g)].map(([, flags = '']) => flags);
  expect(commands).toHaveLength(3);
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-docs-'));
  const recording = join(root, 'examples/recording.jsonl');
  const runs = commands.map((flags) => runShell(`trailproof scan --replay ${recording} ${flags}`, { cwd: folder }));
  for (const { stderr } of await Promise.all(runs)) expect(stderr).not.toMatch(/^trailproof: (?!\d+ failed)/m);
  const written = await runShell('ls', { cwd: folder });
  expect(written.stdout.split('\n').filter((name) => name !== '')).toEqual([
    'gl-code-quality-report.json',
    'junit.xml',
    'summary.md',
    'trailproof.sarif',
    'trailproof.xml',
  ]);
});
