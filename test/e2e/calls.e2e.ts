// What a scan costs AWS, by the gateway's journal: how many calls, how many a second, how many at a time. It is the
// scan that asks most: of all built-in rules. What the recommended ones ask is counted too.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { awsClients } from '../../src/sources/aws-clients.ts';
import { liveSource } from '../../src/sources/source.ts';
import { clientConfig } from '../emulator/clients.ts';
import { type Emulator, type JournalEntry, startEmulator } from '../emulator/emulator.ts';
import { seedAccount, seedStrays } from '../emulator/seed.ts';
import { seedTrails } from '../emulator/seed-trails.ts';
import { scanPlan } from '../faults/judge-account.ts';
import { many, necessary, necessaryForEverything, upperBound } from './necessary-calls.ts';
import { reportOf, trailproof } from './run-cli.ts';

let emulator: Emulator;
let folder: string;
let regions: number;
/** Of all built-in rules, and of those that run where none are chosen. */
let journal: readonly JournalEntry[];
let recommended: readonly JournalEntry[];

const everything = ['--rules', 'everything'];

/** The emulator loads a service when it is first asked: on a busy machine that may take longer than AWS ever does, and
 * what is asked again for that would be counted. */
const patience = ['--timeout', '120'];

/** What the emulator does not have: each call of it is a gap, and there is no other. */
const notEmulated = ['cloudtrail:GetResourcePolicy', 'cloudtrail:ListChannels', 'events:ListEndpoints'];

beforeAll(async () => {
  emulator = await startEmulator();
  const { endpoint, accountId } = emulator;
  await seedAccount(endpoint);
  await seedStrays(endpoint);
  await seedTrails(endpoint, { accountId, count: many });
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
  const { Regions = [] } = await new EC2Client(clientConfig(endpoint)).send(new DescribeRegionsCommand({}));
  regions = Regions.length;
  recommended = await scan();
  journal = await scan(...everything);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

async function scan(...more: readonly string[]): Promise<readonly JournalEntry[]> {
  await emulator.clearJournal();
  const run = await trailproof(['scan', '--format', 'json', ...patience, ...more], {
    environment: emulator.environment,
    folder,
  });
  expect([run.code, run.stderr]).toEqual([1, '']);
  const journal = await emulator.journal();
  const { gaps } = reportOf(run);
  expect(gaps.filter(({ error }) => error !== 'NotEmulated')).toEqual([]);
  const unanswered = journal.filter(({ status }) => status === 501);
  expect(unanswered.length).toBe(gaps.length);
  for (const { service, operation } of unanswered) expect(notEmulated).toContain(`${service}:${operation}`);
  return journal;
}

/** Calls a second that AWS documents for one API of an account in a region (aws-semantics §10.4). */
function documentedRate({ service, operation }: JournalEntry): number {
  const rates: Readonly<Record<string, number>> = {
    'cloudtrail:GetResourcePolicy': 1,
    'logs:DescribeLogGroups': 10,
    'logs:DescribeMetricFilters': 5,
    'logs:DescribeSubscriptionFilters': 5,
    'monitoring:DescribeAlarms': 9,
    'sns:ListSubscriptionsByTopic': 30,
    'sns:GetTopicAttributes': 30,
    'events:ListRules': 50,
    'events:ListTargetsByRule': 50,
  };
  return rates[`${service}:${operation}`] ?? (service === 'cloudtrail' ? 10 : Number.POSITIVE_INFINITY);
}

/** The APIs that were asked more often in some second than is documented, and how often. */
function impolite(calls: readonly JournalEntry[]): readonly string[] {
  const byApi = Map.groupBy(calls, ({ service, operation, region }) => `${service}:${operation} in ${region}`);
  return [...byApi].flatMap(([api, ofApi]) => {
    const times = ofApi.map(({ time }) => time);
    const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 995).length));
    const [first] = ofApi;
    return first && most > documentedRate(first) ? [`${api}: ${most}`] : [];
  });
}

const countsOf = (calls: readonly JournalEntry[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(calls, nameOf)].map(([name, ofName]) => [name, ofName.length]));

/** Of two operations of one name, which service has it. */
const nameOf = ({ service, operation }: JournalEntry): string =>
  service === 's3control' ? `account's ${operation}` : operation;

test('no API is asked more often in any second than AWS documents', () => {
  for (const operation of ['GetTrailStatus', 'GetEventSelectors', 'DescribeLogGroups']) {
    expect(countsOf(journal).get(operation)).toBeGreaterThan(2 * 10);
  }
  expect(impolite(journal)).toEqual([]);
});

test('a client without pace would not be polite: the journal shows it', async () => {
  for (const [name, value] of Object.entries(emulator.environment)) vi.stubEnv(name, value);
  const { env: environment } = process;
  const clients = awsClients({ environment });
  await emulator.clearJournal();
  const source = liveSource(
    {
      registry: resourceTypes,
      plan: scanPlan,
      read: new Set(),
      collectedAt: '2026-11-20T09:00:00Z',
      session: { environment },
    },
    async () => ({
      send: clients.request,
      identify: async () => ({ account: emulator.accountId, partition: 'aws', arn: '' }),
      assumeRole: async () => undefined,
      enter: () => {
        throw new Error('there is one account');
      },
    }),
  );
  await source();
  const apis = impolite(await emulator.journal()).map((api) => api.split(' ')[0]);
  expect(apis).toEqual(expect.arrayContaining(['cloudtrail:GetTrailStatus', 'logs:DescribeLogGroups']));
});

test('each question is asked as often as the account makes necessary, and no more', () => {
  expect(Object.fromEntries(countsOf(recommended))).toEqual(necessary(regions));
  expect(Object.fromEntries(countsOf(journal))).toEqual(necessaryForEverything(regions));
  // The recommended rules cost no more than what aws-semantics §10.5 comes to for such an account, at most.
  expect(recommended.length).toBeLessThanOrEqual(upperBound(regions));
});

test('no more calls are under way at a time than somebody wants', async () => {
  const rules = ['--only', 'log-bucket-*'];
  expect(peak(await scan(...rules, '--max-concurrency', '3'))).toBeLessThanOrEqual(3);
  expect(peak(journal)).toBeGreaterThan(3);
  expect(peak(journal)).toBeLessThanOrEqual(48);
});

/** The most calls that the emulator was answering at one time. */
function peak(calls: readonly JournalEntry[]): number {
  const underWay = ({ time }: JournalEntry) =>
    calls.filter((other) => other.time <= time && (other.answered ?? other.time) > time).length;
  return Math.max(...calls.map(underWay));
}
