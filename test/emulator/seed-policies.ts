// The policies that AWS documents for the delivery of trails and access logs.

const trailService = { Service: 'cloudtrail.amazonaws.com' };

/** Lets CloudTrail, on behalf of that one trail, write to the bucket; refuses everything that isn't TLS. */
export function trailBucketPolicy(bucket: string, region: string, accountId: string, trailName: string): string {
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const trailArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${trailName}`;
  return policy([
    {
      Sid: 'AclCheck',
      Effect: 'Allow',
      Principal: trailService,
      Action: 's3:GetBucketAcl',
      Resource: bucketArn,
      Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
    },
    {
      Sid: 'Write',
      Effect: 'Allow',
      Principal: trailService,
      Action: 's3:PutObject',
      Resource: `${bucketArn}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trailArn } },
    },
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
}

export function accessLogBucketPolicy(bucket: string): string {
  return policy([
    {
      Sid: 'AccessLogs',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: `arn:aws:s3:::${bucket}/*`,
    },
  ]);
}

export function keyPolicy(accountId: string): string {
  return policy([
    {
      Sid: 'Administration',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'TrailEncrypts',
      Effect: 'Allow',
      Principal: trailService,
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt', 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    },
  ]);
}

/** Lets CloudTrail write its streams of one log group, and no other. */
export function logsPolicy(region: string, accountId: string, logGroup: string): object {
  const streams = `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}:log-stream:${accountId}_CloudTrail_*`;
  return JSON.parse(
    policy([{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: streams }]),
  ) as object;
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
