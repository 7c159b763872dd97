import { describe, expect, test } from 'vitest';
import { type Finding, type NotJudged, reasonsNotJudged } from '../../src/evaluation/finding.ts';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';
import { goneFrom } from '../../src/evaluation/gone.ts';
import { asffContext, asffOf } from '../../src/reporters/asff.ts';
import type { Report } from '../../src/reporters/report.ts';
import type { Earlier } from '../../src/senders/hub-findings.ts';
import { planHub } from '../../src/senders/hub-plan.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { findingOf, reportOf, trail } from '../reporters/shared-report.ts';
import { findingsOf, snapshotWith, trail as trailWith } from '../rules/judging.ts';

const hub = { partition: 'aws', account: trail.account, region: trail.region };

/** A finding as a hub holds it after it was sent on some day before. */
function earlierOf(finding: Finding): Earlier {
  const { scope, tool } = reportOf([]);
  const sent = asffOf(finding, asffContext({ scope: { ...scope, collectedAt: '2026-11-01T00:00:00Z' }, tool }));
  const { Severity } = sent.FindingProviderFields;
  const fields = { ...sent.ProductFields };
  return { ...sent, workflow: 'NEW', note: '', severity: Severity.Original, resource: sent.Resources[0], fields };
}

const gone = findingOf({ rule: 'trail-is-logging', status: 'fail', resource: trail });

/** How many of the earlier findings a later report archives. */
function archivedBy(report: Report, earlier: readonly Finding[] = [gone], account = trail.account): number {
  const findings = [...report.findings].filter(({ resource }) => resource.account === account);
  return planHub({
    hub,
    findings,
    earlier: earlier.map(earlierOf),
    context: asffContext(report),
    isGone: goneFrom(report.scope, findings),
  }).archived.length;
}

/** `there may be others`, as an evaluation says it of a listing that nobody could read. */
function unlisted(rule: string, region: string): Finding {
  const id = region === 'global' ? trail.account : `${trail.account}/${region}`;
  const resource = { ...trail, id, name: id, region };
  return { ...findingOf({ rule, status: 'unknown', resource }), fingerprint: fingerprint(rule, resource, 'unlisted') };
}

/** What the rule says of another trail. */
const other = findingOf({ rule: gone.rule, status: 'pass', resource: { ...trail, id: `${trail.id}-other` } });

const crashed = findingOf({ rule: gone.rule, status: 'unknown', resource: { ...trail, id: 'root', region: 'global' } });

const notJudged = (finding: Finding, why: NotJudged): Finding => ({
  ...finding,
  status: 'not-applicable',
  notJudged: why,
});

const reportWith = (findings: readonly Finding[], scope: Partial<Report['scope']> = {}, exitCode: 0 | 1 | 2 = 1) => {
  const report = reportOf(findings, exitCode);
  return { ...report, scope: { ...report.scope, ...scope } };
};

describe('a finding that is not there any more is archived', () => {
  test('when its rule was run in its region, and all was read', () => {
    expect(archivedBy(reportWith([other]))).toBe(1);
    expect(archivedBy(reportWith([other, unlisted('trail-is-logging', 'eu-west-1')]))).toBe(1);
    expect(archivedBy(reportWith([other, unlisted('log-bucket-retention-minimum', 'us-east-1')]))).toBe(1);
  });

  test.each([
    ['its rule was not run', reportWith([], { rules: [] })],
    ['its account was not read', reportWith([other], { accounts: ['444455556666'] })],
    ['its region was not read', reportWith([other], { regions: ['eu-west-1'] })],
    ['what there is in its region could not be listed', reportWith([other, unlisted('trail-is-logging', 'us-east-1')])],
    ['what there is in its account could not be listed', reportWith([other, unlisted('trail-is-logging', 'global')])],
    ['its rule crashed', reportWith([crashed], {}, 2)],
    ['its rule lacked a parameter', reportWith([notJudged(other, 'unset')])],
    ['an override skips its rule there', reportWith([notJudged(other, 'skipped')])],
    ['the report is older', reportWith([other], { collectedAt: '2026-10-01T00:00:00Z' })],
    ['the report is of the same time', reportWith([other], { collectedAt: '2026-11-01T00:00:00Z' })],
  ])('but not when %s', (_, report) => {
    expect(archivedBy(report)).toBe(0);
  });

  test('but not one about the whole account, when something is unread anywhere', () => {
    const global = findingOf({ rule: 'trail-is-logging', status: 'fail', resource: { ...trail, region: 'global' } });
    expect(archivedBy(reportWith([other]), [global])).toBe(1);
    expect(archivedBy(reportWith([other, unlisted('trail-is-logging', 'eu-west-1')]), [global])).toBe(0);
  });
});

describe('a finding that is settled is archived', () => {
  const settled = (status: Finding['status']): Finding => ({ ...gone, status });

  test.each([
    ['pass', 1],
    ['not-applicable', 1],
    ['unknown', 0],
    ['fail', 0],
  ] as const)('%s', (status, archived) => {
    expect(archivedBy(reportWith([settled(status)]))).toBe(archived);
  });

  test.each(reasonsNotJudged)('but not where nothing was judged: %s', (why) => {
    expect(archivedBy(reportWith([notJudged(gone, why)]))).toBe(0);
  });

  test('but not one that is archived already', () => {
    expect(archivedBy(reportWith([settled('pass')]), [settled('pass')])).toBe(0);
  });
});

describe('of an account that is read again', () => {
  const rule = { id: 'trail-is-logging', require: { Status: { IsLogging: true } } };
  const main = trailWith('main', { Status: { IsLogging: false } });
  const first = findingsOf(rule, snapshotWith({ 'AWS::CloudTrail::Trail': [main] }));
  const again = (more: Partial<Snapshot>): Report => reportWith(findingsOf(rule, snapshotWith({}, more)));

  test('a trail that was deleted is archived', () => {
    expect(first.map(({ status }) => status)).toEqual(['fail']);
    expect(archivedBy(again({}), first)).toBe(1);
  });

  test.each([
    { operation: 'cloudtrail:DescribeTrails', region: 'us-east-1', error: 'AccessDeniedException' },
    { region: 'us-east-1', error: 'NotScanned' },
    { operation: 'sts:AssumeRole', error: 'AccessDenied' },
  ])('what only a gap hides is not: %j', (gap) => {
    expect(archivedBy(again({ gaps: [gap] }), first)).toBe(0);
  });

  test('what was not asked about is not', () => {
    expect(archivedBy(again({ operations: ['ec2:DescribeRegions'] }), first)).toBe(0);
  });
});
