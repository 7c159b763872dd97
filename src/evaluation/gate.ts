import { type Severity, severities } from '../rules/rule.ts';
import type { Status } from './finding.ts';

/** 0 compliant · 1 violations · 2 error · 3 incomplete · 4 stale (strict mode). */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface GatePolicy {
  readonly failOn: Severity | 'never';
  readonly unknown: 'fail' | 'warn' | 'ignore';
}

/** The findings that count: at or above `failOn`. With `never` nothing fails, and every unknown counts. */
const isRelevant =
  ({ failOn }: GatePolicy) =>
  ({ severity }: { readonly severity: Severity }): boolean =>
    failOn === 'never' || severities.indexOf(severity) <= severities.indexOf(failOn);

/** How many findings that count are in each status. */
export function relevantCounts(
  findings: readonly { readonly severity: Severity; readonly status: Status }[],
  policy: GatePolicy,
): { readonly failed: number; readonly unknown: number } {
  const relevant = findings.filter(isRelevant(policy));
  return {
    failed: policy.failOn === 'never' ? 0 : relevant.filter(({ status }) => status === 'fail').length,
    unknown: relevant.filter(({ status }) => status === 'unknown').length,
  };
}

/**
 * The exit code of a run (design §8): a crash is worse than a violation, a violation than not knowing.
 * `crashed` says that a rule threw: its findings are unknown, and nothing may be concluded from the run.
 */
export function exitCode(
  findings: readonly { readonly severity: Severity; readonly status: Status }[],
  policy: GatePolicy,
  crashed: boolean,
): ExitCode {
  if (crashed) return 2;
  const { failed, unknown } = relevantCounts(findings, policy);
  if (failed > 0) return 1;
  return unknown > 0 && policy.unknown === 'fail' ? 3 : 0;
}
