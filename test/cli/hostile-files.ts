import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './run-cli.ts';

const head = `trailproof: snapshot/1
account: { id: '111122223333', partition: aws }
collectedAt: 2026-11-20T09:00:00Z
regions: [us-east-1]
`;
const trail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main';
const rule = `id: my-rule
title: My rule
severity: low
resource: AWS::CloudTrail::Trail
why: Because.
`;
const deep = 10_000;
const hundredMegabytes = 100 * 1000 * 1000;

/** Each level holds the one before ten times: ten lines stand for ten thousand million values. */
const bomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`,
  ),
].join('\n');

const files: Readonly<Record<string, string | Uint8Array>> = {
  'good.yaml': `${head}resources: {}\n`,
  'same.yaml': `${head}resources: {}\n`,
  'not-yaml.yaml': `${head}resources: { AWS::S3::Bucket: [\n`,
  'not-json.json': '{\n  "trailproof": "snapshot/1",\n  "account": {]\n}\n',
  'bad-line.jsonl': `${JSON.stringify({ trailproof: 'snapshot/1', account: { id: '111122223333', partition: 'aws' }, regions: [], resources: {} })}\n{"trailproof": }\n`,
  'empty.yaml': '',
  'empty.json': '\n',
  'wrong-schema.yaml': 'trailproof: snapshot/1\naccount: { id: 111122223333 }\nregions: us-east-1\nresources: {}\n',
  'other-file.yaml': 'name: CI\non: push\n',
  'unknown-property.yaml': `${head}resources:
  AWS::CloudTrail::Trail:
    - TrailARN: ${trail}
      IsMultiRegionTrial: true
      Status: { IsLoging: true }
  AWS::S3::Buckets: []
`,
  'duplicate-key.yaml': `${head}regions: [eu-west-1]\nresources: {}\n`,
  'duplicate-key.json': '{ "trailproof": "snapshot/1",\n  "regions": [],\n  "regions": [] }\n',
  'both-spellings.yaml': `${head}resources: { AWS::S3::Bucket: [{ Name: logs, name: logs }] }\n`,
  'prototype.yaml': `${head}resources:\n  __proto__: { polluted: true }\n`,
  'prototype.json': '{ "trailproof": "snapshot/1", "\\u005f_proto__": { "polluted": true } }\n',
  'utf16.yaml': Buffer.from(`\ufeff${head}`, 'utf16le'),
  'brackets.json': Buffer.alloc(hundredMegabytes, '['),
  'brackets.yaml': Buffer.alloc(hundredMegabytes, '['),
  'bomb.yaml': `${bomb}\n`,
  'deep.yaml': `deep: ${'['.repeat(deep)}${']'.repeat(deep)}\n`,
  'deep-block.yaml': `${'- '.repeat(deep)}x\n`,
  'deep.json': `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
  'config-id.yaml': 'parameters:\n  log-bucket-retention-minimun: { minimumDays: 365 }\n',
  'config-value.yaml': 'parameters:\n  log-bucket-retention-minimum:\n    minimumDays: a year\n    maximumDays: 3\n',
  'config-key.yaml': 'failon: high\ncritical: [{ tags: { a: b } }]\n',
  'config-targets.yaml': `targets:
  organization: { ou: [r-ab12], ous: [production], tags: { env: [prod, 3] }, exclude: [111122223333] }
  accounts: []
  rolename: audit
  roleArn: trailproof
`,
  'config-nobody.yaml': 'targets:\n  roleName: audit\n',
  'config-fail.yaml': 'failOn: hihg\n',
  'rules/my-rule.yaml': `${rule}when: { ownedByThisAcount: true }\nrequire:\n  LogFileValidationEnable: true\n  Status: { IsLogging: 'yes' }\n`,
  'one/my-rule.yaml': `${rule}require:\n  LogFileValidationEnable: true\n`,
  'type/my-rule.yaml': `${rule.replace('Trail\n', 'Trails\n')}require: { Name: x }\n`,
  'report.json': '{ "trailproof": "report/1", "findings": [] }\n',
  'recording.jsonl': '{"trailproof":"recording/1"}\n{"service":"s3"}\n',
};

/** A folder of files that nobody should be able to hurt us with. */
export function hostileFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-bad-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  mkdirSync(join(folder, 'nothing'));
  copyFileSync(`${root}examples/healthy-account.yaml`, join(folder, 'healthy.yaml'));
  return folder;
}
