import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import { acceptedLines } from './accepted-words.ts';
import { actionsToKnow } from './describe.ts';
import { inStatus } from './finding-order.ts';
import { jsonPieces } from './json-pieces.ts';
import type { Report } from './report.ts';
import { syntheticPath } from './sarif-location.ts';
import { visible } from './visible-text.ts';

/** GitLab's five words for how bad it is. */
const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/**
 * GitLab's Code Quality report: what failed and what is unknown. GitLab tells one finding from another by its
 * fingerprint, so ours is the same in every run; a path stands for the resource, and lines count from 1. What is known
 * or waived is there for information: left out, GitLab would call it resolved.
 */
export function* gitlab({ findings }: Report): Generator<string> {
  yield* jsonPieces(issues(findings), 2);
  yield '\n';
}

function* issues(findings: Iterable<Finding>): Generator<object> {
  for (const finding of inStatus(findings, ['fail', 'unknown'])) yield issueOf(finding);
}

function issueOf(finding: Finding): object {
  const { rule, status, severity, message, resource, fingerprint } = finding;
  const actions = actionsToKnow(finding);
  const toKnow = actions.length === 0 ? '' : ` To know, allow ${actions.join(', ')}.`;
  const said = status === 'unknown' ? `Unknown: ${message}${toKnow}` : message;
  const accepted = acceptedLines(finding).map((line) => ` (${line})`);
  const outcome = outcomeOf(finding);
  return {
    description: visible(`${resource.name}: ${said}${accepted.join('')}`),
    check_name: visible(rule),
    fingerprint,
    severity: severityWords[outcome === 'known' || outcome === 'waived' ? 'info' : severity],
    location: { path: syntheticPath(resource), lines: { begin: 1 } },
  };
}
