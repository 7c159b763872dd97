// An organization of a thousand accounts in two Regions through the built command line: every verdict, every call, and
// how much memory it took.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WholeReport } from '../../src/reporters/report.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type SeededOrganization, seedOrganization } from '../emulator/seed-organization.ts';

const size = 1_000;
const regions = ['us-east-1', 'eu-west-1'];
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

let emulator: Emulator;
let organization: SeededOrganization;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  organization = await seedOrganization(emulator.endpoint, size);
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-large-'));
  await emulator.clearJournal();
});
afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** Runs the command line, and says how it ended and how much memory it had at most, in MiB. */
async function measured(...args: readonly string[]) {
  const env = { PATH: process.env.PATH ?? '', ...emulator.environment };
  const options = { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] } as const;
  const child = spawn(
    process.execPath,
    ['--import', here('../../bench/peak.ts'), here('../../dist/main.js'), ...args],
    {
      ...options,
      stdio: [...options.stdio],
    },
  );
  const said = ['', ''];
  for (const [index, stream] of [child.stderr, child.stdio[3]].entries())
    stream?.on('data', (chunk: Buffer) => {
      said[index] += chunk.toString();
    });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stderr: said[0], peak: Number(said[1]) };
}

test('every verdict, every call once, and what it took', async () => {
  const { members } = organization;
  const accounts = members.length + 1;
  const rules = 'trail-is-logging,log-bucket-versioning-enabled';
  const scan = [
    'scan',
    '--organization',
    '--only',
    rules,
    '--output',
    'json=report.json',
    '--quiet',
    '--deadline',
    '1700',
  ];
  const { code, peak } = await measured(...scan, '--region', regions.join(','), '--now', '2026-11-20T09:00:00Z');
  expect(code).toBe(1);
  const report: WholeReport = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
  expect(report.scope.accounts).toEqual([organization.management, ...members].toSorted());
  // Unknown is what the Regions that were not asked about may hold.
  const decided = report.findings.filter(({ status }) => status !== 'unknown');
  const found = Map.groupBy(decided, ({ rule, status }) => `${rule} ${status}`);
  const verdicts = Object.fromEntries([...found].map(([name, all]) => [name, all.length]));
  // As they were seeded: every third trail was never started, every second bucket keeps no versions.
  const started = members.filter((_, index) => index % 3 !== 0).length;
  const kept = members.filter((_, index) => index % 2 !== 0).length;
  expect(verdicts).toEqual({
    'trail-is-logging pass': started + 1,
    'trail-is-logging fail': members.length - started,
    'log-bucket-versioning-enabled pass': kept + 1,
    'log-bucket-versioning-enabled fail': members.length - kept,
  });
  const calls = Map.groupBy(await emulator.journal(), ({ operation }) => operation);
  const { ListAccounts, ...counts } = Object.fromEntries([...calls].map(([name, all]) => [name, all.length]));
  expect(ListAccounts).toBeGreaterThan(0);
  expect(counts).toEqual({
    AssumeRole: members.length,
    DescribeRegions: accounts,
    DescribeTrails: accounts * regions.length,
    GetBucketVersioning: accounts,
    GetCallerIdentity: 1,
    GetTrailStatus: accounts,
    // Each own bucket, and once in each member the organization's, whose owner its name does not say.
    HeadBucket: accounts + members.length,
  });
  process.stdout.write(`${accounts} accounts, ${report.findings.length} findings, ${peak} MiB at most\n`);
});
