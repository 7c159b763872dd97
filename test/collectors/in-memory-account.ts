import type { Call, Members, Send } from '../../src/collectors/call.ts';

/** An error as the SDK throws it. */
export function awsError(code: string, message = `${code} happened`): Error {
  // Nobody reads where in a test it was made, and finding that out takes longer than everything else about it.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = new Error(message);
  Error.stackTraceLimit = stackTraceLimit;
  return Object.assign(error, { name: code, $metadata: { requestId: 'd0e1-77', attempts: 4 } });
}

/** What an account answers: `service:Operation` → the answer to a call, or what it throws. */
export type Answers = Readonly<Record<string, (params: Members, region: string) => unknown>>;

export interface InMemoryAccount {
  readonly send: Send;
  /** Every call that was made, in order. */
  readonly calls: readonly Call[];
  /** `service:Operation region` of every call, sorted. */
  asked(): readonly string[];
}

/** An account that answers from a table. What the table lacks is refused with AccessDenied. */
export function inMemoryAccount(answers: Answers): InMemoryAccount {
  const calls: Call[] = [];
  return {
    calls,
    asked: () => calls.map(({ service, operation, region }) => `${service}:${operation} ${region}`).sort(),
    send: async (call) => {
      calls.push(call);
      const answer = answers[`${call.service}:${call.operation}`];
      if (!answer) throw awsError('AccessDenied', 'not authorized');
      return { $metadata: { requestId: 'a1-b2' }, ...(answer(call.params, call.region) as object) };
    },
  };
}

export const account = { id: '111122223333', partition: 'aws' } as const;
export const management = '999988887777';

export const ids = {
  main: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
  local: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/local',
  organization: `arn:aws:cloudtrail:us-east-1:${management}:trail/organization`,
  lake: 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/5f3d',
  channel: 'arn:aws:cloudtrail:us-east-1:111122223333:channel/7a1c',
  key: 'arn:aws:kms:us-east-1:111122223333:key/1234',
  logsKey: 'arn:aws:kms:us-east-1:111122223333:key/5678',
  alias: 'arn:aws:kms:us-east-1:111122223333:alias/trails',
  logGroup: 'arn:aws:logs:us-east-1:111122223333:log-group:trails',
  auditLogs: 'arn:aws:s3:::audit-logs',
  accessLogs: 'arn:aws:s3:::access-logs',
  website: 'arn:aws:s3:::website',
  central: 'arn:aws:s3:::central-logs',
  deleted: 'arn:aws:s3:::deleted-logs',
  alarm: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:tampering',
  parent: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:any',
  topic: 'arn:aws:sns:us-east-1:111122223333:alerts',
  bus: 'arn:aws:events:us-east-1:111122223333:event-bus/partners',
  rule: 'arn:aws:events:us-east-1:111122223333:rule/tampering',
  responder: 'arn:aws:lambda:us-east-1:111122223333:function:responder',
  table: 'arn:aws:dynamodb:us-east-1:111122223333:table/payments',
  organizationItself: `arn:aws:organizations::${management}:organization/o-exampleorgid`,
  workGroup: 'arn:aws:athena:us-east-1:111122223333:workgroup/primary',
  database: 'arn:aws:glue:us-east-1:111122223333:database/logs',
  auditAccount: `arn:aws:organizations::${management}:account/o-exampleorgid/111122223333`,
  closedAccount: `arn:aws:organizations::${management}:account/o-exampleorgid/444455556666`,
  guard: `arn:aws:organizations::${management}:policy/o-exampleorgid/service_control_policy/p-1`,
  aggregator: 'arn:aws:config:us-east-1:111122223333:config-aggregator/config-aggregator-1a2b',
  logsRole: 'arn:aws:iam::111122223333:role/logs',
  user: 'arn:aws:iam::111122223333:user/auditor',
  group: 'arn:aws:iam::111122223333:group/auditors',
  viewOnly: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  detector: 'arn:aws:guardduty:us-east-1:111122223333:detector/12abc34d',
  hub: 'arn:aws:securityhub:us-east-1:111122223333:hub/default',
  vpc: 'arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1a2b',
  sharedVpc: `arn:aws:ec2:us-east-1:${management}:vpc/vpc-shared`,
  configRule: 'arn:aws:config:us-east-1:111122223333:config-rule/config-rule-1a2b',
  endpoint: 'arn:aws:events:us-east-1:111122223333:endpoint/orders',
  recorder: 'arn:aws:config:us-east-1:111122223333:configuration-recorder/default',
} as const;

const trails: readonly Members[] = [
  {
    Name: 'main',
    TrailARN: ids.main,
    HomeRegion: 'us-east-1',
    S3BucketName: 'audit-logs',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    LogFileValidationEnabled: true,
    KmsKeyId: ids.key,
    CloudWatchLogsLogGroupArn: `${ids.logGroup}:*`,
  },
  {
    Name: 'organization',
    TrailARN: ids.organization,
    HomeRegion: 'us-east-1',
    S3BucketName: 'central-logs',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    KmsKeyId: `arn:aws:kms:us-east-1:${management}:key/9999`,
  },
  {
    Name: 'local',
    TrailARN: ids.local,
    HomeRegion: 'eu-west-1',
    S3BucketName: 'deleted-logs',
    IsMultiRegionTrail: false,
    IsOrganizationTrail: false,
  },
];

const buckets: readonly Members[] = [
  { Name: 'audit-logs', BucketRegion: 'us-east-1', CreationDate: new Date('2024-05-01T00:00:00Z') },
  { Name: 'access-logs', BucketRegion: 'us-east-1' },
  { Name: 'website', BucketRegion: 'eu-west-1' },
];

/** What only us-east-1 has. */
const here = (region: string, item: Members): readonly Members[] => (region === 'us-east-1' ? [item] : []);

function ofAuditLogs<T>(answer: T, notSet: string) {
  return ({ Bucket }: Members): T => {
    if (Bucket === 'audit-logs') return answer;
    throw awsError(notSet);
  };
}

const written = (policy: object): string => encodeURIComponent(JSON.stringify(policy));
const ofLogs = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: `${ids.logGroup}:*`,
};

/** A role that CloudTrail writes to CloudWatch Logs with, and somebody who only looks. */
function iamDetails(filter: string | undefined): Members {
  switch (filter) {
    case 'Role': {
      const trusting = {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 'sts:AssumeRole',
      };
      const RolePolicyList = [{ PolicyName: 'logs', PolicyDocument: written({ Statement: [ofLogs] }) }];
      const AssumeRolePolicyDocument = written({ Statement: [trusting] });
      return { RoleDetailList: [{ Arn: ids.logsRole, RoleName: 'logs', AssumeRolePolicyDocument, RolePolicyList }] };
    }
    case 'User':
      return { UserDetailList: [{ Arn: ids.user, UserName: 'auditor', GroupList: ['auditors'] }] };
    case 'Group':
      return {
        GroupDetailList: [
          { Arn: ids.group, GroupName: 'auditors', AttachedManagedPolicies: [{ PolicyArn: ids.viewOnly }] },
        ],
      };
    default: {
      const Document = written({ Statement: [{ Effect: 'Allow', Action: 'cloudtrail:Get*', Resource: '*' }] });
      const PolicyVersionList = [{ VersionId: 'v1', IsDefaultVersion: true, Document }];
      return { Policies: [{ Arn: ids.viewOnly, PolicyName: 'ViewOnlyAccess', PolicyVersionList }] };
    }
  }
}

/**
 * A small account in two regions: a multi-region trail with all that it needs, a local one whose bucket is gone, an
 * organization's trail owned by another account, a data store, three buckets, two keys, one recorder.
 */
export const answers: Answers = {
  'ec2:DescribeRegions': () => ({
    Regions: [
      { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
      { RegionName: 'eu-west-1', OptInStatus: 'opt-in-not-required' },
    ],
  }),
  'cloudtrail:DescribeTrails': (_, region) => ({
    trailList: trails.filter(({ IsMultiRegionTrail, HomeRegion }) => IsMultiRegionTrail || HomeRegion === region),
  }),
  'cloudtrail:GetTrailStatus': ({ Name }) => ({
    IsLogging: Name !== ids.local,
    LatestDeliveryTime: new Date('2026-11-20T08:56:00Z'),
    TimeLoggingStarted: '2024-05-01T00:00:00Z',
  }),
  'cloudtrail:GetEventSelectors': ({ TrailName }) => ({
    TrailARN: TrailName,
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
  }),
  'cloudtrail:GetInsightSelectors': ({ TrailName }) => {
    if (TrailName === ids.main) return { InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }] };
    throw awsError('InsightNotEnabledException');
  },
  'cloudtrail:ListTags': ({ ResourceIdList }) => ({
    ResourceTagList: [{ ResourceId: (ResourceIdList as string[])[0], TagsList: [{ Key: 'owner', Value: 'security' }] }],
  }),
  'cloudtrail:ListEventDataStores': (_, region) => ({
    EventDataStores: region === 'eu-west-1' ? [{ Name: 'lake', EventDataStoreArn: ids.lake }] : [],
  }),
  'cloudtrail:GetEventDataStore': () => ({
    EventDataStoreArn: ids.lake,
    Status: 'ENABLED',
    RetentionPeriod: 2557,
    MultiRegionEnabled: true,
    CreatedTimestamp: new Date('2025-01-01T00:00:00Z'),
  }),
  'cloudtrail:GetResourcePolicy': ({ ResourceArn }) => {
    if (ResourceArn === ids.lake) return { ResourceArn, ResourcePolicy: '{"Statement":[]}' };
    throw awsError('ResourcePolicyNotFoundException');
  },
  'cloudtrail:ListChannels': (_, region) => ({
    Channels: here(region, { ChannelArn: ids.channel, Name: 'aws-service-channel/audit-lake/default' }),
  }),
  'cloudtrail:GetChannel': ({ Channel }) => ({
    ChannelArn: Channel,
    Name: 'aws-service-channel/audit-lake/default',
    Source: 'CloudTrail',
    SourceConfig: { ApplyToAllRegions: true, AdvancedEventSelectors: [{ FieldSelectors: [] }] },
    Destinations: [{ Type: 'AWS_SERVICE', Location: 'audit-lake' }],
  }),
  's3:ListBuckets': () => ({ Buckets: buckets, Owner: { DisplayName: 'somebody', ID: '75aa57f0' } }),
  's3:HeadBucket': ({ Bucket }) => {
    if (Bucket === 'deleted-logs') throw awsError('NotFound');
    if (Bucket === 'central-logs') throw awsError('403');
    return { BucketRegion: buckets.find(({ Name }) => Name === Bucket)?.BucketRegion };
  },
  's3:GetBucketPolicy': ofAuditLogs({ Policy: '{"Version":"2012-10-17","Statement":[]}' }, 'NoSuchBucketPolicy'),
  's3:GetBucketPolicyStatus': ofAuditLogs({ PolicyStatus: { IsPublic: false } }, 'NoSuchBucketPolicy'),
  's3:GetBucketAcl': () => ({
    Owner: { ID: '75aa57f0', DisplayName: 'somebody' },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID: '75aa57f0' }, Permission: 'FULL_CONTROL' }],
  }),
  's3:GetPublicAccessBlock': ofAuditLogs(
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true } },
    'NoSuchPublicAccessBlockConfiguration',
  ),
  's3:GetBucketVersioning': ({ Bucket }) => (Bucket === 'audit-logs' ? { Status: 'Enabled' } : {}),
  's3:GetBucketEncryption': ofAuditLogs(
    {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ids.key } }],
      },
    },
    'ServerSideEncryptionConfigurationNotFoundError',
  ),
  's3:GetBucketLifecycleConfiguration': ofAuditLogs(
    { Rules: [{ ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 400 } }] },
    'NoSuchLifecycleConfiguration',
  ),
  's3:GetObjectLockConfiguration': ofAuditLogs(
    { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
    'ObjectLockConfigurationNotFoundError',
  ),
  's3:GetBucketLogging': ({ Bucket }) =>
    Bucket === 'audit-logs' ? { LoggingEnabled: { TargetBucket: 'access-logs', TargetPrefix: 'audit/' } } : {},
  's3:GetBucketOwnershipControls': ofAuditLogs(
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    'OwnershipControlsNotFoundError',
  ),
  's3:GetBucketReplication': ofAuditLogs(
    {
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::111122223333:role/replication',
        Rules: [
          {
            ID: 'archive',
            Status: 'Enabled',
            Filter: { Prefix: 'AWSLogs/' },
            Destination: { Bucket: 'arn:aws:s3:::archive', Account: management },
            DeleteMarkerReplication: { Status: 'Disabled' },
          },
        ],
      },
    },
    'ReplicationConfigurationNotFoundError',
  ),
  's3:GetBucketNotificationConfiguration': ({ Bucket }) =>
    Bucket === 'audit-logs'
      ? {
          EventBridgeConfiguration: {},
          TopicConfigurations: [{ Id: 'removed', TopicArn: ids.topic, Events: ['s3:ObjectRemoved:*'] }],
        }
      : {},
  's3:GetBucketTagging': ofAuditLogs({ TagSet: [{ Key: 'data-class', Value: 'restricted' }] }, 'NoSuchTagSet'),
  's3-control:GetPublicAccessBlock': () => {
    throw awsError('NoSuchPublicAccessBlockConfiguration');
  },
  'kms:DescribeKey': ({ KeyId }) => ({
    KeyMetadata: { Arn: KeyId, KeyId: String(KeyId).split('/').at(-1), Enabled: true, KeyManager: 'CUSTOMER' },
  }),
  'kms:GetKeyRotationStatus': ({ KeyId }) => {
    if (KeyId === ids.key) return { KeyId, KeyRotationEnabled: true, RotationPeriodInDays: 365 };
    throw awsError('UnsupportedOperationException');
  },
  'kms:GetKeyPolicy': () => ({ Policy: '{"Statement":[]}', PolicyName: 'default' }),
  'kms:ListAliases': ({ KeyId }) => ({
    Aliases: KeyId === ids.key ? [{ AliasName: 'alias/trails', AliasArn: ids.alias, TargetKeyId: '1234' }] : [],
    Truncated: false,
  }),
  'kms:ListResourceTags': () => ({ Tags: [{ TagKey: 'owner', TagValue: 'security' }], Truncated: false }),
  'cloudwatch-logs:DescribeLogGroups': () => ({
    logGroups: [
      { logGroupName: 'trails-old', arn: `${ids.logGroup}-old:*`, retentionInDays: 1 },
      { logGroupName: 'trails', arn: `${ids.logGroup}:*`, retentionInDays: 365, kmsKeyId: ids.logsKey },
    ],
  }),
  'cloudwatch-logs:ListTagsForResource': () => ({ tags: { owner: 'security' } }),
  'cloudwatch-logs:DescribeSubscriptionFilters': ({ logGroupName }) => ({
    subscriptionFilters: [{ filterName: 'siem', logGroupName, filterPattern: '', destinationArn: ids.responder }],
  }),
  'cloudwatch-logs:DescribeResourcePolicies': ({ resourceArn }, region) => ({
    resourcePolicies: resourceArn
      ? [{ policyName: 'attached', policyDocument: '{"Statement":[]}', policyScope: 'RESOURCE', resourceArn }]
      : here(region, { policyName: 'route53', policyDocument: '{"Statement":[]}', lastUpdatedTime: 1763629200000 }),
  }),
  'cloudwatch-logs:DescribeDestinations': (_, region) => ({
    destinations: here(region, {
      destinationName: 'central',
      arn: 'arn:aws:logs:us-east-1:111122223333:destination:central',
      targetArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/central',
      accessPolicy: '{"Statement":[]}',
    }),
  }),
  'cloudwatch-logs:DescribeMetricFilters': (_, region) => ({
    metricFilters: here(region, {
      filterName: 'tampering',
      filterPattern: '{ $.eventName = StopLogging }',
      logGroupName: 'trails',
      metricTransformations: [{ metricNamespace: 'Audit', metricName: 'Tampering', metricValue: '1' }],
    }),
  }),
  'cloudwatch:ListAlarmMuteRules': () => ({ AlarmMuteRuleSummaries: [] }),
  'cloudwatch:DescribeAlarms': (_, region) => ({
    MetricAlarms: here(region, {
      AlarmArn: ids.alarm,
      AlarmName: 'tampering',
      Namespace: 'Audit',
      MetricName: 'Tampering',
      Statistic: 'Sum',
      Threshold: 1,
      AlarmActions: [ids.topic],
    }),
    CompositeAlarms: here(region, { AlarmArn: ids.parent, AlarmName: 'any', AlarmRule: 'ALARM(tampering)' }),
  }),
  'sns:GetTopicAttributes': ({ TopicArn }) => ({
    Attributes: { TopicArn, Policy: '{"Statement":[]}', KmsMasterKeyId: ids.key, SubscriptionsConfirmed: '1' },
  }),
  'sns:GetSubscriptionAttributes': ({ SubscriptionArn }) => ({
    Attributes: { SubscriptionArn, FilterPolicy: '{}', FilterPolicyScope: 'MessageAttributes' },
  }),
  'sns:ListSubscriptionsByTopic': ({ TopicArn }) => ({
    Subscriptions: [{ SubscriptionArn: `${TopicArn}:1`, Protocol: 'email', Endpoint: 'audit@example.com', TopicArn }],
  }),
  'eventbridge:ListEventBuses': (_, region) => ({
    EventBuses: [{ Name: 'default', Arn: `arn:aws:events:${region}:111122223333:event-bus/default` }].concat(
      here(region, { Name: 'partners', Arn: ids.bus, Policy: '{"Statement":[]}' }) as [],
    ),
  }),
  'eventbridge:ListRules': (_, region) => ({
    Rules: here(region, {
      Arn: ids.rule,
      Name: 'tampering',
      EventBusName: 'default',
      State: 'ENABLED',
      EventPattern: '{"source":["aws.cloudtrail"]}',
    }),
  }),
  'eventbridge:ListTargetsByRule': () => ({
    Targets: [
      { Id: 'topic', Arn: ids.topic },
      { Id: 'function', Arn: ids.responder },
      { Id: 'version', Arn: `${ids.responder}:1` },
    ],
  }),
  'lambda:ListFunctions': (_, region) => ({
    Functions: here(region, { FunctionArn: ids.responder, FunctionName: 'responder' }),
  }),
  'lambda:GetFunctionConfiguration': ({ FunctionName }) => ({
    FunctionArn: FunctionName,
    FunctionName: 'responder',
  }),
  'lambda:GetPolicy': () => {
    throw awsError('ResourceNotFoundException');
  },
  'lambda:ListTags': () => ({ Tags: { owner: 'security' } }),
  'dynamodb:ListTables': (_, region) => ({ TableNames: region === 'us-east-1' ? ['payments'] : [] }),
  'dynamodb:ListTagsOfResource': () => ({ Tags: [{ Key: 'data-class', Value: 'restricted' }] }),
  'athena:ListWorkGroups': (_, region) => ({ WorkGroups: here(region, { Name: 'primary', State: 'ENABLED' }) }),
  'athena:GetWorkGroup': ({ WorkGroup }) => ({
    WorkGroup: {
      Name: WorkGroup,
      Configuration: {
        ResultConfiguration: {
          OutputLocation: 's3://query-results/',
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: ids.key },
        },
        EnforceWorkGroupConfiguration: true,
      },
    },
  }),
  'glue:GetDatabases': (_, region) => ({ DatabaseList: here(region, { Name: 'logs', CatalogId: account.id }) }),
  'glue:GetTables': ({ DatabaseName }) => ({
    TableList: [
      {
        Name: 'trails',
        DatabaseName,
        TableType: 'EXTERNAL_TABLE',
        Parameters: { 'projection.enabled': 'true' },
        PartitionKeys: [{ Name: 'region', Type: 'string' }],
        StorageDescriptor: {
          Location: 's3://audit-logs/AWSLogs/',
          InputFormat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
          SerdeInfo: { SerializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe' },
          Columns: [{ Name: 'eventname', Type: 'string' }],
        },
      },
    ],
  }),
  'organizations:DescribeOrganization': () => ({
    Organization: { Arn: ids.organizationItself, Id: 'o-exampleorgid', MasterAccountId: management, FeatureSet: 'ALL' },
  }),
  'organizations:ListRoots': () => ({
    Roots: [{ Id: 'r-ab12', Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
  }),
  'organizations:ListDelegatedAdministrators': () => ({
    DelegatedAdministrators: [{ Id: account.id, Name: 'audit', Email: 'audit@example.com', State: 'ACTIVE' }],
  }),
  'organizations:ListAWSServiceAccessForOrganization': () => ({
    EnabledServicePrincipals: [{ ServicePrincipal: 'cloudtrail.amazonaws.com' }],
  }),
  'organizations:ListAccounts': () => ({
    Accounts: [
      { Arn: ids.auditAccount, Id: account.id, Name: 'audit', Email: 'audit@example.com', Status: 'ACTIVE' },
      { Arn: ids.closedAccount, Id: '444455556666', Name: 'old', State: 'PENDING_CLOSURE', Status: 'SUSPENDED' },
    ],
  }),
  'organizations:ListDelegatedServicesForAccount': ({ AccountId }) => {
    if (AccountId !== account.id) throw awsError('AccountNotRegisteredException');
    return { DelegatedServices: [{ ServicePrincipal: 'cloudtrail.amazonaws.com' }] };
  },
  'organizations:ListTagsForResource': () => ({ Tags: [{ Key: 'owner', Value: 'security' }] }),
  'organizations:ListPolicies': ({ Filter }) => ({
    Policies: [{ Arn: ids.guard, Id: 'p-1', Name: 'guard', Type: Filter, AwsManaged: false }],
  }),
  'organizations:DescribePolicy': () => ({ Policy: { PolicySummary: { Id: 'p-1' }, Content: '{"Statement":[]}' } }),
  'organizations:ListTargetsForPolicy': () => ({ Targets: [{ TargetId: 'r-ab12', Name: 'Root', Type: 'ROOT' }] }),
  'iam:GetAccountAuthorizationDetails': ({ Filter }) => iamDetails((Filter as readonly string[])[0]),
  'guardduty:ListDetectors': (_, region) => ({ DetectorIds: region === 'us-east-1' ? ['12abc34d'] : [] }),
  'guardduty:GetDetector': () => ({
    Status: 'ENABLED',
    ServiceRole:
      'arn:aws:iam::111122223333:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty',
    Features: [{ Name: 'CLOUD_TRAIL', Status: 'ENABLED' }],
  }),
  'securityhub:DescribeHub': (_, region) => {
    if (region === 'us-east-1') return { HubArn: ids.hub, SubscribedAt: '2025-01-01T00:00:00.000Z' };
    throw awsError('InvalidAccessException', 'Account 111122223333 is not subscribed to AWS Security Hub');
  },
  'ec2:DescribeVpcs': (_, region) => ({
    Vpcs: here(region, { VpcId: 'vpc-1a2b', OwnerId: account.id }).concat(
      here(region, { VpcId: 'vpc-shared', OwnerId: management }),
    ),
  }),
  'ec2:DescribeFlowLogs': ({ Filter }) => ({
    FlowLogs: [
      {
        FlowLogId: 'fl-1',
        FlowLogStatus: 'ACTIVE',
        ResourceId: (Filter as { Values: string[] }[])[0]?.Values[0],
        TrafficType: 'ALL',
        DeliverLogsStatus: 'SUCCESS',
      },
    ],
  }),
  's3:GetBucketRequestPayment': () => ({ Payer: 'BucketOwner' }),
  'config-service:DescribeConfigurationRecorders': (_, region) => ({
    ConfigurationRecorders:
      region === 'us-east-1' ? [{ name: 'default', recordingGroup: { allSupported: true, resourceTypes: [] } }] : [],
  }),
  'config-service:DescribeConfigurationAggregators': (_, region) => ({
    ConfigurationAggregators: here(region, {
      ConfigurationAggregatorName: 'all',
      ConfigurationAggregatorArn: ids.aggregator,
      OrganizationAggregationSource: { AllAwsRegions: true },
    }),
  }),
  'config-service:DescribeConfigurationRecorderStatus': () => ({
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
  }),
  'config-service:DescribeDeliveryChannels': () => ({
    DeliveryChannels: [{ name: 'default', s3BucketName: 'audit-logs' }],
  }),
  'config-service:DescribeDeliveryChannelStatus': () => ({
    DeliveryChannelsStatus: [{ name: 'default', configHistoryDeliveryInfo: { lastStatus: 'SUCCESS' } }],
  }),
  'config-service:DescribeRetentionConfigurations': () => ({
    RetentionConfigurations: [{ Name: 'default', RetentionPeriodInDays: 400 }],
  }),
  'config-service:DescribeConfigRules': (_, region) => ({
    ConfigRules: here(region, {
      ConfigRuleName: 'encrypted',
      ConfigRuleArn: ids.configRule,
      ConfigRuleState: 'ACTIVE',
      Source: { Owner: 'AWS', SourceIdentifier: 'CLOUD_TRAIL_ENCRYPTION_ENABLED' },
    }),
  }),
  'config-service:DescribeComplianceByConfigRule': ({ ConfigRuleNames }) => ({
    ComplianceByConfigRules: [ConfigRuleNames].flat().map((ConfigRuleName) => ({
      ConfigRuleName,
      Compliance: { ComplianceType: 'COMPLIANT' },
    })),
  }),
  'eventbridge:ListEndpoints': (_, region) => ({
    Endpoints: here(region, {
      Arn: ids.endpoint,
      Name: 'orders',
      ReplicationConfig: { State: 'ENABLED' },
      State: 'ACTIVE',
    }),
  }),
};
