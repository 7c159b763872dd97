import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openSession } from '../../src/sources/aws-session.ts';

const [base, hub, member] = ['111111111111', '222222222222', '333333333333'] as const;
const expires = '2999-01-01T00:00:00Z';

/** Who signed a request: the account is part of the access keys that this server hands out. */
const signerOf = ({ headers }: IncomingMessage): string =>
  /Credential=(\w+)\//.exec(headers.authorization ?? '')?.[1] ?? '';

/** An STS and an EC2 that say who asked for what; a role whose name is `no` is refused. */
const asked: string[] = [];
const waiting: (() => void)[] = [];
let most = 0;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const form = new URLSearchParams(body);
  const [action, roleArn = ''] = [form.get('Action'), form.get('RoleArn') ?? undefined];
  const signer = signerOf(request);
  asked.push([signer, action, roleArn, form.get('ExternalId') ?? ''].filter((part) => part !== '').join(' '));
  const answer = (status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(text) }).end(text);
  };
  if (action === 'GetCallerIdentity') {
    const result = `<Account>${base}</Account><Arn>arn:aws:iam::${base}:user/ci</Arn><UserId>A</UserId>`;
    return answer(
      200,
      `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  }
  if (action === 'AssumeRole') {
    if (roleArn.endsWith('/no'))
      return answer(
        403,
        '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
      );
    const keys = `<AccessKeyId>AKIA${roleArn.split(':')[4]}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>`;
    const credentials = `<Credentials>${keys}<SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials>`;
    return answer(200, `<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`);
  }
  // Answered only when as many are there as ever will be.
  waiting.push(() => answer(200, '<DescribeRegionsResponse><regionInfo></regionInfo></DescribeRegionsResponse>'));
  most = Math.max(most, waiting.length);
  if (waiting.length === 2) for (const go of waiting.splice(0)) go();
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', `AKIA${base}`);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
});
afterEach(() => void asked.splice(0));
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

const open = (options: Partial<Parameters<typeof openSession>[0]> = {}) =>
  openSession({ environment: process.env, region: 'us-east-1', ...options });
const regions = { service: 'ec2', operation: 'DescribeRegions', region: 'us-east-1', params: {} };
const arn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

test('one role leads to another, each asked for with the credentials of the one before, once', async () => {
  const first = await open({ roleArn: arn(hub, 'hub'), externalId: 'one' });
  await expect(first.assumeRole()).resolves.toBeUndefined();
  const second = first.enter({ roleArn: arn(member, 'audit'), externalId: 'two' });
  await expect(second.assumeRole()).resolves.toBeUndefined();
  await Promise.all([second.send(regions), second.send(regions)]);
  expect(asked).toEqual([
    `AKIA${base} GetCallerIdentity`,
    `AKIA${base} AssumeRole ${arn(hub, 'hub')} one`,
    `AKIA${hub} AssumeRole ${arn(member, 'audit')} two`,
    `AKIA${member} DescribeRegions`,
    `AKIA${member} DescribeRegions`,
  ]);
});

test('a role that is refused is about its account alone', async () => {
  const session = await open();
  const [inside, outside] = [
    session.enter({ roleArn: arn(hub, 'yes') }),
    session.enter({ roleArn: arn(member, 'no') }),
  ];
  await expect(outside.assumeRole()).resolves.toEqual({ code: 'AccessDenied', message: 'no' });
  await expect(inside.assumeRole()).resolves.toBeUndefined();
});

test('all sessions together have no more calls on their way than was said', async () => {
  const session = await open({ concurrency: 2 });
  const entered = [hub, member].map((account) => session.enter({ roleArn: arn(account, 'audit') }));
  most = 0;
  await Promise.all([session, ...entered].flatMap(({ send }) => [send(regions), send(regions)]));
  expect(most).toBe(2);
});
