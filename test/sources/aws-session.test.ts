import { describe, expect, test } from 'vitest';
import { callOf } from '../../src/collectors/call.ts';
import { everything } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { hasCommand } from '../../src/sources/aws-clients.ts';
import { openSession } from '../../src/sources/aws-session.ts';
import { notConnected } from '../../src/sources/not-connected.ts';
import { endpointOf, isLoopback, passesProxyBy } from '../../src/sources/transport.ts';

const named = (name: string, message = 'why') => Object.assign(new Error(message), { name });

describe('what comes before any account is an error to act on', () => {
  test.each([
    ['CredentialsProviderError', 'credentials', 'There are no usable AWS credentials (why)'],
    ['TokenProviderError', 'credentials', 'There are no usable AWS credentials (why)'],
    ['ExpiredToken', 'credentials', 'AWS does not accept the credentials (ExpiredToken: why)'],
    ['InvalidClientTokenId', 'credentials', 'AWS does not accept the credentials (InvalidClientTokenId: why)'],
    ['TimeoutError', 'network', 'AWS cannot be reached (TimedOut: why)'],
    ['Throttling', 'network', 'AWS cannot be reached (Throttling: why)'],
  ])('%s', (name, code, message) => {
    const error = notConnected(named(name));
    expect(error).toMatchObject({ code, message });
    expect(error.hint).not.toBeUndefined();
  });

  test('a proxy that this Node passes by is what keeps AWS away', () => {
    expect(notConnected(named('TimeoutError'), { passesProxyBy: true })).toMatchObject({
      code: 'network',
      hint: 'This Node cannot use the proxy of the environment: 22.21, 24.5 and later can.',
    });
  });

  test('the profile that has no credentials is named', () => {
    expect(notConnected(named('CredentialsProviderError'), { profile: 'audti' }).message).toBe(
      'There are no usable AWS credentials of the profile audti (why)',
    );
  });

  test('a deadline that is over is not the network', () => {
    const deadline = AbortSignal.abort();
    expect(notConnected(named('AbortError'), { deadline })).toMatchObject({
      code: 'network',
      message: 'The time for the whole run was over before AWS said whose the credentials are',
      hint: 'Give it more with --deadline.',
    });
    expect(notConnected(named('ExpiredToken'), { deadline })).toMatchObject({ code: 'credentials' });
  });

  test('a connection that nobody takes', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    expect(notConnected(error)).toMatchObject({
      code: 'network',
      message: 'AWS cannot be reached (ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:1)',
    });
  });
});

test.each([
  ['22.18.0', true],
  ['22.21.0', false],
  ['23.11.1', true],
  ['24.4.1', true],
  ['24.5.0', false],
  ['26.0.0', false],
])('Node %s passes a proxy by: %s', (version, passes) => {
  expect(passesProxyBy({ HTTPS_PROXY: 'http://proxy.example:3128' }, version)).toBe(passes);
  expect(passesProxyBy({}, version)).toBe(false);
});

test('a region that a variable leaves empty is the next one that is said', async () => {
  const environment = { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' };
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b' });
  expect((await openSession({ environment, credentials })).region).toBe('eu-west-1');
});

test('the SDK has a command for every operation of the resource types', async () => {
  const ours = ['ListAccounts', 'ListAccountsForParent', 'ListOrganizationalUnitsForParent', 'ListTagsForResource'];
  const operations = [
    ...everything(resourceTypes).operations.keys(),
    ...['sts:GetCallerIdentity', 'sts:AssumeRole'],
    ...ours.map((operation) => `organizations:${operation}`),
  ];
  const known = await Promise.all(operations.map((operation) => hasCommand(callOf(operation, 'us-east-1', {}))));
  expect(operations.filter((_, index) => !known[index])).toEqual([]);
  await expect(hasCommand({ service: 's3', operation: 'constructor' })).resolves.toBe(false);
  await expect(hasCommand({ service: 'unheard-of', operation: 'List' })).resolves.toBe(false);
});

test('nothing that the resource types ask writes, or reads data', () => {
  const operations = [...everything(resourceTypes).operations.keys()];
  expect(operations.filter((operation) => !/:(Describe|Get|List|Head)[A-Z]/.test(operation))).toEqual([]);
  expect(
    operations.filter((operation) => /Object$|SecretValue|Record/.test(operation) && !/Recorder/.test(operation)),
  ).toEqual([]);
});

describe('an endpoint of the environment', () => {
  test("is the service's own before everybody's", () => {
    const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_S3: 'http://localhost:2' };
    expect(endpointOf('S3', environment)).toBe('http://localhost:2');
    expect(endpointOf('STS', environment)).toBe('http://127.0.0.1:1');
    expect(endpointOf('S3', { ...environment, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toBeUndefined();
    expect(endpointOf('S3', { AWS_ENDPOINT_URL: '' })).toBeUndefined();
  });

  test.each([
    ['http://127.0.0.1:4566', true],
    ['http://localhost:4566', true],
    ['http://[::1]:4566', true],
    ['https://s3.example.com', false],
    ['https://127.example.com', false],
    ['no url', false],
    [undefined, false],
  ])('%s on this machine: %s', (endpoint, expected) => {
    expect(isLoopback(endpoint)).toBe(expected);
  });
});
