import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { clientConfig } from './clients.ts';
import { accessLogBucketPolicy, trailBucketPolicy } from './seed-policies.ts';

/** Takes the access logs of the audit bucket; for that alone it needs no lock of its own. */
export async function seedAccessLogBucket(endpoint: string, region: string, accountId: string): Promise<string> {
  const Bucket = `access-logs-${accountId}-${region}`;
  const s3 = new S3Client(clientConfig(endpoint, region));
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: accessLogBucketPolicy(Bucket) }));
  return Bucket;
}

/** Everything an auditor asks of a log bucket. Public access is blocked from the start, as on AWS. */
export async function seedAuditBucket(
  endpoint: string,
  region: string,
  account: { readonly accountId: string; readonly keyArn: string; readonly accessLogBucket: string },
): Promise<string> {
  const Bucket = `audit-logs-${account.accountId}-${region}`;
  const s3 = new S3Client(clientConfig(endpoint, region));
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
      },
    }),
  );
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: account.keyArn },
            BucketKeyEnabled: true,
          },
        ],
      },
    }),
  );
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: trailBucketPolicy(Bucket, region, account.accountId, 'main') }),
  );
  await s3.send(
    new PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: account.accessLogBucket, TargetPrefix: 'audit/' } },
    }),
  );
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'owner', Value: 'security' }] } }));
  return Bucket;
}

/**
 * Forgets its logs after 30 days, and has nothing that would stop anyone from deleting them sooner. What keeps it from
 * being public is the account's setting alone, as with a bucket from before S3 blocked public access by itself.
 */
export async function seedExpiringBucket(endpoint: string, region: string, accountId: string): Promise<string> {
  const Bucket = `old-logs-${accountId}-${region}`;
  const s3 = new S3Client(clientConfig(endpoint, region));
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: trailBucketPolicy(Bucket, region, accountId, 'stopped') }),
  );
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } }],
      },
    }),
  );
  return Bucket;
}

/** A bucket as S3 makes it. */
export async function seedBucket(endpoint: string, Bucket: string): Promise<void> {
  await new S3Client(clientConfig(endpoint)).send(new CreateBucketCommand({ Bucket }));
}

/** Deletes an empty bucket. */
export async function forgetBucket(endpoint: string, Bucket: string): Promise<void> {
  await new S3Client(clientConfig(endpoint)).send(new DeleteBucketCommand({ Bucket }));
}
