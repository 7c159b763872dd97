import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import { acceptedLines } from './accepted-words.ts';
import { messageInShort } from './describe.ts';
import { inStatus } from './finding-order.ts';
import { jsonPieces } from './json-pieces.ts';
import { placeOf } from './location.ts';
import type { Report, ReporterOptions } from './report.ts';
import { visible } from './visible-text.ts';

/** GitLab's five words for how bad it is. */
const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

type Options = Pick<ReporterOptions, 'locations' | 'folder'>;

/**
 * GitLab's Code Quality report: what failed and what is unknown. GitLab tells one finding from another by its
 * fingerprint, so ours is the same in every run. What is known or waived is there for information: left out, GitLab
 * would call it resolved.
 */
export function* gitlab({ findings }: Report, options: Options): Generator<string> {
  yield* jsonPieces(issues(findings, options), 2);
  yield '\n';
}

function* issues(findings: Iterable<Finding>, options: Options): Generator<object> {
  for (const finding of inStatus(findings, ['fail', 'unknown'])) yield issueOf(finding, options);
}

function issueOf(finding: Finding, options: Options): object {
  const { rule, severity, resource, fingerprint } = finding;
  const accepted = acceptedLines(finding).map((line) => ` (${line})`);
  const outcome = outcomeOf(finding);
  const { path, line } = placeOf(finding, options);
  return {
    description: visible(`${resource.name}: ${messageInShort(finding)}${accepted.join('')}`),
    check_name: visible(rule),
    fingerprint,
    severity: severityWords[outcome === 'known' || outcome === 'waived' ? 'info' : severity],
    location: { path: visible(path), lines: { begin: line } },
  };
}
