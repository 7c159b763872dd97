import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asTargets } from '../../src/cli/account-source.ts';
import { readConfig } from '../../src/cli/config.ts';
import { type Account, readAccounts } from '../../src/cli/inputs.ts';
import { judge } from '../../src/cli/judge.ts';
import { registry } from '../../src/cli/rule-set.ts';
import { spool } from '../../src/cli/spool.ts';
import { compileRule } from '../../src/rules/compile.ts';

const rule = (id: string, resource: string) =>
  compileRule(
    { id, title: 'A rule', severity: 'low', resource, why: 'Because.', require: { id: { equals: 'no' } } },
    { registry },
  ).rule;
const rules = [rule('accounts', 'AWS::Account'), rule('buckets', 'AWS::S3::Bucket'), rule('topics', 'AWS::SNS::Topic')];

const yaml = `trailproof: snapshot/1
account: { id: "111111111111", partition: aws }
collectedAt: 2026-11-20T09:00:00Z
regions: [us-east-1]
resources:
  AWS::SNS::Topic:
    - TopicArn: arn:aws:sns:us-east-1:111111111111:one

  AWS::S3::Bucket:
    - Name: first
      BucketRegion: us-east-1
    # The one that matters.
    - Name: second
      BucketRegion: us-east-1
`;
const value = {
  trailproof: 'snapshot/1',
  account: { id: '222222222222', partition: 'aws' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: { 'AWS::S3::Bucket': [{ Name: 'third', BucketRegion: 'us-east-1' }] },
};
const line = (id: string): string => JSON.stringify({ ...value, account: { id, partition: 'aws' } });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-source-'));
  writeFileSync(join(folder, 'a.yaml'), yaml);
  writeFileSync(join(folder, 'b.json'), JSON.stringify(value, undefined, 2));
  writeFileSync(join(folder, 'c.jsonl'), `${line('333333333333')}\n\n${line('444444444444')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const fromFiles = (): AsyncIterable<Account> => {
  const files = ['a.yaml', 'b.json', 'c.jsonl'].map((name) => join(folder, name));
  return readAccounts(files, { registry, plan: { operations: new Map() }, allowEmpty: 'not-empty' });
};

/** `a.yaml:12 second` of each finding. */
async function sources(accounts: AsyncIterable<Account>): Promise<readonly string[]> {
  const { report } = await judge(accounts, {
    rules,
    critical: [],
    policy: { failOn: 'info', unknown: 'fail' },
    version: '1.2.3',
    inputs: [],
    allowEmpty: 'not-empty',
    progress: { step: () => Promise.resolve(), stop: () => undefined },
    findings: spool(),
    gaps: spool(),
  });
  return [...report.findings].map(({ source, resource }) => {
    const place = source && `${source.file.replace(`${folder}/`, '')}:${source.line}`;
    return `${place} ${resource.name}`;
  });
}

test('a finding has the line of its resource, else of its account; of JSON lines there is but one', async () => {
  expect(await sources(fromFiles())).toEqual([
    'a.yaml:1 111111111111',
    'a.yaml:10 first',
    'a.yaml:13 second',
    'a.yaml:7 arn:aws:sns:us-east-1:111111111111:one',
    'b.json:1 222222222222',
    'b.json:13 third',
    'b.json:1 222222222222',
    'c.jsonl:1 333333333333',
    'c.jsonl:1 third',
    'c.jsonl:1 333333333333',
    'c.jsonl:3 444444444444',
    'c.jsonl:3 third',
    'c.jsonl:3 444444444444',
  ]);
});

test('what standard input says has no line that anybody could look at', async () => {
  const stdin = (async function* () {
    yield await Promise.resolve(Buffer.from(yaml));
  })();
  const read = readAccounts(['-'], { registry, plan: { operations: new Map() }, allowEmpty: 'not-empty', stdin });
  expect([...new Set((await sources(read)).map((one) => one.split(' ')[0]))]).toEqual(['undefined']);
});

test('what a scan reads has the line of the config that names its account, if one does', async () => {
  const path = join(folder, 'trailproof.yaml');
  writeFileSync(path, `targets:\n  accounts:\n    - "333333333333"\n    # The new one.\n    - "111111111111"\n`);
  const said = await sources(asTargets(fromFiles(), await readConfig(path)));
  expect([...new Set(said.map((one) => one.split(' ')[0]))]).toEqual([
    'trailproof.yaml:5',
    'undefined',
    'trailproof.yaml:3',
  ]);
});
