import { describe, expect, test } from 'vitest';
import { groupsOf, worstFirst, worstOf } from '../../src/reporters/finding-order.ts';
import { sortHeld } from '../../src/reporters/sort.ts';
import { severities } from '../../src/rules/rule.ts';
import { findingOf, sharedReport, showAll, trail } from './shared-report.ts';

const findings = Array.from({ length: 100 }, (_, index) =>
  findingOf({
    rule: `rule-${index % 3}`,
    status: index % 2 === 0 ? 'unknown' : 'fail',
    severity: severities[index % 5] ?? 'low',
    resource: { ...trail, id: String(index % 7) },
    fingerprint: String(index),
  }),
);

describe('the worst', () => {
  test.each([0, 1, 7, 49, 50, 51, 99, 100, 101, 1_000])('%i of them are the first of all in order', (count) => {
    const kept = findings.toSorted(worstFirst).slice(0, count);
    expect(worstOf(findings, count)).toEqual({ kept, left: findings.length - kept.length });
  });
});

describe('groups', () => {
  test.each(['resource', 'rule'] as const)('by %s are together, the group of the worst first', (groupBy) => {
    const grouped = [...groupsOf({ findings }, { groupBy, show: ['fail', 'unknown'], sort: sortHeld })];
    const keyOf = ({ rule, resource }: (typeof findings)[number]): string => (groupBy === 'rule' ? rule : resource.id);
    const expected = [...Map.groupBy(findings.toSorted(worstFirst), keyOf).values()];
    expect(grouped.map(({ finding }) => finding)).toEqual(expected.flat());
    expect(grouped.filter(({ opens }) => opens).map(({ finding }) => finding)).toEqual(
      expected.map(([first]) => first),
    );
  });

  test('only of what is shown', () => {
    const grouped = [...groupsOf(sharedReport, { ...showAll, show: ['pass'] })];
    expect(grouped.map(({ finding: { status } }) => status)).toEqual(['pass']);
  });
});
