import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/cli/inputs.ts';
import { type JudgeOptions, judge } from '../../src/cli/judge.ts';
import { decidedAnew } from '../../src/cli/read-report.ts';
import { registry } from '../../src/cli/rule-set.ts';
import { spool } from '../../src/cli/spool.ts';
import { noWaiving, type Waiving } from '../../src/cli/waiving.ts';
import type { BaselineEntry } from '../../src/evaluation/baseline.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { GatePolicy } from '../../src/evaluation/gate.ts';
import type { Waiver } from '../../src/evaluation/waivers.ts';
import { json } from '../../src/reporters/json.ts';
import type { WholeReport } from '../../src/reporters/report.ts';
import { compileRule } from '../../src/rules/compile.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

const { rule } = compileRule(
  {
    id: 'bucket-versioned',
    title: 'The bucket is versioned',
    severity: 'high',
    resource: 'AWS::S3::Bucket',
    why: 'Because.',
    require: { Versioning: { Status: 'Enabled' } },
  },
  { registry },
);

const bucket = (Name: string, more = {}) => ({ Name, BucketRegion: 'us-east-1', ...more });
const on = { Versioning: { Status: 'Enabled' } };

const account = (buckets: readonly object[], more: Partial<Snapshot> = {}): Snapshot => ({
  trailproof: 'snapshot/1',
  account: { id: '111122223333', partition: 'aws' },
  collectedAt: '2026-11-20T23:59:59Z',
  regions: ['us-east-1'],
  resources: { 'AWS::S3::Bucket': buckets as Snapshot['resources'][string] },
  ...more,
});

async function* each(snapshots: readonly Snapshot[]): AsyncGenerator<Account> {
  for (const snapshot of snapshots) yield await Promise.resolve({ snapshot });
}

interface Given {
  readonly waiving?: Partial<Waiving>;
  readonly known?: readonly BaselineEntry[];
  readonly policy?: Partial<GatePolicy>;
  readonly now?: string;
}

async function judged(
  snapshots: readonly Snapshot[],
  { waiving = {}, known, policy = {}, now }: Given = {},
): Promise<WholeReport> {
  const options: JudgeOptions = {
    rules: [rule],
    critical: [],
    accepted: {
      waiving: { ...noWaiving, ...waiving },
      debt: known && { file: 'known.yaml', entries: known },
    },
    policy: { failOn: 'info', unknown: 'fail', ...policy },
    version: '1.2.3',
    inputs: [],
    allowEmpty: 'not-empty',
    progress: { step: () => Promise.resolve(), stop: () => undefined },
    findings: spool(),
    gaps: spool(),
    ...(now !== undefined && { now }),
  };
  const { report } = await judge(each(snapshots), options);
  return { ...report, findings: [...report.findings], gaps: [...report.gaps] };
}

const waiver = (part: Partial<Waiver> = {}): Waiver => ({
  rule: 'bucket-*',
  reason: 'It holds nothing.',
  owner: 'ci-team',
  expires: '2027-02-28',
  ...part,
});

const entryOf = ({ fingerprint, rule: of, resource }: Finding, firstSeen: string): BaselineEntry => ({
  fingerprint,
  rule: of,
  account: resource.account,
  region: resource.region,
  resource: resource.id,
  firstSeen,
});

describe('a run with waivers', () => {
  const prod = account([bucket('prod'), bucket('dev', { tags: { env: 'dev' } })]);

  test('counts what they hide, and still fails by the rest', async () => {
    const waivers = [waiver({ match: { tags: { env: ['dev'] } } })];
    const { summary, findings, waivers: uses } = await judged([prod], { waiving: { waivers } });
    expect(findings.map((it) => [it.resource.name, it.status, it.waiver?.state])).toEqual([
      ['dev', 'fail', 'active'],
      ['prod', 'fail', undefined],
    ]);
    expect(summary).toEqual({ fail: 1, unknown: 0, pass: 0, 'not-applicable': 0, waived: 1, exitCode: 1 });
    expect(uses).toEqual([{ ...waivers[0], state: 'active', hides: 1 }]);
  });

  test('hides nothing by a tag that could not be read', async () => {
    const resource = 'arn:aws:s3:::dev';
    const gaps = [{ operation: 's3:GetBucketTagging', resource, error: 'AccessDenied' }];
    const { Name, BucketRegion } = bucket('dev');
    const given = account([{ Name, BucketRegion }], { gaps });
    const waivers = [waiver({ match: { tags: { env: ['dev'] } } })];
    const { summary, waivers: uses } = await judged([given], { waiving: { waivers }, policy: { strict: true } });
    expect(summary).toMatchObject({ fail: 1, waived: 0, exitCode: 1 });
    expect(uses).toEqual([{ ...waivers[0], state: 'active', hides: 0 }]);
  });

  test.each([
    ['2027-02-28T23:59:59Z', 'expiring', 0],
    ['2027-03-01T00:00:00Z', 'expired', 1],
  ])('as of %s it is %s, and the run ends with %i, whatever the clock says', async (now, state, exitCode) => {
    const given = await judged([prod], { waiving: { waivers: [waiver()] }, now });
    expect(given.findings[0]?.waiver?.state).toBe(state);
    expect(given.summary.exitCode).toBe(exitCode);
    expect(given.scope.now).toBe(now);
  });

  test('judges each account as of when it was read, and the waiver as of the latest', async () => {
    const later = account([bucket('later')], {
      account: { id: '444455556666', partition: 'aws' },
      collectedAt: '2027-03-01T00:00:00Z',
    });
    const { findings, waivers } = await judged([later, prod], { waiving: { waivers: [waiver()] } });
    expect(findings.map((it) => it.waiver?.state)).toEqual(['expired', 'active', 'active']);
    expect(waivers?.[0]).toMatchObject({ state: 'expired', hides: 2 });
  });

  test('of which nobody says the time is an error: the clock is not asked', async () => {
    const { collectedAt: _, ...timeless } = prod;
    const run = judged([timeless], { waiving: { waivers: [waiver()] } });
    await expect(run).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining('--now') });
    expect((await judged([timeless])).summary.exitCode).toBe(1);
  });

  test('ends strictly with 4 by a waiver that hides nothing', async () => {
    const given = { waiving: { waivers: [waiver()] }, policy: { strict: true } } as const;
    expect((await judged([account([bucket('good', on)])], given)).summary.exitCode).toBe(4);
    expect((await judged([account([bucket('good', on)])], { waiving: given.waiving })).summary.exitCode).toBe(0);
  });
});

describe('a run with a baseline', () => {
  const two = account([bucket('a'), bucket('b')]);

  test('counts what it knows, and fails by what is new', async () => {
    const { findings } = await judged([two]);
    const known = findings.slice(0, 1).map((finding) => entryOf(finding, '2026-10-01'));
    const report = await judged([two], { known });
    expect(report.findings.map(({ baseline }) => baseline)).toEqual([{ firstSeen: '2026-10-01' }, undefined]);
    expect(report.summary).toMatchObject({ fail: 1, known: 1, exitCode: 1 });
    expect(report.baseline).toEqual({ file: 'known.yaml', entries: 1, stale: [] });
  });

  test('that knows nothing says so', async () => {
    const { summary, baseline } = await judged([account([bucket('good', on)])], { known: [] });
    expect(summary).toEqual({ fail: 0, unknown: 0, pass: 1, 'not-applicable': 0, known: 0, exitCode: 0 });
    expect(baseline).toEqual({ file: 'known.yaml', entries: 0, stale: [] });
  });

  test('ends strictly with 4 once something that it knows passes, but not while it is unknown', async () => {
    const { findings } = await judged([two]);
    const given = { known: findings.map((it) => entryOf(it, '2026-10-01')), policy: { strict: true } } as const;
    const mended = await judged([account([bucket('a', on), bucket('b')])], given);
    expect(mended.baseline?.stale.map(({ resource, because }) => [resource, because])).toEqual([
      ['arn:aws:s3:::a', 'passes'],
    ]);
    expect(mended.summary).toMatchObject({ known: 1, fail: 0, exitCode: 4 });
    const gaps = [{ operation: 's3:GetBucketVersioning', resource: 'arn:aws:s3:::a', error: 'AccessDenied' }];
    const unread = await judged([account([bucket('a'), bucket('b')], { gaps })], given);
    expect(unread.baseline?.stale).toEqual([]);
    expect(unread.summary).toMatchObject({ known: 1, unknown: 1, exitCode: 3 });
  });

  test('fails by debt that is older than it may be', async () => {
    const { findings } = await judged([two]);
    const known = [
      ...findings.slice(0, 1).map((it) => entryOf(it, '2026-10-20')),
      ...findings.slice(1).map((it) => entryOf(it, '2026-10-21')),
    ];
    const { summary } = await judged([two], { known, policy: { maxAge: 30 } });
    expect(summary).toMatchObject({ fail: 1, known: 1, exitCode: 1 });
    expect((await judged([two], { known, policy: { maxAge: 31 } })).summary.exitCode).toBe(0);
  });
});

describe('a saved report', () => {
  const two = account([bucket('a'), bucket('b'), bucket('c', on)]);
  const again = (report: WholeReport): WholeReport => JSON.parse([...json(report)].join(''));

  test.each<Partial<GatePolicy>>([
    {},
    { strict: true },
    { maxAge: 10 },
    { failOn: 'never' },
    { failOn: 'critical', strict: true },
  ])('is decided again as it was, under %o', async (policy) => {
    const { findings } = await judged([two]);
    const known = findings.slice(1).map((it) => entryOf(it, '2026-11-01'));
    const waivers = [waiver({ match: { resource: ['arn:aws:s3:::a'] } })];
    const report = await judged([two], { known, waiving: { waivers }, policy });
    const saved = again(report);
    expect(saved.gate).toEqual({ failOn: 'info', unknown: 'fail', ...policy });
    const decided = decidedAnew(saved, { failOn: 'info', unknown: 'fail', ...policy });
    expect(again({ ...decided, findings: [...decided.findings], gaps: [...decided.gaps] })).toEqual(saved);
  });

  test('is decided anew by another age of debt', async () => {
    const { findings } = await judged([two]);
    const known = findings.map((it) => entryOf(it, '2026-11-01'));
    const saved = again(await judged([two], { known }));
    expect(saved.summary).toMatchObject({ known: 2, fail: 0, exitCode: 0 });
    const strictly = decidedAnew(saved, { failOn: 'info', unknown: 'fail', maxAge: 18 });
    expect(strictly.summary).toMatchObject({ known: 0, fail: 2, exitCode: 1 });
    expect(decidedAnew(strictly, { failOn: 'info', unknown: 'fail' }).summary).toMatchObject({ known: 2, exitCode: 0 });
  });

  test('of accounts that were read on several days has no debt that is younger than on the last', async () => {
    const earlier = account([bucket('d')], {
      account: { id: '444455556666', partition: 'aws' },
      collectedAt: '2026-09-01T00:00:00Z',
    });
    const { findings } = await judged([earlier, two]);
    const known = findings.map((it) => entryOf(it, '2026-11-01'));
    const policy = { failOn: 'info', unknown: 'fail', maxAge: 18 } as const;
    const saved = again(await judged([earlier, two], { known }));
    expect(saved.scope).toMatchObject({
      collectedAt: '2026-09-01T00:00:00Z',
      collectedUntil: '2026-11-20T23:59:59Z',
    });
    // The one that was read in September is no older than it was then, but the report cannot tell it from the others.
    expect((await judged([earlier, two], { known, policy })).summary).toMatchObject({ known: 1, fail: 2, exitCode: 1 });
    expect(decidedAnew(saved, policy).summary).toMatchObject({ known: 0, fail: 3, exitCode: 1 });
  });

  test('that does not say its time cannot say how old debt is', async () => {
    const { scope, ...report } = again(await judged([two]));
    const { collectedAt: _, ...timeless } = scope;
    const anew = () => decidedAnew({ ...report, scope: timeless }, { failOn: 'info', unknown: 'fail', maxAge: 1 });
    expect(anew).toThrow('does not say as of when');
  });
});
