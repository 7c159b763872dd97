// Of every built-in rule: `permissions` prints exactly the actions that `scan` needs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { seedAccount, seedStrays } from '../emulator/seed.ts';
import { ruleFiles } from '../rules/built-in-rules.ts';
import { trailproof } from './run-cli.ts';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  await seedAccount(emulator.endpoint);
  await seedStrays(emulator.endpoint);
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** The actions that the service authorization reference gives these operations, where they are called otherwise. */
const actions: Readonly<Record<string, string>> = {
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
};

/** Anybody may ask who they are, whatever their policies say. */
const needsNone = 'sts:GetCallerIdentity';

/** The actions behind the calls of a scan, by the gateway's journal. */
async function called(args: readonly string[]): Promise<readonly string[]> {
  await emulator.clearJournal();
  const scan = await trailproof(['scan', ...args, '--region', 'us-east-1', '--format', 'json'], {
    environment: emulator.environment,
    folder,
  });
  expect(scan.code).toBeOneOf([0, 1, 3]);
  const operations = (await emulator.journal()).map(({ service, operation }) => `${service}:${operation}`);
  expect(operations).toContain(needsNone);
  const needed = operations.filter((operation) => operation !== needsNone);
  return [...new Set(needed.map((operation) => actions[operation] ?? operation))].sort();
}

async function printed(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await trailproof(['permissions', ...args], { folder });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const policyOf = (Action: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Trailproof', Effect: 'Allow', Action, Resource: '*' }],
});

test.each(ruleFiles.map((file) => path.basename(file, '.yaml')))('%s', async (rule) => {
  const only = ['--only', rule];
  expect(await printed(only)).toEqual(policyOf(await called(only)));
});

test('all rules together', async () => {
  expect(await printed([])).toEqual(policyOf(await called([])));
});

test('tags are asked for where the config names critical buckets by them', async () => {
  writeFileSync(path.join(folder, 'tags.yaml'), 'critical:\n  - tag: { owner: security }\n');
  const args = ['--only', 's3-data-events-critical-buckets', '--config', 'tags.yaml'];
  const asked = await called(args);
  expect(asked).toContain('s3:GetBucketTagging');
  expect(await printed(args)).toEqual(policyOf(asked));
});
