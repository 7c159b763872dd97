import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsThatRefuses } from './aws-that-refuses.ts';
import { expectGolden } from './golden.ts';
import { hostileFolder } from './hostile-files.ts';
import { runCli, transcript } from './run-cli.ts';

const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'us-east-1',
};
// Nothing listens on port 1.
const nobody = { ...credentials, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_MAX_ATTEMPTS: '1' };

/** What is tried, and with what; the same for all but those that need AWS. */
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['not YAML', ['check', 'not-yaml.yaml']],
  ['not JSON', ['check', 'not-json.json']],
  ['a line that is not JSON', ['check', 'bad-line.jsonl']],
  ['an empty file', ['check', 'empty.yaml']],
  ['an empty file, JSON', ['check', 'empty.json']],
  ['empty standard input', ['check', '-']],
  ['wrong schema', ['check', 'wrong-schema.yaml']],
  ['a file of something else', ['check', 'other-file.yaml']],
  ['an unknown property', ['check', 'unknown-property.yaml']],
  ['a duplicate key', ['check', 'duplicate-key.yaml']],
  ['a duplicate key, JSON', ['check', 'duplicate-key.json']],
  ['a property in both spellings', ['check', 'both-spellings.yaml']],
  ['mistakes in several files', ['check', 'good.yaml', 'duplicate-key.yaml', 'prototype.json']],
  ['an account twice', ['check', 'good.yaml', 'same.yaml']],
  ['an unknown rule id', ['check', 'healthy.yaml', '--only', 'trail-is-loging']],
  ['an unknown rule id in the config', ['check', 'healthy.yaml', '--config', 'config-id.yaml']],
  ['an unknown rule id to show', ['rules', 'show', 'trail-is-loging']],
  ['an unknown format', ['check', 'healthy.yaml', '--format', 'sarfi']],
  ['an unknown format for a file', ['check', 'healthy.yaml', '--output', 'sarfi=out.sarif']],
  ['two formats on standard output', ['check', 'healthy.yaml', '--format', 'json', '--format', 'sarif']],
  ['an unwritable output', ['check', 'healthy.yaml', '--output', 'json=missing/out.json', '--output', 'junit=out.xml']],
  ['a file that is not there', ['check', 'helthy.yaml']],
  ['an unreadable file', ['check', 'healthy.yaml/inner.yaml']],
  ['an empty folder', ['check', 'nothing']],
  ['UTF-16', ['check', 'utf16.yaml']],
  ['100 MB of [, JSON', ['check', 'brackets.json']],
  ['100 MB of [, YAML', ['check', 'brackets.yaml']],
  ['a YAML alias bomb', ['check', 'bomb.yaml']],
  ['10,000 nested levels', ['check', 'deep.yaml']],
  ['10,000 nested levels, in blocks', ['check', 'deep-block.yaml']],
  ['10,000 nested levels, JSON', ['check', 'deep.json']],
  ['a __proto__ key', ['check', 'prototype.yaml']],
  ['a __proto__ key, JSON, in disguise', ['check', 'prototype.json']],
  [
    'a parameter of the wrong type',
    ['check', 'healthy.yaml', '--parameter', 'log-bucket-retention-minimum.minimumDays=abc'],
  ],
  ['a parameter out of bounds', ['check', 'healthy.yaml', '--parameter', 'log-bucket-retention-minimum.minimumDays=0']],
  ['a parameter of no rule', ['check', 'healthy.yaml', '--parameter', 'log-bucket-retention.minimumDays=3']],
  ['a parameter that is not one', ['check', 'healthy.yaml', '--parameter', 'log-bucket-retention-minimum.days=3']],
  ['parameters of the wrong type in the config', ['check', 'healthy.yaml', '--config', 'config-value.yaml']],
  ['an unknown key in the config', ['check', 'healthy.yaml', '--config', 'config-key.yaml']],
  ['an unknown severity in the config', ['check', 'healthy.yaml', '--config', 'config-fail.yaml']],
  ['targets of the wrong kind in the config', ['check', 'healthy.yaml', '--config', 'config-targets.yaml']],
  ['targets that name nobody in the config', ['check', 'healthy.yaml', '--config', 'config-nobody.yaml']],
  ['a role name without accounts', ['scan', '--role-name', 'audit']],
  ['a unit that is none', ['scan', '--ou', 'production']],
  ['a recording of an organization', ['scan', '--organization', '--record', 'calls.jsonl']],
  ['an external id without a role', ['scan', '--external-id', 'secret']],
  ['a misspelt property in a rule', ['check', 'healthy.yaml', '--rules', 'one']],
  ['several mistakes in a rule', ['check', 'healthy.yaml', '--rules', 'rules']],
  ['an unknown resource type in a rule', ['rules', 'validate', 'type']],
  ['a bad time', ['check', 'healthy.yaml', '--now', 'yesterday']],
  ['no rule left', ['check', 'healthy.yaml', '--severity', 'critical', '--only', 'low']],
  ['a report that is none', ['report', 'report.json']],
  ['a snapshot as a report', ['report', 'healthy.yaml']],
  ['a recording that is none', ['check', 'recording.jsonl']],
  ['a misspelt call', ['prove', 's3:GetObejct', 'healthy.yaml']],
  ['a misspelt service', ['prove', 'dynamdb:DeleteTable']],
  ['a file where a call should stand', ['prove', 'healthy.yaml']],
  ['a misspelt field of a class', ['prove', '--class', 'catgory=Data', 'healthy.yaml']],
  ['a misspelt category', ['prove', '--class', 'category=data', 'healthy.yaml']],
  ['a region that no account has', ['prove', 'ec2:RunInstances', 'healthy.yaml', '--region', 'eu-wset-1']],
  ['a region where no such event happens', ['prove', 'iam:CreateUser', 'healthy.yaml', '--region', 'eu-west-1']],
  ['a snapshot as an event', ['prove', '--event', 'report.json', 'healthy.yaml']],
  ['an event that is not there', ['prove', '--event', 'event.json', 'healthy.yaml']],
  ['an account to prove twice', ['prove', 'ec2:RunInstances', 'healthy.yaml', 'healthy.yaml']],
  ['files and a recording', ['prove', 'ec2:RunInstances', 'healthy.yaml', '--replay', 'calls.jsonl']],
  ['standard input twice', ['prove', '--event', '-', '-']],
  ['no command', ['chekc']],
  ['no such command of rules', ['rules', 'lits']],
  ['no such flag', ['check', 'healthy.yaml', '--frmat', 'json']],
  ['no file', ['check']],
  ['no credentials', ['scan']],
  ['a role that is none', ['scan', '--role-arn', 'audit']],
  ['expired credentials', ['scan']],
  ['no network', ['scan']],
];

const environments: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'no network': nobody };

describe('bad input is refused', () => {
  let folder = '';
  let before: readonly string[] = [];
  let aws: Awaited<ReturnType<typeof awsThatRefuses>>;
  const said = new Map<string, string>();

  beforeAll(async () => {
    folder = hostileFolder();
    before = readdirSync(folder).toSorted();
    aws = await awsThatRefuses();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await aws.close();
  });

  test.each(commands)('%s', async (what, args) => {
    const expired = what === 'expired credentials' ? { ...credentials, AWS_ENDPOINT_URL: aws.url } : {};
    const run = await runCli(args, { cwd: folder, environment: { ...environments[what], ...expired } });
    said.set(what, transcript(`trailproof ${args.join(' ')}`, run));
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).not.toMatch(/^\s+at |bug/m);
  });

  test('nothing was written', () => {
    expect(readdirSync(folder).toSorted()).toEqual(before);
    expect(existsSync(join(folder, 'out.xml'))).toBe(false);
  });

  test('each message names the file, the place, what is wrong and what to do', () => {
    const parts = commands.map(([what]) => `## ${what}\n${said.get(what) ?? 'not run'}`);
    expectGolden('golden/bad-input.txt', parts.join('\n'));
  });
});
