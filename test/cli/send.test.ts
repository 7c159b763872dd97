import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LoopbackAws, loopbackAws } from '../senders/loopback-aws.ts';
import { runCli } from './run-cli.ts';

let aws: LoopbackAws;
let folder = '';
beforeAll(async () => {
  aws = await loopbackAws();
  folder = mkdtempSync(join(tmpdir(), 'trailproof-send-'));
});
afterEach(() => aws.reset());
afterAll(() => {
  aws.close();
  rmSync(folder, { recursive: true });
});

const send = (file: string, ...args: readonly string[]) =>
  runCli(['check', 'examples/broken-account.yaml', '--output', `json=${join(folder, file)}`, ...args], {
    environment: {
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIA444455556666',
      AWS_SECRET_ACCESS_KEY: 's',
      TRAILPROOF_WEBHOOK_SECRET: 'signing',
    },
  });

test('what does not arrive is said, the report is written and said all the same, and the run ends with 2', async () => {
  aws.fail('PutObject', { status: 403, code: 'AccessDenied' });
  const run = await send(
    'kept.json',
    '--send',
    's3://audit',
    '--send',
    `${aws.url}/hook`,
    '--quiet',
    '--format',
    'text',
  );
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(
    /^trailproof: s3:\/\/audit: not sent: \S+\/report\.json: AccessDenied: AccessDenied it is\n$/,
  );
  expect(run.stdout).toContain('Exit code 1: violations');
  expect(JSON.parse(readFileSync(join(folder, 'kept.json'), 'utf8')).summary.exitCode).toBe(1);
  expect(aws.requests.filter((request) => request.startsWith('webhook'))).toHaveLength(1);
});

test('a slip of the pen is said before anything is judged or sent', async () => {
  const run = await send('none.json', '--send', 's3://audit', '--send', 'security-hub:everywhere');
  expect(run).toEqual({
    code: 2,
    stdout: '',
    stderr: 'trailproof: --send security-hub: that is no region\nWrite it like security-hub:us-east-1.\n',
  });
  expect(aws.requests).toEqual([]);
  expect(() => readFileSync(join(folder, 'none.json'))).toThrow('ENOENT');
});
