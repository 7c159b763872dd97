import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/collectors/plan.ts';
import { AppError } from '../../src/errors.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { isFinished, type ManyOptions, readManyAccounts, roleByName } from '../../src/sources/many-accounts.ts';
import { members, type OrganizationOptions, organizationInMemory, own } from './in-memory-organization.ts';

const [second, third, fourth] = members;
const all = [own, ...members];
const collectedAt = '2026-11-20T09:00:00Z';
const status = 'cloudtrail:GetTrailStatus';
const plan: Plan = {
  operations: new Map([
    ['cloudtrail:DescribeTrails', 'all'],
    [status, 'all'],
  ]),
};

/** What an earlier run has read. */
const bare = (id: string): Snapshot => ({
  trailproof: 'snapshot/1',
  account: { id, partition: 'aws' },
  collectedAt,
  regions: [],
  resources: {},
  operations: [],
  gaps: [],
  absent: [],
});

async function read(options: OrganizationOptions = {}, wanted: Partial<ManyOptions> = {}) {
  const organization = organizationInMemory(options);
  const { partition = 'aws' } = options;
  const session = await organization.open({ environment: {}, ...(wanted.deadline && { deadline: wanted.deadline }) });
  const snapshots: Snapshot[] = [];
  const latest = new Map<string, Snapshot>();
  const reading = readManyAccounts(
    session,
    { partition },
    {
      registry: resourceTypes,
      plan,
      accounts: all,
      finished: new Set(),
      roleInto: roleByName({ account: own, partition }, { name: 'audit/trailproof', externalId: 'secret' }),
      concurrency: 2,
      collectedAt,
      onAccount: async (snapshot) => {
        snapshots.push(snapshot);
        latest.set(snapshot.account.id, snapshot);
      },
      onMore: async (snapshot) => void latest.set(snapshot.account.id, snapshot),
      snapshotOf: (id) => latest.get(id) ?? bare(id),
      ...wanted,
    },
  );
  const ofAccount = (id: string) => latest.get(id);
  return { ...organization, reading, snapshots, ofAccount };
}

const trailOf = (owner: string, name = 'local') => `arn:aws:cloudtrail:us-east-1:${owner}:trail/${name}`;

describe('accounts are read', () => {
  test("one's own with the credentials at hand, each other through its role", async () => {
    const { reading, entered, snapshots } = await read();
    await reading;
    expect(snapshots.map(({ account }) => account.id).toSorted()).toEqual(all);
    expect(entered).toEqual(
      members.map((id) => ({
        roleArn: `arn:aws:iam::${id}:role/audit/trailproof`,
        externalId: 'secret',
        from: own,
      })),
    );
    expect(snapshots.flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  test.each(['aws-us-gov', 'aws-cn'])('by roles of their own partition: %s', async (partition) => {
    const { reading, entered, snapshots } = await read({ partition });
    await reading;
    expect(entered.map(({ roleArn }) => roleArn)).toEqual(
      members.map((id) => `arn:${partition}:iam::${id}:role/audit/trailproof`),
    );
    expect(new Set(snapshots.map(({ account }) => account.partition))).toEqual(new Set([partition]));
  });

  test('but not those that were read before, nor are these entered', async () => {
    const { reading, entered, journal, snapshots } = await read({}, { finished: new Set([own, third]) });
    await reading;
    expect(snapshots.map(({ account }) => account.id).toSorted()).toEqual([second, fourth]);
    expect(entered).toHaveLength(2);
    expect(journal.filter((call) => call.startsWith(own) || call.startsWith(third))).toEqual([]);
  });

  test('as many at once as was said, and their own first', async () => {
    const order: string[] = [];
    const { reading } = await read(
      { before: (account) => void (order.at(-1) === account || order.push(account)) },
      { concurrency: 1 },
    );
    await reading;
    expect(order).toEqual(all);
  });

  test('each in the regions that it has enabled', async () => {
    const answersOf = (account: string) => ({
      'ec2:DescribeRegions': () => ({
        Regions: [{ RegionName: 'us-east-1' }, ...(account === third ? [{ RegionName: 'me-south-1' }] : [])],
      }),
    });
    const { reading, ofAccount } = await read({ answersOf }, { regions: ['me-south-1'] });
    await reading;
    expect(ofAccount(third)).toMatchObject({ regions: ['me-south-1'], gaps: [{ region: 'us-east-1' }] });
    expect(ofAccount(second)).toMatchObject({ regions: [], gaps: [{ region: 'us-east-1', error: 'NotScanned' }] });
  });
});

describe('what another account of the run owns is not asked about', () => {
  test('an organization trail has its status from its owner alone', async () => {
    const { reading, journal, ofAccount } = await read();
    await reading;
    // The owner asks about two trails, each other account about its own.
    const asked = Map.groupBy(
      journal.filter((call) => call.includes(status)),
      (call) => call.split(' ')[0],
    );
    expect([...asked].map(([account, calls]) => [account, calls.length]).toSorted()).toEqual([
      [own, 2],
      ...members.map((id) => [id, 1]),
    ]);
    expect(ofAccount(second)?.operations).toContainEqual({ operation: status, resources: [trailOf(second)] });
    expect(ofAccount(own)?.operations).toContain(status);
  });

  test('unless that account could not be entered', async () => {
    const { reading, ofAccount } = await read({}, { accounts: [...members] });
    await reading;
    expect(ofAccount(second)?.operations).toContain(status);
  });
});

describe('an account is one gap', () => {
  test('where its role is refused, and the gap names the role', async () => {
    const refused = {
      [second]: { code: 'AccessDenied', message: 'not authorized' },
      [third]: { code: 'AccessDenied', message: `no sts:AssumeRole on arn:aws:iam::${third}:role/audit/trailproof` },
      [fourth]: { code: 'RegionDisabledException' },
    };
    const { reading, journal, ofAccount } = await read({ refused });
    await reading;
    const gap = { operation: 'sts:AssumeRole', error: 'AccessDenied' };
    const nothing = { regions: [], resources: {}, operations: [], absent: [] };
    const role = (id: string) => `arn:aws:iam::${id}:role/audit/trailproof`;
    expect(ofAccount(second)).toEqual({
      trailproof: 'snapshot/1',
      account: { id: second, partition: 'aws' },
      collectedAt,
      ...nothing,
      gaps: [{ ...gap, message: `${role(second)} could not be assumed: not authorized` }],
    });
    expect(ofAccount(third)?.gaps).toEqual([{ ...gap, message: `no sts:AssumeRole on ${role(third)}` }]);
    expect(ofAccount(fourth)?.gaps).toEqual([
      { ...gap, error: 'RegionDisabledException', message: `${role(fourth)} could not be assumed` },
    ]);
    expect(journal.filter((call) => !call.startsWith(own))).toEqual([]);
    expect(members.map((id) => isFinished(ofAccount(id) ?? {}))).toEqual([false, false, false]);
    expect(isFinished(ofAccount(own) ?? {})).toBe(true);
  });

  test('where time is over before it is begun; what was under way is a gap of each call', async () => {
    const deadline = new AbortController();
    const options = {
      before: (account: string) => {
        if (account === second) deadline.abort();
      },
    };
    const { reading, ofAccount } = await read(options, { deadline: deadline.signal, concurrency: 1 });
    await reading;
    const message = 'The time for the whole scan was over before this account was begun.';
    expect(isFinished(ofAccount(own) ?? {})).toBe(true);
    expect(ofAccount(second)?.gaps?.map(({ operation, error }) => [operation, error])).toContainEqual([
      'ec2:DescribeRegions',
      'TimedOut',
    ]);
    for (const id of [third, fourth]) expect(ofAccount(id)?.gaps).toEqual([{ error: 'TimedOut', message }]);
    expect(members.map((id) => isFinished(ofAccount(id) ?? {}))).toEqual([false, false, false]);
  });

  test('where time is over at once nobody is even entered', async () => {
    const { reading, entered, journal, snapshots } = await read({}, { deadline: AbortSignal.abort() });
    await reading;
    expect([entered, journal]).toEqual([[], []]);
    expect(snapshots.flatMap(({ gaps = [] }) => gaps.map(({ error }) => error))).toEqual(Array(4).fill('TimedOut'));
  });
});

test('where nothing may be concluded, no further account is begun and none under way is taken', async () => {
  const options = {
    before: (account: string) => {
      if (account === second) throw new AppError('network', 'the cable is cut');
    },
  };
  const { reading, journal, snapshots } = await read(options, { concurrency: 1 });
  await expect(reading).rejects.toMatchObject({ message: 'the cable is cut' });
  expect(snapshots.map(({ account }) => account.id)).toEqual([own]);
  expect(journal.filter((call) => call.startsWith(third))).toEqual([]);
});

describe('what accounts name of each other', () => {
  const withBuckets: Plan = {
    operations: new Map([
      ...plan.operations,
      ['s3:ListBuckets', 'all'],
      ['s3:HeadBucket', 'referenced'],
      ['s3:GetBucketVersioning', 'referenced'],
    ]),
  };
  const [archive] = members;
  /** The log archive has all buckets but its own trail's, which nobody has. */
  const answersOf = (account: string) => ({
    's3:ListBuckets': () => ({
      Buckets: account === archive ? all.filter((id) => id !== archive).map(bucketOf) : [],
    }),
    's3:GetBucketVersioning': () => ({ Status: 'Enabled' }),
  });
  const bucketOf = (id: string) => ({ Name: `logs-of-${id}`, BucketRegion: 'us-east-1' });
  const ofBuckets = (journal: readonly string[]) => journal.filter((call) => call.includes('Bucket')).toSorted();

  test('is read in the account that owns it, once for all, and looked up where nobody owns it', async () => {
    const { reading, journal, ofAccount } = await read({ answersOf }, { plan: withBuckets });
    await reading;
    expect(ofBuckets(journal)).toEqual([
      ...all.flatMap((id) => (id === archive ? [] : [`${id} s3:ListBuckets us-east-1`])).slice(0, 1),
      `${archive} s3:GetBucketVersioning us-east-1`,
      `${archive} s3:GetBucketVersioning us-east-1`,
      `${archive} s3:GetBucketVersioning us-east-1`,
      `${archive} s3:HeadBucket us-east-1`,
      `${archive} s3:ListBuckets us-east-1`,
      ...all.flatMap((id) => (id === archive ? [] : [`${id} s3:ListBuckets us-east-1`])).slice(1),
    ]);
    expect(ofAccount(archive)?.resources['AWS::S3::Bucket']).toMatchObject(
      [own, third, fourth].map((id) => ({ Name: `logs-of-${id}`, Versioning: { Status: 'Enabled' } })),
    );
    expect(ofAccount(archive)?.gaps).toMatchObject([{ operation: 's3:HeadBucket', error: 'AccessDenied' }]);
  });

  test('is read by a later run where an earlier one did not come to it', async () => {
    const first = await read({ answersOf }, { plan: withBuckets, accounts: [archive, third] });
    await first.reading;
    const [before] = first.snapshots.filter(({ account }) => account.id === archive);
    expect(before?.resources['AWS::S3::Bucket']).not.toEqual(first.ofAccount(archive)?.resources['AWS::S3::Bucket']);
    const kept = new Map(first.snapshots.map((snapshot) => [snapshot.account.id, snapshot]));
    const later = new Map<string, Snapshot>();
    const second = await read(
      { answersOf },
      {
        plan: withBuckets,
        accounts: [archive, third],
        finished: new Set([archive, third]),
        snapshotOf: (id) => later.get(id) ?? kept.get(id) ?? bare(id),
        onMore: async (snapshot) => void later.set(snapshot.account.id, snapshot),
      },
    );
    await second.reading;
    expect(later.get(archive)).toEqual(first.ofAccount(archive));
    expect(second.journal.filter((call) => !call.includes('Bucket'))).toEqual([]);
  });

  test('is not read in an account that nobody was let into', async () => {
    const refused = { [archive]: { code: 'AccessDenied' } };
    const { reading, journal } = await read({ answersOf, refused }, { plan: withBuckets });
    await reading;
    expect(journal.filter((call) => call.startsWith(archive))).toEqual([]);
  });
});
