// What the emulator answers for S3.

import {
  type Bucket,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientConfig } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type SeededAccount, seedAccount } from '../emulator/seed.ts';

let emulator: Emulator;
let account: SeededAccount;

beforeAll(async () => {
  emulator = await startEmulator();
  account = await seedAccount(emulator.endpoint);
}, 60_000);

afterAll(() => emulator.stop());

const s3 = (region = 'us-east-1') => new S3Client(clientConfig(emulator.endpoint, region));

const allBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

describe('listing', () => {
  test('ListBuckets names the region of each', async () => {
    const { Buckets } = await s3().send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([
      listed(account.accessLogBucket, 'us-east-1'),
      listed(account.auditBucket, 'us-east-1'),
      listed(account.expiringBucket, 'eu-west-1'),
    ]);
  });

  test('ListBuckets pages', async () => {
    const first = await s3().send(new ListBucketsCommand({ MaxBuckets: 2 }));
    expect(first.Buckets).toHaveLength(2);
    const { ContinuationToken } = first;
    const second = await s3().send(new ListBucketsCommand({ MaxBuckets: 2, ContinuationToken }));
    expect(second.Buckets).toEqual([listed(account.expiringBucket, 'eu-west-1')]);
    expect(second.ContinuationToken).toBeUndefined();
  });

  function listed(Name: string, BucketRegion: string): Bucket {
    return { Name, BucketRegion, BucketArn: `arn:aws:s3:::${Name}`, CreationDate: expect.any(Date) };
  }
});

describe('the audit bucket', () => {
  const request = () => ({ Bucket: account.auditBucket });

  test('HeadBucket', async () => {
    expect(await s3().send(new HeadBucketCommand(request()))).toMatchObject({ BucketRegion: 'us-east-1' });
  });

  test('GetBucketPolicy and GetBucketPolicyStatus', async () => {
    const { Policy = '' } = await s3().send(new GetBucketPolicyCommand(request()));
    const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['AclCheck', 'Write', 'TlsOnly']);
    const { PolicyStatus } = await s3().send(new GetBucketPolicyStatusCommand(request()));
    expect(PolicyStatus).toEqual({ IsPublic: false });
  });

  test('GetBucketAcl grants the owner alone', async () => {
    const { Owner, Grants } = await s3().send(new GetBucketAclCommand(request()));
    expect(Grants).toEqual([{ Grantee: { Type: 'CanonicalUser', ID: Owner?.ID }, Permission: 'FULL_CONTROL' }]);
  });

  test('GetPublicAccessBlock and GetBucketOwnershipControls, as AWS sets them on a new bucket', async () => {
    const block = await s3().send(new GetPublicAccessBlockCommand(request()));
    expect(block.PublicAccessBlockConfiguration).toEqual(allBlocked);
    const { OwnershipControls } = await s3().send(new GetBucketOwnershipControlsCommand(request()));
    expect(OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  });

  test('GetBucketVersioning and GetObjectLockConfiguration', async () => {
    expect(await s3().send(new GetBucketVersioningCommand(request()))).toMatchObject({ Status: 'Enabled' });
    const { ObjectLockConfiguration } = await s3().send(new GetObjectLockConfigurationCommand(request()));
    expect(ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
    });
  });

  test('GetBucketEncryption', async () => {
    const { ServerSideEncryptionConfiguration } = await s3().send(new GetBucketEncryptionCommand(request()));
    expect(ServerSideEncryptionConfiguration).toEqual({
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: account.keyArn },
          BucketKeyEnabled: true,
        },
      ],
    });
  });

  test('GetBucketLogging and GetBucketTagging', async () => {
    const { LoggingEnabled } = await s3().send(new GetBucketLoggingCommand(request()));
    expect(LoggingEnabled).toEqual({ TargetBucket: account.accessLogBucket, TargetPrefix: 'audit/' });
    const { TagSet } = await s3().send(new GetBucketTaggingCommand(request()));
    expect(TagSet).toEqual([{ Key: 'owner', Value: 'security' }]);
  });
});

describe('a bucket with nothing but a lifecycle', () => {
  const request = () => ({ Bucket: account.expiringBucket });
  const regional = () => s3('eu-west-1');

  test('GetBucketLifecycleConfiguration', async () => {
    const { Rules } = await regional().send(new GetBucketLifecycleConfigurationCommand(request()));
    expect(Rules).toEqual([{ ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } }]);
  });

  test('GetBucketEncryption answers SSE-S3, which every bucket has', async () => {
    const { ServerSideEncryptionConfiguration } = await regional().send(new GetBucketEncryptionCommand(request()));
    expect(ServerSideEncryptionConfiguration).toEqual({
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
    });
  });

  test('versioning and access logging that nobody configured are an empty answer', async () => {
    expect(await regional().send(new GetBucketVersioningCommand(request()))).not.toHaveProperty('Status');
    expect(await regional().send(new GetBucketLoggingCommand(request()))).not.toHaveProperty('LoggingEnabled');
  });

  test.each([
    ['NoSuchLifecycleConfiguration', () => new GetBucketLifecycleConfigurationCommand({ Bucket: account.auditBucket })],
    ['NoSuchTagSet', () => new GetBucketTaggingCommand({ Bucket: account.accessLogBucket })],
    [
      'ObjectLockConfigurationNotFoundError',
      () => new GetObjectLockConfigurationCommand({ Bucket: account.accessLogBucket }),
    ],
    ['NoSuchBucket', () => new GetBucketPolicyCommand({ Bucket: 'no-such-bucket' })],
    ['NotFound', () => new HeadBucketCommand({ Bucket: 'no-such-bucket' })],
  ])('%s', async (name, command) => {
    // The commands differ in type only.
    await expect(s3().send(command() as GetBucketPolicyCommand)).rejects.toMatchObject({ name });
  });

  test('it is refused to whoever takes it for the bucket of another account', async () => {
    const head = (ExpectedBucketOwner: string) =>
      s3('eu-west-1').send(new HeadBucketCommand({ ...request(), ExpectedBucketOwner }));
    await head(account.accountId);
    await expect(head('111122223333')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  test('it is served in its own region only', async () => {
    const elsewhere = s3('us-east-1').send(new GetBucketVersioningCommand(request()));
    await expect(elsewhere).rejects.toMatchObject({ name: 'PermanentRedirect' });

    const following = new S3Client({ ...clientConfig(emulator.endpoint), followRegionRedirects: true });
    await following.send(new GetBucketVersioningCommand(request()));
  });
});

describe('GetBucketPolicyStatus', () => {
  const anyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };

  test.each([
    [true, anyone],
    [true, { ...anyone, Principal: { AWS: '*' } }],
    [true, { ...anyone, Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:*' } } }],
    [true, { ...anyone, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    [false, { ...anyone, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } }],
    [false, { ...anyone, Effect: 'Deny' }],
    [false, { ...anyone, Principal: { Service: 'cloudtrail.amazonaws.com' } }],
  ])('%s for %o', async (isPublic, statement) => {
    const Bucket = account.accessLogBucket;
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const { PolicyStatus } = await s3().send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).toEqual({ IsPublic: isPublic });
  });
});
