import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Account, readAccounts } from '../../src/cli/inputs.ts';
import { judge } from '../../src/cli/judge.ts';
import { registry } from '../../src/cli/rule-set.ts';
import { openShelf } from '../../src/cli/shelf.ts';
import { spool } from '../../src/cli/spool.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { ReportGap } from '../../src/reporters/report.ts';
import { compileRule } from '../../src/rules/compile.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-shelf-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ids = Array.from({ length: 9 }, (_, index) => `60000000000${index}`);
const snapshot = (id: string): Snapshot => ({
  trailproof: 'snapshot/1',
  account: { id, partition: 'aws', alias: 'größer' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: {
    'AWS::S3::Bucket': [{ Name: `logs-${id}`, BucketRegion: 'us-east-1', Versioning: { Status: 'Enabled' } }],
    'AWS::CloudTrail::Trail': [
      {
        TrailARN: `arn:aws:cloudtrail:us-east-1:${id}:trail/main`,
        Name: 'main',
        HomeRegion: 'us-east-1',
        // The bucket of another account, each time.
        S3BucketName: `logs-${ids.at((ids.indexOf(id) + 5) % ids.length)}`,
      },
    ],
  },
});
const snapshots = ids.map(snapshot);

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const lines = snapshots.map((one) => JSON.stringify(one)).join('\n');

async function read(files: readonly string[], stdin?: AsyncIterable<Uint8Array>): Promise<readonly Account[]> {
  const options = { registry, plan: { operations: new Map() }, allowEmpty: 'not-empty' } as const;
  const accounts: Account[] = [];
  for await (const account of readAccounts(files, { ...options, ...(stdin && { stdin }) })) accounts.push(account);
  return accounts;
}

describe('a shelf', () => {
  test('gives back what was put there, be it held, in its file or in a temporary one', async () => {
    const inFile = await read([write('in-file.jsonl', lines)]);
    expect(inFile.map(({ at }) => at?.bytes)).toEqual(snapshots.map((one) => Buffer.byteLength(JSON.stringify(one))));
    for (const accounts of [inFile, inFile.map(({ at: _, ...account }) => account)]) {
      const shelf = openShelf();
      for (const account of accounts) shelf.put(account);
      expect(ids.map((id) => shelf.take(id))).toEqual(snapshots);
      shelf.close();
    }
  });

  test('properties in the other spelling are read again as they were read', async () => {
    const written = lines.replaceAll('"S3BucketName"', '"s3BucketName"');
    const shelf = openShelf();
    for (const account of await read([write('spelling.jsonl', written)])) shelf.put(account);
    expect(ids.map((id) => shelf.take(id))).toEqual(snapshots);
  });

  test('a file that changes meanwhile is an error, not another answer', async () => {
    const path = write('changing.jsonl', lines);
    const shelf = openShelf();
    for (const account of await read([path])) shelf.put(account);
    writeFileSync(path, lines.replaceAll(ids[0] ?? '', '999999999999'));
    expect(() => shelf.take(ids[0] ?? '')).toThrow(`${path} changed while it was being read`);
    writeFileSync(path, '');
    expect(() => shelf.take(ids[1] ?? '')).toThrow(`${path} changed while it was being read`);
    expect(() => shelf.take('123456789012')).toThrow('there is no account 123456789012');
  });
});

test('what comes once has no place where it can be read again', async () => {
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(lines));
  }
  const accounts = await read(['-'], stdin());
  expect(accounts.map(({ snapshot: one }) => one)).toEqual(snapshots);
  expect(accounts.flatMap(({ at }) => at ?? [])).toEqual([]);
});

test('a run says the same however its accounts came', async () => {
  const { rule } = compileRule(
    {
      id: 'my-rule',
      title: 'My rule',
      severity: 'low',
      resource: 'AWS::CloudTrail::Trail',
      why: 'Because.',
      require: { bucket: { Versioning: { Status: 'Enabled' }, trails: { count: 1 } } },
    },
    { registry },
  );
  const judged = async (accounts: readonly Account[]) => {
    async function* each(): AsyncGenerator<Account> {
      yield* await Promise.resolve(accounts);
    }
    const progress = { step: () => Promise.resolve(), stop: () => undefined };
    const policy = { failOn: 'info', unknown: 'fail' } as const;
    const more = { critical: [], version: '1', inputs: [], allowEmpty: 'not-empty' } as const;
    const kept = { findings: spool<Finding>(), gaps: spool<ReportGap>() };
    const { report } = await judge(each(), { rules: [rule], policy, progress, ...more, ...kept });
    // Where each was read is another thing.
    const findings = [...report.findings].map(({ source: _, ...finding }) => finding);
    return { ...report, findings, gaps: [...report.gaps] };
  };
  const files = snapshots.map((one, index) => write(`one-${index}.json`, JSON.stringify(one, undefined, 2)));
  const report = await judged(await read([write('run.jsonl', lines)]));
  expect(report.summary).toEqual({ pass: 9, fail: 0, unknown: 0, 'not-applicable': 0, exitCode: 0 });
  expect(await judged(await read(files))).toEqual(report);
});
