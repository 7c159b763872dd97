import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { FrameworkResult } from '../../src/evaluation/framework.ts';
import type { GatePolicy } from '../../src/evaluation/gate.ts';
import { explainGate } from '../../src/reporters/gate-text.ts';
import type { Report } from '../../src/reporters/report.ts';
import { findingOf, reportOf, sharedReport, trail } from './shared-report.ts';

const policy: GatePolicy = { failOn: 'high', unknown: 'fail' };
const waiver = { state: 'active', reason: 'A reason.', owner: 'me', expires: '2027-02-28' } as const;

const finding = (fingerprint: string, more: Partial<Finding> = {}): Finding =>
  findingOf({ rule: 'trail-is-logging', status: 'fail', severity: 'high', resource: trail, fingerprint, ...more });

const explained = (report: Report, by: GatePolicy = policy): string => explainGate(report, by).join('\n');
const place = `${trail.id} (account 111122223333, us-east-1)`;

describe('what decided', () => {
  test('a violation: the worst findings that count, what would make them pass, and what did not count', () => {
    const findings = [
      finding('a'.repeat(16)),
      finding('b'.repeat(16), {
        severity: 'critical',
        toPass: [[{ resource: trail.id, path: 'Status.IsLogging', set: true }]],
      }),
      finding('c'.repeat(16), { baseline: { firstSeen: '2026-01-01', overdue: true } }),
      finding('d'.repeat(16), { severity: 'medium' }),
      finding('e'.repeat(16), { status: 'unknown' }),
      finding('f'.repeat(16), { waiver }),
      finding('0'.repeat(16), { baseline: { firstSeen: '2026-11-01' } }),
    ];
    expect(explained(reportOf(findings, 1), { ...policy, maxAge: 30, strict: true })).toBe(
      `exit code 1, under --fail-on high --unknown fail --max-age 30 --strict
  3 findings fail at high or above, not waived and not known:
    bbbbbbbbbbbbbbbb critical trail-is-logging: ${place}
      to pass: set Status.IsLogging to true
    aaaaaaaaaaaaaaaa high trail-is-logging: ${place}
    cccccccccccccccc high trail-is-logging: ${place}
      known since 2026-01-01, which is too long
  not counted: 1 failed, 1 known, 1 waived
  to change it: fix them; or accept one with trailproof waivers add FINGERPRINT, or all as debt with trailproof baseline update`,
    );
  });

  test('many violations: ten by name', () => {
    const findings = Array.from({ length: 256 }, (_, index) => finding(String(index).padStart(16, '0')));
    const lines = explainGate(reportOf(findings, 1), policy);
    expect(lines[1]).toBe('  256 findings fail at high or above, not waived and not known:');
    expect(lines.filter((line) => line.includes('trail-is-logging'))).toHaveLength(10);
    expect(lines).toContain('    and 246 more');
  });

  test('what is unknown, and what would tell', () => {
    const gap = { operation: 'cloudtrail:GetTrailStatus', error: 'AccessDenied', action: 'cloudtrail:GetTrailStatus' };
    const findings = [finding('a'.repeat(16), { status: 'unknown', evidence: [{ path: 'Status', gap }] })];
    expect(explained(reportOf(findings, 3), { failOn: 'never', unknown: 'fail' })).toBe(
      `exit code 3, under --fail-on never --unknown fail
  1 finding is unknown, not waived:
    aaaaaaaaaaaaaaaa high trail-is-logging: ${place}
      to know: allow cloudtrail:GetTrailStatus
  to change it: allow what is unknown to be read; or accept one with trailproof waivers add FINGERPRINT`,
    );
  });

  test('a rule that crashed', () => {
    const note = 'the rule crashed: division by cucumber';
    const crashed = { status: 'unknown', evidence: [{ path: 'trail-is-logging', note }] } as const;
    const findings = [finding('a'.repeat(16), crashed), finding('b'.repeat(16), crashed), finding('c'.repeat(16))];
    expect(explained(reportOf(findings, 2))).toBe(
      `exit code 2, under --fail-on high --unknown fail
  crashed, so that nothing may be concluded: trail-is-logging
  to change it: run it without the rule: --skip`,
    );
  });

  test('a waiver or an entry that does no good, but none that only ends soon', () => {
    const { waivers = [], baseline } = sharedReport;
    const report = reportOf([], 4, { waivers, ...(baseline && { baseline }) });
    expect(explained(report, { ...policy, strict: true })).toBe(
      `exit code 4, under --fail-on high --unknown fail --strict
  the waiver of log-bucket-* by ci-team names what nobody may waive, and hides 2 findings
  the waiver of trail-has-tags by me ended on 2026-10-31
  1 entry of trailproof-baseline.yaml does not fail any more: trailproof baseline prune takes them out
  to change it: fix the waivers that trailproof waivers lint names, and remove stale entries with trailproof baseline prune`,
    );
  });

  test('nothing', () => {
    const findings = [
      finding('a'.repeat(16), { waiver }),
      finding('b'.repeat(16), { severity: 'low', status: 'unknown' }),
    ];
    expect(explained(reportOf(findings, 0))).toBe(`exit code 0, under --fail-on high --unknown fail
  nothing that counts failed or is unknown
  not counted: 1 unknown, 1 waived`);
    expect(explained(reportOf([], 0), { failOn: 'info', unknown: 'warn' })).toBe(
      `exit code 0, under --fail-on info --unknown warn
  nothing that counts failed or is unknown`,
    );
  });

  test('the requirements of a framework, and its floors', () => {
    const floor = {
      parameter: 'minimumDays',
      value: 90,
      floor: { atLeast: 365 },
      stricter: 'higher',
      holds: 'no',
    } as const;
    const rule = {
      rule: 'log-bucket-retention-minimum',
      status: 'fail',
      findings: { fail: 0, unknown: 0, pass: 1, 'not-applicable': 0 },
      floors: [floor],
    } as const;
    const requirement = (id: string, status: 'pass' | 'fail' | 'unknown') =>
      ({ id, title: id, coverage: 'full', status, rules: [rule] }) as const;
    const pci: FrameworkResult = {
      name: 'pci',
      title: 'PCI',
      about: '',
      summary: { pass: 1, fail: 2, unknown: 1, 'not-applicable': 0, manual: 0, partial: 0 },
      requirements: [
        requirement('1', 'fail'),
        requirement('2', 'pass'),
        requirement('3', 'fail'),
        requirement('4', 'unknown'),
      ],
    };
    const report = { ...reportOf([], 1), frameworks: [pci] };
    expect(explained(report, { ...policy, frameworks: ['pci'] })).toBe(
      `exit code 1, under --fail-on high --unknown fail --fail-on-framework pci
  of pci 2 requirements fail: 1, 3
  the parameter minimumDays of log-bucket-retention-minimum is 90, which is below a framework's at least 365
  to change it: fix them; or accept one with trailproof waivers add FINGERPRINT, or all as debt with trailproof baseline update`,
    );
    // A floor counts as much as the worst that an override makes of its rule.
    const [known] = report.scope.rules;
    const low = { ...known, id: 'log-bucket-retention-minimum', severity: 'low' } as const;
    const worse = { ...low, variants: [{ by: ['prod'], severity: 'high' }] } as const;
    const by = (one: object) =>
      explained({ ...report, scope: { ...report.scope, rules: [one as NonNullable<typeof known>] } });
    expect([by(low), by(worse)].map((text) => text.includes('the parameter minimumDays'))).toEqual([false, true]);
    expect(
      explained({ ...report, summary: { ...report.summary, exitCode: 3 } }, { ...policy, frameworks: ['pci'] }),
    ).toContain('\n  of pci 1 requirement is unknown: 4\n');
  });
});
