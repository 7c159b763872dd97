import { type Severity, severities } from '../rules/rule.ts';
import type { Finding, Status } from './finding.ts';

/** How many findings of each severity are in each status: all that a summary and the gate need of any number of them. */
export type Tally = Readonly<Record<Severity, Readonly<Record<Status, number>>>>;

/** The findings counted, onto what was counted before. */
export function tallyOf(findings: Iterable<Pick<Finding, 'severity' | 'status'>>, before?: Tally): Tally {
  const counts = bySeverity((severity) => byStatus((status) => before?.[severity][status] ?? 0));
  for (const { severity, status } of findings) counts[severity][status] += 1;
  return counts;
}

/** How many are in each status, whatever their severity. */
export const totalsOf = (tally: Tally): Readonly<Record<Status, number>> =>
  byStatus((status) => severities.reduce((sum, severity) => sum + tally[severity][status], 0));

const byStatus = (count: (status: Status) => number): Record<Status, number> => ({
  fail: count('fail'),
  unknown: count('unknown'),
  pass: count('pass'),
  'not-applicable': count('not-applicable'),
});

const bySeverity = <T>(value: (severity: Severity) => T): Record<Severity, T> => ({
  critical: value('critical'),
  high: value('high'),
  medium: value('medium'),
  low: value('low'),
  info: value('info'),
});
