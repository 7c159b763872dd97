import { describe, expect, test } from 'vitest';
import {
  type Finding,
  type FindingWaiver,
  type Status,
  statuses,
  type WaiverState,
} from '../../src/evaluation/finding.ts';
import { type Outcome, outcomeOf, tallyOf, totalsOf } from '../../src/evaluation/tally.ts';
import { type Severity, severities } from '../../src/rules/rule.ts';

const none = { fail: 0, unknown: 0, known: 0, waived: 0, pass: 0, 'not-applicable': 0 };
const finding = (severity: Severity, status: Status) => ({ severity, status });

const waived = (state: WaiverState): FindingWaiver => ({
  state,
  reason: 'A reason.',
  owner: 'me',
  expires: '2026-12-31',
});
const known = { firstSeen: '2026-10-01' };

describe('a tally', () => {
  test('of nothing has every severity and everything that a finding can come to', () => {
    expect(tallyOf([])).toEqual({ critical: none, high: none, medium: none, low: none, info: none });
    expect(totalsOf(tallyOf([]))).toEqual(none);
  });

  test('counts each severity and status by itself', () => {
    for (const severity of severities) {
      for (const status of statuses) {
        const tally = tallyOf([finding(severity, status)]);
        expect(tally).toEqual({ ...tallyOf([]), [severity]: { ...none, [status]: 1 } });
        expect(totalsOf(tally)).toEqual({ ...none, [status]: 1 });
      }
    }
  });

  test('goes on from one before, which stays as it was', () => {
    const before = tallyOf([finding('high', 'fail'), finding('low', 'pass')]);
    const risk = { ...finding('high', 'unknown'), waiver: waived('active') };
    const after = tallyOf([finding('high', 'fail'), risk, { ...finding('low', 'fail'), baseline: known }], before);
    expect(after).toEqual({
      ...tallyOf([]),
      high: { ...none, fail: 2, waived: 1 },
      low: { ...none, pass: 1, known: 1 },
    });
    expect(totalsOf(after)).toEqual({ ...none, fail: 2, waived: 1, known: 1, pass: 1 });
    expect(totalsOf(before)).toEqual({ ...none, fail: 1, pass: 1 });
  });
});

test.each<[Status, Partial<Pick<Finding, 'waiver' | 'baseline'>>, Outcome]>([
  ['fail', { waiver: waived('active') }, 'waived'],
  ['fail', { waiver: waived('expiring') }, 'waived'],
  ['fail', { waiver: waived('expired') }, 'fail'],
  ['fail', { waiver: waived('too-long') }, 'fail'],
  ['fail', { waiver: waived('forbidden') }, 'fail'],
  ['unknown', { waiver: waived('active') }, 'waived'],
  ['unknown', { waiver: waived('expired') }, 'unknown'],
  ['fail', { baseline: known }, 'known'],
  ['fail', { baseline: { ...known, overdue: true } }, 'fail'],
  ['fail', { waiver: waived('active'), baseline: { ...known, overdue: true } }, 'waived'],
  ['fail', { waiver: waived('too-long'), baseline: known }, 'known'],
  ['fail', { waiver: waived('forbidden'), baseline: known }, 'known'],
  ['fail', { waiver: waived('expired'), baseline: known }, 'fail'],
  // None of these is what a run writes: a file that says so hides nothing by it.
  ['unknown', { baseline: known }, 'unknown'],
  ['pass', { waiver: waived('active'), baseline: known }, 'pass'],
  ['not-applicable', { waiver: waived('active'), baseline: known }, 'not-applicable'],
])('%s with %o comes to %s', (status, marks, outcome) => {
  expect(outcomeOf({ status, ...marks })).toBe(outcome);
});
