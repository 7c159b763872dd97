import { describe, expect, test } from 'vitest';
import { type Change, countChanges, diffOf, hasNewFailure } from '../../src/evaluation/diff.ts';
import { type Finding, reasonsNotJudged, type Status } from '../../src/evaluation/finding.ts';
import { findingOf, trail } from '../reporters/shared-report.ts';

const fingerprintOf = (id: string): string => id.length.toString(16).padStart(16, '0');
const finding = (status: Status, id = trail.id): Finding => ({
  ...findingOf({ rule: 'trail-is-logging', status, resource: { ...trail, id } }),
  fingerprint: fingerprintOf(id),
});
const listOf = (status: Status | undefined): readonly Finding[] => (status === undefined ? [] : [finding(status)]);

describe('what became of a finding', () => {
  test.each<[before: Status | undefined, after: Status | undefined, change: Change | undefined]>([
    [undefined, 'fail', 'new'],
    ['pass', 'fail', 'new'],
    ['not-applicable', 'fail', 'new'],
    ['unknown', 'fail', 'new'],
    ['fail', 'fail', 'still-failing'],
    [undefined, 'unknown', 'became-unknown'],
    ['pass', 'unknown', 'became-unknown'],
    ['fail', 'unknown', 'became-unknown'],
    ['not-applicable', 'unknown', 'became-unknown'],
    ['unknown', 'unknown', 'still-unknown'],
    ['fail', 'pass', 'fixed'],
    ['fail', 'not-applicable', 'fixed'],
    ['unknown', 'pass', 'became-known'],
    ['unknown', 'not-applicable', 'became-known'],
    ['fail', undefined, 'out-of-scope'],
    ['unknown', undefined, 'out-of-scope'],
    ['pass', undefined, undefined],
    ['not-applicable', undefined, undefined],
    [undefined, 'pass', undefined],
    [undefined, 'not-applicable', undefined],
    ['pass', 'pass', undefined],
    ['pass', 'not-applicable', undefined],
  ])('%s, then %s: %s', (before, after, change) => {
    const changed = diffOf(listOf(before), listOf(after));
    expect(changed.map((it) => it.change)).toEqual(change === undefined ? [] : [change]);
    const [only] = changed;
    if (only) expect([only.before, only.after, only.finding.status]).toEqual([before, after, after ?? before]);
  });

  test.each<[before: Status | undefined, changes: readonly Change[]]>([
    ['fail', ['out-of-scope']],
    ['unknown', ['out-of-scope']],
    ['pass', []],
    [undefined, []],
  ])('%s, then not judged any more: %j', (before, changes) => {
    for (const notJudged of reasonsNotJudged) {
      const left: Finding = { ...finding('not-applicable'), notJudged };
      expect(diffOf(listOf(before), [left]).map(({ change }) => change)).toEqual(changes);
    }
  });

  test('two findings of one fingerprint are two', () => {
    const changed = diffOf([finding('fail')], [finding('fail'), finding('fail')]);
    expect(changed.map(({ change }) => change)).toEqual(['still-failing', 'new']);
    expect(diffOf([finding('fail'), finding('fail')], [finding('pass')]).map(({ change }) => change)).toEqual([
      'fixed',
      'out-of-scope',
    ]);
  });

  test.each<[Partial<Finding>, boolean]>([
    [{}, true],
    [{ waiver: { state: 'active', reason: 'why', owner: 'me', expires: '2027-06-30' } }, false],
    [{ waiver: { state: 'expired', reason: 'why', owner: 'me', expires: '2026-06-30' } }, true],
    [{ baseline: { firstSeen: '2026-06-30' } }, false],
  ])('a new failure with %o counts: %s', (marks, counts) => {
    expect(hasNewFailure(diffOf([], [{ ...finding('fail'), ...marks }]))).toBe(counts);
    expect(hasNewFailure(diffOf([finding('fail')], [{ ...finding('fail'), ...marks }]))).toBe(false);
  });

  test('are counted', () => {
    const other = finding('unknown', 'arn:aws:cloudtrail:us-east-1:111122223333:trail/other');
    expect(countChanges(diffOf([finding('fail')], [finding('pass'), other]))).toEqual({
      new: 0,
      'became-unknown': 1,
      'still-failing': 0,
      'still-unknown': 0,
      'out-of-scope': 0,
      'became-known': 0,
      fixed: 1,
    });
  });
});
