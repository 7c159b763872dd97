import { describe, expect, test } from 'vitest';
import { collect } from '../../src/collectors/collect.ts';
import { actions, everything, type Plan } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { type Registry, resourceType } from '../../src/resource-types/resource-type.ts';
import { flag, object, text } from '../../src/resource-types/shape.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { collectFrom } from './collect-in-memory.ts';
import { type Answers, account, answers, awsError, ids, inMemoryAccount, management } from './in-memory-account.ts';

const plan = (operations: Readonly<Record<string, 'all' | 'referenced'>>): Plan => ({
  operations: new Map(Object.entries(operations)),
});
const names = (snapshot: Snapshot, type: string) =>
  (snapshot.resources[type] ?? []).map(
    ({ Name, AlarmName, FunctionName, TopicArn, Arn, LogGroupName }) =>
      Name ?? AlarmName ?? FunctionName ?? TopicArn ?? Arn ?? LogGroupName,
  );
const trail = (snapshot: Snapshot, arn: string) =>
  snapshot.resources['AWS::CloudTrail::Trail']?.find(({ TrailARN }) => TrailARN === arn);
const bucket = (snapshot: Snapshot, name: string) =>
  snapshot.resources['AWS::S3::Bucket']?.find(({ Name }) => Name === name);

describe('everything of an account', () => {
  test('finds what is listed and what is named, each once', async () => {
    const snapshot = await collectFrom(answers);
    expect(snapshot.regions).toEqual(['eu-west-1', 'us-east-1']);
    expect(names(snapshot, 'AWS::CloudTrail::Trail')).toEqual(['local', 'main', 'organization']);
    expect(names(snapshot, 'AWS::CloudTrail::EventDataStore')).toEqual(['lake']);
    expect(names(snapshot, 'AWS::S3::Bucket')).toEqual([
      ...['access-logs', 'archive', 'audit-logs', 'query-results', 'website'],
    ]);
    expect(names(snapshot, 'AWS::KMS::Key')).toEqual([ids.key, ids.logsKey]);
    expect(names(snapshot, 'AWS::Logs::LogGroup')).toEqual(['trails']);
    expect(names(snapshot, 'AWS::Config::ConfigurationRecorder')).toEqual(['default']);
    expect(Object.keys(snapshot.resources)).toEqual([
      'AWS::Region',
      'AWS::CloudTrail::Trail',
      'AWS::CloudTrail::EventDataStore',
      'AWS::CloudTrail::Channel',
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::Logs::ResourcePolicy',
      'AWS::Logs::Destination',
      'AWS::Config::ConfigurationRecorder',
      'AWS::Config::ConfigurationAggregator',
      'AWS::Config::ConfigRule',
      'AWS::Logs::MetricFilter',
      'AWS::CloudWatch::Alarm',
      'AWS::SNS::Topic',
      'AWS::SNS::Subscription',
      'AWS::Events::Rule',
      'AWS::Events::EventBus',
      'AWS::Events::Endpoint',
      'AWS::Lambda::Function',
      'AWS::DynamoDB::Table',
      'AWS::Athena::WorkGroup',
      'AWS::Glue::Database',
      'AWS::Organizations::Organization',
      'AWS::Organizations::Account',
      'AWS::Organizations::Policy',
      'AWS::GuardDuty::Detector',
      'AWS::SecurityHub::Hub',
      'AWS::EC2::VPC',
      'AWS::IAM::Role',
      'AWS::IAM::User',
      'AWS::IAM::Group',
      'AWS::IAM::ManagedPolicy',
    ]);
    expect(snapshot.resources['AWS::Logs::MetricFilter']?.map(({ FilterName }) => FilterName)).toEqual(['tampering']);
    expect(names(snapshot, 'AWS::CloudWatch::Alarm')).toEqual(['any', 'tampering']);
    expect(names(snapshot, 'AWS::SNS::Topic')).toEqual([ids.topic]);
    expect(names(snapshot, 'AWS::Events::Rule')).toEqual(['tampering']);
    expect(names(snapshot, 'AWS::Lambda::Function')).toEqual(['responder', 'responder']);
    expect(snapshot.resources['AWS::DynamoDB::Table']).toEqual([
      { TableArn: ids.table, TableName: 'payments', tags: { 'data-class': 'restricted' } },
    ]);
    expect(snapshot.resources['AWS::Logs::MetricFilter']?.[0]?.LogGroupArn).toBe(ids.logGroup);
    expect(snapshot.resources['AWS::SNS::Topic']?.[0]?.Subscriptions).toEqual([
      { SubscriptionArn: `${ids.topic}:1`, Protocol: 'email', Endpoint: 'audit@example.com' },
    ]);
  });

  test('writes a resource as one flat object of declared properties', async () => {
    const snapshot = await collectFrom(answers);
    expect(trail(snapshot, ids.main)).toEqual({
      TrailARN: ids.main,
      Name: 'main',
      HomeRegion: 'us-east-1',
      S3BucketName: 'audit-logs',
      KmsKeyId: ids.key,
      CloudWatchLogsLogGroupArn: `${ids.logGroup}:*`,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: false,
      LogFileValidationEnabled: true,
      Status: { IsLogging: true, LatestDeliveryTime: '2026-11-20T08:56:00Z' },
      EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }],
      tags: { owner: 'security' },
    });
    expect(snapshot.resources['AWS::Logs::LogGroup']).toEqual([
      {
        LogGroupArn: ids.logGroup,
        LogGroupName: 'trails',
        RetentionInDays: 365,
        KmsKeyId: ids.logsKey,
        SubscriptionFilters: [{ FilterName: 'siem', FilterPattern: '', DestinationArn: ids.responder }],
        ResourcePolicies: [{ PolicyName: 'attached', PolicyDocument: '{"Statement":[]}' }],
        tags: { owner: 'security' },
      },
    ]);
    expect(snapshot.resources['AWS::Logs::ResourcePolicy']).toEqual([
      {
        PolicyName: 'route53',
        Region: 'us-east-1',
        PolicyDocument: '{"Statement":[]}',
        LastUpdatedTime: '2025-11-20T09:00:00Z',
      },
    ]);
    expect(snapshot.resources['AWS::Athena::WorkGroup']).toEqual([
      {
        Arn: ids.workGroup,
        Name: 'primary',
        State: 'ENABLED',
        Configuration: {
          ResultConfiguration: {
            OutputLocation: 's3://query-results/',
            EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: ids.key },
          },
          EnforceWorkGroupConfiguration: true,
        },
      },
    ]);
    expect(snapshot.resources['AWS::Glue::Database']).toMatchObject([
      {
        Arn: ids.database,
        Name: 'logs',
        Tables: [
          {
            Name: 'trails',
            Parameters: { 'projection.enabled': 'true' },
            StorageDescriptor: { Location: 's3://audit-logs/AWSLogs/' },
          },
        ],
      },
    ]);
    expect(snapshot.resources['AWS::Config::ConfigurationAggregator']).toEqual([
      {
        ConfigurationAggregatorArn: ids.aggregator,
        ConfigurationAggregatorName: 'all',
        OrganizationAggregationSource: { AllAwsRegions: true },
      },
    ]);
    expect(snapshot.resources['AWS::CloudTrail::Channel']).toEqual([
      {
        ChannelArn: ids.channel,
        Name: 'aws-service-channel/audit-lake/default',
        Source: 'CloudTrail',
        SourceConfig: { ApplyToAllRegions: true, AdvancedEventSelectors: [{ FieldSelectors: [] }] },
        Destinations: [{ Type: 'AWS_SERVICE', Location: 'audit-lake' }],
        tags: { owner: 'security' },
      },
    ]);
    expect(snapshot.resources['AWS::CloudTrail::EventDataStore']?.[0]?.Policy).toBe('{"Statement":[]}');
    expect(snapshot.resources['AWS::Events::EventBus']).toEqual([
      { Arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/default', Name: 'default' },
      { Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/default', Name: 'default' },
      { Arn: ids.bus, Name: 'partners', Policy: '{"Statement":[]}' },
    ]);
    expect(bucket(snapshot, 'audit-logs')).toMatchObject({
      Replication: { Rules: [{ ID: 'archive', Destination: { Bucket: 'arn:aws:s3:::archive', Account: management } }] },
      NotificationConfiguration: {
        TopicConfigurations: [{ Id: 'removed', TopicArn: ids.topic, Events: ['s3:ObjectRemoved:*'] }],
        EventBridgeConfiguration: {},
      },
    });
    expect(bucket(snapshot, 'website')).toEqual({
      Name: 'website',
      BucketRegion: 'eu-west-1',
      Acl: {
        Owner: { ID: '75aa57f0' },
        Grants: [{ Grantee: { Type: 'CanonicalUser', ID: '75aa57f0' }, Permission: 'FULL_CONTROL' }],
      },
      RequestPayment: { Payer: 'BucketOwner' },
    });
  });

  test('has a gap for what is refused, an absence for what AWS says is not there, and nothing else', async () => {
    const { gaps, absent } = await collectFrom(answers);
    const notOwned = {
      resource: ids.organization,
      region: 'us-east-1',
      error: 'NotOwnedByAccount',
      message: `It belongs to account ${management}, which alone may ask.`,
    };
    expect(gaps).toEqual([
      { operation: 'cloudtrail:GetInsightSelectors', ...notOwned },
      { operation: 'cloudtrail:ListTags', ...notOwned },
      { operation: 'ec2:DescribeFlowLogs', ...notOwned, resource: ids.sharedVpc },
      {
        operation: 's3:HeadBucket',
        resource: ids.central,
        region: 'us-east-1',
        error: 'AccessDenied',
        message: '403 happened',
      },
    ]);
    expect(absent).toEqual([{ resource: ids.deleted, operation: 's3:HeadBucket', error: 'NotFound' }]);
  });

  test('names every operation that was asked, in order', async () => {
    const { operations } = await collectFrom(answers);
    expect(operations).toEqual([...everything(resourceTypes).operations.keys()].sort());
  });

  test('asks each thing once, in the right region', async () => {
    const memory = inMemoryAccount(answers);
    await collectFrom(answers, { send: memory.send });
    const asked = memory.calls.map(({ service, operation, region, params }) =>
      JSON.stringify([service, operation, region, params]),
    );
    expect(asked).toHaveLength(new Set(asked).size);
    expect(memory.asked().filter((call) => call.startsWith('cloudtrail:GetTrailStatus'))).toEqual([
      'cloudtrail:GetTrailStatus eu-west-1',
      'cloudtrail:GetTrailStatus us-east-1',
      'cloudtrail:GetTrailStatus us-east-1',
    ]);
    const regionsOf = (name: string) =>
      memory.calls.filter(({ params }) => params.Bucket === name).map(({ region }) => region);
    expect(new Set(regionsOf('website'))).toEqual(new Set(['eu-west-1']));
    expect(memory.asked().filter((call) => call.includes('ListBuckets'))).toEqual(['s3:ListBuckets us-east-1']);
  });

  test('is the same bytes whatever the order of the answers', async () => {
    const later: Answers = Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [name, (params, region) => answer(params, region)]),
    );
    const slow = inMemoryAccount(later);
    let turn = 0;
    const snapshot = await collectFrom(answers, {
      concurrency: 3,
      send: async (call) => {
        turn += 1;
        for (let pass = 0; pass < (turn * 7) % 13; pass += 1) await Promise.resolve();
        return slow.send(call);
      },
    });
    expect(JSON.stringify(snapshot)).toBe(JSON.stringify(await collectFrom(answers)));
  });
});

describe('trails of several regions and accounts', () => {
  test('a shadow trail is the trail itself, as its home region lists it', async () => {
    const shadowed: Answers = {
      ...answers,
      'cloudtrail:DescribeTrails': (_, region) => ({
        trailList: [
          {
            Name: region,
            TrailARN: ids.main,
            HomeRegion: 'us-east-1',
            IsMultiRegionTrail: true,
            S3BucketName: 'audit-logs',
          },
        ],
      }),
    };
    const snapshot = await collectFrom(shadowed);
    expect(names(snapshot, 'AWS::CloudTrail::Trail')).toEqual(['us-east-1']);
  });

  test('an organization trail in a member account: status and selectors are asked with its ARN in its home region', async () => {
    const memory = inMemoryAccount(answers);
    await collectFrom(answers, { send: memory.send });
    const about = memory.calls.filter(({ params }) => JSON.stringify(params).includes(ids.organization));
    expect(about.map(({ operation, region, params }) => [operation, region, params])).toEqual([
      ['GetTrailStatus', 'us-east-1', { Name: ids.organization }],
      ['GetEventSelectors', 'us-east-1', { TrailName: ids.organization }],
    ]);
  });

  test('an organization trail whose owner is read too is not asked about from here', async () => {
    const memory = inMemoryAccount(answers);
    const isReadToo = async (id: string) => id === management;
    const snapshot = await collectFrom(answers, { send: memory.send, isReadToo });
    const about = memory.calls.filter(({ params }) => JSON.stringify(params).includes(ids.organization));
    expect(about).toEqual([]);
    expect(names(snapshot, 'AWS::CloudTrail::Trail')).toEqual(['local', 'main', 'organization']);
    // Neither a gap nor an answer: its owner's snapshot knows.
    expect(snapshot.gaps?.filter(({ resource }) => resource === ids.organization)).toEqual([]);
    expect(snapshot.operations).toContainEqual({
      operation: 'cloudtrail:GetTrailStatus',
      resources: [ids.local, ids.main],
    });
  });

  test('nor is a bucket that may be another one’s looked up, before all accounts have listed theirs', async () => {
    const memory = inMemoryAccount(answers);
    const snapshot = await collectFrom(answers, { send: memory.send, isReadToo: async () => false });
    expect(memory.asked().filter((call) => call.startsWith('s3:HeadBucket'))).toEqual([]);
    expect(names(snapshot, 'AWS::S3::Bucket')).toEqual(['access-logs', 'audit-logs', 'website']);
    expect(snapshot.absent?.filter(({ operation }) => operation === 's3:HeadBucket')).toEqual([]);
  });

  test('a key of another account is not asked about', async () => {
    const memory = inMemoryAccount(answers);
    const { gaps } = await collectFrom(answers, { send: memory.send });
    expect(memory.calls.filter(({ params }) => String(params.KeyId).includes(management))).toEqual([]);
    expect(gaps?.filter(({ resource }) => resource?.includes('key/9999'))).toEqual([]);
  });
});

describe('what others name', () => {
  const referenced = plan({
    'cloudtrail:DescribeTrails': 'all',
    's3:HeadBucket': 'referenced',
    's3:GetBucketLogging': 'referenced',
    's3:GetBucketVersioning': 'referenced',
  });

  test('is followed from trail to bucket to access-log bucket', async () => {
    const memory = inMemoryAccount(answers);
    const snapshot = await collectFrom(answers, { plan: referenced, send: memory.send });
    expect(names(snapshot, 'AWS::S3::Bucket')).toEqual(['access-logs', 'audit-logs']);
    expect(memory.asked()).toEqual([
      'cloudtrail:DescribeTrails eu-west-1',
      'cloudtrail:DescribeTrails us-east-1',
      'ec2:DescribeRegions us-east-1',
      's3:GetBucketLogging us-east-1',
      's3:GetBucketLogging us-east-1',
      's3:GetBucketVersioning us-east-1',
      's3:GetBucketVersioning us-east-1',
      's3:HeadBucket us-east-1',
      's3:HeadBucket us-east-1',
      's3:HeadBucket us-east-1',
      's3:HeadBucket us-east-1',
    ]);
    expect(snapshot.operations).toEqual([
      'cloudtrail:DescribeTrails',
      'ec2:DescribeRegions',
      's3:GetBucketLogging',
      's3:GetBucketVersioning',
      's3:HeadBucket',
    ]);
  });

  test('among listed buckets is asked about alone, and the snapshot says of which', async () => {
    const memory = inMemoryAccount(answers);
    const snapshot = await collectFrom(answers, {
      plan: plan({
        'cloudtrail:DescribeTrails': 'all',
        's3:ListBuckets': 'all',
        's3:GetBucketVersioning': 'referenced',
      }),
      send: memory.send,
    });
    expect(names(snapshot, 'AWS::S3::Bucket')).toEqual(['access-logs', 'audit-logs', 'website']);
    expect(snapshot.operations).toEqual([
      'cloudtrail:DescribeTrails',
      'ec2:DescribeRegions',
      { operation: 's3:GetBucketVersioning', resources: [ids.auditLogs] },
      's3:ListBuckets',
    ]);
    expect(memory.asked().filter((call) => call.includes('HeadBucket'))).toEqual([]);
  });

  test('a log group is the one of exactly that name', async () => {
    const onlyOld: Answers = {
      ...answers,
      'cloudwatch-logs:DescribeLogGroups': () => ({
        logGroups: [{ logGroupName: 'trails-old', logGroupArn: `${ids.logGroup}-old` }],
      }),
    };
    const { resources, absent } = await collectFrom(onlyOld);
    expect(resources['AWS::Logs::LogGroup']).toBeUndefined();
    expect(absent).toContainEqual({
      resource: ids.logGroup,
      operation: 'logs:DescribeLogGroups',
      error: 'ResourceNotFoundException',
    });
  });

  test('a key may be named by its alias, and is asked for where its bucket is', async () => {
    const aliased: Answers = {
      ...answers,
      's3:GetBucketEncryption': ({ Bucket }) => {
        if (Bucket !== 'website') throw awsError('ServerSideEncryptionConfigurationNotFoundError');
        const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/site' };
        return { ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] } };
      },
      'kms:DescribeKey': ({ KeyId }, region) => ({
        KeyMetadata: { Arn: KeyId === 'alias/site' ? `arn:aws:kms:${region}:111122223333:key/site` : KeyId },
      }),
    };
    const snapshot = await collectFrom(aliased);
    expect(names(snapshot, 'AWS::KMS::Key')).toEqual([
      'arn:aws:kms:eu-west-1:111122223333:key/site',
      ids.key,
      ids.logsKey,
    ]);
  });

  test('an alias that AWS does not find is absent in its region, by its ARN', async () => {
    const aliased: Answers = {
      ...answers,
      's3:GetBucketEncryption': ({ Bucket }) => {
        const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: `alias/${Bucket}` };
        return { ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] } };
      },
      'kms:DescribeKey': ({ KeyId }) => {
        if (KeyId === 'alias/website') throw awsError('NotFoundException');
        if (KeyId === 'alias/access-logs') throw awsError('AccessDeniedException');
        return { KeyMetadata: { Arn: KeyId === 'alias/audit-logs' ? ids.key : KeyId } };
      },
    };
    const { absent, gaps } = await collectFrom(aliased);
    expect(absent).toContainEqual({
      resource: 'arn:aws:kms:eu-west-1:111122223333:alias/website',
      operation: 'kms:DescribeKey',
      error: 'NotFoundException',
    });
    expect(gaps?.filter(({ operation }) => operation === 'kms:DescribeKey').map(({ resource }) => resource)).toEqual([
      'arn:aws:kms:us-east-1:111122223333:alias/access-logs',
    ]);
  });

  test('a key that AWS does not find is absent', async () => {
    const gone: Answers = {
      ...answers,
      'kms:DescribeKey': () => {
        throw awsError('NotFoundException');
      },
    };
    const { absent } = await collectFrom(gone);
    expect(absent).toEqual([
      { resource: ids.key, operation: 'kms:DescribeKey', error: 'NotFoundException' },
      { resource: ids.logsKey, operation: 'kms:DescribeKey', error: 'NotFoundException' },
      { resource: ids.deleted, operation: 's3:HeadBucket', error: 'NotFound' },
    ]);
  });
});

describe('an organization', () => {
  test("is read with its accounts and policies, without anybody's address", async () => {
    const { resources } = await collectFrom(answers);
    expect(resources['AWS::Organizations::Organization']).toEqual([
      {
        Arn: ids.organizationItself,
        Id: 'o-exampleorgid',
        MasterAccountId: management,
        FeatureSet: 'ALL',
        DelegatedAdministrators: [{ Id: account.id, Name: 'audit', State: 'ACTIVE' }],
        EnabledServicePrincipals: [{ ServicePrincipal: 'cloudtrail.amazonaws.com' }],
        Roots: [{ Id: 'r-ab12', Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
      },
    ]);
    expect(resources['AWS::Organizations::Policy']).toEqual([
      {
        Arn: ids.guard,
        Id: 'p-1',
        Name: 'guard',
        Type: 'SERVICE_CONTROL_POLICY',
        AwsManaged: false,
        Content: '{"Statement":[]}',
        Targets: [{ TargetId: 'r-ab12', Name: 'Root', Type: 'ROOT' }],
      },
    ]);
  });

  test('an account without a state is in that of its older status; one that has both is in its state', async () => {
    const { resources } = await collectFrom(answers);
    const owner = { tags: { owner: 'security' } };
    expect(resources['AWS::Organizations::Account']).toEqual([
      {
        ...{ Arn: ids.auditAccount, Id: account.id, Name: 'audit', State: 'ACTIVE', Status: 'ACTIVE', ...owner },
        DelegatedServices: [{ ServicePrincipal: 'cloudtrail.amazonaws.com' }],
      },
      {
        ...{ Arn: ids.closedAccount, Id: '444455556666', Name: 'old', ...owner },
        ...{ State: 'PENDING_CLOSURE', Status: 'SUSPENDED' },
      },
    ]);
  });

  const refusing = (code: string, isRefused = (name: string) => name.startsWith('organizations:List')): Answers =>
    Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [
        name,
        isRefused(name)
          ? () => {
              throw awsError(code);
            }
          : answer,
      ]),
    );
  const pick = (of: Answers, isMeant: (name: string) => boolean): Answers =>
    Object.fromEntries(Object.entries(of).filter(([name]) => isMeant(name)));
  const ofOrganizations = ({ gaps = [] }: Snapshot) =>
    gaps.filter(({ operation }) => operation?.startsWith('organizations:')).map(({ operation }) => operation);

  test('seen by one of its members is one with gaps', async () => {
    const snapshot = await collectFrom(refusing('AccessDeniedException'));
    expect(snapshot.resources['AWS::Organizations::Organization']).toHaveLength(1);
    expect(snapshot.resources['AWS::Organizations::Account']).toBeUndefined();
    expect(ofOrganizations(snapshot)).toEqual([
      'organizations:ListAWSServiceAccessForOrganization',
      'organizations:ListAccounts',
      'organizations:ListDelegatedAdministrators',
      'organizations:ListPolicies',
      'organizations:ListRoots',
    ]);
  });

  const notInUse = 'AWSOrganizationsNotInUseException';
  const describes = (name: string): boolean => name === 'organizations:DescribeOrganization';
  const withNone = { ...refusing('AccessDeniedException'), ...pick(refusing(notInUse, describes), describes) };
  const lists = ['organizations:ListAccounts', 'organizations:ListPolicies'];
  const planOf = (...operations: readonly string[]): Plan => ({
    operations: new Map(operations.map((operation) => [operation, 'all'])),
  });

  test.each<[string, Answers, Plan, readonly string[], readonly string[]]>([
    ['is none, and nobody asks what is in it', withNone, everything(resourceTypes), ['DescribeOrganization'], []],
    [
      'or that may not be looked at: what is in it is asked all the same',
      { ...withNone, ...pick(refusing('AccessDeniedException', describes), describes) },
      planOf('organizations:DescribeOrganization', ...lists),
      ['DescribeOrganization', 'ListAccounts', 'ListPolicies'],
      ['organizations:DescribeOrganization', ...lists],
    ],
    [
      'where no rule asks for itself: that there is none is no gap',
      refusing(notInUse),
      planOf(...lists),
      ['ListAccounts', 'ListPolicies'],
      [],
    ],
  ])('that the account is not in %s', async (_, said, plan, asked, refused) => {
    const memory = inMemoryAccount(said);
    const snapshot = await collectFrom(said, { send: memory.send, plan });
    expect(Object.keys(snapshot.resources).filter((name) => name.startsWith('AWS::Organizations'))).toEqual([]);
    expect(ofOrganizations(snapshot)).toEqual(refused);
    const calls = memory.calls.filter(({ service }) => service === 'organizations');
    expect(calls.map(({ operation }) => operation)).toEqual(asked);
  });
});

describe('buckets that S3 lists without their region', () => {
  test('are described for it', async () => {
    const bare: Answers = { ...answers, 's3:ListBuckets': () => ({ Buckets: [{ Name: 'website' }] }) };
    const memory = inMemoryAccount(bare);
    const snapshot = await collectFrom(bare, { send: memory.send });
    expect(bucket(snapshot, 'website')?.BucketRegion).toBe('eu-west-1');
    expect(
      memory.calls.find(({ operation, params }) => operation === 'GetBucketAcl' && params.Bucket === 'website')?.region,
    ).toBe('eu-west-1');
  });
});

describe('pages', () => {
  const paged: Answers = {
    ...answers,
    'cloudtrail:ListEventDataStores': ({ NextToken }, region) => {
      if (region !== 'eu-west-1') return { EventDataStores: [] };
      if (NextToken === undefined) return { EventDataStores: [], NextToken: 'a' };
      if (NextToken === 'a') return { EventDataStores: [], NextToken: 'b' };
      return { EventDataStores: [{ Name: 'lake', EventDataStoreArn: ids.lake }] };
    },
    's3:ListBuckets': ({ ContinuationToken }) =>
      ContinuationToken === undefined
        ? { Buckets: [{ Name: 'audit-logs', BucketRegion: 'us-east-1' }], ContinuationToken: 'more' }
        : {
            Buckets: [
              { Name: 'access-logs', BucketRegion: 'us-east-1' },
              { Name: 'website', BucketRegion: 'eu-west-1' },
            ],
          },
    'kms:ListResourceTags': ({ Marker }) =>
      Marker === undefined
        ? { Tags: [], Truncated: true, NextMarker: 'm' }
        : { Tags: [{ TagKey: 'owner', TagValue: 'security' }], Truncated: false },
    'cloudwatch-logs:DescribeLogGroups': ({ nextToken }) =>
      nextToken === undefined
        ? { logGroups: [], nextToken: 'n' }
        : {
            logGroups: [
              { logGroupName: 'trails', logGroupArn: ids.logGroup, retentionInDays: 365, kmsKeyId: ids.logsKey },
            ],
          },
  };

  test('are read to the end, empty ones too', async () => {
    expect(JSON.stringify(await collectFrom(paged))).toBe(JSON.stringify(await collectFrom(answers)));
  });

  test('that fail leave what was read, and a gap', async () => {
    const broken: Answers = {
      ...paged,
      's3:ListBuckets': ({ ContinuationToken }) => {
        if (ContinuationToken !== undefined) throw awsError('SlowDown', 'Please reduce your request rate.');
        return { Buckets: [{ Name: 'website', BucketRegion: 'eu-west-1' }], ContinuationToken: 'more' };
      },
    };
    const snapshot = await collectFrom(broken);
    expect(bucket(snapshot, 'website')).toBeDefined();
    expect(snapshot.gaps).toContainEqual({
      operation: 's3:ListBuckets',
      error: 'SlowDown',
      message: 'Please reduce your request rate.',
    });
  });

  test('that fail in the middle of a property leave the property out', async () => {
    const broken: Answers = {
      ...answers,
      'kms:ListResourceTags': ({ Marker }) => {
        if (Marker !== undefined) throw awsError('ThrottlingException', 'Rate exceeded');
        return { Tags: [{ TagKey: 'owner', TagValue: 'security' }], Truncated: true, NextMarker: 'm' };
      },
    };
    const snapshot = await collectFrom(broken);
    expect(snapshot.resources['AWS::KMS::Key']?.map(({ tags }) => tags)).toEqual([undefined, undefined]);
    expect(snapshot.gaps?.filter(({ operation }) => operation === 'kms:ListResourceTags')).toHaveLength(2);
  });

  test('of which a later one says that there is nothing fail too', async () => {
    const withdrawn: Answers = {
      ...answers,
      'organizations:ListPolicies': ({ NextToken }) => {
        if (NextToken !== undefined) throw awsError('AWSOrganizationsNotInUseException');
        return { Policies: [{ Id: 'p-1', Type: 'SERVICE_CONTROL_POLICY' }], NextToken: 'more' };
      },
      's3:GetBucketTagging': (params) => {
        if (params.ContinuationToken !== undefined) throw awsError('NoSuchTagSet');
        return { TagSet: [{ Key: 'owner', Value: 'security' }], ContinuationToken: 'more' };
      },
      'cloudwatch-logs:DescribeLogGroups': ({ nextToken }) => {
        if (nextToken !== undefined) throw awsError('ResourceNotFoundException');
        return { logGroups: [], nextToken: 'more' };
      },
    };
    const { gaps = [], absent = [] } = await collectFrom(withdrawn);
    for (const operation of ['organizations:ListPolicies', 's3:GetBucketTagging', 'logs:DescribeLogGroups']) {
      expect(gaps.map((gap) => gap.operation)).toContain(operation);
      expect(absent.map((one) => one.operation)).not.toContain(operation);
    }
  });

  test('that come back to the same token end as a gap', async () => {
    const endless: Answers = {
      ...answers,
      'cloudtrail:ListEventDataStores': () => ({ EventDataStores: [], NextToken: 'a' }),
    };
    const { gaps } = await collectFrom(endless);
    expect(gaps?.filter(({ error }) => error === 'RepeatedToken').map(({ region }) => region)).toEqual([
      'eu-west-1',
      'us-east-1',
    ]);
  });
});

describe('regions', () => {
  test('that are enabled and not read are gaps', async () => {
    const snapshot = await collectFrom(answers, { excludeRegions: ['eu-west-1'] });
    expect(snapshot.regions).toEqual(['us-east-1']);
    expect(snapshot.gaps).toContainEqual({ region: 'eu-west-1', error: 'NotScanned' });
    expect(names(snapshot, 'AWS::CloudTrail::Trail')).toEqual(['main', 'organization']);
    expect(await collectFrom(answers, { regions: ['us-east-1'] })).toEqual(snapshot);
  });

  test('that are not enabled are a mistake', async () => {
    await expect(collectFrom(answers, { regions: ['us-est-1'] })).rejects.toMatchObject({
      code: 'usage',
      message: 'us-est-1: not an enabled region of account 111122223333',
      hint: 'Enabled are eu-west-1, us-east-1.',
    });
  });

  test('that are not enabled here are left out where another account may have them', async () => {
    const snapshot = await collectFrom(answers, { regions: ['us-east-1', 'me-south-1'], notEnabled: 'leave out' });
    expect(snapshot).toEqual(await collectFrom(answers, { regions: ['us-east-1'] }));
  });

  test('that nobody knows make every regional listing incomplete', async () => {
    const denied: Answers = {
      ...answers,
      'ec2:DescribeRegions': () => {
        throw awsError('UnauthorizedOperation', 'You are not authorized to perform this operation.');
      },
    };
    const snapshot = await collectFrom(denied);
    expect(snapshot.regions).toEqual(['us-east-1']);
    const why = { error: 'UnauthorizedOperation', message: 'ec2:DescribeRegions did not say which regions there are.' };
    expect(snapshot.gaps).toEqual(
      expect.arrayContaining([
        { operation: 'cloudtrail:DescribeTrails', ...why },
        { operation: 'cloudtrail:ListEventDataStores', ...why },
        { operation: 'config:DescribeConfigurationRecorders', ...why },
      ]),
    );
    expect(names(snapshot, 'AWS::CloudTrail::Trail')).toEqual(['main', 'organization']);
  });

  test('are not asked for when nothing is regional', async () => {
    const memory = inMemoryAccount(answers);
    const snapshot = await collectFrom(answers, { plan: plan({ 's3:ListBuckets': 'all' }), send: memory.send });
    expect(memory.asked()).toEqual(['s3:ListBuckets us-east-1']);
    expect(snapshot.operations).toEqual(['s3:ListBuckets']);
  });

  test('of another partition: account-wide calls go to its own', async () => {
    const memory = inMemoryAccount({});
    await collectFrom({}, { send: memory.send, account: { id: '111122223333', partition: 'aws-us-gov' } });
    expect(new Set(memory.calls.map(({ region }) => region))).toEqual(new Set(['us-gov-west-1']));
  });
});

describe('hostile and broken answers', () => {
  test('an entry that does not say what it is, is a gap of its listing', async () => {
    const nameless: Answers = {
      ...answers,
      'cloudtrail:DescribeTrails': () => ({ trailList: [{ HomeRegion: 'us-east-1' }, 7] }),
    };
    const snapshot = await collectFrom(nameless);
    expect(snapshot.resources['AWS::CloudTrail::Trail']).toBeUndefined();
    expect(
      snapshot.gaps
        ?.filter(({ operation }) => operation === 'cloudtrail:DescribeTrails')
        .map(({ region, error }) => [region, error]),
    ).toEqual([
      ['eu-west-1', 'UnreadableAnswer'],
      ['us-east-1', 'UnreadableAnswer'],
    ]);
  });

  test.each([
    ['no list', { trailList: 'trails' }],
    ['null', null],
    ['text', '<html>'],
  ])('%s instead of trails is a gap', async (_, answer) => {
    const memory = inMemoryAccount(answers);
    const snapshot = await collectFrom(answers, {
      send: async (call) => (call.operation === 'DescribeTrails' ? answer : memory.send(call)),
    });
    expect(
      snapshot.gaps?.filter(({ operation }) => operation === 'cloudtrail:DescribeTrails').map(({ error }) => error),
    ).toEqual(['UnreadableAnswer', 'UnreadableAnswer']);
  });

  test('names of the language are properties of nothing', async () => {
    const hostile: Answers = {
      ...answers,
      's3:ListBuckets': () =>
        JSON.parse('{"Buckets":[{"Name":"__proto__","BucketRegion":"us-east-1","__proto__":{"Name":"x"}}]}'),
    };
    const snapshot = await collectFrom(hostile);
    expect(bucket(snapshot, '__proto__')).toMatchObject({ Name: '__proto__', BucketRegion: 'us-east-1' });
    expect(({} as Record<string, unknown>).Name).toBeUndefined();
  });
});

describe('a new resource type', () => {
  const topic = resourceType({
    name: 'AWS::SNS::Topic',
    id: 'TopicArn',
    label: 'TopicArn',
    home: 'arn',
    item: object<{ TopicArn?: string }>()({ TopicArn: text }),
    list: { operation: 'sns:ListTopics', at: 'Topics' },
    reads: {
      'sns:GetTopicAttributes': {
        params: { TopicArn: '{TopicArn}' },
        action: 'sns:GetTopicAttributesOfMine',
        at: 'Attributes',
        gives: { Attributes: object<{ Fifo?: boolean }>()({ Fifo: flag }) },
      },
    },
    relations: {},
  });
  const registry: Registry = { [resourceTypes['AWS::Region'].name]: resourceTypes['AWS::Region'], [topic.name]: topic };

  test('is one object: its calls and its IAM actions follow', async () => {
    const arn = 'arn:aws:sns:eu-west-1:111122223333:alerts';
    const memory = inMemoryAccount({
      ...answers,
      'sns:ListTopics': (_, region) => ({ Topics: region === 'eu-west-1' ? [{ TopicArn: arn }] : [] }),
      'sns:GetTopicAttributes': () => ({ Attributes: { Fifo: true } }),
    });
    const snapshot = await collect({
      registry,
      plan: everything(registry),
      send: memory.send,
      account,
      concurrency: 4,
      collectedAt: '2026-11-20T09:00:00.000Z',
    });
    expect(snapshot.resources['AWS::SNS::Topic']).toEqual([{ TopicArn: arn, Attributes: { Fifo: true } }]);
    expect(memory.asked()).toEqual([
      'ec2:DescribeRegions us-east-1',
      'sns:GetTopicAttributes eu-west-1',
      'sns:ListTopics eu-west-1',
      'sns:ListTopics us-east-1',
    ]);
    expect(actions(everything(registry), registry)).toEqual([
      'ec2:DescribeRegions',
      'sns:GetTopicAttributesOfMine',
      'sns:ListTopics',
    ]);
  });
});
