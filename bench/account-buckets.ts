import type { Item } from '../src/snapshot/snapshot.ts';
import { keyArn, logBucket } from './account-trails.ts';
import { type Owner, publicAccessBlock, regions } from './owner.ts';

const bucketsEach = 20;

/** The log bucket, the one for its access logs, two that a config may call critical, and others. */
export function bucketsOf(owner: Owner): readonly Item[] {
  const { id } = owner;
  const named = [logBucket(owner), `access-logs-${id}`, `payments-${id}-0`, `payments-${id}-1`];
  const others = Array.from({ length: bucketsEach - named.length }, (_, index) => `application-${index}-${id}`);
  return [...named, ...others].map((name) => bucket(owner, name));
}

/** A bucket with all that collecting it says. */
export function bucket(owner: Owner, Name: string): Item {
  const { id, random } = owner;
  const region = Name === logBucket(owner) ? 'us-east-1' : random.pick(regions);
  const canonical = random.hex(64);
  return {
    Name,
    BucketRegion: region,
    Policy: JSON.stringify(policy(Name, id)),
    PolicyStatus: { IsPublic: random.chance(0.02) },
    Acl: {
      Owner: { ID: canonical },
      Grants: [
        { Grantee: { Type: 'CanonicalUser', ID: canonical }, Permission: 'FULL_CONTROL' },
        ...(random.chance(0.1) ? [logDelivery] : []),
      ],
    },
    PublicAccessBlock: publicAccessBlock(random.chance(0.9)),
    Versioning: random.chance(0.8) ? { Status: 'Enabled', MFADelete: 'Disabled' } : {},
    Encryption: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: random.chance(0.6)
            ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn(owner, 1) }
            : { SSEAlgorithm: 'AES256' },
          BucketKeyEnabled: true,
        },
      ],
    },
    LifecycleConfiguration: { Rules: lifecycle(random.pick([180, 400, 2555])) },
    Logging: { LoggingEnabled: { TargetBucket: `access-logs-${id}`, TargetPrefix: `${Name}/` } },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    tags: {
      owner: random.pick(['security', 'data-platform', 'web']),
      'cost-center': String(random.below(9_000)),
      stage: 'prod',
    },
  };
}

const logDelivery: Item = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
  Permission: 'WRITE',
};

const lifecycle = (Days: number): readonly Item[] => [
  {
    ID: 'archive-then-expire',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    Expiration: { Days },
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    Transitions: [{ Days: 90, StorageClass: 'STANDARD_IA' }],
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  {
    ID: 'drafts',
    Status: 'Enabled',
    Filter: { And: { Prefix: 'tmp/', Tags: [{ Key: 'draft', Value: 'yes' }] } },
    Expiration: { Days: 7 },
  },
];

function policy(name: string, id: string): unknown {
  const all = [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`];
  const service = { Service: 'cloudtrail.amazonaws.com' };
  const trail = { 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${id}:trail/management` };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Acl',
        Effect: 'Allow',
        Principal: service,
        Action: 's3:GetBucketAcl',
        Resource: all[0],
        Condition: { StringEquals: trail },
      },
      {
        Sid: 'Write',
        Effect: 'Allow',
        Principal: service,
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${name}/AWSLogs/${id}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...trail } },
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: all,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}
