import {
  AddTagsCommand,
  CloudTrailClient,
  CreateEventDataStoreCommand,
  CreateTrailCommand,
  PutInsightSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import { PutPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { clientConfig, s3ControlConfig } from './clients.ts';
import { forgetBucket, seedAccessLogBucket, seedAuditBucket, seedBucket, seedExpiringBucket } from './seed-buckets.ts';
import { keyPolicy, logsPolicy } from './seed-policies.ts';
import { seedRole } from './seed-users.ts';

const accountId = '123456789012';
const homeRegion = 'us-east-1';
const faultyRegion = 'eu-west-1';
const logGroupName = 'audit-trail';
const tags = [{ Key: 'owner', Value: 'security' }];

/** What `seedAccount` made. Arns as the API answers them: a log group's ends with `:*`. */
export interface SeededAccount {
  readonly accountId: string;
  readonly homeRegion: string;
  readonly mainTrailArn: string;
  readonly auditBucket: string;
  readonly accessLogBucket: string;
  readonly keyArn: string;
  readonly logGroupName: string;
  readonly logGroupArn: string;
  readonly eventDataStoreArn: string;
  readonly recorderName: string;
  readonly faultyRegion: string;
  readonly stoppedTrailArn: string;
  readonly expiringBucket: string;
}

/**
 * Makes an account with a healthy audit trail (multi-region, encrypted, validated, kept unchangeable, also sent
 * to CloudWatch Logs), AWS Config recording, and beside it a trail in another region that was stopped and whose
 * bucket forgets its logs after 30 days.
 */
export async function seedAccount(endpoint: string): Promise<SeededAccount> {
  await blockPublicAccess(endpoint);
  const keyArn = await seedKey(endpoint);
  const accessLogBucket = await seedAccessLogBucket(endpoint, homeRegion, accountId);
  const auditBucket = await seedAuditBucket(endpoint, homeRegion, { accountId, keyArn, accessLogBucket });
  const logGroupArn = await seedLogGroup(endpoint, keyArn);
  await seedRole(endpoint, 'trail-to-logs', {
    policy: logsPolicy(homeRegion, accountId, logGroupName),
    trusted: { Service: 'cloudtrail.amazonaws.com' },
  });
  const main = await seedMainTrail(endpoint, { auditBucket, keyArn, logGroupArn });
  const recorderName = await seedRecorder(endpoint, auditBucket);
  const expiringBucket = await seedExpiringBucket(endpoint, faultyRegion, accountId);
  const stoppedTrailArn = await seedStoppedTrail(endpoint, expiringBucket);
  return {
    accountId,
    homeRegion,
    ...main,
    auditBucket,
    accessLogBucket,
    keyArn,
    logGroupName,
    logGroupArn,
    recorderName,
    faultyRegion,
    stoppedTrailArn,
    expiringBucket,
  };
}

/**
 * What an account has besides: a bucket that no trail has to do with, which must change no verdict, and a trail whose
 * bucket somebody deleted, which no listing shows any more.
 */
export async function seedStrays(endpoint: string): Promise<void> {
  await seedBucket(endpoint, 'website');
  await seedBucket(endpoint, 'deleted-logs');
  const cloudTrail = new CloudTrailClient(clientConfig(endpoint, homeRegion));
  await cloudTrail.send(new CreateTrailCommand({ Name: 'orphan', S3BucketName: 'deleted-logs' }));
  await cloudTrail.send(new StartLoggingCommand({ Name: 'orphan' }));
  await forgetBucket(endpoint, 'deleted-logs');
}

async function blockPublicAccess(endpoint: string): Promise<void> {
  await new S3ControlClient(s3ControlConfig(endpoint)).send(
    new PutPublicAccessBlockCommand({
      AccountId: accountId,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
}

async function seedKey(endpoint: string): Promise<string> {
  const kms = new KMSClient(clientConfig(endpoint, homeRegion));
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({
      Description: 'audit trail',
      Policy: keyPolicy(accountId),
      Tags: [{ TagKey: 'owner', TagValue: 'security' }],
    }),
  );
  const keyArn = given(KeyMetadata?.Arn);
  await kms.send(new EnableKeyRotationCommand({ KeyId: keyArn, RotationPeriodInDays: 180 }));
  return keyArn;
}

async function seedLogGroup(endpoint: string, keyArn: string): Promise<string> {
  const logs = new CloudWatchLogsClient(clientConfig(endpoint, homeRegion));
  await logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId: keyArn, tags: { owner: 'security' } }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 400 }));
  return `arn:aws:logs:${homeRegion}:${accountId}:log-group:${logGroupName}:*`;
}

async function seedMainTrail(
  endpoint: string,
  target: { readonly auditBucket: string; readonly keyArn: string; readonly logGroupArn: string },
): Promise<{ mainTrailArn: string; eventDataStoreArn: string }> {
  const cloudTrail = new CloudTrailClient(clientConfig(endpoint, homeRegion));
  const { TrailARN } = await cloudTrail.send(
    new CreateTrailCommand({
      Name: 'main',
      S3BucketName: target.auditBucket,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KmsKeyId: target.keyArn,
      CloudWatchLogsLogGroupArn: target.logGroupArn,
      CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/trail-to-logs`,
    }),
  );
  const mainTrailArn = given(TrailARN);
  await cloudTrail.send(new StartLoggingCommand({ Name: mainTrailArn }));
  await cloudTrail.send(new AddTagsCommand({ ResourceId: mainTrailArn, TagsList: tags }));
  await cloudTrail.send(
    new PutInsightSelectorsCommand({
      TrailName: mainTrailArn,
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
    }),
  );
  const { EventDataStoreArn } = await cloudTrail.send(
    new CreateEventDataStoreCommand({ Name: 'audit-lake', RetentionPeriod: 2557, KmsKeyId: target.keyArn }),
  );
  return { mainTrailArn, eventDataStoreArn: given(EventDataStoreArn) };
}

async function seedRecorder(endpoint: string, s3BucketName: string): Promise<string> {
  const config = new ConfigServiceClient(clientConfig(endpoint, homeRegion));
  const name = 'default';
  await config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name,
        roleARN: `arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    }),
  );
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name, s3BucketName, s3KeyPrefix: 'config' } }));
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: name }));
  return name;
}

/** Its last log file was delivered before it was stopped, as in an account that someone quietly switched off. */
async function seedStoppedTrail(endpoint: string, bucket: string): Promise<string> {
  const cloudTrail = new CloudTrailClient(clientConfig(endpoint, faultyRegion));
  const { TrailARN } = await cloudTrail.send(new CreateTrailCommand({ Name: 'stopped', S3BucketName: bucket }));
  await cloudTrail.send(new StartLoggingCommand({ Name: TrailARN }));
  await cloudTrail.send(new StopLoggingCommand({ Name: TrailARN }));
  return given(TrailARN);
}

function given(value: string | undefined): string {
  if (value === undefined) throw new Error('the emulator left out an id');
  return value;
}
