import { describe, expect, test } from 'vitest';
import { actions, everything, withRegions } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';

const needed = (...operations: readonly string[]) =>
  actions({ operations: new Map(operations.map((operation) => [operation, 'all'])) }, resourceTypes);

describe('IAM actions', () => {
  test('of everything: each once, sorted, S3 by its own names', () => {
    expect(actions(everything(resourceTypes), resourceTypes)).toEqual([
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventDataStore',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetInsightSelectors',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:ListEventDataStores',
      'cloudtrail:ListTags',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:ListAlarmMuteRules',
      'config:DescribeConfigurationRecorderStatus',
      'config:DescribeConfigurationRecorders',
      'config:DescribeDeliveryChannelStatus',
      'config:DescribeDeliveryChannels',
      'dynamodb:ListTables',
      'dynamodb:ListTagsOfResource',
      'ec2:DescribeRegions',
      'events:ListRules',
      'events:ListTargetsByRule',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListAliases',
      'kms:ListResourceTags',
      'lambda:GetFunctionConfiguration',
      'lambda:GetPolicy',
      'lambda:ListFunctions',
      'lambda:ListTags',
      'logs:DescribeLogGroups',
      'logs:DescribeMetricFilters',
      'logs:ListTagsForResource',
      'organizations:DescribeOrganization',
      's3:GetAccountPublicAccessBlock',
      's3:GetBucketAcl',
      's3:GetBucketLogging',
      's3:GetBucketNotification',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketOwnershipControls',
      's3:GetBucketPolicy',
      's3:GetBucketPolicyStatus',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketRequestPayment',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:GetEncryptionConfiguration',
      's3:GetLifecycleConfiguration',
      's3:GetReplicationConfiguration',
      's3:ListAllMyBuckets',
      's3:ListBucket',
      'sns:GetSubscriptionAttributes',
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
    ]);
  });

  test('of a regional listing include the list of regions', () => {
    expect(needed('cloudtrail:DescribeTrails')).toEqual(['cloudtrail:DescribeTrails', 'ec2:DescribeRegions']);
    expect(needed('s3:ListBuckets')).toEqual(['s3:ListAllMyBuckets']);
    expect(needed('ec2:DescribeRegions')).toEqual(['ec2:DescribeRegions']);
  });

  test('who is calling needs none', () => {
    expect(needed('sts:GetCallerIdentity')).toEqual([]);
  });
});

test('a plan is not changed by what it depends on', () => {
  const plan = { operations: new Map([['cloudtrail:DescribeTrails', 'all'] as const]) };
  expect([...withRegions(plan, resourceTypes).operations.keys()]).toEqual([
    'cloudtrail:DescribeTrails',
    'ec2:DescribeRegions',
  ]);
  expect([...plan.operations.keys()]).toEqual(['cloudtrail:DescribeTrails']);
});
