import { type Severity, severities } from '../rules/rule.ts';
import type { Finding, Status } from './finding.ts';
import { holds } from './waivers.ts';

/** What a finding comes to: its status, unless it fails and is known, or its risk is accepted. */
export type Outcome = Status | 'known' | 'waived';
/** What needs somebody first. */
export const outcomes: readonly Outcome[] = ['fail', 'unknown', 'known', 'waived', 'pass', 'not-applicable'];

/** A finding that is waived is that, whatever is known of it. Once its waiver has ended it fails, whatever is known. */
export function outcomeOf({ status, waiver, baseline }: Pick<Finding, 'status' | 'waiver' | 'baseline'>): Outcome {
  if (status !== 'fail' && status !== 'unknown') return status;
  if (waiver && holds(waiver.state)) return 'waived';
  const isDebt = baseline && !baseline.overdue && waiver?.state !== 'expired';
  return status === 'fail' && isDebt ? 'known' : status;
}

/** How many findings of each severity come to what: all that a summary and the gate need of any number of them. */
export type Tally = Readonly<Record<Severity, Readonly<Record<Outcome, number>>>>;

/** The findings counted, onto what was counted before. */
export function tallyOf(
  findings: Iterable<Pick<Finding, 'severity' | 'status' | 'waiver' | 'baseline'>>,
  before?: Tally,
): Tally {
  const counts = bySeverity((severity) => byOutcome((outcome) => before?.[severity][outcome] ?? 0));
  for (const finding of findings) counts[finding.severity][outcomeOf(finding)] += 1;
  return counts;
}

/** How many come to what, whatever their severity. */
export const totalsOf = (tally: Tally): Readonly<Record<Outcome, number>> =>
  byOutcome((outcome) => severities.reduce((sum, severity) => sum + tally[severity][outcome], 0));

const byOutcome = (count: (outcome: Outcome) => number): Record<Outcome, number> => ({
  fail: count('fail'),
  unknown: count('unknown'),
  known: count('known'),
  waived: count('waived'),
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
