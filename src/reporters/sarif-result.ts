import type { Result } from 'sarif';
import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import { acceptedLines, waiverLine } from './accepted-words.ts';
import { actionsToKnow, changeLines, evidenceLines } from './describe.ts';
import type { ReporterOptions } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { locationOf } from './sarif-location.ts';
import { firstText, sarifText } from './sarif-text.ts';

const levels: Readonly<Record<Severity, Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/**
 * An alert. What is unknown is a note that says so: SARIF's own word for it, the kind `open`, demands a level that
 * GitHub does not know.
 */
export function resultOf(
  finding: Finding,
  ruleIndex: number,
  options: Pick<ReporterOptions, 'locations' | 'folder'>,
): Result {
  const { rule, status, severity, fingerprint, waiver } = finding;
  const isWaived = outcomeOf(finding) === 'waived';
  const justification = waiver && isWaived && sarifText(waiverLine(waiver), sarifLimits.evidenceLine);
  return {
    ruleId: rule,
    ruleIndex,
    level: status === 'unknown' ? 'note' : levels[severity],
    message: { text: messageOf(finding) },
    locations: [locationOf(finding, options)],
    // GitHub tells alerts apart by the first alone; without it, all resources of a rule would be one alert.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'trailproof/v1': fingerprint },
    ...(justification && { suppressions: [{ kind: 'external', status: 'accepted', justification }] }),
    properties: { status, severity, evidence: linesOf(finding) },
  };
}

/** The first sentence is all that a list of alerts shows. */
function messageOf(finding: Finding): string {
  const said = firstText([finding.message, finding.title, finding.rule]);
  const actions = actionsToKnow(finding);
  const changes = changeLines(finding);
  const lines = [
    finding.status === 'unknown' ? `Could not be determined: ${said}` : said,
    ...acceptedLines(finding),
    ...linesOf(finding),
    ...(actions.length === 0 ? [] : [`To know: allow ${actions.join(', ')}`]),
    ...(changes.length === 0 ? [] : [`To pass: ${changes.join('; ')}`]),
  ].map((line) => sarifText(line, sarifLimits.evidenceLine));
  return joinedWithin(lines, sarifLimits.message);
}

function linesOf(finding: Finding): string[] {
  const lines = evidenceLines(finding);
  const more = lines.length - sarifLimits.evidence;
  const shown = lines.slice(0, sarifLimits.evidence).map((line) => sarifText(line, sarifLimits.evidenceLine));
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
}

/** Whole lines while they fit; the first is short enough by itself. */
function joinedWithin(lines: readonly string[], length: number): string {
  let joined = '';
  for (const line of lines) {
    const next = joined === '' ? line : `${joined}\n${line}`;
    if (next.length > length - 2) return `${joined}\n…`;
    joined = next;
  }
  return joined;
}
