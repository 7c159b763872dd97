// An organization of twenty accounts in four Regions through the built command line: what is asked, what is found, and
// that a run that is broken off goes on as if nothing had happened.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, type JournalEntry, startEmulator } from '../emulator/emulator.ts';
import { type SeededOrganization, seedOrganization } from '../emulator/seed-organization.ts';
import { answeredIn, brokenOff, findingsOf, type Run, reportOf, trailproof } from './run-cli.ts';

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];
const now = '2026-11-20T09:00:00Z';
const where = ['--region', regions.join(','), '--now', now];
const rules = 'trail-is-logging,log-bucket-versioning-enabled';
const status = ['scan', '--organization', '--only', 'trail-is-logging', '--format', 'json', ...where];
/** Calls that `--verbose` does not say: who is calling, and the role of each member. */
const unsaid = 20;
/** Those of a scan by one rule that it says. */
let said: number;

let emulator: Emulator;
let organization: SeededOrganization;
let accounts: readonly string[];
let folder: string;
let undisturbed: Run;
/** By two rules, with what was asked for them. */
let whole: Run;
let journal: readonly JournalEntry[];

/** Where the command line may keep things while it runs. */
const temporary = () => path.join(folder, 'temporary');
const environment = () => ({ ...emulator.environment, TMPDIR: temporary() });
const run = (...args: string[]) => trailproof(args, { environment: environment(), folder });

beforeAll(async () => {
  emulator = await startEmulator();
  organization = await seedOrganization(emulator.endpoint, 20);
  accounts = [organization.management, ...organization.members].toSorted();
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
  mkdirSync(temporary());
  await emulator.clearJournal();
  whole = await run('scan', '--organization', '--only', rules, '--format', 'json', ...where);
  journal = await emulator.journal();
  undisturbed = await run(...status, '--verbose');
  said = answeredIn(undisturbed);
});
beforeEach(async () => {
  await emulator.faults([]);
  await emulator.clearJournal();
});
afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** `DescribeTrails: 80`, by operation. */
function counts(journal: readonly JournalEntry[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(journal, ({ operation }) => operation);
  return Object.fromEntries([...groups].map(([operation, calls]) => [operation, calls.length]).toSorted());
}

/** The accounts that something was read in; entering one reads nothing. */
function readIn(journal: readonly JournalEntry[]): ReadonlySet<string> {
  const reading = journal.filter(({ service }) => service !== 'sts' && service !== 'organizations');
  return new Set(reading.map(({ account = organization.management }) => account));
}

/** The accounts of a checkpoint, as files; beside them stands the organization. */
const filesIn = (name: string): readonly string[] =>
  readdirSync(path.join(folder, name)).filter((it) => !it.startsWith('.') && it !== 'organization.json');

describe('a scan of the whole organization', () => {
  test('has the verdicts of every account, and asks each thing once', () => {
    expect(whole.stderr).toBe(`trailproof: 1 account is not active and not read: ${organization.closed} (SUSPENDED)\n`);
    expect(whole.code).toBe(1);
    const { summary, scope } = reportOf(whole);
    expect([scope.accounts, scope.regions]).toEqual([accounts, regions.toSorted()]);
    const decided = Map.groupBy(findingsOf(whole), ({ rule, status: verdict }) => `${rule} ${verdict}`);
    const found = (name: string) => decided.get(name)?.length ?? 0;
    expect([found('trail-is-logging pass'), found('trail-is-logging fail')]).toEqual([13, 7]);
    expect([found('log-bucket-versioning-enabled pass'), found('log-bucket-versioning-enabled fail')]).toEqual([
      10, 10,
    ]);
    expect(summary.exitCode).toBe(1);
    expect(counts(journal)).toEqual({
      AssumeRole: 19,
      DescribeRegions: 20,
      DescribeTrails: 80,
      GetBucketVersioning: 20,
      GetCallerIdentity: 1,
      // The organization trail's own status comes from its owner, and nobody else asks for it.
      GetTrailStatus: 20,
      // Each own bucket, and once in each member the organization's, whose owner its name does not say.
      HeadBucket: 39,
      ListAccounts: 1,
    });
    expect(readIn(journal)).toEqual(new Set(accounts));
  });

  test('is what is collected and then checked', async () => {
    const collected = await run('collect', '--organization', '--only', rules, '--output', 'accounts.jsonl', ...where);
    expect(collected.code).toBe(0);
    const lines = readFileSync(path.join(folder, 'accounts.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).account.id)).toEqual(accounts);
    const record = JSON.parse(lines.at(-1) ?? '');
    expect(record).toMatchObject({ trailproof: 'organization/1', managementAccount: organization.management });
    expect(record.accounts.map(({ id }: { id: string }) => id)).toEqual([...accounts, organization.closed].toSorted());
    const check = ['check', 'accounts.jsonl', '--only', rules, '--format', 'json', '--now', now];
    expect(findingsOf(await run(...check))).toEqual(findingsOf(whole));
  });

  test('is only planned by --dry-run', async () => {
    const planned = await run('scan', '--organization', '--only', 'trail-is-logging', '--dry-run', ...where);
    expect(planned.stdout).toContain(`in each of 20 accounts\n${accounts.join('\n')}\n`);
    // 20 × (1 + 4), 19 roles, and whose the credentials are: all but the status of each trail.
    expect(planned.stdout).toContain('At least 120 calls in 4 regions of 20 accounts');
    expect(counts(await emulator.journal())).toEqual({ GetCallerIdentity: 1, ListAccounts: 1 });
  });

  test('may be of a part of it', async () => {
    const { unit, members } = organization;
    const ofUnit = await run('scan', '--ou', unit, ...status.slice(2));
    expect(reportOf(ofUnit).scope.accounts).toEqual(members.slice(-3).toSorted());
    const ofTag = await run('scan', '--ou', unit, '--account-tag', 'env=prod', ...status.slice(2));
    expect(reportOf(ofTag).scope.accounts).toEqual(members.slice(-1));
    await emulator.clearJournal();
    const named = await run('scan', '--account-id', members.slice(0, 2).join(','), ...status.slice(2));
    expect(reportOf(named).scope.accounts).toEqual(members.slice(0, 2).toSorted());
    expect(counts(await emulator.journal())).toMatchObject({ AssumeRole: 2, DescribeTrails: 8 });
  });
});

describe('what AWS refuses', () => {
  test('is unknown where it is a role, and known when the run goes on', async () => {
    await emulator.faults([{ service: 'sts', operation: 'AssumeRole', times: 1, fault: { kind: 'accessDenied' } }]);
    const partial = await run(...status, '--checkpoint', 'refused');
    const { gaps } = reportOf(partial);
    const refused = gaps.filter(({ operation }) => operation === 'sts:AssumeRole');
    expect(refused).toHaveLength(1);
    const [{ account, message } = { account: '', message: '' }] = refused;
    expect(message).toContain(`arn:aws:iam::${account}:role/trailproof`);
    const unknown = findingsOf(partial).filter(({ resource }) => resource.account === account);
    expect(new Set(unknown.map((finding) => finding.status))).toEqual(new Set(['unknown']));
    await emulator.clearJournal();
    const again = await run(...status, '--checkpoint', 'refused', '--resume');
    expect(again.stdout).toBe(undisturbed.stdout);
    expect([...readIn(await emulator.journal())]).toEqual([account]);
  });

  test('is an error where it is the list of accounts', async () => {
    await emulator.faults([{ service: 'organizations', operation: 'ListAccounts', fault: { kind: 'accessDenied' } }]);
    const refused = await run(...status);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('Allow organizations:ListAccounts to the caller');
    expect(readIn(await emulator.journal()).size).toBe(0);
  });
});

/** A run of which so many calls are answered and no more, so that it can never be at its end when the signal comes. */
async function broken(
  args: readonly string[],
  { calls, signal }: { readonly calls: number; readonly signal: NodeJS.Signals },
): Promise<Run> {
  await emulator.faults([{ skip: calls + unsaid, fault: { kind: 'hang' } }]);
  const ended = await brokenOff(args, { environment: environment(), folder, calls, signal });
  await emulator.faults([]);
  await emulator.clearJournal();
  return ended;
}

describe('a run that is killed goes on with what is left, and says what an undisturbed one does', () => {
  test.each(Array.from({ length: 10 }, (_, index) => [`${index * 10 + 5} %`, (index + 0.5) / 10] as const))(
    'after %s of its calls',
    async (name, part) => {
      const checkpoint = ['--checkpoint', `killed-${name}`];
      const calls = Math.ceil(said * part);
      const killed = await broken([...status, ...checkpoint], { calls, signal: 'SIGKILL' });
      expect([killed.code, killed.stdout]).toEqual([null, '']);
      const finished = filesIn(checkpoint[1] ?? '').map((file) => path.basename(file, '.json'));
      expect(finished.length).toBeLessThan(20);
      const again = await run(...status, ...checkpoint, '--resume');
      expect([again.code, again.stdout]).toEqual([undisturbed.code, undisturbed.stdout]);
      const left = accounts.filter((id) => !finished.includes(id));
      expect([...readIn(await emulator.journal())].toSorted()).toEqual(left);
      expect(filesIn(checkpoint[1] ?? '')).toEqual(accounts.map((id) => `${id}.json`));
    },
  );

  test('an interrupt without a checkpoint leaves nothing behind', async () => {
    const interrupted = await broken(status, { calls: said - 1, signal: 'SIGINT' });
    expect(interrupted.code).toBe(130);
    expect(readdirSync(temporary()).filter((name) => name.startsWith('trailproof'))).toEqual([]);
  });

  test('also after an interrupt, which replaces no file', async () => {
    writeFileSync(path.join(folder, 'report.json'), 'the last run');
    const args = [...status, '--checkpoint', 'interrupted'];
    const interrupted = await broken([...args, '--output', 'json=report.json'], {
      calls: Math.ceil(said / 2),
      signal: 'SIGINT',
    });
    expect([interrupted.code, interrupted.stdout]).toEqual([130, '']);
    expect(readFileSync(path.join(folder, 'report.json'), 'utf8')).toBe('the last run');
    const again = await run(...args, '--resume');
    expect(again.stdout).toBe(undisturbed.stdout);
    const other = await run(...args, '--resume', '--exclude-account', '111122223333');
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toContain('excluded accounts: only here 111122223333');
  });
});
