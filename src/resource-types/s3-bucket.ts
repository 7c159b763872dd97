import type {
  AbortIncompleteMultipartUpload,
  Bucket,
  DefaultRetention,
  EventHoldDuration,
  GetBucketAclOutput,
  GetBucketLifecycleConfigurationOutput,
  GetBucketLoggingOutput,
  GetBucketRequestPaymentOutput,
  GetBucketVersioningOutput,
  Grant,
  Grantee,
  LifecycleExpiration,
  LifecycleRule,
  LifecycleRuleAndOperator,
  LifecycleRuleFilter,
  LoggingEnabled,
  NoncurrentVersionExpiration,
  NoncurrentVersionTransition,
  ObjectLockConfiguration,
  ObjectLockRule,
  Owner,
  OwnershipControls,
  OwnershipControlsRule,
  PolicyStatus,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionByDefault,
  ServerSideEncryptionConfiguration,
  ServerSideEncryptionRule,
  Tag,
  Transition,
} from '@aws-sdk/client-s3';
import { resourceType } from './resource-type.ts';
import { notification } from './s3-bucket-notification.ts';
import { replication } from './s3-bucket-replication.ts';
import { flag, json, list, number, object, oneOf, tags, text, time } from './shape.ts';

const ask = { params: { Bucket: '{Name}' }, region: 'BucketRegion' } as const;

const tag = object<Tag>()({ Key: text, Value: text });
const storageClass = oneOf('STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE');
const lifecycleRule = object<LifecycleRule>()({
  ID: text,
  Status: oneOf('Enabled', 'Disabled'),
  Prefix: text,
  Filter: object<LifecycleRuleFilter>()({
    Prefix: text,
    Tag: tag,
    ObjectSizeGreaterThan: number,
    ObjectSizeLessThan: number,
    And: object<LifecycleRuleAndOperator>()({
      Prefix: text,
      Tags: list(tag),
      ObjectSizeGreaterThan: number,
      ObjectSizeLessThan: number,
    }),
  }),
  Expiration: object<LifecycleExpiration>()({ Days: number, Date: time, ExpiredObjectDeleteMarker: flag }),
  NoncurrentVersionExpiration: object<NoncurrentVersionExpiration>()({
    NoncurrentDays: number,
    NewerNoncurrentVersions: number,
  }),
  Transitions: list(object<Transition>()({ Days: number, Date: time, StorageClass: storageClass })),
  NoncurrentVersionTransitions: list(
    object<NoncurrentVersionTransition>()({
      NoncurrentDays: number,
      NewerNoncurrentVersions: number,
      StorageClass: storageClass,
    }),
  ),
  AbortIncompleteMultipartUpload: object<AbortIncompleteMultipartUpload>()({ DaysAfterInitiation: number }),
});

/** The account's own buckets, and those that a trail or another bucket names (aws-semantics §4). */
export const bucket = resourceType({
  name: 'AWS::S3::Bucket',
  id: 'arn:{partition}:s3:::{Name}',
  label: 'Name',
  home: 'BucketRegion',
  item: object<Bucket>()({ Name: text, BucketRegion: text }),
  list: {
    operation: 's3:ListBuckets',
    action: 's3:ListAllMyBuckets',
    at: 'Buckets',
    once: 'account',
    // Without any parameter S3 leaves BucketRegion out of its answer.
    params: { MaxBuckets: 1000 },
  },
  lookup: {
    operation: 's3:HeadBucket',
    action: 's3:ListBucket',
    // Somebody else's bucket of that name must not pass for ours: a deleted log bucket can be taken over.
    params: { Bucket: '{Name}', ExpectedBucketOwner: '{account}' },
    notFound: ['NoSuchBucket', 'NotFound'],
  },
  reads: {
    's3:GetBucketPolicy': { ...ask, at: 'Policy', notSet: ['NoSuchBucketPolicy'], gives: { Policy: json } },
    's3:GetBucketRequestPayment': {
      ...ask,
      gives: { RequestPayment: object<GetBucketRequestPaymentOutput>()({ Payer: oneOf('BucketOwner', 'Requester') }) },
    },
    's3:GetBucketPolicyStatus': {
      ...ask,
      at: 'PolicyStatus',
      notSet: ['NoSuchBucketPolicy'],
      gives: { PolicyStatus: object<PolicyStatus>()({ IsPublic: flag }) },
    },
    's3:GetBucketAcl': {
      ...ask,
      gives: {
        Acl: object<GetBucketAclOutput>()({
          Owner: object<Owner>()({ ID: text }),
          Grants: list(
            object<Grant>()({
              Grantee: object<Grantee>()({
                Type: oneOf('CanonicalUser', 'AmazonCustomerByEmail', 'Group'),
                ID: text,
                URI: text,
              }),
              Permission: oneOf('FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP'),
            }),
          ),
        }),
      },
    },
    's3:GetPublicAccessBlock': {
      ...ask,
      action: 's3:GetBucketPublicAccessBlock',
      at: 'PublicAccessBlockConfiguration',
      notSet: ['NoSuchPublicAccessBlockConfiguration'],
      gives: {
        PublicAccessBlock: object<PublicAccessBlockConfiguration>()({
          BlockPublicAcls: flag,
          IgnorePublicAcls: flag,
          BlockPublicPolicy: flag,
          RestrictPublicBuckets: flag,
        }),
      },
    },
    's3:GetBucketVersioning': {
      ...ask,
      gives: {
        Versioning: object<GetBucketVersioningOutput>()({
          Status: oneOf('Enabled', 'Suspended'),
          MFADelete: oneOf('Enabled', 'Disabled'),
        }),
      },
    },
    's3:GetBucketEncryption': {
      ...ask,
      action: 's3:GetEncryptionConfiguration',
      at: 'ServerSideEncryptionConfiguration',
      notSet: ['ServerSideEncryptionConfigurationNotFoundError'],
      gives: {
        Encryption: object<ServerSideEncryptionConfiguration>()({
          Rules: list(
            object<ServerSideEncryptionRule>()({
              ApplyServerSideEncryptionByDefault: object<ServerSideEncryptionByDefault>()({
                SSEAlgorithm: oneOf('AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx'),
                KMSMasterKeyID: text,
              }),
              BucketKeyEnabled: flag,
            }),
          ),
        }),
      },
    },
    's3:GetBucketLifecycleConfiguration': {
      ...ask,
      action: 's3:GetLifecycleConfiguration',
      notSet: ['NoSuchLifecycleConfiguration'],
      gives: {
        LifecycleConfiguration: object<GetBucketLifecycleConfigurationOutput>()({
          Rules: list(lifecycleRule),
          TransitionDefaultMinimumObjectSize: oneOf('all_storage_classes_128K', 'varies_by_storage_class'),
        }),
      },
    },
    's3:GetObjectLockConfiguration': {
      ...ask,
      action: 's3:GetBucketObjectLockConfiguration',
      at: 'ObjectLockConfiguration',
      notSet: ['ObjectLockConfigurationNotFoundError'],
      gives: {
        ObjectLock: object<ObjectLockConfiguration>()({
          ObjectLockEnabled: oneOf('Enabled'),
          Rule: object<ObjectLockRule>()({
            DefaultRetention: object<DefaultRetention>()({
              Mode: oneOf('GOVERNANCE', 'COMPLIANCE'),
              Days: number,
              Years: number,
              DefaultEventHold: object<EventHoldDuration>()({ Days: number, Years: number }),
            }),
          }),
        }),
      },
    },
    's3:GetBucketLogging': {
      ...ask,
      gives: {
        Logging: object<GetBucketLoggingOutput>()({
          LoggingEnabled: object<LoggingEnabled>()({ TargetBucket: text, TargetPrefix: text }),
        }),
      },
    },
    's3:GetBucketOwnershipControls': {
      ...ask,
      at: 'OwnershipControls',
      notSet: ['OwnershipControlsNotFoundError'],
      gives: {
        OwnershipControls: object<OwnershipControls>()({
          Rules: list(
            object<OwnershipControlsRule>()({
              ObjectOwnership: oneOf('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'),
            }),
          ),
        }),
      },
    },
    's3:GetBucketReplication': {
      ...ask,
      action: 's3:GetReplicationConfiguration',
      at: 'ReplicationConfiguration',
      notSet: ['ReplicationConfigurationNotFoundError'],
      gives: { Replication: replication },
    },
    's3:GetBucketNotificationConfiguration': {
      ...ask,
      action: 's3:GetBucketNotification',
      gives: { NotificationConfiguration: notification },
    },
    's3:GetBucketTagging': { ...ask, at: 'TagSet', notSet: ['NoSuchTagSet'], gives: { tags } },
  },
  relations: {
    key: {
      to: 'AWS::KMS::Key',
      by: 'Encryption.Rules.0.ApplyServerSideEncryptionByDefault.KMSMasterKeyID',
      at: 'Arn',
      back: 'buckets',
    },
    accessLogBucket: {
      to: 'AWS::S3::Bucket',
      by: 'Logging.LoggingEnabled.TargetBucket',
      at: 'Name',
      back: 'accessLogSources',
    },
  },
  references: [{ to: 'AWS::S3::Bucket', by: 'Replication.Rules.Destination.Bucket', at: 'Name', after: ':::' }],
});
