import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import type { Finding } from '../evaluation/finding.ts';
import { isUnlisted } from '../evaluation/gone.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import { compareText } from '../snapshot/compare-text.ts';
import { inStatus, lengthOf, worstOf } from './finding-order.ts';
import { jsonPieces } from './json-pieces.ts';
import { pathSegment, shortHash } from './location.ts';
import type { Report, ReporterOptions, ReportRule } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { notificationsOf } from './sarif-notifications.ts';
import { resultOf } from './sarif-result.ts';
import { descriptorOf, ruleOfFinding } from './sarif-rule.ts';

type Options = Pick<ReporterOptions, 'sort' | 'waived' | 'locations' | 'folder'>;

/**
 * SARIF 2.1.0 as GitHub code scanning takes it. Failures and unknowns alone, and of those none that is waived: GitHub
 * shows whatever is in the file as an open alert, and closes as fixed what is not in it. What is unknown keeps its alert,
 * as a note. Where there may be more that nobody has seen, the run says that it did not succeed: what GitHub makes of
 * that is written nowhere (it has refused such files, and has taken them: github/codeql-action issue 1316), so that they
 * are better not sent.
 */
export function* sarif(report: Report, options: Options): Generator<string> {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, options)],
  } satisfies LogInPieces;
  yield* jsonPieces(log, depthOfResults);
  yield '\n';
}

/** A log of which the results are made as they are written. */
type RunInPieces = Omit<Run, 'results'> & { readonly results: Iterable<Result> };
type LogInPieces = Omit<Log, 'runs'> & { readonly runs: readonly RunInPieces[] };

/** The log, its runs, the run, its results. */
const depthOfResults = 4;

function runOf(report: Report, options: Options): RunInPieces {
  const { sort, waived = 'omit' } = options;
  const { kept, left } = resultsToKeep(report.findings, waived);
  const rules = descriptorsOf(report.scope.rules, kept);
  const counts = countsOf(report.findings);
  const { unknown, unlisted } = counts;
  const omitted = waived === 'omit' ? counts.waived : 0;
  const isWhole = unlisted === 0 && report.summary.exitCode !== 2 && (left === 0 || unknown === 0);
  const notifications = notificationsOf(report, { unknown, isWhole, cutResults: left, waived: omitted, sort });
  return {
    tool: { driver: { name: report.tool.name, semanticVersion: report.tool.version, rules } },
    automationDetails: { id: `trailproof/${scopeName(report.scope.accounts)}/` },
    invocations: [
      {
        executionSuccessful: isWhole,
        ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: resultsOf(kept, rules, { ...options, hasBaseline: counts.known > 0 }),
  };
}

interface Kept {
  readonly kept: readonly Finding[];
  readonly left: number;
}

/** The worst of what is wrong. What is waived takes the place of nothing that is not. */
function resultsToKeep(findings: Report['findings'], waived: 'omit' | 'suppress'): Kept {
  const { kept, left } = worstOf(wrong(findings, 'open'), sarifLimits.results);
  if (waived === 'omit') return { kept, left };
  const more = worstOf(wrong(findings, 'waived'), sarifLimits.results - kept.length);
  return { kept: [...kept, ...more.kept], left: left + more.left };
}

function* wrong(findings: Report['findings'], which: 'open' | 'waived'): Generator<Finding> {
  for (const finding of inStatus(findings, ['fail', 'unknown']))
    if ((outcomeOf(finding) === 'waived') === (which === 'waived')) yield finding;
}

/** Somebody who accepts that something is unknown accepts that its alerts are closed. */
function countsOf(findings: Report['findings']) {
  const open = { unknown: 0, unlisted: 0, known: 0 };
  for (const finding of wrong(findings, 'open')) {
    if (finding.status === 'unknown') open.unknown += 1;
    if (isUnlisted(finding)) open.unlisted += 1;
    if (finding.baseline) open.known += 1;
  }
  return { ...open, waived: lengthOf(wrong(findings, 'waived')) };
}

/** Every rule that was evaluated; if there are too many, those that the results need and then the first. */
function descriptorsOf(evaluated: readonly ReportRule[], kept: readonly Finding[]): ReportingDescriptor[] {
  const known = new Map([...kept.map(ruleOfFinding), ...evaluated].map((rule) => [rule.id, rule]));
  const needed = new Set(kept.map(({ rule }) => rule));
  const others = [...known.keys()].filter((id) => !needed.has(id)).toSorted(compareText);
  const ids = [...needed, ...others].slice(0, sarifLimits.rules).toSorted(compareText);
  return ids.flatMap((id) => known.get(id) ?? []).map(descriptorOf);
}

function* resultsOf(
  kept: readonly Finding[],
  rules: readonly ReportingDescriptor[],
  { hasBaseline, ...options }: Options & { readonly hasBaseline: boolean },
): Generator<Result> {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  for (const finding of kept) {
    const { rule, baseline } = finding;
    const state = hasBaseline && ({ baselineState: baseline ? 'unchanged' : 'new' } as const);
    yield { ...resultOf(finding, indexes.get(rule) ?? -1, options), ...state };
  }
}

/** Of the accounts alone: were it of the time or the rules, each run would open every alert anew. */
function scopeName(accounts: readonly string[]): string {
  const distinct = [...new Set(accounts)].toSorted(compareText);
  const only = distinct.length === 1 ? distinct[0] : undefined;
  if (only !== undefined) return pathSegment(only);
  return distinct.length === 0 ? 'no-account' : `accounts-${shortHash(distinct.join(','))}`;
}
