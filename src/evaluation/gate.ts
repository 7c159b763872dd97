import { type Severity, severities } from '../rules/rule.ts';
import type { Status } from './finding.ts';
import type { Tally } from './tally.ts';

/** 0 compliant · 1 violations · 2 error · 3 incomplete · 4 stale (strict mode). */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface GatePolicy {
  readonly failOn: Severity | 'never';
  readonly unknown: 'fail' | 'warn' | 'ignore';
}

/** Whether a finding of this severity counts: at or above `failOn`. With `never` nothing fails, and every unknown counts. */
const isRelevant =
  ({ failOn }: GatePolicy) =>
  (severity: Severity): boolean =>
    failOn === 'never' || severities.indexOf(severity) <= severities.indexOf(failOn);

/** How many findings that count are in each status. */
export function relevantCounts(
  tally: Tally,
  policy: GatePolicy,
): { readonly failed: number; readonly unknown: number } {
  const relevant = severities.filter(isRelevant(policy));
  const sumOf = (status: Status): number => relevant.reduce((sum, severity) => sum + tally[severity][status], 0);
  return { failed: policy.failOn === 'never' ? 0 : sumOf('fail'), unknown: sumOf('unknown') };
}

/**
 * The exit code of a run (design §8): a crash is worse than a violation, a violation than not knowing.
 * `crashed` says that a rule threw: its findings are unknown, and nothing may be concluded from the run.
 */
export function exitCode(tally: Tally, policy: GatePolicy, crashed: boolean): ExitCode {
  if (crashed) return 2;
  const { failed, unknown } = relevantCounts(tally, policy);
  if (failed > 0) return 1;
  return unknown > 0 && policy.unknown === 'fail' ? 3 : 0;
}
