import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { clientConfig } from './clients.ts';
import { seedBucket } from './seed-buckets.ts';

const region = 'us-east-1';

/** Makes multi-Region trails in one region, each with a bucket, a key and a log group of its own. */
export async function seedTrails(
  endpoint: string,
  { accountId, count }: { readonly accountId: string; readonly count: number },
): Promise<void> {
  const cloudTrail = new CloudTrailClient(clientConfig(endpoint, region));
  const logs = new CloudWatchLogsClient(clientConfig(endpoint, region));
  const kms = new KMSClient(clientConfig(endpoint, region));
  for (let index = 0; index < count; index += 1) {
    const Name = `trail-${index}`;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: Name }));
    await seedBucket(endpoint, `logs-of-${Name}`);
    await logs.send(new CreateLogGroupCommand({ logGroupName: Name }));
    await cloudTrail.send(
      new CreateTrailCommand({
        Name,
        S3BucketName: `logs-of-${Name}`,
        IsMultiRegionTrail: true,
        KmsKeyId: KeyMetadata?.Arn,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:${Name}:*`,
        CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/trail-to-logs`,
      }),
    );
    await cloudTrail.send(new StartLoggingCommand({ Name }));
  }
}
