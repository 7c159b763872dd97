import { describe, expect, test } from 'vitest';
import { type Status, statuses } from '../../src/evaluation/finding.ts';
import { tallyOf, totalsOf } from '../../src/evaluation/tally.ts';
import { type Severity, severities } from '../../src/rules/rule.ts';

const none = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };
const finding = (severity: Severity, status: Status) => ({ severity, status });

describe('a tally', () => {
  test('of nothing has every severity and every status', () => {
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
    const after = tallyOf([finding('high', 'fail'), finding('high', 'unknown')], before);
    expect(after).toEqual({ ...tallyOf([]), high: { ...none, fail: 2, unknown: 1 }, low: { ...none, pass: 1 } });
    expect(totalsOf(after)).toEqual({ ...none, fail: 2, unknown: 1, pass: 1 });
  });
});
