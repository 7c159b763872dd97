import type { Members } from '../../src/collectors/call.ts';
import { type Answers, account, answers, awsError, ids, management } from '../collectors/in-memory-account.ts';
import {
  deletedFunction,
  failedInvocations,
  functionNamed,
  guarding,
  lettingIn,
  lettingInAccount,
  managedRule,
  ours,
  rootAlarm,
  rootUsed,
  ruleOnTrails,
  targets,
} from './deciding-alerts.ts';

const recently = new Date('2026-11-20T08:56:00Z');
const second = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/second';
const organization = 'arn:aws:organizations::111122223333:organization/o-exampleorgid';
const lakeKey = 'arn:aws:kms:eu-west-1:111122223333:key/9abc';

const trails: readonly Members[] = [
  {
    Name: 'main',
    TrailARN: ids.main,
    HomeRegion: 'us-east-1',
    S3BucketName: 'audit-logs',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
    KmsKeyId: ids.key,
    CloudWatchLogsLogGroupArn: `${ids.logGroup}:*`,
    CloudWatchLogsRoleArn: ids.logsRole,
    HasInsightSelectors: true,
  },
  { Name: 'local', TrailARN: ids.local, HomeRegion: 'eu-west-1', S3BucketName: 'deleted-logs' },
  {
    Name: 'second',
    TrailARN: second,
    HomeRegion: 'eu-west-1',
    S3BucketName: 'website',
    IsOrganizationTrail: true,
  },
];

function ofAuditLogs(answer: Members, notSet?: string) {
  return ({ Bucket }: Members): Members => {
    if (Bucket === 'audit-logs') return answer;
    if (notSet !== undefined) throw awsError(notSet);
    return {};
  };
}

const effect = (policy: unknown): string => (policy === 'p-1' ? 'Deny' : 'Allow');

/**
 * The account in memory, made such that each operation of a built-in rule decides some finding: of two buckets that
 * trails write to one is shielded by settings, the other by nobody having opened it. Nothing of it belongs to
 * another account: that would be unknown whatever fails.
 */
export const decidingAnswers: Answers = {
  ...answers,
  'cloudtrail:DescribeTrails': (_, region) => ({
    trailList: trails.filter(({ IsMultiRegionTrail, HomeRegion }) => IsMultiRegionTrail || HomeRegion === region),
  }),
  'cloudtrail:GetTrailStatus': ({ Name }) => ({
    IsLogging: Name !== ids.local,
    LatestDeliveryTime: recently,
    LatestDigestDeliveryTime: recently,
    LatestCloudWatchLogsDeliveryTime: recently,
  }),
  'cloudtrail:GetInsightSelectors': ({ TrailName }) => {
    if (TrailName !== ids.main) throw awsError('InsightNotEnabledException');
    return { InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }] };
  },
  'cloudtrail:GetEventDataStore': () => ({
    EventDataStoreArn: ids.lake,
    Name: 'lake',
    Status: 'ENABLED',
    RetentionPeriod: 2557,
    MultiRegionEnabled: true,
    KmsKeyId: lakeKey,
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
  }),
  'cloudtrail:GetChannel': ({ Channel }) => ({
    ChannelArn: Channel,
    Name: 'partner',
    Source: 'Partner',
    Destinations: [{ Type: 'EVENT_DATA_STORE', Location: ids.lake }],
  }),
  'cloudtrail:GetResourcePolicy': (params, region) =>
    params.ResourceArn === ids.channel
      ? { ResourcePolicy: lettingInAccount('444455556666') }
      : answers['cloudtrail:GetResourcePolicy']?.(params, region),
  // One that nothing has to do with: it must not make anything unknown by not having been asked.
  's3:ListBuckets': (params, region) => {
    const listed = answers['s3:ListBuckets']?.(params, region) as { readonly Buckets: readonly Members[] };
    const others = ours.map((Name) => ({ Name, BucketRegion: 'us-east-1' }));
    return { ...listed, Buckets: [...listed.Buckets, ...others] };
  },
  // Short for the files of another organization alone: which one the trail is of decides.
  's3:GetBucketLifecycleConfiguration': (params, region) =>
    params.Bucket === 'website'
      ? { Rules: [{ Status: 'Enabled', Filter: { Prefix: 'AWSLogs/o-another/' }, Expiration: { Days: 30 } }] }
      : answers['s3:GetBucketLifecycleConfiguration']?.(params, region),
  's3:HeadBucket': (params, region) => {
    if (ours.includes(String(params.Bucket))) return { BucketRegion: 'us-east-1' };
    return answers['s3:HeadBucket']?.(params, region);
  },
  's3:GetBucketPolicy': ofAuditLogs({ Policy: lettingIn(['s3:GetBucketAcl', 's3:PutObject']) }, 'NoSuchBucketPolicy'),
  's3:GetPublicAccessBlock': ofAuditLogs(
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } },
    'NoSuchPublicAccessBlockConfiguration',
  ),
  's3-control:GetPublicAccessBlock': () => ({ PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }),
  's3:GetObjectLockConfiguration': ofAuditLogs(
    {
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
      },
    },
    'ObjectLockConfigurationNotFoundError',
  ),
  'kms:DescribeKey': ({ KeyId }) => ({
    KeyMetadata: {
      Arn: KeyId,
      KeyId: String(KeyId).split('/').at(-1),
      Enabled: true,
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Origin: 'AWS_KMS',
    },
  }),
  'kms:GetKeyRotationStatus': ({ KeyId }) => ({ KeyId, KeyRotationEnabled: true, RotationPeriodInDays: 365 }),
  // Owned here by its ARN, and yet with another management account: what that one alone decides is decided as well
  // as what binds members, which no one account of AWS shows.
  'organizations:DescribeOrganization': () => ({
    Organization: { Arn: organization, Id: 'o-exampleorgid', MasterAccountId: management, FeatureSet: 'ALL' },
  }),
  // The account last, and the policy that denies: what is cut off lacks them.
  'organizations:ListAccounts': () => ({
    Accounts: [
      { Arn: ids.closedAccount, Id: '444455556666', Name: 'old', State: 'PENDING_CLOSURE' },
      {
        Arn: ids.auditAccount,
        Id: '111122223333',
        Name: 'audit',
        State: 'ACTIVE',
        Paths: ['o-exampleorgid/r-ab12/111122223333/'],
      },
    ],
  }),
  'organizations:ListPolicies': () => ({
    Policies: [
      { Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess', Id: 'p-FullAWSAccess' },
      { Arn: ids.guard, Id: 'p-1', Name: 'guard' },
    ],
  }),
  'organizations:DescribePolicy': ({ PolicyId }) => ({
    Policy: { Content: JSON.stringify({ Statement: [{ Effect: effect(PolicyId), Action: '*', Resource: '*' }] }) },
  }),
  'organizations:ListTargetsForPolicy': () => ({ Targets: [{ TargetId: 'r-ab12' }, { TargetId: '111122223333' }] }),
  'config-service:DescribeConfigurationRecorders': (_, region) => ({
    ConfigurationRecorders: [
      {
        name: 'default',
        arn: `arn:aws:config:${region}:111122223333:configuration-recorder/default`,
        recordingGroup: { allSupported: true },
        recordingScope: 'PAID',
      },
    ],
  }),
  // One rule whose topic tells somebody, one whose function alone does, and one whose function is gone.
  'eventbridge:ListRules': (_, region) => ({
    Rules: region === 'us-east-1' ? ['tampering', 'responding', 'stale'].map(ruleOnTrails) : [],
  }),
  'eventbridge:ListTargetsByRule': ({ Rule }) => ({
    Targets: [
      {
        Id: 'target',
        Arn: targets[String(Rule)],
        DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:111122223333:undelivered' },
      },
    ],
  }),
  'sns:GetTopicAttributes': ({ TopicArn }) => ({
    Attributes: {
      TopicArn,
      Policy: lettingIn('sns:Publish'),
      KmsMasterKeyId: ids.logsKey,
      SubscriptionsConfirmed: '1',
    },
  }),
  'kms:GetKeyPolicy': () => ({ Policy: lettingIn('kms:*'), PolicyName: 'default' }),
  'lambda:ListFunctions': (_, region) => ({
    Functions: region === 'us-east-1' ? [ids.responder, `${ids.responder}-old`].map(functionNamed) : [],
  }),
  'dynamodb:ListTables': (_, region) => ({ TableNames: region === 'us-east-1' ? ['payments', 'orders'] : [] }),
  'athena:ListWorkGroups': (_, region) => ({
    WorkGroups: region === 'us-east-1' ? [{ Name: 'primary' }, { Name: 'secondary' }] : [],
  }),
  'lambda:GetFunctionConfiguration': (params, region) => {
    if (params.FunctionName === deletedFunction) throw awsError('ResourceNotFoundException');
    return answers['lambda:GetFunctionConfiguration']?.(params, region);
  },
  'lambda:GetPolicy': () => ({ Policy: lettingIn('lambda:InvokeFunction') }),
  'cloudwatch-logs:DescribeMetricFilters': (params, region) => {
    const listed = answers['cloudwatch-logs:DescribeMetricFilters']?.(params, region) as {
      readonly metricFilters: readonly Members[];
    };
    return { metricFilters: region === 'us-east-1' ? [...listed.metricFilters, rootUsed] : [] };
  },
  'cloudwatch:DescribeAlarms': (params, region) => {
    const listed = answers['cloudwatch:DescribeAlarms']?.(params, region) as {
      readonly MetricAlarms: readonly Members[];
    };
    return {
      ...listed,
      MetricAlarms: region === 'us-east-1' ? [...listed.MetricAlarms, rootAlarm, failedInvocations] : [],
    };
  },
  'config-service:DescribeConfigRules': (_, region) => ({
    ConfigRules: region === 'us-east-1' ? guarding.map(managedRule) : [],
  }),
  'organizations:ListDelegatedServicesForAccount': ({ AccountId }) => {
    if (AccountId !== account.id) throw awsError('AccountNotRegisteredException');
    return { DelegatedServices: [{ ServicePrincipal: 'config.amazonaws.com' }] };
  },
};
