import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signatureOf } from '../../src/senders/webhook.ts';
import { runCli } from '../cli/run-cli.ts';
import { type LoopbackAws, loopbackAws } from '../senders/loopback-aws.ts';
import { consolesOf, page, root } from './console.ts';

const sending = page('docs/sending.md');
const block = (language: string): string => sending.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';

let aws: LoopbackAws;
let folder = '';
beforeAll(async () => {
  aws = await loopbackAws();
  folder = mkdtempSync(join(tmpdir(), 'trailproof-sending-'));
});
afterAll(() => {
  aws.close();
  rmSync(folder, { recursive: true });
});

/** The digest is another one whenever the report is. */
const undigested = (text: string): string => text.replace(/-[0-9a-f]{16}\//g, '-…/');

test('shows what a run says that sends', async () => {
  const [[command = '', shown = ''] = []] = consolesOf(sending);
  const report = `json=${join(folder, 'report.json')}`;
  await runCli(['check', 'examples/broken-account.yaml', '--only', 'trail-is-logging', '--output', report]);
  const run = await runCli(command.split(' ').slice(2), {
    cwd: folder,
    environment: {
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIA444455556666',
      AWS_SECRET_ACCESS_KEY: 's',
    },
  });
  expect(undigested(run.stdout + run.stderr)).toBe(undigested(shown));
  expect(run.code).toBe(1);
  expect([...aws.objects.values()].map(({ body }) => body)).toEqual([
    readFileSync(join(folder, 'trail.sarif'), 'utf8'),
  ]);
  expect([...(aws.hubs.get('444455556666 eu-west-1')?.keys() ?? [])]).toHaveLength(1);
});

test('shows how a signature is checked', async () => {
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(block('js'))}`);
  const now = 1_800_000_000_000;
  const headers = {
    'x-trailproof-timestamp': '1800000000',
    'x-trailproof-signature': signatureOf('secret', '1800000000', 'body'),
  };
  expect(isGenuine(headers, 'body', 'secret', now)).toBe(true);
  expect(isGenuine(headers, 'other', 'secret', now)).toBe(false);
  expect(isGenuine(headers, 'body', 'guessed', now)).toBe(false);
  expect(isGenuine(headers, 'body', 'secret', now + 301_000)).toBe(false);
  expect(isGenuine({ 'x-trailproof-timestamp': '1800000000' }, 'body', 'secret', now)).toBe(false);
});

test('names every action that senders need, and no other', () => {
  const source = readdirSync(`${root}src/senders`).map((file) => readFileSync(`${root}src/senders/${file}`, 'utf8'));
  const used = source.join('').match(/(?<=')(?:securityhub|config|s3):[A-Z]\w+(?=')/g) ?? [];
  // All parts of writing an object are this one to IAM.
  const actions = used.map((operation) => operation.replace(/:(?:\w+MultipartUpload|UploadPart)$/, ':PutObject'));
  const aborting = used.filter((operation) => operation === 's3:AbortMultipartUpload');
  const policy = JSON.parse(block('json'));
  const named: readonly string[] = policy.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
  expect(named.toSorted()).toEqual([...new Set([...actions, ...aborting, 'sts:AssumeRole'])].toSorted());
});

test('names the variables that there are, and flags that there are', () => {
  const source = readFileSync(`${root}src/senders/destination.ts`, 'utf8');
  for (const variable of source.match(/TRAILPROOF_\w+/g) ?? []) expect(sending).toContain(variable);
  const { commands } = JSON.parse(readFileSync(`${root}oclif.manifest.json`, 'utf8'));
  const named = sending.match(/(?<=`|\s)--(?:send|quiet|profile|role|output|format|organization)[a-z-]*/g) ?? [];
  expect(named).toContain('--send-role');
  for (const flag of named) expect(Object.keys(commands.scan.flags)).toContain(flag.slice(2));
  for (const command of ['check', 'report']) expect(Object.keys(commands[command].flags)).toContain('send');
});
