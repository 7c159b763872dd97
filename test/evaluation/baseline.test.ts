import { describe, expect, test } from 'vitest';
import {
  type BaselineEntry,
  knownFailures,
  knownSince,
  markKnown,
  revised,
  staleEntries,
} from '../../src/evaluation/baseline.ts';
import type { Finding, NotJudged, Status, WaiverState } from '../../src/evaluation/finding.ts';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';
import type { JudgedScope } from '../../src/evaluation/gone.ts';

interface Part {
  readonly rule?: string;
  readonly status?: Status;
  readonly account?: string;
  readonly region?: string;
  readonly fingerprint?: string;
  readonly waived?: WaiverState;
  readonly notJudged?: NotJudged;
  /** `there may be others`, as an evaluation says it. */
  readonly unlisted?: true;
}

const one = '1111111111111111';
const two = '2222222222222222';

const finding = ({ waived, notJudged, unlisted, ...part }: Part = {}): Finding => {
  const rule = part.rule ?? 'trail-is-logging';
  const resource = {
    type: 'AWS::CloudTrail::Trail',
    id: 'trail/main',
    name: 'main',
    account: part.account ?? '111122223333',
    partition: 'aws',
    region: part.region ?? 'us-east-1',
  };
  return {
    ...(notJudged && { notJudged }),
    rule,
    status: part.status ?? 'fail',
    severity: 'high',
    title: 'A title',
    message: 'A message.',
    resource,
    evidence: [],
    controls: {},
    ...(waived && { waiver: { state: waived, reason: 'A reason.', owner: 'me', expires: '2026-12-31' } }),
    fingerprint: unlisted ? fingerprint(rule, resource, 'unlisted') : (part.fingerprint ?? one),
  };
};

const entry = (part: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint: one,
  rule: 'trail-is-logging',
  account: '111122223333',
  region: 'us-east-1',
  resource: 'trail/main',
  firstSeen: '2026-10-01',
  ...part,
});

const scope: JudgedScope = {
  rules: [{ id: 'trail-is-logging' }, { id: 'needs-more' }],
  accounts: ['111122223333'],
  regions: ['us-east-1'],
};

const never = { today: '2026-11-20', maxAge: undefined };
const sinceOf = (findings: readonly Finding[], entries: readonly BaselineEntry[]) =>
  markKnown(findings, knownFailures(entries), never).map(({ baseline }) => baseline?.firstSeen);

describe('a baseline knows', () => {
  test('a failure by its fingerprint, and its status stays what it is', () => {
    expect(markKnown([finding()], knownFailures([entry()]), never)).toEqual([
      { ...finding(), baseline: { firstSeen: '2026-10-01' } },
    ]);
  });

  test('no other failure, though everything but the fingerprint is the same', () => {
    expect(sinceOf([finding({ fingerprint: two })], [entry()])).toEqual([undefined]);
  });

  test.each<Partial<BaselineEntry>>([
    { rule: 'trail-has-tags' },
    { account: '444455556666' },
    { region: 'eu-west-1' },
    { resource: 'trail/other' },
  ])('no failure that it says is another: %o', (part) => {
    expect(sinceOf([finding()], [entry(part)])).toEqual([undefined]);
    expect(sinceOf([finding(), finding()], [entry(part), entry()])).toEqual(['2026-10-01', undefined]);
  });

  test('as many failures of one fingerprint as it has entries, by the oldest first', () => {
    const entries = [entry({ firstSeen: '2026-10-02' }), entry({ firstSeen: '2026-10-01' })];
    expect(sinceOf([finding(), finding(), finding()], entries)).toEqual(['2026-10-01', '2026-10-02', undefined]);
  });

  test.each<Part>([{ status: 'unknown' }, { status: 'pass' }, { status: 'not-applicable' }])(
    'nothing that is %o',
    (part) => {
      expect(sinceOf([finding(part), finding()], [entry()])).toEqual([undefined, '2026-10-01']);
    },
  );

  test.each<WaiverState>(['active', 'expiring', 'expired', 'too-long', 'forbidden'])(
    'what a waiver names as well (%s)',
    (waived) => {
      expect(sinceOf([finding({ waived })], [entry()])).toEqual(['2026-10-01']);
    },
  );

  test('nothing, if it is empty', () => {
    const findings = [finding()];
    expect(markKnown(findings, knownFailures([]), never)).toBe(findings);
  });
});

test.each<[string | undefined, number | undefined, boolean]>([
  ['2026-10-31', 30, false],
  ['2026-11-01', 30, true],
  ['2026-10-01', 0, false],
  ['2026-10-02', 0, true],
  ['2030-01-01', undefined, false],
  [undefined, 30, false],
])('debt of 2026-10-01 as of %s that may be %s days old: overdue is %s', (today, maxAge, overdue) => {
  expect(knownSince('2026-10-01', { today, maxAge })).toEqual({
    firstSeen: '2026-10-01',
    ...(overdue && { overdue: true }),
  });
});

describe('an entry is stale', () => {
  test.each<[string, Partial<BaselineEntry>, readonly Part[], 'passes' | 'gone' | undefined]>([
    ['it still fails', {}, [{}], undefined],
    ['it passes', {}, [{ status: 'pass' }], 'passes'],
    ['its rule does not apply any more', {}, [{ status: 'not-applicable' }], 'passes'],
    ['it passes, and something else of its rule is unknown', {}, [{ status: 'pass' }, other('unknown')], 'passes'],
    ['it is unknown', {}, [{ status: 'unknown' }], undefined],
    ['an override skips it there', {}, [{ status: 'not-applicable', notJudged: 'skipped' }], undefined],
    ['it is waived', {}, [{ waived: 'active' }], undefined],
    ['what it was about is gone', {}, [other('fail')], 'gone'],
    ['what it was about is gone, and something else of its rule is unknown', {}, [other('unknown')], 'gone'],
    ['its rule did not run', { rule: 'another' }, [], undefined],
    [
      'its rule lacks a parameter',
      { rule: 'needs-more' },
      [{ rule: 'needs-more', status: 'not-applicable', notJudged: 'unset' }],
      undefined,
    ],
    ['its account was not read', { account: '444455556666' }, [], undefined],
    ['its region was not read', { region: 'eu-west-1' }, [], undefined],
    ['it has no region', { region: 'global' }, [], 'gone'],
  ])('%s', (_, part, findings, because) => {
    const stale = staleEntries([entry(part)], findings.map(finding), scope);
    expect(stale).toEqual(because ? [{ ...entry(part), because }] : []);
  });

  test('of two of one fingerprint the newer, when one failure is left', () => {
    const entries = [entry({ firstSeen: '2026-10-02' }), entry()];
    expect(staleEntries(entries, [finding(), finding({ status: 'pass' })], scope)).toEqual([
      { ...entry({ firstSeen: '2026-10-02' }), because: 'passes' },
    ]);
    expect(staleEntries(entries, [finding()], scope)).toEqual([
      { ...entry({ firstSeen: '2026-10-02' }), because: 'gone' },
    ]);
    expect(staleEntries(entries, [finding(), finding({ status: 'unknown' })], scope)).toEqual([]);
    expect(staleEntries(entries, [finding(), finding()], scope)).toEqual([]);
  });

  test('they are in the order of the file', () => {
    const entries = [entry({ fingerprint: two, resource: 'trail/z' }), entry({ resource: 'trail/a' })];
    expect(staleEntries(entries, [], scope).map(({ resource }) => resource)).toEqual(['trail/a', 'trail/z']);
  });
});

function other(status: Status, part: Part = {}): Part {
  return { ...part, status, fingerprint: two };
}

describe('a baseline is revised', () => {
  const grow = { scope, today: '2026-11-20', may: 'grow' } as const;
  const shrink = { ...grow, may: 'shrink' } as const;

  test('what is new comes with its day, what passes goes, what was known keeps its own', () => {
    const entries = [entry(), entry({ fingerprint: '3333333333333333' })];
    const findings = [finding(), other('fail'), { status: 'pass' as const, fingerprint: '3333333333333333' }];
    const given = findings.map((part) => ('rule' in part && 'resource' in part ? part : finding(part)));
    expect(revised({ entries }, given, grow)).toEqual({
      baseline: {
        trailproof: 'baseline/1',
        entries: [entry(), entry({ fingerprint: two, firstSeen: '2026-11-20' })],
      },
      added: 1,
      removed: [{ ...entry({ fingerprint: '3333333333333333' }), because: 'passes' }],
      waived: 0,
      unknown: 0,
    });
  });

  test('nothing comes when it may only shrink', () => {
    const { baseline, added, removed } = revised({ entries: [entry()] }, [finding(other('fail'))], shrink);
    expect([baseline.entries, added, removed.map(({ because }) => because)]).toEqual([[], 0, ['gone']]);
  });

  test('what the report knew already is looked up anew', () => {
    const marked: Finding = { ...finding(), baseline: { firstSeen: '2020-01-01', overdue: true } };
    expect(revised({ entries: [] }, [marked], grow).baseline.entries).toEqual([entry({ firstSeen: '2026-11-20' })]);
    expect(revised({ entries: [entry()] }, [marked], grow).baseline.entries).toEqual([entry()]);
  });

  test('a second failure of one fingerprint is a second entry', () => {
    const { baseline, added } = revised({ entries: [entry()] }, [finding(), finding()], grow);
    expect([baseline.entries, added]).toEqual([[entry(), entry({ firstSeen: '2026-11-20' })], 1]);
  });

  test('of two entries of one day one goes', () => {
    const { baseline, removed } = revised({ entries: [entry(), entry()] }, [finding()], shrink);
    expect([baseline.entries, removed.length]).toEqual([[entry()], 1]);
  });

  test.each<[WaiverState, number]>([
    ['active', 0],
    ['expiring', 0],
    ['expired', 0],
    ['too-long', 1],
    ['forbidden', 1],
  ])('a risk whose waiver is %s gives %i entries', (waived, added) => {
    const revision = revised({ entries: [] }, [finding({ waived })], grow);
    expect([revision.added, revision.waived]).toEqual([added, 1 - added]);
  });

  test('what is unknown never comes, and is counted', () => {
    expect(revised({ entries: [] }, [finding({ status: 'unknown' })], grow)).toMatchObject({ added: 0, unknown: 1 });
  });

  test('is sorted by rule, account, region, resource, fingerprint and day', () => {
    const entries = [
      entry(),
      entry({ firstSeen: '2026-10-02' }),
      entry({ fingerprint: two }),
      entry({ resource: 'trail/x' }),
      entry({ region: 'us-west-1', resource: 'a' }),
      entry({ account: '444455556666', region: 'a' }),
      entry({ rule: 'z', account: '000000000000' }),
    ];
    const given = [entries[3], entries[6], entries[0], entries[5], entries[2], entries[4], entries[1]];
    const { baseline } = revised({ entries: given.flatMap((it) => it ?? []) }, [], { ...grow, scope: nothing });
    expect(baseline.entries).toEqual(entries);
  });
});

const nothing: JudgedScope = { rules: [], accounts: [], regions: [] };
