import { describe, expect, test } from 'vitest';
import { collectNamed } from '../../src/collectors/collect-named.ts';
import { everything, type Plan } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { type Pointer, pointersOf } from '../../src/snapshot/pointers.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { collectFrom } from './collect-in-memory.ts';
import { type Answers, answers, awsError, ids, inMemoryAccount } from './in-memory-account.ts';

/** What a trail with that property names. */
function named(property: string, value: string): Pointer {
  const trail = { [property]: value };
  const [pointer] = pointersOf(resourceTypes['AWS::CloudTrail::Trail'], trail, resourceTypes);
  if (!pointer) throw new Error(`${property} names nothing`);
  return pointer;
}
const bucket = named('S3BucketName', 'website');
const key = named('KmsKeyId', ids.key);
const plan: Plan = {
  operations: new Map([
    ['cloudtrail:DescribeTrails', 'all'],
    ['s3:ListBuckets', 'all'],
    ['s3:HeadBucket', 'referenced'],
    ['s3:GetBucketVersioning', 'referenced'],
    ['s3:GetBucketEncryption', 'referenced'],
    ['kms:DescribeKey', 'referenced'],
  ]),
};

async function readOn(snapshot: Snapshot, pointers: readonly Pointer[], said: Answers = answers) {
  const account = inMemoryAccount(said);
  const options = { registry: resourceTypes, plan, send: account.send, concurrency: 50 };
  return { snapshot: await collectNamed(snapshot, pointers, options), asked: account.asked() };
}

describe('reading on, where others name resources of an account', () => {
  test('what they name is read as if it had been named at home, and nothing else is asked', async () => {
    const encrypted: Answers = {
      ...answers,
      's3:GetBucketEncryption': () => ({
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ids.key } }],
        },
      }),
    };
    const noTrails: Answers = { ...encrypted, 'cloudtrail:DescribeTrails': () => ({ trailList: [] }) };
    const before = await collectFrom(noTrails, { plan });
    expect(before.operations).toContainEqual({ operation: 's3:GetBucketVersioning', resources: [] });
    expect(before.resources['AWS::KMS::Key']).toBeUndefined();
    const { snapshot, asked } = await readOn(before, [bucket], noTrails);
    expect(asked).toEqual([
      'kms:DescribeKey us-east-1',
      's3:GetBucketEncryption eu-west-1',
      's3:GetBucketVersioning eu-west-1',
    ]);
    expect(snapshot.operations).toContainEqual({ operation: 's3:GetBucketVersioning', resources: [ids.website] });
    expect(snapshot.resources['AWS::KMS::Key']).toMatchObject([{ Arn: ids.key }]);
    const naming: Answers = {
      ...encrypted,
      'cloudtrail:DescribeTrails': () => ({ trailList: [{ TrailARN: ids.main, S3BucketName: 'website' }] }),
    };
    const atHome = await collectFrom(naming, { plan });
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key'])
      expect(snapshot.resources[type]).toEqual(atHome.resources[type]);
    expect({ ...snapshot, resources: atHome.resources }).toEqual({
      ...atHome,
      operations: snapshot.operations,
    });
  });

  test('what has been asked is not asked again: a second time changes nothing', async () => {
    const first = await readOn(await collectFrom(answers, { plan }), [bucket, key]);
    const second = await readOn(first.snapshot, [bucket, key]);
    expect(second).toEqual({ snapshot: first.snapshot, asked: [] });
  });

  test('of a whole collection everything is taken up, gap by gap', async () => {
    const account = inMemoryAccount({});
    const whole = await collectFrom(answers);
    const options = { registry: resourceTypes, plan: everything(resourceTypes), send: account.send, concurrency: 50 };
    expect(await collectNamed(whole, [], options)).toEqual(whole);
    expect(account.asked()).toEqual([]);
  });

  test('a key that is not there is absent, one that is refused a gap', async () => {
    const before = await collectFrom({ ...answers, 'kms:DescribeKey': () => ({}) }, { plan });
    const missing: Pointer = { ...key, name: ids.key.replace('1234', '9999') };
    const gone = await readOn(before, [missing], {
      'kms:DescribeKey': () => {
        throw awsError('NotFoundException');
      },
    });
    expect(gone.snapshot.absent).toContainEqual({
      resource: missing.name,
      operation: 'kms:DescribeKey',
      error: 'NotFoundException',
    });
    const refused = await readOn(before, [missing], {});
    expect(refused.snapshot.gaps).toContainEqual(
      expect.objectContaining({ operation: 'kms:DescribeKey', resource: missing.name, error: 'AccessDenied' }),
    );
  });

  test('what a third account owns is not asked here', async () => {
    const before = await collectFrom(answers, { plan });
    const { asked } = await readOn(before, [{ ...key, name: ids.key.replace('111122223333', '999988887777') }]);
    expect(asked).toEqual([]);
  });
});
