// What the gateway does to calls, and what it tells about them.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CloudTrailClient, DescribeTrailsCommand, ListChannelsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetBucketLifecycleConfigurationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clientConfig, s3ControlConfig } from '../emulator/clients.ts';
import { type Emulator, type Fault, startEmulator } from '../emulator/emulator.ts';
import { seedAccount } from '../emulator/seed.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
}, 60_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

/** One attempt: these tests are about the fault, not about the retries. */
const once = () => ({ ...clientConfig(emulator.endpoint), maxAttempts: 1 });
const describeTrails = () => new CloudTrailClient(once()).send(new DescribeTrailsCommand({}));
const describeRegions = () => new EC2Client(once()).send(new DescribeRegionsCommand({}));
const getCallerIdentity = () => new STSClient(once()).send(new GetCallerIdentityCommand({}));
const listBuckets = () => new S3Client(once()).send(new ListBucketsCommand({}));
const getAccountBlock = () =>
  new S3ControlClient({ ...once(), ...s3ControlConfig(emulator.endpoint) }).send(
    new GetPublicAccessBlockCommand({ AccountId: emulator.accountId }),
  );

test.each([
  ['cloudtrail', describeTrails, 'AccessDeniedException', 'ThrottlingException', 'InternalFailure'],
  ['ec2', describeRegions, 'UnauthorizedOperation', 'RequestLimitExceeded', 'InternalError'],
  ['sts', getCallerIdentity, 'AccessDenied', 'Throttling', 'InternalFailure'],
  ['s3', listBuckets, 'AccessDenied', 'SlowDown', 'InternalError'],
  ['s3control', getAccountBlock, 'AccessDenied', 'Throttling', 'InternalFailure'],
])('%s words its errors as AWS does', async (service, call, accessDenied, throttled, serverError) => {
  const names = { accessDenied, throttled, serverError } as const;
  for (const kind of ['accessDenied', 'throttled', 'serverError'] as const) {
    await emulator.faults([{ service, fault: { kind } }]);
    await expect(call()).rejects.toMatchObject({ name: names[kind] });
  }
});

test.each<[Fault, object]>([
  [{ kind: 'connectionReset' }, { code: 'ECONNRESET' }],
  [{ kind: 'truncatedBody', bytes: 5 }, { message: expect.stringMatching(/aborted|terminated|JSON/) }],
  [{ kind: 'error', code: 'ExpiredTokenException' }, { name: 'ExpiredTokenException' }],
])('breaks a call with %o', async (fault, error) => {
  await emulator.faults([{ fault }]);
  await expect(describeTrails()).rejects.toMatchObject(error);
});

test.each<Fault>([{ kind: 'hang' }, { kind: 'delay', milliseconds: 600 }])(
  'outwaits a client with %o',
  async (fault) => {
    await emulator.faults([{ fault }]);
    const requestHandler = { requestTimeout: 200, throwOnRequestTimeout: true };
    const impatient = new CloudTrailClient({ ...once(), requestHandler });
    await expect(impatient.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  },
);

test('breaks the calls a rule selects, and no others', async () => {
  const fault: Fault = { kind: 'accessDenied' };
  await emulator.faults([{ service: 'cloudtrail', operation: 'DescribeTrails', region: 'us-east-1', fault }]);
  await expect(describeTrails()).rejects.toThrow();
  await listBuckets();
  const elsewhere = { ...once(), region: 'eu-west-1' };
  await new CloudTrailClient(elsewhere).send(new DescribeTrailsCommand({}));
});

test('skips and counts calls', async () => {
  await emulator.faults([{ skip: 1, times: 1, fault: { kind: 'throttled' } }]);
  await describeTrails();
  await expect(describeTrails()).rejects.toThrow();
  await describeTrails();
});

test('a throttled call succeeds when the SDK retries it', async () => {
  await emulator.faults([{ times: 1, fault: { kind: 'throttled' } }]);
  const patient = new CloudTrailClient(clientConfig(emulator.endpoint));
  expect((await patient.send(new DescribeTrailsCommand({}))).$metadata.attempts).toBe(2);
});

test('refuses a fault it does not know', async () => {
  const misspelt = { kind: 'accesDenied' } as unknown as Fault;
  await expect(emulator.faults([{ fault: misspelt }])).rejects.toThrow(/unknown fault/);
});

test('says so when the emulator lacks an operation', async () => {
  const call = new CloudTrailClient(once()).send(new ListChannelsCommand({}));
  await expect(call).rejects.toMatchObject({ name: 'NotEmulated' });
});

test('journals calls by the names of the SDK', async () => {
  const { auditBucket: Bucket } = await seedAccount(emulator.endpoint);
  await emulator.clearJournal();
  const s3 = new S3Client(once());
  await s3.send(new HeadBucketCommand({ Bucket }));
  await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toThrow();
  await getAccountBlock();
  await emulator.faults([{ service: 'ec2', fault: { kind: 'throttled' } }]);
  await expect(describeRegions()).rejects.toThrow();

  const journal = await emulator.journal();
  expect(journal.map(({ time, answered, region, ...entry }) => entry)).toEqual([
    { service: 's3', operation: 'HeadBucket', status: 200 },
    { service: 's3', operation: 'GetBucketLifecycleConfiguration', status: 404 },
    { service: 's3control', operation: 'GetPublicAccessBlock', status: 200 },
    { service: 'ec2', operation: 'DescribeRegions', status: 503, fault: 'throttled' },
  ]);
});

test('the environment leads the AWS SDK of a child process here', async () => {
  const program = `
    import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
    import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
    await new S3Client({}).send(new CreateBucketCommand({ Bucket: 'from-a-child' }));
    await new S3ControlClient({}).send(new GetPublicAccessBlockCommand({ AccountId: '${emulator.accountId}' })).catch(() => {});
  `;
  const env = { PATH: process.env.PATH, ...emulator.environment };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env });
  expect((await emulator.journal()).map(({ service, operation, status }) => [service, operation, status])).toEqual([
    ['s3', 'CreateBucket', 200],
    ['s3control', 'GetPublicAccessBlock', 404],
  ]);
});

test('reset forgets what was seeded', async () => {
  await seedAccount(emulator.endpoint);
  await emulator.reset();
  expect((await describeTrails()).trailList).toEqual([]);
  expect((await listBuckets()).Buckets ?? []).toEqual([]);
});
