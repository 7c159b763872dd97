import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gateFlags } from '../../src/cli/gate-flags.ts';
import { asShown, consolesOf, page, root, run } from './console.ts';

const gate = page('docs/gate.md');
const folder = mkdtempSync(join(tmpdir(), 'trailproof-gate-page-'));
cpSync(join(root, 'examples/broken-account.yaml'), join(folder, 'examples/broken-account.yaml'));

/** Each works on what those before it have written. */
describe('what commands say, one after the other', () => {
  test.each(consolesOf(gate))('%s', (command, shown) => {
    expect(asShown(run(command, folder).output, shown)).toBe(shown);
  });
});

test('the config is a config', () => {
  const [, config = ''] = /```yaml\n([\s\S]*?)```/.exec(gate) ?? [];
  const file = join(mkdtempSync(join(tmpdir(), 'trailproof-gate-page-')), 'trailproof.yaml');
  writeFileSync(file, config);
  expect(run(`npx trailproof check examples/healthy-account.yaml --config ${file}`).exitCode).toBe(0);
});

test('names every flag that decides', () => {
  for (const flag of Object.keys(gateFlags)) expect(gate).toContain(`--${flag}`);
});
