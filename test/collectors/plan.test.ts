import { describe, expect, test } from 'vitest';
import { actions, everything, withRegions } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';

const needed = (...operations: readonly string[]) =>
  actions({ operations: new Map(operations.map((operation) => [operation, 'all'])) }, resourceTypes);

/** Actions that begin as harmlessly as those that are needed, and hand out data, code or secrets. */
const ofData: ReadonlySet<string> = new Set([
  'cloudtrail:GetQueryResults',
  'cloudtrail:LookupEvents',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'kms:GetParametersForImport',
  'kms:GetPublicKey',
  'lambda:GetFunction',
  'lambda:GetLayerVersion',
  'logs:GetLogEvents',
  'logs:GetLogRecord',
  'logs:GetQueryResults',
  's3:GetObject',
  's3:GetObjectVersion',
  's3:ListBucketVersions',
  'sns:ListPhoneNumbersOptedOut',
  'sts:GetSessionToken',
]);

describe('IAM actions', () => {
  test('of everything: each once, sorted, S3 by its own names', () => {
    expect(actions(everything(resourceTypes), resourceTypes)).toEqual([
      'athena:GetWorkGroup',
      'athena:ListWorkGroups',
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetChannel',
      'cloudtrail:GetEventDataStore',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetInsightSelectors',
      'cloudtrail:GetResourcePolicy',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:ListChannels',
      'cloudtrail:ListEventDataStores',
      'cloudtrail:ListTags',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:ListAlarmMuteRules',
      'config:DescribeComplianceByConfigRule',
      'config:DescribeConfigRules',
      'config:DescribeConfigurationAggregators',
      'config:DescribeConfigurationRecorderStatus',
      'config:DescribeConfigurationRecorders',
      'config:DescribeDeliveryChannelStatus',
      'config:DescribeDeliveryChannels',
      'config:DescribeRetentionConfigurations',
      'dynamodb:ListTables',
      'dynamodb:ListTagsOfResource',
      'ec2:DescribeFlowLogs',
      'ec2:DescribeRegions',
      'ec2:DescribeVpcs',
      'events:ListEndpoints',
      'events:ListEventBuses',
      'events:ListRules',
      'events:ListTargetsByRule',
      'glue:GetDatabases',
      'glue:GetTables',
      'guardduty:GetDetector',
      'guardduty:ListDetectors',
      'iam:GetAccountAuthorizationDetails',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListAliases',
      'kms:ListResourceTags',
      'lambda:GetFunctionConfiguration',
      'lambda:GetPolicy',
      'lambda:ListFunctions',
      'lambda:ListTags',
      'logs:DescribeDestinations',
      'logs:DescribeLogGroups',
      'logs:DescribeMetricFilters',
      'logs:DescribeResourcePolicies',
      'logs:DescribeSubscriptionFilters',
      'logs:ListTagsForResource',
      'organizations:DescribeOrganization',
      'organizations:DescribePolicy',
      'organizations:ListAWSServiceAccessForOrganization',
      'organizations:ListAccounts',
      'organizations:ListDelegatedAdministrators',
      'organizations:ListDelegatedServicesForAccount',
      'organizations:ListPolicies',
      'organizations:ListRoots',
      'organizations:ListTagsForResource',
      'organizations:ListTargetsForPolicy',
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
      'securityhub:DescribeHub',
      'sns:GetSubscriptionAttributes',
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
    ]);
  });

  test('write nothing, and read nothing of what the account stores', () => {
    const needed = actions(everything(resourceTypes), resourceTypes);
    expect(needed.filter((action) => !/^[\w-]+:(Describe|Get|List)[A-Z]/.test(action))).toEqual([]);
    expect(needed.filter((action) => ofData.has(action))).toEqual([]);
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
