import { type Severity, severities } from '../rules/rule.ts';
import type { StaleEntry } from './baseline.ts';
import type { FrameworkResult, RequirementResult } from './framework.ts';
import type { Outcome, Tally } from './tally.ts';
import { isIdle, type WaiverUse } from './waivers.ts';

/** 0 compliant · 1 violations · 2 error · 3 incomplete · 4 stale (strict mode). */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface GatePolicy {
  readonly failOn: Severity | 'never';
  readonly unknown: 'fail' | 'warn' | 'ignore';
  /** Known failures that are older in days count again. */
  readonly maxAge?: number;
  /** Frameworks of which a requirement that fails is a violation. */
  readonly frameworks?: readonly string[];
  /** Waivers and baseline entries that do no good any more end the run with 4. */
  readonly strict?: true;
}

/** All that the gate looks at. */
export interface Judgement {
  /** With what frameworks' floors add to it. */
  readonly tally: Tally;
  readonly frameworks: readonly FrameworkResult[];
  /** How many waivers and baseline entries do no good any more. */
  readonly idle: number;
  /** A rule threw: its findings are unknown, and nothing may be concluded from the run. */
  readonly crashed: boolean;
}

/** Whether a finding of this severity counts: at or above `failOn`. With `never` nothing fails, and every unknown counts. */
export const isRelevant = ({ failOn }: Pick<GatePolicy, 'failOn'>, severity: Severity): boolean =>
  failOn === 'never' || severities.indexOf(severity) <= severities.indexOf(failOn);

/** How many waivers and baseline entries do no good any more, or never did. */
export const idleCount = ({ waivers = [], baseline }: Accepted): number =>
  waivers.filter(isIdle).length + (baseline?.stale.length ?? 0);

/** What was accepted or known beforehand, and what came of it. */
export interface Accepted {
  readonly waivers?: readonly WaiverUse[];
  readonly baseline?: BaselineUse;
}

/** A baseline, and what came of it in a run. */
export interface BaselineUse {
  readonly file: string;
  readonly entries: number;
  readonly stale: readonly StaleEntry[];
}

/** How many findings that count fail or are unknown: neither waived nor known. */
export function relevantCounts(
  tally: Tally,
  policy: GatePolicy,
): { readonly failed: number; readonly unknown: number } {
  const relevant = severities.filter((severity) => isRelevant(policy, severity));
  const sumOf = (outcome: Outcome): number => relevant.reduce((sum, severity) => sum + tally[severity][outcome], 0);
  return { failed: policy.failOn === 'never' ? 0 : sumOf('fail'), unknown: sumOf('unknown') };
}

/** The requirements that the gate looks at. A waiver hides a finding, and meets no requirement. */
export function gatedRequirements(
  frameworks: readonly FrameworkResult[],
  { frameworks: gated = [] }: Pick<GatePolicy, 'frameworks'>,
): readonly RequirementResult[] {
  return frameworks.filter(({ name }) => gated.includes(name)).flatMap(({ requirements }) => requirements);
}

/**
 * The exit code of a run (design §8): a crash is worse than a violation, a violation than not knowing, not knowing
 * than a waiver or baseline entry that does no good any more.
 */
export function exitCode({ tally, frameworks, idle, crashed }: Judgement, policy: GatePolicy): ExitCode {
  if (crashed) return 2;
  const { failed, unknown } = relevantCounts(tally, policy);
  const requirements = gatedRequirements(frameworks, policy);
  const has = (wanted: RequirementResult['status']): boolean => requirements.some(({ status }) => status === wanted);
  if (failed > 0 || has('fail')) return 1;
  if (policy.unknown === 'fail' && (unknown > 0 || has('unknown'))) return 3;
  return policy.strict && idle > 0 ? 4 : 0;
}
