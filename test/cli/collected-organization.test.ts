import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { check } from '../../src/api/check.ts';
import { readTargets } from '../../src/cli/read-targets.ts';
import { redactedTexts, textsOf } from '../../src/cli/snapshot-text.ts';
import type { Members } from '../../src/collectors/call.ts';
import { AppError } from '../../src/errors.ts';
import type { WholeReport } from '../../src/reporters/report.ts';
import type { Organization } from '../../src/snapshot/organization.ts';
import { type Answers, awsError } from '../collectors/in-memory-account.ts';
import { members, type OrganizationOptions, organizationInMemory, own } from '../sources/in-memory-organization.ts';

const [second, third, fourth] = members;
const id = 'o-exampleorgid';
const now = '2026-11-20T09:00:00Z';
const only = ['trail-is-logging', 'cloudtrail-delegated-admin-registered'];
const operations = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
  'organizations:ListTagsForResource',
];
const plan = { operations: new Map(operations.map((operation) => [operation, 'all'] as const)) };
const arn = (kind: string, name: string): string => `arn:aws:organizations::${own}:${kind}/${id}/${name}`;

/** Three accounts and the one that manages them, one in a unit, and one that was closed. */
const listed: readonly Members[] = [
  { Id: fourth, Name: 'prod', Paths: [`${id}/r-ab12/ou-ab12-11111111/${fourth}/`], State: 'ACTIVE' },
  { Id: own, Name: 'root', Paths: [`${id}/r-ab12/${own}/`], State: 'ACTIVE' },
  { Id: third, Paths: [`${id}/r-ab12/${third}/`], Status: 'ACTIVE' },
  { Id: second, Paths: [`${id}/r-ab12/${second}/`], State: 'ACTIVE' },
  { Id: '500000000005', State: 'SUSPENDED' },
].map((account) => ({ Arn: arn('account', account.Id), ...account }));

const managing: Answers = {
  'organizations:DescribeOrganization': () => ({
    Organization: { Id: id, Arn: arn('organization', '').slice(0, -1), MasterAccountId: own, FeatureSet: 'ALL' },
  }),
  'organizations:ListAccounts': () => ({ Accounts: listed }),
  'organizations:ListDelegatedAdministrators': () => ({ DelegatedAdministrators: [{ Id: third }] }),
  'organizations:ListDelegatedServicesForAccount': ({ AccountId }) => {
    if (AccountId !== third) throw awsError('AccountNotRegisteredException');
    return {
      DelegatedServices: [
        { ServicePrincipal: 'config.amazonaws.com' },
        { ServicePrincipal: 'cloudtrail.amazonaws.com' },
      ],
    };
  },
  'organizations:ListAWSServiceAccessForOrganization': () => ({
    EnabledServicePrincipals: [{ ServicePrincipal: 'cloudtrail.amazonaws.com' }],
  }),
  'organizations:ListPolicies': () => ({
    Policies: [
      { Id: 'p-1', Arn: arn('policy', 'service_control_policy/p-1'), Name: 'guard', Type: 'SERVICE_CONTROL_POLICY' },
    ],
  }),
  'organizations:DescribePolicy': () => ({ Policy: { Content: '{"Statement":[]}' } }),
  'organizations:ListTargetsForPolicy': () => ({ Targets: [{ TargetId: 'r-ab12', Type: 'ROOT' }] }),
  'organizations:ListTagsForResource': ({ ResourceId }) => ({
    Tags: ResourceId === fourth ? [{ Key: 'env', Value: 'prod' }] : [],
  }),
};

const home = mkdtempSync(join(tmpdir(), 'trailproof-collected-'));
beforeAll(() => void vi.stubEnv('TMPDIR', home));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

type Flags = Parameters<typeof readTargets>[0];

/** What `collect --organization --checkpoint` keeps in a folder of that name. */
async function collected(
  name: string,
  {
    flags = {},
    exclude = [],
    roleArn,
    ...organization
  }: Partial<OrganizationOptions> & {
    readonly flags?: Partial<Flags>;
    readonly exclude?: readonly string[];
    readonly roleArn?: string;
  } = {},
) {
  const answersOf = (account: string): Answers => (account === own ? managing : {});
  const { open, journal } = organizationInMemory({ answersOf, ...organization });
  const folder = join(home, name);
  const all = { timeout: '20', deadline: '900', verbose: false, resume: false, checkpoint: folder, ...flags } as Flags;
  const role = { name: 'trailproof' };
  const targets = { organization: {}, accounts: [], exclude, role, ...(roleArn !== undefined && { roleArn }) };
  const options = { targets, plan, now, quiet: true, version: '1.0.0', allowEmpty: 'not-empty' } as const;
  const { accounts, organization: file } = await readTargets(all, options, open);
  const record = file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Organization);
  return { folder, accounts, file, record, journal };
}

const verdicts = ({ findings }: WholeReport) =>
  findings.map(({ rule, status, resource }) => [rule, status, resource.account, resource.id]);

describe('the record of an organization that was collected', () => {
  test('says all that was read of it', async () => {
    const { record, folder, file } = await collected('whole');
    expect(file).toBe(join(folder, 'organization.json'));
    expect(record).toEqual({
      trailproof: 'organization/1',
      id,
      managementAccount: own,
      accounts: [
        { id: own, name: 'root', state: 'ACTIVE', parents: ['r-ab12'] },
        { id: second, state: 'ACTIVE', parents: ['r-ab12'] },
        { id: third, state: 'ACTIVE', parents: ['r-ab12'] },
        { id: fourth, name: 'prod', state: 'ACTIVE', parents: ['ou-ab12-11111111', 'r-ab12'], tags: { env: 'prod' } },
        { id: '500000000005', state: 'SUSPENDED' },
      ],
      delegatedAdministrators: [
        { account: third, service: 'cloudtrail.amazonaws.com' },
        { account: third, service: 'config.amazonaws.com' },
      ],
      trustedServices: ['cloudtrail.amazonaws.com'],
      policies: [{ id: 'p-1', type: 'SERVICE_CONTROL_POLICY', content: '{"Statement":[]}', targets: ['r-ab12'] }],
      gaps: [],
    });
  });

  test('has a gap for what was refused, and no policy of which it does not know all', async () => {
    const refusing: Answers = {
      ...managing,
      'organizations:DescribePolicy': () => {
        throw awsError('AccessDeniedException', 'not authorized');
      },
    };
    const { record, folder, accounts } = await collected('refused', {
      answersOf: (account) => (account === own ? refusing : {}),
    });
    expect(record?.policies).toEqual([]);
    expect(record?.gaps).toEqual([
      { operation: 'organizations:DescribePolicy', error: 'AccessDeniedException', message: 'not authorized' },
    ]);
    // Which accounts there are is known all the same.
    expect(verdicts(await check(folder, { only }))).toEqual(verdicts(await check(accounts, { only })));
  });

  test('lists the accounts that were asked for', async () => {
    const { record, folder, accounts } = await collected('part', { exclude: [second] });
    expect(record?.accounts.map((account) => account.id)).toEqual([own, third, fourth, '500000000005']);
    expect(verdicts(await check(folder, { only }))).toEqual(verdicts(await check(accounts, { only })));
  });

  test('lists them still where nobody was let into the account that sees the rest', async () => {
    const { record } = await collected('shut', {
      exclude: [own],
      refused: { [second]: { code: 'AccessDenied' } },
    });
    expect(record).toMatchObject({ id, managementAccount: own });
    expect(Object.keys(record ?? {})).toEqual(['trailproof', 'id', 'managementAccount', 'accounts']);
  });

  test('has what a delegated administrator was told, where nobody was let into the management account', async () => {
    const roleArn = `arn:aws:iam::${third}:role/hub`;
    const refused = { [own]: { code: 'AccessDenied', message: 'not authorized' } };
    const { record } = await collected('delegated', {
      roleArn,
      refused,
      answersOf: (account) => (account === third ? managing : {}),
    });
    expect(record).toEqual((await collected('whole once more')).record);
    const listing = { 'organizations:ListAccounts': managing['organizations:ListAccounts'] } as Answers;
    const { record: without } = await collected('neither', {
      roleArn,
      refused,
      answersOf: (account) => (account === third ? listing : {}),
    });
    expect(without?.accounts).toHaveLength(5);
    expect(without?.gaps).toEqual([
      { operation: 'sts:AssumeRole', error: 'AccessDenied', message: expect.stringContaining(own) },
    ]);
  });

  test('is there from the first account on, and whole when a run that was broken off has gone on', async () => {
    const cut = (account: string): void => {
      if (account === third) throw new AppError('network', 'cut');
    };
    const flags = { 'account-concurrency': 1 };
    await expect(collected('resumed', { before: cut, flags })).rejects.toMatchObject({ message: 'cut' });
    const { gaps } = await check(join(home, 'resumed'), { only });
    expect(gaps.filter(({ error }) => error === 'NotScanned').map(({ account }) => account)).toEqual([third, fourth]);
    const after = await collected('resumed', { flags: { resume: true } });
    expect(after.record).toEqual((await collected('whole again')).record);
    expect(after.journal.filter((call) => call.startsWith(own))).toEqual([]);
  });
});

describe('a check of what was collected', () => {
  test('has the verdicts of the scan, and unknown for an account that is missing from it', async () => {
    const { folder, accounts } = await collected('checked');
    // A scan judges its files, and never its record.
    const scanned = await check(accounts, { only });
    expect(verdicts(await check(folder, { only }))).toEqual(verdicts(scanned));
    expect(scanned.findings.length).toBeGreaterThan(4);
    rmSync(join(folder, `${fourth}.json`));
    const { findings } = await check(folder, { only });
    const ofMissing = findings.filter(({ resource }) => resource.account === fourth);
    expect(new Set(ofMissing.map(({ status }) => status))).toEqual(new Set(['unknown']));
  });

  test('has them too where ids are made up, the same in all files', async () => {
    const { accounts, file = '' } = await collected('redacted');
    const [lines, redacted] = [textsOf([...accounts, file]), redactedTexts([...accounts, file])].map((texts, index) => {
      const path = join(home, `${index}.jsonl`);
      writeFileSync(path, [...texts].join(''));
      return path;
    });
    const text = readFileSync(redacted ?? '', 'utf8');
    for (const real of [...members, id, 'r-ab12', 'ou-ab12']) expect(text).not.toContain(real);
    const statuses = ({ findings }: WholeReport) => findings.map(({ rule, status }) => [rule, status]);
    expect(statuses(await check(redacted ?? '', { only }))).toEqual(statuses(await check(lines ?? '', { only })));
    const record: Organization = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
    expect(record.managementAccount).toBe('100000000001');
    expect(record.accounts.map(({ parents = [] }) => parents.at(-1))).toEqual([...Array(4).fill('r-0001'), undefined]);
  });
});
