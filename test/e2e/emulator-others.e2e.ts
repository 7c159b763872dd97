// What the emulator answers for the services that take a few tests each.

import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelStatusCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientConfig, s3ControlConfig } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type SeededAccount, seedAccount } from '../emulator/seed.ts';

let emulator: Emulator;
let account: SeededAccount;

beforeAll(async () => {
  emulator = await startEmulator();
  account = await seedAccount(emulator.endpoint);
}, 60_000);

afterAll(() => emulator.stop());

test('s3control GetPublicAccessBlock answers for the own account only', async () => {
  const s3Control = new S3ControlClient(s3ControlConfig(emulator.endpoint));
  const block = await s3Control.send(new GetPublicAccessBlockCommand({ AccountId: account.accountId }));
  expect(block.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  const foreign = s3Control.send(new GetPublicAccessBlockCommand({ AccountId: '111122223333' }));
  await expect(foreign).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('kms DescribeKey, GetKeyRotationStatus, ListResourceTags, GetKeyPolicy', async () => {
  const kms = new KMSClient(clientConfig(emulator.endpoint));
  const KeyId = account.keyArn;
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  expect(KeyMetadata).toMatchObject({
    Arn: account.keyArn,
    Enabled: true,
    KeyState: 'Enabled',
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    Origin: 'AWS_KMS',
    MultiRegion: false,
  });
  expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 180,
    NextRotationDate: expect.any(Date),
  });
  const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
  expect(Tags).toEqual([{ TagKey: 'owner', TagValue: 'security' }]);
  const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
  const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string }[] };
  expect(Statement.map(({ Sid }) => Sid)).toEqual(['Administration', 'TrailEncrypts']);
});

test('kms has no key it was not given', async () => {
  const kms = new KMSClient(clientConfig(emulator.endpoint));
  const unknown = kms.send(new DescribeKeyCommand({ KeyId: account.keyArn.replace(/.$/, 'x') }));
  await expect(unknown).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('logs DescribeLogGroups and ListTagsForResource', async () => {
  const logs = new CloudWatchLogsClient(clientConfig(emulator.endpoint));
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: account.logGroupName }));
  const logGroupArn = account.logGroupArn.replace(/:\*$/, '');
  expect(logGroups).toEqual([
    {
      logGroupName: account.logGroupName,
      arn: account.logGroupArn,
      logGroupArn,
      logGroupClass: 'STANDARD',
      retentionInDays: 400,
      kmsKeyId: account.keyArn,
      metricFilterCount: 0,
      storedBytes: 0,
      creationTime: expect.any(Number),
    },
  ]);
  const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: logGroupArn }));
  expect(tags).toEqual({ owner: 'security' });
});

test('config recorders and delivery channels, with their status', async () => {
  const config = new ConfigServiceClient(clientConfig(emulator.endpoint));
  const { ConfigurationRecorders } = await config.send(new DescribeConfigurationRecordersCommand({}));
  expect(ConfigurationRecorders).toMatchObject([
    {
      name: 'default',
      roleARN: expect.stringContaining('AWSServiceRoleForConfig'),
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: true,
        recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
      },
      recordingMode: { recordingFrequency: 'CONTINUOUS' },
      recordingScope: 'PAID',
    },
  ]);
  const recorders = await config.send(new DescribeConfigurationRecorderStatusCommand({}));
  expect(recorders.ConfigurationRecordersStatus).toMatchObject([
    { name: 'default', recording: true, lastStatus: 'SUCCESS' },
  ]);
  const { DeliveryChannels } = await config.send(new DescribeDeliveryChannelsCommand({}));
  expect(DeliveryChannels).toEqual([{ name: 'default', s3BucketName: account.auditBucket, s3KeyPrefix: 'config' }]);
  const channels = await config.send(new DescribeDeliveryChannelStatusCommand({}));
  expect(channels.DeliveryChannelsStatus).toMatchObject([
    { name: 'default', configHistoryDeliveryInfo: { lastStatus: 'SUCCESS' } },
  ]);
});

test('config is off where it was not switched on', async () => {
  const config = new ConfigServiceClient(clientConfig(emulator.endpoint, account.faultyRegion));
  expect((await config.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders).toEqual([]);
  expect((await config.send(new DescribeDeliveryChannelStatusCommand({}))).DeliveryChannelsStatus).toEqual([]);
});

test('ec2 DescribeRegions answers the enabled regions, or all', async () => {
  const ec2 = new EC2Client(clientConfig(emulator.endpoint));
  const { Regions: enabled = [] } = await ec2.send(new DescribeRegionsCommand({}));
  const { Regions: all = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
  expect(enabled.map(({ RegionName }) => RegionName)).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1']));
  expect(enabled.map(({ OptInStatus }) => OptInStatus)).not.toContain('not-opted-in');
  expect(all.map(({ OptInStatus }) => OptInStatus)).toContain('not-opted-in');
});

test('sts GetCallerIdentity and AssumeRole, into an account of its own', async () => {
  const sts = new STSClient(clientConfig(emulator.endpoint));
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: emulator.accountId });

  const RoleArn = 'arn:aws:iam::111122223333:role/audit';
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const assumed = { ...clientConfig(emulator.endpoint), credentials };
  expect(await new STSClient(assumed).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/audit/test',
  });
  expect((await new CloudTrailClient(assumed).send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
});
