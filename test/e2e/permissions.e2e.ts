// Of every recommended rule, and of all rules together: `permissions` prints exactly the actions that `scan` needs, and those it would need if the
// account had what they are for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtInPacks } from '../../src/generated/built-in-packs.js';
import { builtInRules } from '../../src/generated/built-in-rules.js';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule } from '../../src/rules/compile.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { seedAccount, seedStrays } from '../emulator/seed.ts';
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
  'monitoring:DescribeAlarms': 'cloudwatch:DescribeAlarms',
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

type Policy = ReturnType<typeof policyOf>;

async function printed(args: readonly string[]): Promise<Policy> {
  const { code, stdout, stderr } = await trailproof(['permissions', ...args], { folder });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Policy;
}

const policyOf = (Action: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Trailproof', Effect: 'Allow', Action, Resource: '*' }] as const,
});

/** For what the account does not have, so that nobody asks about it. */
const idle: ReadonlySet<string> = new Set([
  'cloudtrail:GetChannel',
  'cloudwatch:ListAlarmMuteRules',
  'config:DescribeComplianceByConfigRule',
  'dynamodb:ListTagsOfResource',
  'events:ListTargetsByRule',
  'glue:GetTables',
  'guardduty:GetDetector',
  'lambda:GetFunctionConfiguration',
  'lambda:GetPolicy',
  'lambda:ListTags',
  'organizations:DescribePolicy',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
  'organizations:ListPolicies',
  'organizations:ListRoots',
  'organizations:ListTargetsForPolicy',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
]);

/** Rules of what the account has, but not where these rules look: no queries' results, no encrypted queue or topic. */
const idleOf: Readonly<Record<string, (action: string) => boolean>> = {
  'query-results-bucket-protected': (action) => action.startsWith('s3:'),
  'eventbridge-rule-target-valid': (action) => action.startsWith('kms:'),
};

/** What is asked, and what of the printed actions there was no cause to ask. */
async function expectPrinted(args: readonly string[], isIdle: (action: string) => boolean): Promise<void> {
  const asked = await called(args);
  const policy = await printed(args);
  const unasked = policy.Statement[0].Action.filter((action) => !asked.includes(action));
  expect(unasked.filter((action) => !isIdle(action))).toEqual([]);
  expect(policy).toEqual(policyOf([...asked, ...unasked].sort()));
}

const recommended = await builtInPacks.recommended?.();

/** Rules that need the same operations of the same resources are asked by the first of them. All others are below. */
const asked = builtInRules.filter(({ definition }) => recommended?.pack.rules?.includes(definition.id));
const alike = Map.groupBy(asked, ({ definition }) => {
  const { operations } = compileRule(definition, { registry: resourceTypes }).rule;
  return JSON.stringify([...operations].toSorted(([a], [b]) => (a < b ? -1 : 1)));
});
const asking = [...alike.values()].flatMap(([first]) => first?.definition.id ?? []);

test.each(asking)('%s', (rule) =>
  expectPrinted(['--only', rule], (action) => idle.has(action) || (idleOf[rule]?.(action) ?? false)),
);

test.each([[[]], [['--rules', 'everything']]])('all rules together %j', (args) =>
  expectPrinted(args, (action) => idle.has(action)),
);

test('tags are asked for where the config names critical buckets by them', async () => {
  writeFileSync(path.join(folder, 'tags.yaml'), 'critical:\n  - tag: { owner: security }\n');
  const args = ['--only', 's3-data-events-critical-buckets', '--config', 'tags.yaml'];
  const asked = await called(args);
  expect(asked).toContain('s3:GetBucketTagging');
  expect(await printed(args)).toEqual(policyOf(asked));
});
