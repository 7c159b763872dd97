import { describe, expect, test } from 'vitest';
import { diffOf } from '../../src/evaluation/diff.ts';
import { type DiffFormat, diffReporters } from '../../src/reporters/diff.ts';
import { expectGolden } from './golden.ts';
import { findingOf, reportOf, sharedReport, trail } from './shared-report.ts';

const others = [...sharedReport.findings].map((finding, index) =>
  index % 3 === 0 ? { ...finding, status: index === 3 ? ('unknown' as const) : ('pass' as const) } : finding,
);
const before = reportOf([...others.slice(1), findingOf({ rule: 'gone', status: 'fail', resource: trail })], 1);
const diff = { before, after: sharedReport, changed: diffOf(before.findings, sharedReport.findings) };

describe.each<[DiffFormat, string]>([
  ['text', 'diff.txt'],
  ['json', 'diff.json'],
  ['markdown', 'diff.md'],
])('a diff as %s', (format, golden) => {
  test('is what it was, whatever its names hold', () => {
    expectGolden(golden, diffReporters[format](diff, false));
  });

  test('of a report with itself has nothing new and nothing fixed', () => {
    const changed = diffOf(sharedReport.findings, sharedReport.findings);
    expect(new Set(changed.map(({ change }) => change))).toEqual(new Set(['still-failing', 'still-unknown']));
    expect(diffReporters[format]({ ...diff, changed: [] }, false)).not.toBe('');
  });
});

test('a comment stays within what GitHub takes, and says what was left out', () => {
  const changed = Array.from({ length: 2000 }, (_, index) => ({
    change: 'new' as const,
    after: 'fail' as const,
    finding: findingOf({ rule: `rule-${index}`, status: 'fail', resource: trail }),
  }));
  const comment = diffReporters.markdown({ ...diff, changed }, false);
  expect(comment.length).toBeLessThan(65_536);
  expect(comment).toMatch(/entries left out of this comparison/);
});
