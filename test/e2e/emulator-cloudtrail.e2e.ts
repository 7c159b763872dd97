// What the emulator answers for CloudTrail.

import {
  CloudTrailClient,
  DescribeTrailsCommand,
  type DescribeTrailsCommandInput,
  GetEventDataStoreCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  ListTagsCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
} from '@aws-sdk/client-cloudtrail';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientConfig } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type SeededAccount, seedAccount } from '../emulator/seed.ts';
import { credentialsIn, seedOrganization } from '../emulator/seed-organization.ts';

let emulator: Emulator;
let account: SeededAccount;

beforeAll(async () => {
  emulator = await startEmulator();
  account = await seedAccount(emulator.endpoint);
}, 60_000);

afterAll(() => emulator.stop());

const cloudTrail = (region: string) => new CloudTrailClient(clientConfig(emulator.endpoint, region));

test('DescribeTrails describes a trail in full', async () => {
  const { trailList } = await cloudTrail('us-east-1').send(new DescribeTrailsCommand({}));
  expect(trailList).toEqual([
    {
      Name: 'main',
      TrailARN: account.mainTrailArn,
      HomeRegion: 'us-east-1',
      S3BucketName: account.auditBucket,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: false,
      IncludeGlobalServiceEvents: true,
      LogFileValidationEnabled: true,
      CloudWatchLogsLogGroupArn: account.logGroupArn,
      CloudWatchLogsRoleArn: `arn:aws:iam::${account.accountId}:role/trail-to-logs`,
      KmsKeyId: account.keyArn,
      HasCustomEventSelectors: false,
      HasInsightSelectors: true,
    },
  ]);
});

test('DescribeTrails lists a multi-region trail in other regions too, unless shadows are declined', async () => {
  const names = async (request: DescribeTrailsCommandInput) => {
    const { trailList = [] } = await cloudTrail('eu-west-1').send(new DescribeTrailsCommand(request));
    return trailList.map(({ Name }) => Name);
  };
  expect(await names({})).toEqual(['main', 'stopped']);
  expect(await names({ includeShadowTrails: false })).toEqual(['stopped']);
  expect(await names({ trailNameList: ['main', 'stopped'] })).toEqual(['stopped']);
  expect(await names({ trailNameList: [account.mainTrailArn] })).toEqual(['main']);
});

test('DescribeTrails leaves out what is not set', async () => {
  const { trailList } = await cloudTrail('eu-west-1').send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  expect(trailList).toEqual([
    {
      Name: 'stopped',
      TrailARN: account.stoppedTrailArn,
      HomeRegion: 'eu-west-1',
      S3BucketName: account.expiringBucket,
      IsMultiRegionTrail: false,
      IsOrganizationTrail: false,
      IncludeGlobalServiceEvents: true,
      LogFileValidationEnabled: false,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
    },
  ]);
});

test('GetTrailStatus tells when each target was delivered to, in any region by ARN', async () => {
  const status = new GetTrailStatusCommand({ Name: account.mainTrailArn });
  for (const region of ['us-east-1', 'eu-west-1']) {
    expect(await cloudTrail(region).send(status)).toMatchObject({
      IsLogging: true,
      StartLoggingTime: expect.any(Date),
      LatestDeliveryTime: expect.any(Date),
      LatestDigestDeliveryTime: expect.any(Date),
      LatestCloudWatchLogsDeliveryTime: expect.any(Date),
    });
  }
  const byName = cloudTrail('eu-west-1').send(new GetTrailStatusCommand({ Name: 'main' }));
  await expect(byName).rejects.toMatchObject({ name: 'TrailNotFoundException' });
});

test('GetTrailStatus of a stopped trail', async () => {
  const status = await cloudTrail('eu-west-1').send(new GetTrailStatusCommand({ Name: account.stoppedTrailArn }));
  expect(status).toMatchObject({ IsLogging: false, StopLoggingTime: expect.any(Date) });
  expect(status).not.toHaveProperty('LatestDigestDeliveryTime');
  expect(status).not.toHaveProperty('LatestDeliveryError');
});

test('GetEventSelectors answers the default when none were put', async () => {
  const request = new GetEventSelectorsCommand({ TrailName: account.mainTrailArn });
  const { $metadata, ...selectors } = await cloudTrail('us-east-1').send(request);
  expect(selectors).toEqual({
    TrailARN: account.mainTrailArn,
    EventSelectors: [
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ],
  });
});

test('GetInsightSelectors answers them, or that there are none', async () => {
  const { InsightSelectors } = await cloudTrail('us-east-1').send(
    new GetInsightSelectorsCommand({ TrailName: account.mainTrailArn }),
  );
  expect(InsightSelectors).toEqual([{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }]);
  const none = cloudTrail('eu-west-1').send(new GetInsightSelectorsCommand({ TrailName: account.stoppedTrailArn }));
  await expect(none).rejects.toMatchObject({ name: 'InsightNotEnabledException' });
});

test('ListTags', async () => {
  const { ResourceTagList } = await cloudTrail('us-east-1').send(
    new ListTagsCommand({ ResourceIdList: [account.mainTrailArn] }),
  );
  expect(ResourceTagList).toEqual([
    { ResourceId: account.mainTrailArn, TagsList: [{ Key: 'owner', Value: 'security' }] },
  ]);
});

test('ListTags knows the trails of its own region only', async () => {
  const elsewhere = cloudTrail('eu-west-1').send(new ListTagsCommand({ ResourceIdList: [account.mainTrailArn] }));
  await expect(elsewhere).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a single-region trail has no status in other regions', async () => {
  const elsewhere = cloudTrail('us-east-1').send(new GetTrailStatusCommand({ Name: account.stoppedTrailArn }));
  await expect(elsewhere).rejects.toMatchObject({ name: 'TrailNotFoundException' });
});

test('putting one form of event selectors drops the other', async () => {
  const TrailName = account.stoppedTrailArn;
  const basic = [{ ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: true, DataResources: [] }];
  const advanced = [{ Name: 'reads', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }];
  const putAndGet = async (selectors: object) => {
    await cloudTrail('eu-west-1').send(new PutEventSelectorsCommand({ TrailName, ...selectors }));
    const { $metadata, ...answer } = await cloudTrail('eu-west-1').send(new GetEventSelectorsCommand({ TrailName }));
    return answer;
  };
  const trail = { TrailARN: TrailName };
  expect(await putAndGet({ AdvancedEventSelectors: advanced })).toEqual({ ...trail, AdvancedEventSelectors: advanced });
  expect(await putAndGet({ EventSelectors: basic })).toEqual({ ...trail, EventSelectors: basic });

  const { trailList } = await cloudTrail('eu-west-1').send(new DescribeTrailsCommand({ trailNameList: ['stopped'] }));
  expect(trailList).toMatchObject([{ HasCustomEventSelectors: true }]);
});

test('putting insight selectors replaces them', async () => {
  const TrailName = account.stoppedTrailArn;
  const put = async (InsightType: 'ApiCallRateInsight' | 'ApiErrorRateInsight') =>
    cloudTrail('eu-west-1').send(new PutInsightSelectorsCommand({ TrailName, InsightSelectors: [{ InsightType }] }));
  await put('ApiCallRateInsight');
  await put('ApiErrorRateInsight');
  const { InsightSelectors } = await cloudTrail('eu-west-1').send(new GetInsightSelectorsCommand({ TrailName }));
  expect(InsightSelectors).toEqual([{ InsightType: 'ApiErrorRateInsight' }]);
});

test('ListEventDataStores and GetEventDataStore', async () => {
  const { EventDataStores } = await cloudTrail('us-east-1').send(new ListEventDataStoresCommand({}));
  expect(EventDataStores).toEqual([{ EventDataStoreArn: account.eventDataStoreArn, Name: 'audit-lake' }]);
  const elsewhere = await cloudTrail('eu-west-1').send(new ListEventDataStoresCommand({}));
  expect(elsewhere.EventDataStores).toEqual([]);

  const get = new GetEventDataStoreCommand({ EventDataStore: account.eventDataStoreArn });
  const { $metadata, ...store } = await cloudTrail('us-east-1').send(get);
  expect(store).toEqual({
    EventDataStoreArn: account.eventDataStoreArn,
    Name: 'audit-lake',
    Status: 'ENABLED',
    AdvancedEventSelectors: [
      {
        Name: 'Default management events',
        FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
      },
    ],
    MultiRegionEnabled: true,
    OrganizationEnabled: false,
    BillingMode: 'EXTENDABLE_RETENTION_PRICING',
    RetentionPeriod: 2557,
    TerminationProtectionEnabled: true,
    KmsKeyId: account.keyArn,
    CreatedTimestamp: expect.any(Date),
    UpdatedTimestamp: expect.any(Date),
  });
});

test("an organization's trail is a shadow in each member, which may ask for its status by ARN", async () => {
  const { members, management } = await seedOrganization(emulator.endpoint, 2);
  const [member = ''] = members;
  const config = clientConfig(emulator.endpoint, 'eu-west-1');
  const credentials = await credentialsIn(config, member);
  const inMember = new CloudTrailClient({ ...config, credentials });
  const { trailList = [] } = await inMember.send(new DescribeTrailsCommand({}));
  const arn = `arn:aws:cloudtrail:us-east-1:${management}:trail/organization`;
  expect(trailList.map(({ TrailARN }) => TrailARN)).toEqual([
    `arn:aws:cloudtrail:us-east-1:${member}:trail/of-${member}`,
    arn,
  ]);
  const { trailList: own = [] } = await inMember.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  expect(own).toEqual([]);
  expect(await inMember.send(new GetTrailStatusCommand({ Name: arn }))).toMatchObject({ IsLogging: true });
});
