import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/api.md'), 'utf8');

/** Each program of the page, with what it says that the program prints. */
const programs = [...page.matchAll(/```js\n([\s\S]*?)```(?:\n\n```\n([\s\S]*?)```)?/g)].map(
  ([, program = '', output]) => ({ program, output }),
);

/** A folder in which the package is installed. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-api-page-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/trailproof'), 'dir');
  return folder;
}

test('the page shows programs', () => {
  expect(programs.length).toBeGreaterThan(3);
});

test.each(programs.map(({ program, output }) => [program.split('\n')[2] ?? '', program, output] as const))(
  '%s',
  (_, program, output) => {
    const file = join(project(), 'example.mjs');
    writeFileSync(file, program);
    const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    if (output === undefined) expect(stdout).not.toBe('');
    else expect(stdout).toBe(output);
  },
);
