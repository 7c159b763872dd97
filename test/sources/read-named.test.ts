import { describe, expect, test } from 'vitest';
import { collectNamed } from '../../src/collectors/collect-named.ts';
import type { Plan } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { startNames } from '../../src/snapshot/named-elsewhere.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { readNamedElsewhere } from '../../src/sources/read-named.ts';
import { type Answers, awsError, inMemoryAccount } from '../collectors/in-memory-account.ts';
import { snapshotWith, trail, trailArn } from '../rules/judging.ts';

const [member, archive, security] = ['111111111111', '222222222222', '333333333333'];
const keyArn = `arn:aws:kms:us-east-1:${security}:key/1`;
const plan: Plan = {
  operations: new Map([
    ['s3:ListBuckets', 'all'],
    ['s3:HeadBucket', 'referenced'],
    ['s3:GetBucketEncryption', 'referenced'],
    ['kms:DescribeKey', 'referenced'],
    ['kms:GetKeyPolicy', 'referenced'],
  ]),
};
const operations = [...plan.operations.keys()].map((operation) => ({ operation, resources: [] }));
const account = (id: string, resources: Parameters<typeof snapshotWith>[0], more: Partial<Snapshot> = {}): Snapshot =>
  snapshotWith(resources, { account: { id, partition: 'aws' }, operations, gaps: [], absent: [], ...more });
const own = { ...trail('own', { S3BucketName: 'central' }), TrailARN: trailArn('own', 'us-east-1', member) };

const said: Readonly<Record<string, Answers>> = {
  [archive]: {
    's3:GetBucketEncryption': () => ({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } }],
      },
    }),
  },
  [security]: {
    'kms:DescribeKey': () => ({ KeyMetadata: { Arn: keyArn, KeyId: '1', KeyState: 'Enabled' } }),
    'kms:GetKeyPolicy': () => {
      throw awsError('AccessDeniedException');
    },
  },
};

async function readAll(snapshots: readonly Snapshot[], isOpen: (snapshot: Snapshot) => boolean = () => true) {
  const there = new Map(snapshots.map((snapshot) => [snapshot.account.id, snapshot]));
  const names = startNames(resourceTypes);
  for (const snapshot of snapshots) names.add(snapshot);
  const asked: string[] = [];
  const written: string[] = [];
  await readNamedElsewhere({
    names,
    isOpen,
    concurrency: 5,
    snapshotOf: (id) => there.get(id) ?? account(id, {}),
    readOn: async (snapshot, pointers) => {
      const { id } = snapshot.account;
      const answering = inMemoryAccount(said[id] ?? {});
      const options = { registry: resourceTypes, plan, send: answering.send, concurrency: 5 };
      const after = await collectNamed(snapshot, pointers, options);
      asked.push(...answering.asked().map((call) => `${id} ${call}`));
      return after;
    },
    onAccount: async (snapshot) => {
      written.push(snapshot.account.id);
      there.set(snapshot.account.id, snapshot);
    },
  });
  return { there, asked, written };
}

describe('reading what other accounts of the run name', () => {
  const member1 = account(member, { 'AWS::CloudTrail::Trail': [own] });
  const logArchive = account(archive, { 'AWS::S3::Bucket': [{ Name: 'central', BucketRegion: 'us-east-1' }] });

  test('the bucket of a member’s trail, and then its key in a third account', async () => {
    const { there, asked, written } = await readAll([member1, logArchive, account(security, {})]);
    expect(asked).toEqual([
      `${archive} s3:GetBucketEncryption us-east-1`,
      `${security} kms:DescribeKey us-east-1`,
      `${security} kms:GetKeyPolicy us-east-1`,
    ]);
    expect(written).toEqual([archive, security]);
    expect(there.get(member)).toBe(member1);
    expect(there.get(security)?.resources['AWS::KMS::Key']).toEqual([{ KeyId: '1', Arn: keyArn, KeyState: 'Enabled' }]);
    expect(there.get(security)?.gaps).toEqual([
      expect.objectContaining({ operation: 'kms:GetKeyPolicy', resource: keyArn, error: 'AccessDeniedException' }),
    ]);
  });

  test('once more, it asks and writes nothing', async () => {
    const first = await readAll([member1, logArchive, account(security, {})]);
    expect(await readAll([...first.there.values()])).toMatchObject({ asked: [], written: [] });
  });

  test('an account that nobody was let into is left as it is', async () => {
    const shut = ({ account: { id } }: Snapshot): boolean => id !== archive;
    expect(await readAll([member1, logArchive, account(security, {})], shut)).toMatchObject({ asked: [], written: [] });
  });

  test('a bucket that none of them owns is asked for by whoever names it', async () => {
    const { there, asked, written } = await readAll([member1, account(security, {})]);
    expect(asked).toEqual([`${member} s3:HeadBucket us-east-1`]);
    expect(written).toEqual([member]);
    expect(there.get(member)?.gaps).toEqual([
      expect.objectContaining({ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::central', error: 'AccessDenied' }),
    ]);
  });

  test('a key in no account of the run is not asked for', async () => {
    const trails = [{ ...own, S3BucketName: undefined, KmsKeyId: keyArn }];
    const naming = account(member, { 'AWS::CloudTrail::Trail': trails });
    expect(await readAll([naming, logArchive])).toMatchObject({ asked: [], written: [] });
  });
});
