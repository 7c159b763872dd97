import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import type { Finding } from '../evaluation/finding.ts';
import { compareText, worstFirst } from './finding-order.ts';
import type { Report, ReportRule } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { pathSegment, shortHash } from './sarif-location.ts';
import { notificationsOf } from './sarif-notifications.ts';
import { resultOf } from './sarif-result.ts';
import { descriptorOf, ruleOfFinding } from './sarif-rule.ts';

/**
 * SARIF 2.1.0 as GitHub code scanning takes it. Failures and unknowns alone: GitHub shows whatever is in the file as
 * an open alert, and closes as fixed what is not in it. So with anything unknown the run says that it did not
 * succeed, and nothing is closed.
 */
export function sarif(report: Report): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report)],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function runOf(report: Report): Run {
  const alerts = report.findings.filter(({ status }) => status === 'fail' || status === 'unknown').toSorted(worstFirst);
  const kept = alerts.slice(0, sarifLimits.results);
  const rules = descriptorsOf(report.scope.rules, kept);
  const notifications = notificationsOf(report, alerts.length - kept.length);
  return {
    tool: { driver: { name: report.tool.name, semanticVersion: report.tool.version, rules } },
    automationDetails: { id: `trailproof/${scopeName(report.scope.accounts)}/` },
    invocations: [
      {
        executionSuccessful: !alerts.some(({ status }) => status === 'unknown'),
        ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: resultsOf(kept, rules),
  };
}

/** Every rule that was evaluated; if there are too many, those that the results need and then the first. */
function descriptorsOf(evaluated: readonly ReportRule[], kept: readonly Finding[]): ReportingDescriptor[] {
  const known = new Map([...kept.map(ruleOfFinding), ...evaluated].map((rule) => [rule.id, rule]));
  const needed = new Set(kept.map(({ rule }) => rule));
  const others = [...known.keys()].filter((id) => !needed.has(id)).toSorted(compareText);
  const ids = [...needed, ...others].slice(0, sarifLimits.rules).toSorted(compareText);
  return ids.flatMap((id) => known.get(id) ?? []).map(descriptorOf);
}

function resultsOf(kept: readonly Finding[], rules: readonly ReportingDescriptor[]): Result[] {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return kept.map((finding) => resultOf(finding, indexes.get(finding.rule) ?? -1));
}

/** Of the accounts alone: were it of the time or the rules, each run would open every alert anew. */
function scopeName(accounts: readonly string[]): string {
  const distinct = [...new Set(accounts)].toSorted(compareText);
  const only = distinct.length === 1 ? distinct[0] : undefined;
  if (only !== undefined) return pathSegment(only);
  return distinct.length === 0 ? 'no-account' : `accounts-${shortHash(distinct.join(','))}`;
}
