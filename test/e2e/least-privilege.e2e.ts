// With the policy that `permissions` prints a scan reads everything, and each action that is taken out of it leaves
// unknown what the table of resource types says it gives, and nothing else: of the rules that run where none are chosen.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { planOf } from '../../src/cli/plan.ts';
import { actions, regionListing, withRegions } from '../../src/collectors/plan.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import type { Gap, Snapshot } from '../../src/snapshot/snapshot.ts';
import { liveSource } from '../../src/sources/source.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { seedAccount, seedStrays } from '../emulator/seed.ts';
import { type KeyPair, seedRole, seedUser } from '../emulator/seed-users.ts';
import { withhold } from '../evaluation/withhold.ts';
import { judge as judgeByAll, rules } from '../faults/judge-account.ts';
import { isFinder, newlyUnknown, unsound } from '../faults/soundness.ts';
import { rulesFolder } from '../rules/built-in-rules.ts';
import { type Run, reportOf, trailproof } from './run-cli.ts';

const recommended = new Set<string>(
  parse(readFileSync(path.join(rulesFolder, 'packs/recommended.yaml'), 'utf8')).rules,
);
const scanPlan = withRegions(planOf(rules.filter(({ definition }) => recommended.has(definition.id))), resourceTypes);
const judge = (snapshot: Snapshot) => judgeByAll(snapshot).filter(({ rule }) => recommended.has(rule));
const printedActions = actions(scanPlan, resourceTypes);
const flags = ['--config', 'critical.yaml'];
/** Its tags have to be read to know. */
const noneIsCritical = 'trailproof: critical: tag {"data-class":"restricted"} names nothing that this run judged\n';

/** What the emulator does not have: nobody knows it, whatever they may do. */
const notEmulated = ['cloudtrail:GetResourcePolicy', 'cloudtrail:ListChannels'];

/** Actions for what the account does not have: nothing is asked, and nothing lost without them. */
const idle = [
  'cloudwatch:ListAlarmMuteRules',
  'cloudtrail:GetChannel',
  'events:ListTargetsByRule',
  'lambda:GetFunctionConfiguration',
  'lambda:GetPolicy',
  'organizations:ListAccounts',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
];
const askedActions = printedActions.filter((action) => !idle.includes(action));
const moment = `${new Date().toISOString().slice(0, 19)}Z`;

/** What the resource types call a service whose SDK client has another name. */
const prefixes: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  'config-service': 'config',
  's3-control': 's3control',
  eventbridge: 'events',
};

/** The operations that need an action, by the service authorization reference. */
const otherwiseCalled: Readonly<Record<string, readonly string[]>> = {
  's3:GetAccountPublicAccessBlock': ['s3control:GetPublicAccessBlock'],
  's3:GetBucketObjectLockConfiguration': ['s3:GetObjectLockConfiguration'],
  's3:GetBucketPublicAccessBlock': ['s3:GetPublicAccessBlock'],
  's3:GetEncryptionConfiguration': ['s3:GetBucketEncryption'],
  's3:GetLifecycleConfiguration': ['s3:GetBucketLifecycleConfiguration'],
  's3:ListAllMyBuckets': ['s3:ListBuckets'],
  's3:ListBucket': ['s3:HeadBucket'],
};
const operationsOf = (action: string): readonly string[] => otherwiseCalled[action] ?? [action];

let emulator: Emulator;
let folder: string;
let policy: { readonly Statement: readonly [{ readonly Action: readonly string[] }] };
let unrestricted: Run;
let whole: Snapshot;
const without = new Map<string, KeyPair>();
const calls: string[] = [];

const policyOf = (allowed: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }],
});

beforeAll(async () => {
  emulator = await startEmulator();
  await seedAccount(emulator.endpoint);
  await seedStrays(emulator.endpoint);
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
  writeFileSync(path.join(folder, 'critical.yaml'), 'critical:\n  - tag: { data-class: restricted }\n');
  const printed = await trailproof(['permissions', ...flags], { folder });
  policy = JSON.parse(printed.stdout);
  unrestricted = await scan();
  for (const [name, value] of Object.entries(emulator.environment)) vi.stubEnv(name, value);
  whole = await read((call) => calls.push(call));
  for (const action of askedActions) {
    const others = policyOf(printedActions.filter((other) => other !== action));
    without.set(action, await seedUser(emulator.endpoint, `without-${action.replace(':', '-')}`, others));
  }
});

afterEach(() => emulator.enforcePolicies(false));

afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

const scan = (keys: Partial<KeyPair> = {}, ...more: readonly string[]): Promise<Run> =>
  trailproof(['scan', '--format', 'json', ...flags, ...more], {
    environment: { ...emulator.environment, ...keys },
    folder,
  });

/** Reads the account in this process, as the credentials of the environment may. */
async function read(onCall: (call: string) => void = () => undefined): Promise<Snapshot> {
  const { env: environment } = process;
  const source = liveSource({
    registry: resourceTypes,
    plan: scanPlan,
    collectedAt: moment,
    read: new Set(),
    session: { environment },
    onCall: ({ service, operation }) => onCall(`${prefixes[service] ?? service}:${operation}`),
  });
  return JSON.parse(still(JSON.stringify(await source()))) as Snapshot;
}

/** The emulator's trails deliver whenever somebody looks: every time there is becomes the same. */
const still = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment);

test('the printed policy is enough: the report is that of somebody who may do everything', async () => {
  expect(policy.Statement[0].Action).toEqual(printedActions);
  const keys = await seedUser(emulator.endpoint, 'scanner', policy);
  await emulator.enforcePolicies(true);
  const run = await scan(keys);
  expect([run.code, run.stderr]).toEqual([1, noneIsCritical]);
  const gaps = reportOf(run).gaps.map(({ operation, error }) => `${operation} ${error}`);
  expect([...new Set(gaps)]).toEqual(notEmulated.map((operation) => `${operation} NotEmulated`));
  expect(still(run.stdout)).toBe(still(unrestricted.stdout));
});

test('so it is for a role with that policy, assumed by a user who may do nothing else', async () => {
  const { endpoint } = emulator;
  const keys = await seedUser(endpoint, 'hub', policyOf(['sts:AssumeRole']));
  const trusted = { AWS: `arn:aws:iam::${emulator.accountId}:user/hub` };
  const role = await seedRole(endpoint, 'trailproof', { policy, trusted });
  await emulator.enforcePolicies(true);
  expect(still((await scan(keys, '--role-arn', role)).stdout)).toBe(still(unrestricted.stdout));
  expect(reportOf(await scan(keys)).summary.pass).toBe(0);
});

test('policies are enforced: a user without any may ask who they are, and nothing else', async () => {
  const keys = await seedUser(emulator.endpoint, 'nobody', policyOf(['sts:GetCallerIdentity']));
  await emulator.enforcePolicies(true);
  const run = await scan(keys);
  expect(run.code).toBe(3);
  const { summary, gaps } = reportOf(run);
  expect([summary.pass, summary.fail]).toEqual([0, 0]);
  expect(new Set(gaps.map(({ error }) => error))).toEqual(
    new Set(['AccessDeniedException', 'UnauthorizedOperation', 'AccessDenied']),
  );
});

/** What a finding says, but for the words of what was refused. */
const said = ({ rule, resource, status, evidence }: Finding) => ({
  rule,
  resource: resource.id,
  status,
  because: evidence.map(({ path: at, from, gap }) => [at, gap?.operation ?? from]),
});

/** What the table of resource types says that AWS says no more: every property that the operations give. */
function predicted(operations: readonly string[]): Snapshot {
  // What is not emulated is not there to be withheld.
  const answered = (_: string, asked: string) => notEmulated.includes(asked) || !operations.includes(asked);
  const withheld = withhold(whole, { answer: answered, listing: () => true });
  return { ...withheld, gaps: (withheld.gaps ?? []).map(inItsRegion) };
}

/** A resource is asked where it lives. */
function inItsRegion(gap: Gap): Gap {
  const region = gap.resource?.split(':')[3];
  return region ? { ...gap, region } : gap;
}

/** The listings that nobody knows where to make when nobody says which regions there are. */
const regionalListings = Object.values<Registry[string]>(resourceTypes)
  .flatMap(({ list }) => (list && !list.once ? [list.operation] : []))
  .filter((operation) => scanPlan.operations.has(operation));

/** There is no organization here, and what is not emulated was not known before. */
const needless = ['organizations:DescribeOrganization', ...notEmulated];

async function readWithout(action: string): Promise<Snapshot> {
  for (const [name, value] of Object.entries(without.get(action) ?? {})) vi.stubEnv(name, value);
  await emulator.enforcePolicies(true);
  return read();
}

test('nothing is asked that needs the actions for what the account does not have', () => {
  expect(printedActions).toEqual(expect.arrayContaining(idle));
  expect(calls.filter((operation) => idle.includes(operation))).toEqual([]);
});

describe.each(askedActions)('without %s', (action) => {
  const operations = operationsOf(action);

  test('what needs it is unknown, and nothing else', async () => {
    const snapshot = await readWithout(action);
    const refusals = snapshot.gaps?.filter(({ error }) => error !== 'NotEmulated');
    const refused = refusals?.map(({ operation }) => operation).sort();
    const expected = calls.filter((operation) => operations.includes(operation));
    expect(expected.length).toBeGreaterThan(0);
    expect(refused).toEqual([...expected, ...(action === regionListing ? regionalListings : [])].sort());

    const [before, after] = [judge(whole), judge(snapshot)];
    for (const operation of operations) {
      expect(unsound(before, after, operation)).toEqual([]);
      if (isFinder(operation))
        expect(newlyUnknown(before, after, operation).length > 0).toBe(!needless.includes(operation));
    }
    // Without what finds them there are fewer resources to speak of, which no table says.
    if (!operations.some(isFinder)) expect(after.map(said)).toEqual(judge(predicted(operations)).map(said));
  });
});

/** The packs say which controls a rule answers to; the rules alone do not. */
const withoutControls = ({ controls: _, ...finding }: Finding) => finding;

test.each(['kms:DescribeKey', 's3:GetLifecycleConfiguration'])(
  'so says the command line without %s',
  async (action) => {
    const findings = judge(await readWithout(action)).map(withoutControls);
    const run = await scan(without.get(action));
    expect([run.code, run.stderr]).toEqual([1, noneIsCritical]);
    const found = reportOf(run).findings.map(withoutControls);
    expect(JSON.parse(still(JSON.stringify(found)))).toEqual(JSON.parse(JSON.stringify(findings)));
  },
);
