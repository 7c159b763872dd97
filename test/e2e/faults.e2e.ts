// One operation of each service, and so of each protocol, broken in each way under the built command line.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { type Emulator, type Fault, startEmulator } from '../emulator/emulator.ts';
import { seedAccount } from '../emulator/seed.ts';
import { findingsOf, type Run, trailproof } from './run-cli.ts';

/** Of each service an operation, and a rule that needs it: JSON, XML and the two query protocols. */
const broken = [
  ['cloudtrail', 'GetTrailStatus', 'trail-is-logging'],
  ['kms', 'DescribeKey', 'trail-kms-key-usable'],
  ['logs', 'DescribeLogGroups', 'log-group-retention-specified'],
  ['config', 'DescribeConfigurationRecorders', 'config-recorder-enabled'],
  ['s3', 'GetBucketVersioning', 'log-bucket-versioning-enabled'],
  ['s3control', 'GetPublicAccessBlock', 'log-bucket-public-access-block'],
] as const;
const regions = ['ec2', 'DescribeRegions', 'region-coverage-complete'] as const;
/** It asks for the trails alone, which are not broken with the operations above. */
const bystander = 'trail-log-file-validation-enabled';

const kinds: readonly Fault['kind'][] = [
  'accessDenied',
  'throttled',
  'serverError',
  'connectionReset',
  'hang',
  'truncatedBody',
  'webPage',
];

/** What the next attempt may not meet any more. */
const passing: readonly Fault['kind'][] = ['throttled', 'serverError', 'connectionReset'];

let emulator: Emulator;
let folder: string;
let whole: ReadonlyMap<string, Finding>;

/** Both regions that something was seeded in. */
const scan = (rules: readonly string[], patience: readonly string[] = []): Promise<Run> =>
  trailproof(['scan', '--only', rules.join(','), '--region', 'us-east-1,eu-west-1', '--format', 'json', ...patience], {
    environment: emulator.environment,
    folder,
  });

/** How long one attempt of four waits for an answer; what answers at all does so in a fraction of it. */
const patienceFor = (kind: Fault['kind']): readonly string[] => (kind === 'hang' ? ['--timeout', '1'] : []);

beforeAll(async () => {
  emulator = await startEmulator();
  await seedAccount(emulator.endpoint);
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
  const rules = [...broken, regions].map(([, , rule]) => rule);
  whole = new Map(findingsOf(await scan([...rules, bystander])).map((finding) => [finding.fingerprint, finding]));
});

afterEach(() => emulator.faults([]));

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** It ended by itself, concluded nothing from what it could not read, and says what that was. */
function expectIncomplete(run: Run, operation: string): void {
  expect(run).toMatchObject({ code: expect.toBeOneOf([1, 3]), stderr: '' });
  const findings = findingsOf(run);
  const passing = findings.filter(({ status }) => status === 'pass');
  expect(passing.filter(({ fingerprint }) => whole.get(fingerprint)?.status !== 'pass')).toEqual([]);
  const unknown = findings.filter(
    ({ fingerprint, status, evidence }) =>
      status === 'unknown' &&
      whole.get(fingerprint)?.status !== 'unknown' &&
      evidence.some(({ gap }) => gap?.operation === operation),
  );
  expect(unknown.map(({ message }) => message)).toContainEqual(expect.stringContaining(operation));
}

/** What does not read what is broken is as it was, byte for byte. */
function expectBystanders(run: Run): void {
  const before = [...whole.values()].filter(({ rule }) => rule === bystander);
  const after = findingsOf(run).filter(({ rule }) => rule === bystander);
  expect(before.length).toBeGreaterThan(1);
  expect(JSON.stringify(after)).toBe(JSON.stringify(before));
}

/** What is said when AWS does not say who is calling: it answers and refuses, or it does not answer. */
const answered = 'AWS did not say whose the credentials are';
const saidOfWhoCalls: Readonly<Partial<Record<Fault['kind'], string>>> = {
  accessDenied: 'AWS does not accept the credentials',
  throttled: answered,
  serverError: answered,
  truncatedBody: answered,
};

const faultOf = (kind: Fault['kind']): Fault => ({ kind }) as Fault;

describe.each(kinds)('%s', (kind) => {
  test('one operation of each service: unknown, and everything else as it was', async () => {
    await emulator.faults(broken.map(([service, operation]) => ({ service, operation, fault: faultOf(kind) })));
    const runs = await Promise.all(broken.map(([, , rule]) => scan([rule, bystander], patienceFor(kind))));
    for (const [index, [service, operation]] of broken.entries()) {
      const run = runs[index];
      if (!run) throw new Error(operation);
      expectIncomplete(run, `${service}:${operation}`);
      expectBystanders(run);
    }
  });

  test('the list of regions: nobody knows what there is in others', async () => {
    const [service, operation, rule] = regions;
    await emulator.faults([{ service, operation, fault: faultOf(kind) }]);
    expectIncomplete(await scan([rule], patienceFor(kind)), `${service}:${operation}`);
  });

  test('who is calling: nothing may be concluded', async () => {
    await emulator.faults([{ service: 'sts', operation: 'GetCallerIdentity', fault: faultOf(kind) }]);
    const run = await scan([bystander], patienceFor(kind));
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(saidOfWhoCalls[kind] ?? 'AWS cannot be reached');
    expect(run.stderr.trim().split('\n').length).toBeLessThan(4);
  });
});

test('a deadline ends a scan that hangs', async () => {
  await emulator.faults([{ service: 'cloudtrail', operation: 'GetTrailStatus', fault: { kind: 'hang' } }]);
  const run = await scan(['trail-is-logging', bystander], ['--timeout', '1000', '--deadline', '3']);
  expectIncomplete(run, 'cloudtrail:GetTrailStatus');
  expectBystanders(run);
});

test.each(passing)('a fault that passes is not seen, %s: the call is repeated', async (kind) => {
  const operations = [...broken, regions];
  await emulator.faults(
    operations.map(([service, operation]) => ({ service, operation, times: 2, fault: faultOf(kind) })),
  );
  const run = await scan([...operations.map(([, , rule]) => rule), bystander]);
  expect(JSON.stringify(findingsOf(run))).toBe(JSON.stringify([...whole.values()]));
});
