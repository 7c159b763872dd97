import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { asShown, consolesOf, page, root, run } from './console.ts';

const scenarios = page('docs/scenarios.md');
const commands = consolesOf(scenarios);

test.each(commands)('%s', (command, shown) => {
  expect(asShown(run(command).output, shown)).toBe(shown);
});

test('every account and every rule of the folder has a command', () => {
  const said = commands.map(([command]) => command).join('\n');
  const snapshots = globSync('examples/scenarios/*.yaml', { cwd: root });
  expect(snapshots.length).toBeGreaterThan(0);
  for (const snapshot of snapshots) expect(said).toContain(snapshot);
  const wanted = globSync('examples/scenarios/rules/*.yaml', { cwd: root }).filter((file) => !file.includes('.test.'));
  const outputs = commands.map(([, shown]) => shown).join('\n');
  for (const file of wanted) expect(outputs).toContain(parse(page(file)).id);
});

test('the rules that it shows are those of the folder', () => {
  const blocks = [...scenarios.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parse(text));
  const rules = globSync('examples/scenarios/rules/*.yaml', { cwd: root }).map((file) => parse(page(file)));
  expect(blocks.length).toBeGreaterThan(0);
  for (const { resource, require } of blocks)
    expect(rules).toContainEqual(expect.objectContaining({ resource, require }));
});
