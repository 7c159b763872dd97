import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callOf } from '../../src/collectors/call.ts';
import { refusalOf } from '../../src/collectors/refusal.ts';
import { type AwsClients, awsClients } from '../../src/sources/aws-clients.ts';

/** Answers every call with the same body, complete as far as HTTP can tell. */
let body = '';
let contentType = '';
const server = createServer((request, response) => {
  request.resume();
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(200, contentType ? { ...length, 'content-type': contentType } : length).end(body);
});
let clients: AwsClients;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const environment = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
  // Where the SDK itself looks for it.
  vi.stubEnv('AWS_ENDPOINT_URL', environment.AWS_ENDPOINT_URL);
  const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  clients = awsClients({ environment, credentials });
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

const ask = (operation: string, params = {}) => clients.request(callOf(operation, 'us-east-1', params));

/** Of each protocol an answer of which no part may be taken for the whole. */
const answers: readonly (readonly [string, object, string])[] = [
  [
    's3:GetBucketAcl',
    { Bucket: 'logs' },
    '<AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList><Grant><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>',
  ],
  [
    'ec2:DescribeRegions',
    {},
    '<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>',
  ],
  ['cloudtrail:GetTrailStatus', { Name: 'main' }, '{"IsLogging":true,"LatestDeliveryError":"AccessDenied"}'],
];

describe.each(answers)('%s', (operation, params, whole) => {
  test('is read when it is whole', async () => {
    body = whole;
    await expect(ask(operation, params)).resolves.toBeTypeOf('object');
  });

  test('is unreadable wherever it is cut off', async () => {
    const codes = new Set<string>();
    for (let length = 0; length < whole.length; length += 1) {
      body = whole.slice(0, length);
      const outcome = await ask(operation, params).then(
        () => `read at ${length}`,
        (thrown: unknown) => refusalOf(thrown).code,
      );
      codes.add(outcome);
    }
    expect([...codes]).toEqual(['UnreadableAnswer']);
  });
});

test.each(answers)(
  '%s is no web page, though one can be read as an answer without anything in it',
  async (operation, params) => {
    body = '<html><head><title>Sign in</title></head><body/></html>';
    contentType = 'text/html; charset=utf-8';
    await expect(ask(operation, params)).rejects.toMatchObject({ name: 'UnreadableAnswer' });
    contentType = '';
  },
);

test.each(answers)('%s is read whatever imitates AWS says that it is', async (operation, params, whole) => {
  body = whole;
  contentType = 'text/html; charset=utf-8';
  await expect(ask(operation, params)).resolves.toBeTypeOf('object');
  contentType = '';
});

test('what has no body by its nature is an answer', async () => {
  body = '';
  await expect(ask('s3:HeadBucket', { Bucket: 'logs' })).resolves.toBeTypeOf('object');
  await expect(ask('s3:PutObject', { Bucket: 'logs', Key: 'a', Body: 'b' })).resolves.toBeTypeOf('object');
});

test('an object that a web page takes is not written', async () => {
  body = '<!DOCTYPE html><title>Sign in</title>';
  contentType = 'text/html; charset=utf-8';
  const written = ask('s3:PutObject', { Bucket: 'logs', Key: 'a', Body: 'b' });
  await expect(written).rejects.toMatchObject({ name: 'UnreadableAnswer' });
  contentType = '';
});
