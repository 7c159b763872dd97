import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runShell } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-usage-'));

test.concurrent.each([
  ['check x.yaml --max-age -3', '--max-age: expected an integer greater than or equal to 0 but received: -3', 'check'],
  ['check x.yaml --max-age soon', '--max-age: expected an integer but received: soon', 'check'],
  ['diff one.json', 'diff needs BEFORE and AFTER', 'diff'],
  ['waivers add', 'waivers add needs FINGERPRINT and REPORT', 'waivers add'],
  ['waivers add 0 r.json --owner me', '--expires is missing; --reason is missing', 'waivers add'],
  ['scan --profile a --replay b', '--replay=b cannot also be provided when using --profile', 'scan'],
])('what the parser refuses is said in our words: %s', async (command, message, of) => {
  const { stdout, stderr, code } = await runShell(`trailproof ${command}`, { cwd: folder });
  expect([stdout, stderr, code]).toEqual(['', `trailproof: ${message}\nSee trailproof ${of} --help.\n`, 2]);
});
