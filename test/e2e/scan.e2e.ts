// A scan of the seeded account through the built command line: its verdicts, and that every way to them is the same.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { type Emulator, type JournalEntry, startEmulator } from '../emulator/emulator.ts';
import { type SeededAccount, seedAccount, seedStrays } from '../emulator/seed.ts';
import { findingsOf, type Run, reportOf, trailproof } from './run-cli.ts';

let emulator: Emulator;
let account: SeededAccount;
let folder: string;
let scan: Run;
let journal: readonly JournalEntry[];

const run = (...args: string[]) => trailproof(args, { environment: emulator.environment, folder });
const offline = (...args: string[]) => trailproof(args, { folder });
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

/** What is not recommended too. */
const everything = ['--rules', 'everything'];

/** What the emulator does not have, and the rules that nobody can answer without it. */
const notEmulated = ['cloudtrail:GetResourcePolicy', 'cloudtrail:ListChannels', 'events:ListEndpoints'];
const needNotEmulated = ['event-data-store-policy-not-public', 'eventbridge-global-endpoint-replication'];

/** Every format that says what was found; the JSON one goes to standard output. */
const formats = ['text', 'sarif', 'junit', 'markdown'];
const outputs = (prefix: string) => formats.flatMap((format) => ['--output', `${format}=${prefix}.${format}`]);

beforeAll(async () => {
  emulator = await startEmulator();
  account = await seedAccount(emulator.endpoint);
  await seedStrays(emulator.endpoint);
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
  await emulator.clearJournal();
  scan = await run('scan', ...everything, '--format', 'json', '--record', 'calls.jsonl', ...outputs('live'));
  journal = await emulator.journal();
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** One line for each rule and status: the names of the resources. */
function verdicts(findings: readonly Finding[]): string {
  const lines = [...Map.groupBy(findings, ({ rule }) => rule)].flatMap(([rule, ofRule]) => [
    rule,
    ...[...Map.groupBy(ofRule, ({ status }) => status)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([status, found]) => `  ${status}: ${found.map(({ resource }) => nameOf(resource)).join(' ')}`),
  ]);
  return `${lines.join('\n')}\n`;
}

/** These have no name but an id that differs from run to run. */
const nameless: Readonly<Record<string, string>> = { 'AWS::KMS::Key': 'the-key', 'AWS::EC2::VPC': 'a-vpc' };
const nameOf = ({ type, name }: Finding['resource']): string => nameless[type] ?? name;

test('the verdicts are those of the golden list', () => {
  const golden = fileURLToPath(new URL('golden/verdicts.txt', import.meta.url));
  const said = verdicts(findingsOf(scan));
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, said);
  expect(said).toBe(readFileSync(golden, 'utf8'));
});

test('what the config names critical, and a parameter that has no default, are judged by it', async () => {
  writeFileSync(path.join(folder, 'critical.yaml'), `critical:\n  - ${account.auditBucket}\n`);
  const rules = 's3-data-events-critical-buckets,trail-uses-designated-bucket';
  const buckets = `trail-uses-designated-bucket.buckets=${account.auditBucket}`;
  const args = ['scan', '--only', rules, '--config', 'critical.yaml', '--parameter', buckets, '--format', 'json'];
  const verdict = await run(...args);
  expect(verdict.code).toBe(1);
  const judged = findingsOf(verdict).filter(({ status }) => status !== 'not-applicable');
  expect(judged.map(({ rule, resource, status }) => [rule, resource.name, status])).toEqual([
    ['s3-data-events-critical-buckets', account.auditBucket, 'fail'],
    ['trail-uses-designated-bucket', 'stopped', 'fail'],
    ['trail-uses-designated-bucket', 'main', 'pass'],
    ['trail-uses-designated-bucket', 'orphan', 'fail'],
  ]);
});

test('violations end it with 1; unknown is what the emulator cannot answer, and standard error is silent', () => {
  const { summary, gaps, scope } = reportOf(scan);
  expect([scan.code, scan.stderr]).toEqual([1, '']);
  expect(summary.exitCode).toBe(1);
  expect([...new Set(gaps.map(({ operation, error }) => `${operation} ${error}`))]).toEqual(
    notEmulated.map((operation) => `${operation} NotEmulated`),
  );
  const unknown = findingsOf(scan).filter(({ status }) => status === 'unknown');
  expect(new Set(unknown.map(({ rule }) => rule))).toEqual(new Set(needNotEmulated));
  expect(
    unknown.filter(({ message }) => !notEmulated.some((operation) => message.includes(`can't answer ${operation}`))),
  ).toEqual([]);
  expect(scope.accounts).toEqual([account.accountId]);
});

test('every other call was answered, and each listing asked once in each region', () => {
  const failed = journal.filter(({ status = 0 }) => status >= 500);
  expect(new Set(failed.map(({ service, operation }) => `${service}:${operation}`))).toEqual(new Set(notEmulated));
  const perRegion = Map.groupBy(journal, ({ operation, region }) => `${operation} ${region}`);
  const listings = [
    'DescribeTrails',
    'ListEventDataStores',
    'DescribeConfigurationRecorders',
    'DescribeRegions',
    'ListBuckets',
  ];
  const repeated = [...perRegion].filter(
    ([name, calls]) => listings.some((it) => name.startsWith(`${it} `)) && calls.length > 1,
  );
  expect(repeated).toEqual([]);
});

test.each(['scan --replay', 'check'])(
  'the same run recorded and read again by `%s` gives the same bytes',
  async (command) => {
    const again = await offline(
      ...command.split(' '),
      'calls.jsonl',
      ...everything,
      '--format',
      'json',
      ...outputs('again'),
    );
    expect([again.code, again.stderr]).toEqual([1, '']);
    if (command === 'scan --replay') expect(again.stdout).toBe(scan.stdout);
    expect(withoutInputs(again)).toBe(withoutInputs(scan));
    for (const format of formats) expect(read(`again.${format}`)).toBe(read(`live.${format}`));
  },
);

/** The report but for the name of the file that was read. */
function withoutInputs(run: Run): string {
  const report = reportOf(run);
  return JSON.stringify({ ...report, scope: { ...report.scope, inputs: [] } }, undefined, 2);
}

test('a recording holds no credentials and no request ids', () => {
  const recording = read('calls.jsonl');
  expect(recording.split('\n').length).toBeGreaterThan(100);
  expect(recording).not.toMatch(
    /"([Rr]equestId|\$metadata|AccessKeyId|SecretAccessKey|SessionToken|[Aa]uthorization)":/,
  );
});

test('a recording with made-up ids holds no other, and has the same verdicts', async () => {
  const kept = await run(
    'collect',
    ...everything,
    '--record',
    'told.jsonl',
    '--redact',
    'ids',
    '--output',
    'told.json',
  );
  expect([kept.code, kept.stderr]).toEqual([0, '']);
  for (const file of ['told.jsonl', 'told.json']) {
    expect(read(file)).toContain('100000000001');
    expect(read(file)).not.toContain(emulator.accountId);
  }
  const replayed = await offline('collect', ...everything, '--replay', 'told.jsonl', '--output', 'again.json');
  expect(replayed.code).toBe(0);
  // A recording leaves out the values of tags that no rule reads.
  expect(read('again.json')).toBe(read('told.json').replace('"owner": "security"', '"owner": "(redacted)"'));
  const check = await offline('check', 'again.json', ...everything, '--format', 'json');
  const statuses = (run: Run) => findingsOf(run).map(({ rule, status, resource }) => [rule, status, resource.type]);
  expect(statuses(check)).toEqual(statuses(scan));
});

test('collect, then check of that file, finds what the scan found', async () => {
  const collected = await offline('collect', ...everything, '--replay', 'calls.jsonl', '--output', 'snapshot.json');
  expect([collected.code, collected.stderr]).toEqual([0, '']);
  const check = await offline('check', 'snapshot.json', ...everything, '--format', 'json');
  expect(check.code).toBe(1);
  expect(findingsOf(check)).toEqual(findingsOf(scan));
});

test('a live collect finds the same resources', async () => {
  const collected = await run('collect', ...everything, '--output', 'live.json');
  expect([collected.code, collected.stderr]).toEqual([0, '']);
  const check = await offline('check', 'live.json', ...everything, '--format', 'json');
  // The emulator's trails deliver whenever somebody looks, so the times differ.
  expect(verdicts(findingsOf(check))).toBe(verdicts(findingsOf(scan)));
});

test('a program that is given the credentials finds the same, and hears of each call', async () => {
  const program = `import { scan } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
let calls = 0;
const credentials = { accessKeyId: process.env.KEY, secretAccessKey: process.env.SECRET };
const report = await scan({ rules: ['everything'], credentials, onCall: () => { calls += 1; } });
console.log(JSON.stringify({ report, calls }));`;
  writeFileSync(path.join(folder, 'scan.mjs'), program);
  const { AWS_ACCESS_KEY_ID: KEY = '', AWS_SECRET_ACCESS_KEY: SECRET = '', ...environment } = emulator.environment;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['scan.mjs'], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment, KEY, SECRET },
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe('');
  const { report, calls } = JSON.parse(stdout);
  expect(calls).toBeGreaterThan(100);
  expect(report.summary).toEqual(reportOf(scan).summary);
  expect(verdicts(report.findings)).toBe(verdicts(findingsOf(scan)));
});

test('a collect for one rule lets no other pass what the scan does not', async () => {
  const collected = await run('collect', '--only', 'trail-is-logging', '--output', 'partial.json');
  expect(collected.code).toBe(0);
  const check = await offline('check', 'partial.json', ...everything, '--format', 'json');
  expect(check.code).toBe(1);
  const full = new Map(findingsOf(scan).map((finding) => [finding.fingerprint, finding]));
  const findings = findingsOf(check);
  const passing = findings.filter(({ status }) => status === 'pass');
  expect(passing.filter(({ fingerprint }) => full.get(fingerprint)?.status !== 'pass')).toEqual([]);
  const unknown = findings.filter(({ status }) => status === 'unknown');
  expect(unknown.filter(({ evidence }) => !evidence.some(({ gap }) => gap?.operation))).toEqual([]);
  const open = new Set(unknown.map(({ rule }) => rule));
  const kept = new Set(findings.map(({ fingerprint }) => fingerprint));
  const lost = findingsOf(scan).filter(
    ({ rule, status, fingerprint }) => status !== 'not-applicable' && !kept.has(fingerprint) && !open.has(rule),
  );
  expect(lost).toEqual([]);
});

test('one region alone: what happens in the others is unknown, and the run incomplete', async () => {
  const one = await run('scan', '--only', 'trail-is-logging', '--region', 'us-east-1', '--format', 'json');
  expect(one.code).toBe(3);
  const regions = findingsOf(one)
    .filter(({ status }) => status === 'unknown')
    .map(({ resource }) => resource.name);
  expect(regions).toContain('eu-west-1');
  expect(
    findingsOf(one)
      .filter(({ status }) => status !== 'unknown')
      .map(({ resource, status }) => [resource.name, status]),
  ).toEqual([
    ['main', 'pass'],
    ['orphan', 'pass'],
  ]);
});
