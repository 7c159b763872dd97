import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../src/api/check.ts';
import { prove } from '../../src/api/prove.ts';
import { expectedAccounts } from '../../src/cli/expected-accounts.ts';
import { readAccounts } from '../../src/cli/inputs.ts';
import { AppError } from '../../src/errors.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

const all = mkdtempSync(join(tmpdir(), 'trailproof-organization-'));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(all, 'run-'));
});
afterAll(() => rmSync(all, { recursive: true }));

const snapshot = (id: string, partition = 'aws') => ({
  trailproof: 'snapshot/1',
  account: { id, partition },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: {},
});

const record = {
  trailproof: 'organization/1',
  id: 'o-exampleorgid',
  managementAccount: '111122223333',
  accounts: [
    { id: '777788889999', name: 'security', state: 'ACTIVE' },
    { id: '111122223333', name: 'root', state: 'ACTIVE', parents: ['r-ab12'], tags: { env: 'prod' } },
    { id: '444455556666', state: 'ACTIVE' },
    { id: '222233334444', name: 'old', state: 'SUSPENDED' },
  ],
  delegatedAdministrators: [{ account: '777788889999', service: 'cloudtrail.amazonaws.com' }],
  trustedServices: ['cloudtrail.amazonaws.com'],
  policies: [{ id: 'p-1', type: 'SERVICE_CONTROL_POLICY', content: '{}', targets: ['r-ab12'] }],
  gaps: [{ operation: 'organizations:DescribePolicy', error: 'AccessDeniedException' }],
};

/** What a check of files reads: names in the folder, with what they hold. */
async function checked(files: Readonly<Record<string, unknown>>): Promise<readonly Snapshot[]> {
  const paths = Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  });
  const expected = expectedAccounts([]);
  const accounts = readAccounts(paths, {
    registry: resourceTypes,
    plan: { operations: new Map() },
    allowEmpty: 'not-empty',
    onOrganization: expected.take,
  });
  const snapshots: Snapshot[] = [];
  for await (const account of expected.completed(accounts)) snapshots.push(account.snapshot);
  return snapshots;
}

/** What is wrong with files, each line without the folder. */
async function mistakesIn(files: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  try {
    await checked(files);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('input');
    return [error.message, ...error.details].map((line) => line.replaceAll(`${folder}/`, ''));
  }
  return [];
}

const unread = (id: string, partition = 'aws', alias?: string) => ({
  trailproof: 'snapshot/1',
  account: { id, partition, ...(alias !== undefined && { alias }) },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: [],
  resources: {},
  operations: [],
  gaps: [{ error: 'NotScanned', message: 'o-exampleorgid lists the account, and there is no snapshot of it.' }],
  absent: [],
});

describe('of each active account that a record lists and no snapshot is of, nothing is known', () => {
  test('they come last, by their ids, and those that are not active do not come', async () => {
    const snapshots = await checked({ 'a.json': record, 'b.json': snapshot('111122223333') });
    expect(snapshots.map(({ account }) => account.id)).toEqual(['111122223333', '444455556666', '777788889999']);
    expect(snapshots.slice(1)).toEqual([unread('444455556666'), unread('777788889999', 'aws', 'security')]);
  });

  test('in the partition of the others', async () => {
    const [, missing] = await checked({
      'a.json': snapshot('111122223333', 'aws-cn'),
      'b.json': { ...record, accounts: record.accounts.slice(1, 3) },
    });
    expect(missing).toEqual(unread('444455556666', 'aws-cn'));
  });

  test('a record may be a line among snapshots, and the only one that there is', async () => {
    const lines = [snapshot('111122223333'), { ...record, gaps: [] }, snapshot('444455556666')];
    const found = await checked({ 'accounts.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') });
    expect(found.map(({ account }) => account.id)).toEqual(['111122223333', '444455556666', '777788889999']);
    expect((await checked({ 'only.json': record })).length).toBe(3);
  });

  test.each([
    ['ACTIVE', 2],
    ['active', 2],
    ['RESTORED', 2],
    ['PENDING_ACTIVATION', 1],
    ['SUSPENDED', 1],
    ['PENDING_CLOSURE', 1],
    ['CLOSED', 1],
  ])('one that is %s: %i accounts', async (state, count) => {
    const accounts = [{ id: '444455556666', state }];
    expect(await checked({ 'a.json': snapshot('111122223333'), 'b.json': { ...record, accounts } })).toHaveLength(
      count,
    );
  });

  test('where all are there nothing is added', async () => {
    const accounts = record.accounts.slice(1, 2);
    expect(await checked({ 'a.json': snapshot('111122223333'), 'b.json': { ...record, accounts } })).toHaveLength(1);
  });
});

describe('of each account that a checkpoint was to hold, and does not, nothing is known', () => {
  const begun = (accounts: readonly unknown[]): void => {
    writeFileSync(
      join(folder, '.checkpoint.json'),
      JSON.stringify({ trailproof: 'checkpoint/1', accounts, asked: {} }),
    );
    writeFileSync(join(folder, '111122223333.json'), JSON.stringify(snapshot('111122223333')));
  };
  const only = ['trail-is-logging', 'trail-enabled'];

  test('a folder that a broken-off scan left behind passes nothing', async () => {
    begun(['111122223333', '444455556666']);
    const { findings, gaps, summary } = await check(folder, { only, failOn: 'never' });
    expect(summary).toMatchObject({ unknown: 2, exitCode: 3 });
    expect(new Set(findings.map(({ resource }) => resource.account))).toEqual(
      new Set(['111122223333', '444455556666']),
    );
    expect(gaps.map(({ account, error }) => [account, error])).toEqual([['444455556666', 'NotScanned']]);
  });

  test('one that is whole is like any other, and so is a file of it', async () => {
    begun(['111122223333']);
    expect((await check(folder, { only })).gaps).toEqual([]);
    begun(['111122223333', '444455556666']);
    expect((await check(join(folder, '111122223333.json'), { only })).gaps).toEqual([]);
  });

  test('an account that a record lists too comes once', async () => {
    begun(['111122223333', '444455556666']);
    const accounts = record.accounts.slice(1, 3);
    writeFileSync(join(folder, 'record.json'), JSON.stringify({ ...record, accounts }));
    expect((await check(folder, { only })).scope.accounts).toEqual(['111122223333', '444455556666']);
  });

  test.each([[['../x']], [[444455556666]]])('%j are no accounts', async (accounts) => {
    begun(accounts);
    await expect(check(folder, { only })).rejects.toThrow('is not a checkpoint that this version can read');
  });
});

test('a waiver holds for an account that nobody read as on the last day on which another was', async () => {
  writeFileSync(join(folder, 'a.json'), JSON.stringify(snapshot('111122223333')));
  writeFileSync(join(folder, 'b.json'), JSON.stringify({ ...record, accounts: record.accounts.slice(1, 3) }));
  const waiver = (expires: string) => `waivers: [{ rule: trail-enabled, reason: why, owner: me, expires: ${expires} }]`;
  const states = [];
  for (const expires of ['2026-11-20', '2026-11-19']) {
    const config = join(folder, 'waivers.txt');
    writeFileSync(config, waiver(expires));
    const { findings } = await check(folder, { only: ['trail-enabled'], config });
    states.push(findings.map(({ resource, waiver: one }) => `${resource.account} ${one?.state}`));
  }
  expect(states).toEqual([
    ['111122223333 expiring', '444455556666 expiring'],
    ['111122223333 expired', '444455556666 expired'],
  ]);
});

describe('for those who call functions', () => {
  test('an account that is missing is unknown to every rule', async () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(snapshot('111122223333')));
    writeFileSync(join(folder, 'b.json'), JSON.stringify({ ...record, accounts: record.accounts.slice(1, 3) }));
    const { findings, gaps } = await check(folder, { only: ['trail-is-logging', 'trail-enabled'] });
    const ofMissing = findings.filter(({ resource }) => resource.account === '444455556666');
    expect(ofMissing.map(({ rule, status }) => [rule, status])).toEqual([
      ['trail-enabled', 'unknown'],
      ['trail-is-logging', 'unknown'],
    ]);
    expect(gaps.map(({ account, error }) => [account, error])).toEqual([['444455556666', 'NotScanned']]);
  });

  test('what happens to an event is asked of the accounts that are there', async () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(snapshot('111122223333')));
    writeFileSync(join(folder, 'b.json'), JSON.stringify(record));
    const proofs = await prove('cloudtrail:StopLogging', folder);
    expect(JSON.stringify(proofs)).not.toContain('444455556666');
  });
});

describe('a record that cannot be taken', () => {
  test('several', async () => {
    expect(await mistakesIn({ 'a.json': record, 'b.json': record })).toEqual([
      'there are several organization records',
      '  a.json',
      '  b.json',
    ]);
  });

  test('mistakes have a line and a column, and say what was meant', async () => {
    const text = [
      'trailproof: organization/1',
      'id: exampleorgid',
      "managementAccount: '111122223333'",
      'accounts:',
      "  - { id: '4444', stat: ACTIVE }",
      '',
    ].join('\n');
    expect(await mistakesIn({ 'a.yaml': text })).toEqual([
      '3 mistakes in a.yaml',
      'a.yaml:2:5 id must be an id such as o-exampleorgid, not "exampleorgid"',
      'a.yaml:5:11 accounts[0].id must be a string of 12 digits, not "4444"',
      'a.yaml:5:19 stat is not a property of an account; did you mean state?',
    ]);
  });

  test('one that does not know all accounts', async () => {
    const gaps = [{ operation: 'organizations:ListAccounts', error: 'TooManyRequestsException' }];
    expect(await mistakesIn({ 'a.json': { ...record, gaps } })).toEqual([
      '1 mistake in a.json',
      expect.stringMatching(
        /^a\.json:1:\d+ its accounts are not all known \(organizations:ListAccounts: TooManyRequestsException\), so nobody can say which are missing; read the organization again, or leave the record out$/,
      ),
    ]);
  });
});
