import type { Notification } from 'sarif';
import type { Finding } from '../evaluation/finding.ts';
import { gapLine, plural } from './describe.ts';
import { compareText } from './finding-order.ts';
import type { Report, ReportGap } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { sarifText } from './sarif-text.ts';

/** What whoever closes alerts by this file has to know: what could not be determined, and what was left out. */
export function notificationsOf(report: Report, cutResults: number): Notification[] {
  const unknown = report.findings.filter(({ status }) => status === 'unknown');
  const left = cutResults === 0 ? [] : [notification('warning', leftOutText(cutResults))];
  if (unknown.length === 0) return left;
  const lines = gapTexts(report.gaps, unknown);
  const more = lines.length - sarifLimits.notifications;
  const unknowns = plural(unknown.length, 'finding');
  return [
    notification('error', `${unknowns} could not be determined; no alert may be closed by this run.`),
    ...lines.slice(0, sarifLimits.notifications).map((line) => notification('error', line)),
    ...(more > 0 ? [notification('error', `… and ${plural(more, 'more gap', 'more gaps')}.`)] : []),
    ...left,
  ];
}

const leftOutText = (count: number): string =>
  `${plural(count, 'result')} left out: GitHub keeps ${sarifLimits.results}, these are the least severe.`;

/** Each gap once: those of the report, and those that only a finding names. */
function gapTexts(gaps: readonly ReportGap[], unknown: readonly Finding[]): readonly string[] {
  const ofFindings = unknown.flatMap(({ evidence, resource: { account } }) =>
    evidence.flatMap(({ gap }): readonly ReportGap[] => (gap === undefined ? [] : [{ ...gap, account }])),
  );
  const texts = [...gaps, ...ofFindings].map((gap) =>
    gap.action === undefined ? gapLine(gap) : `${gapLine(gap)}; to know, allow ${gap.action}`,
  );
  return [...new Set(texts)].toSorted(compareText);
}

const notification = (level: Notification.level, text: string): Notification => ({
  level,
  message: { text: sarifText(text, sarifLimits.message) },
});
