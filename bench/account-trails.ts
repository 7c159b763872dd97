import type { Item } from '../src/snapshot/snapshot.ts';
import { type Owner, organizationBucket, organizationTrail } from './owner.ts';

export const logBucket = ({ id }: Owner): string => `audit-logs-${id}`;
export const keyArn = ({ id }: Owner, index: number): string =>
  `arn:aws:kms:us-east-1:${id}:key/0f1e2d3c-4b5a-6978-8796-${String(index).padStart(12, '0')}`;
const logGroupArn = ({ id }: Owner, name: string): string => `arn:aws:logs:us-east-1:${id}:log-group:${name}`;

/** One with basic selectors, one with advanced ones, and one of the organization. */
export function trailsOf(owner: Owner): readonly Item[] {
  return [basic(owner), advanced(owner), organization()];
}

function basic(owner: Owner): Item {
  const { id, random } = owner;
  return {
    TrailARN: `arn:aws:cloudtrail:us-east-1:${id}:trail/management`,
    Name: 'management',
    HomeRegion: 'us-east-1',
    S3BucketName: logBucket(owner),
    ...(random.chance(0.8) && { KmsKeyId: keyArn(owner, 1) }),
    CloudWatchLogsLogGroupArn: `${logGroupArn(owner, '/audit/management')}:*`,
    CloudWatchLogsRoleArn: `arn:aws:iam::${id}:role/cloudtrail-to-cloudwatch-logs`,
    IsMultiRegionTrail: random.chance(0.8),
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: random.chance(0.8),
    HasCustomEventSelectors: true,
    HasInsightSelectors: true,
    Status: status(random.chance(0.9)),
    EventSelectors: [
      {
        ReadWriteType: random.pick(['All', 'All', 'WriteOnly']),
        IncludeManagementEvents: true,
        ExcludeManagementEventSources: random.chance(0.2) ? ['kms.amazonaws.com'] : [],
        DataResources: [
          { Type: 'AWS::S3::Object', Values: [`arn:aws:s3:::payments-${id}-0/`, `arn:aws:s3:::payments-${id}-1/`] },
          { Type: 'AWS::Lambda::Function', Values: [`arn:aws:lambda`] },
        ],
      },
    ],
    InsightSelectors: [
      { InsightType: 'ApiCallRateInsight', EventCategories: ['Management'] },
      { InsightType: 'ApiErrorRateInsight', EventCategories: ['Management'] },
    ],
    tags: { owner: 'security', 'data-class': 'audit' },
  };
}

function advanced(owner: Owner): Item {
  const { id, random } = owner;
  const field = (Field: string, conditions: Item): Item => ({ Field, ...conditions });
  return {
    TrailARN: `arn:aws:cloudtrail:eu-west-1:${id}:trail/objects`,
    Name: 'objects',
    HomeRegion: 'eu-west-1',
    S3BucketName: logBucket(owner),
    S3KeyPrefix: 'objects',
    KmsKeyId: keyArn(owner, 1),
    CloudWatchLogsLogGroupArn: `${logGroupArn(owner, '/audit/objects')}:*`,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: true,
    HasInsightSelectors: false,
    Status: status(true),
    AdvancedEventSelectors: [
      {
        Name: 'Every object event, but those of the log buckets',
        FieldSelectors: [
          field('eventCategory', { Equals: ['Data'] }),
          field('resources.type', { Equals: ['AWS::S3::Object'] }),
          field('resources.ARN', {
            NotStartsWith: [`arn:aws:s3:::${logBucket(owner)}/`, `arn:aws:s3:::access-logs-${id}/`],
          }),
        ],
      },
      {
        Name: 'What is written to tables',
        FieldSelectors: [
          field('eventCategory', { Equals: ['Data'] }),
          field('resources.type', { Equals: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::Stream'] }),
          field('readOnly', { Equals: ['false'] }),
        ],
      },
      {
        Name: 'Management events without the noise',
        FieldSelectors: [
          field('eventCategory', { Equals: ['Management'] }),
          ...(random.chance(0.3)
            ? [field('eventSource', { NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] })]
            : []),
        ],
      },
    ],
    InsightSelectors: [],
    tags: { owner: 'data-platform', 'data-class': 'audit' },
  };
}

function organization(): Item {
  return {
    TrailARN: organizationTrail,
    Name: 'organization',
    HomeRegion: 'us-east-1',
    S3BucketName: organizationBucket,
    KmsKeyId: 'arn:aws:kms:us-east-1:999988887777:key/7c6b5a49-3827-4615-a4b3-c2d1e0f9a8b7',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: false,
    HasInsightSelectors: false,
    Status: status(true),
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [], DataResources: [] },
    ],
  };
}

const status = (IsLogging: boolean): Item => ({
  IsLogging,
  LatestDeliveryTime: IsLogging ? '2026-11-20T08:56:00Z' : '2026-09-02T11:10:00Z',
  LatestCloudWatchLogsDeliveryTime: '2026-11-20T08:58:00Z',
  LatestDigestDeliveryTime: '2026-11-20T08:21:00Z',
  StartLoggingTime: '2024-03-01T10:15:00Z',
  ...(!IsLogging && { StopLoggingTime: '2026-09-02T11:12:00Z' }),
});

/** The trails' key, and the log groups'. */
export function keysOf(owner: Owner): readonly Item[] {
  const { id, random } = owner;
  return [1, 2].map((index) => ({
    Arn: keyArn(owner, index),
    KeyId: keyArn(owner, index).split('/')[1],
    Enabled: true,
    KeyState: random.chance(0.95) ? 'Enabled' : 'PendingDeletion',
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    Origin: 'AWS_KMS',
    MultiRegion: false,
    CreationDate: '2024-02-27T08:00:00Z',
    RotationStatus: { KeyRotationEnabled: random.chance(0.8), RotationPeriodInDays: 365 },
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Owner',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${id}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'CloudTrail',
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
          Resource: '*',
          Condition: {
            StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${id}:trail/*` },
          },
        },
      ],
    }),
    tags: { owner: 'security' },
  }));
}

/** Where the account's own trails write to beside their bucket. */
export function logGroupsOf(owner: Owner): readonly Item[] {
  return ['/audit/management', '/audit/objects'].map((LogGroupName) => ({
    LogGroupArn: logGroupArn(owner, LogGroupName),
    LogGroupName,
    LogGroupClass: 'STANDARD',
    ...(owner.random.chance(0.8) && { RetentionInDays: owner.random.pick([90, 365, 731]) }),
    KmsKeyId: keyArn(owner, 2),
    MetricFilterCount: 14,
    DeletionProtectionEnabled: owner.random.chance(0.5),
    tags: { owner: 'security' },
  }));
}
