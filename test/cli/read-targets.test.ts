import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readTargets, type TargetOptions } from '../../src/cli/read-targets.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { awsError } from '../collectors/in-memory-account.ts';
import { members, type OrganizationOptions, organizationInMemory, own } from '../sources/in-memory-organization.ts';

type Flags = Parameters<typeof readTargets>[0];

const [second, third, fourth] = members;
const now = '2026-11-20T09:00:00Z';
const plan = {
  operations: new Map([
    ['cloudtrail:DescribeTrails', 'all'],
    ['cloudtrail:GetTrailStatus', 'all'],
  ] as const),
};
const targets = { organization: {}, accounts: [], exclude: [], role: { name: 'trailproof' } };
const listed = [fourth, own, third, second].map((Id) => ({ Id, State: 'ACTIVE' }));
const answersOf = () => ({ 'organizations:ListAccounts': () => ({ Accounts: listed }) });

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trailproof-targets-'));
  // What a run keeps goes away with its process, and this one stays.
  vi.stubEnv('TMPDIR', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

async function run(
  flags: Partial<Flags> = {},
  { organization = {}, ...options }: Partial<TargetOptions> & { readonly organization?: OrganizationOptions } = {},
) {
  const inMemory = organizationInMemory({ answersOf, ...organization });
  const all = { timeout: '20', deadline: '900', verbose: false, organization: true, resume: false, ...flags } as Flags;
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const wanted = { targets, plan, now, quiet: false, version: '1.0.0', allowEmpty: 'not-empty', ...options } as const;
  const outcome = await readTargets(all, wanted, inMemory.open).then(
    ({ accounts: files, organization }) => ({ files, record: organization, error: undefined }),
    (error: unknown) => ({ files: [], record: undefined, error }),
  );
  const stderr = said.mock.calls.map(([text]) => String(text)).join('');
  said.mockRestore();
  const snapshots = outcome.files.map((file): Snapshot => JSON.parse(readFileSync(file, 'utf8')));
  return { ...inMemory, ...outcome, stderr, snapshots };
}

const idsOf = (snapshots: readonly Snapshot[]) => snapshots.map(({ account }) => account.id);

describe('an organization', () => {
  test('is a file for each account, in the order of ids', async () => {
    const { snapshots, files, stderr, error } = await run();
    expect(error).toBeUndefined();
    expect(idsOf(snapshots)).toEqual([own, second, third, fourth]);
    expect(files.every((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length === 1)).toBe(true);
    expect(stderr).toBe('');
  });

  test("is read by AWS's clock where the machine's is wrong, which is said, and not where somebody said the time", async () => {
    const organization = { answersOf, clockAhead: -86_400 };
    const { snapshots, stderr } = await run({}, { now: undefined, organization });
    const [, machine = '', aws = ''] =
      /^trailproof: this machine's clock says (\S+) where AWS's says (\S+),/.exec(stderr) ?? [];
    expect(Date.parse(aws) - Date.parse(machine)).toBe(86_400_000);
    expect(snapshots.map(({ collectedAt }) => collectedAt)).toEqual([aws, aws, aws, aws]);
    const given = await run({}, { organization });
    expect([given.stderr, given.snapshots[0]?.collectedAt]).toEqual(['', now]);
  });

  test('is entered by way of a first role, with the external id of the flag', async () => {
    const hub = `arn:aws:iam::${second}:role/hub`;
    const { entered, snapshots } = await run(
      { 'external-id': 'secret' },
      {
        targets: { ...targets, roleArn: hub, role: { name: 'trailproof', externalId: 'other' } },
        organization: { answersOf },
      },
    );
    const byRole = (id: string) => ({
      roleArn: `arn:aws:iam::${id}:role/trailproof`,
      externalId: 'other',
      from: second,
    });
    expect(entered).toEqual([{ roleArn: hub, externalId: 'secret', from: own }, ...[own, third, fourth].map(byRole)]);
    // The role's own account is read with the role itself.
    expect(snapshots.flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  test('of which that role is refused is not concluded from', async () => {
    const refused = { [second]: { code: 'AccessDenied', message: 'not authorized' } };
    const { error, journal } = await run(
      {},
      { targets: { ...targets, roleArn: `arn:aws:iam::${second}:role/hub` }, organization: { answersOf, refused } },
    );
    expect(error).toMatchObject({
      code: 'credentials',
      message: `arn:aws:iam::${second}:role/hub could not be assumed, so nothing may be concluded`,
      details: ['  AccessDenied: not authorized'],
    });
    expect(journal).toEqual([]);
  });

  test('by way of what is no role is a slip of the pen', async () => {
    const { error, journal } = await run({}, { targets: { ...targets, roleArn: 'hub' } });
    expect(error).toMatchObject({ code: 'usage', message: 'hub is not the ARN of a role' });
    expect(journal).toEqual([]);
  });

  test('names on standard error the accounts that are not active, unless nothing shall be said there', async () => {
    const closed = {
      answersOf: () => ({
        'organizations:ListAccounts': () => ({ Accounts: [...listed, { Id: '999999999999', State: 'SUSPENDED' }] }),
      }),
    };
    const { stderr, snapshots } = await run({}, { organization: closed });
    expect(stderr).toBe('trailproof: 1 account is not active and not read: 999999999999 (SUSPENDED)\n');
    expect(idsOf(snapshots)).toHaveLength(4);
    expect((await run({}, { organization: closed, quiet: true })).stderr).toBe('');
  });

  test('that nobody may list is an error, and so is one of which no account is left', async () => {
    const refusing = {
      answersOf: () => ({
        'organizations:ListAccounts': () => {
          throw awsError('AccessDeniedException');
        },
      }),
    };
    const folder = join(home, 'accounts');
    expect((await run({ checkpoint: folder }, { organization: refusing })).error).toMatchObject({
      code: 'credentials',
      hint: expect.stringContaining('organizations:ListAccounts'),
    });
    expect(existsSync(folder)).toBe(false);
    const none = { targets: { ...targets, exclude: [own, ...members] } };
    expect((await run({}, none)).error).toMatchObject({ code: 'usage' });
    expect(await run({}, { ...none, allowEmpty: 'allow-empty' })).toMatchObject({ files: [], error: undefined });
  });

  test('none of whose accounts has a region is a slip of the pen, unless one could not be read', async () => {
    const wrong = { region: ['eu-wset-1'] };
    expect((await run(wrong)).error).toMatchObject({
      code: 'usage',
      message: 'eu-wset-1: not an enabled region of any account',
    });
    const refused = { [third]: { code: 'AccessDenied' } };
    expect((await run(wrong, { organization: { answersOf, refused } })).error).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  const folder = () => join(home, 'accounts');

  test('is gone on with: what was read is not read again, and the end is the same', async () => {
    const whole = await run();
    await run({ checkpoint: folder() });
    // As if the process had been killed before it came to them.
    rmSync(join(folder(), `${third}.json`));
    rmSync(join(folder(), `${fourth}.json`));
    const again = await run({ checkpoint: folder(), resume: true });
    expect(new Set(again.journal.map((call) => call.split(' ')[0]))).toEqual(new Set([third, fourth]));
    expect(again.journal.filter((call) => call.includes('ListAccounts'))).toEqual([]);
    expect(JSON.stringify(again.snapshots.slice(2))).toBe(JSON.stringify(whole.snapshots.slice(2)));
  });

  test('has an account that was refused read again', async () => {
    const refused = { [third]: { code: 'AccessDenied' } };
    const before = await run({ checkpoint: folder() }, { organization: { answersOf, refused } });
    expect(before.snapshots[2]?.gaps).toHaveLength(1);
    const after = await run({ checkpoint: folder(), resume: true });
    expect(after.entered.map(({ roleArn }) => roleArn)).toEqual([`arn:aws:iam::${third}:role/trailproof`]);
    expect(after.snapshots[2]?.gaps).toEqual([]);
  });

  test.each<[string, Partial<Flags>, Parameters<typeof run>[1]]>([
    ['version', {}, { version: '2.0.0' }],
    ['regions', { region: ['us-east-1'] }, {}],
    ['role', {}, { targets: { ...targets, role: { name: 'other' } } }],
    ['organization', {}, { targets: { ...targets, organization: { units: ['r-ab12'] } } }],
    ['excluded accounts', {}, { targets: { ...targets, exclude: [third] } }],
    ['operations', {}, { plan: { operations: new Map([['cloudtrail:DescribeTrails', 'all']]) } }],
    ['caller', {}, { organization: { answersOf, partition: 'aws-cn' } }],
  ])('of another %s is refused', async (what, flags, options) => {
    await run({ checkpoint: folder() });
    const { error, journal } = await run({ checkpoint: folder(), resume: true, ...flags }, options);
    expect(error).toMatchObject({ code: 'usage', details: [expect.stringMatching(`^  ${what}: `)] });
    expect(journal).toEqual([]);
  });

  test('of the one account of the credentials, or of a role, is the same', async () => {
    const alone = await run({ organization: false, checkpoint: folder() }, { targets: undefined });
    expect([idsOf(alone.snapshots), alone.entered]).toEqual([[own], []]);
    const idle = { organization: false, checkpoint: join(home, 'idle'), 'external-id': 'secret' };
    expect((await run(idle, { targets: undefined })).error).toMatchObject({ message: '--external-id is for a role' });
    const flags = { organization: false, 'role-arn': `arn:aws:iam::${third}:role/audit`, 'external-id': 'secret' };
    const behind = await run({ ...flags, checkpoint: join(home, 'role') }, { targets: undefined });
    expect([idsOf(behind.snapshots), behind.entered]).toEqual([
      [third],
      [{ roleArn: flags['role-arn'], externalId: 'secret', from: own }],
    ]);
  });
});
