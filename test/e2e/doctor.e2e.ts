// The doctor on the seeded account: what works, what one refusal makes unknown, and what no credentials look like.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Diagnosis } from '../../src/cli/diagnosis.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { seedAccount } from '../emulator/seed.ts';
import { trailproof } from './run-cli.ts';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  await seedAccount(emulator.endpoint);
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
});
beforeEach(() => emulator.faults([]));
afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

const doctor = (...args: string[]) =>
  trailproof(['doctor', '--region', 'us-east-1', ...args], { environment: emulator.environment, folder });
const rules = ['--only', 'trail-is-logging,trail-log-file-validation-enabled'];

test('what works is said to work', async () => {
  const { code, stdout, stderr } = await doctor('--format', 'json', ...rules);
  const diagnosis = JSON.parse(stdout) as Diagnosis;
  expect(stderr).toBe('');
  expect(diagnosis.identity?.account).toBe(diagnosis.account);
  expect(diagnosis.clock).toEqual({ secondsAhead: expect.any(Number), isGood: true });
  expect(diagnosis.actions).toEqual({
    work: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'ec2:DescribeRegions'],
    untried: [],
  });
  // The other regions are left out by the flag.
  expect(new Set(diagnosis.gaps.map(({ error }) => error))).toEqual(new Set(['NotScanned']));
  expect([code, diagnosis.exitCode]).toEqual([3, 3]);
});

test('a refusal is named, with the rule that it makes unknown', async () => {
  await emulator.faults([{ service: 'cloudtrail', operation: 'GetTrailStatus', fault: { kind: 'accessDenied' } }]);
  const { code, stdout, stderr } = await doctor('--verbose', ...rules);
  expect(code).toBe(3);
  expect(stderr).toContain('cloudtrail:DescribeTrails in us-east-1 answered\n');
  expect(stderr).toMatch(/cloudtrail:GetTrailStatus in us-east-1 arn:\S+ AccessDeniedException\n/);
  expect(stdout).toContain('✔ permissions   2 actions work\n');
  expect(stdout).toMatch(/✖ refused {7}cloudtrail:GetTrailStatus: AccessDeniedException, \d times? in/);
  expect(stdout).toMatch(/\? unknown {7}trail-is-logging: allow cloudtrail:GetTrailStatus\n/);
  expect(stdout).toMatch(/\? left out {6}\d+ regions of account \d+\n/);
});

test('without credentials there is nothing to try', async () => {
  const { code, stdout, stderr } = await trailproof(['doctor', ...rules], {
    environment: { AWS_EC2_METADATA_DISABLED: 'true', HOME: folder },
    folder,
  });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('There are no usable AWS credentials');
});
