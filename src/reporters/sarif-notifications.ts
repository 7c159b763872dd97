import type { Notification } from 'sarif';
import { compareText } from '../snapshot/compare-text.ts';
import { gapLine, plural } from './describe.ts';
import { inStatus } from './finding-order.ts';
import type { Report, ReportGap } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { sarifText } from './sarif-text.ts';
import type { Sort } from './sort.ts';

interface Told {
  /** How many findings are unknown. */
  readonly unknown: number;
  /** Whether everything that may be wrong is in the file. */
  readonly isWhole: boolean;
  readonly cutResults: number;
  /** How many were left out because somebody accepts their risk. */
  readonly waived: number;
  readonly sort: Sort;
}

/** What whoever closes alerts by this file has to know: what could not be determined, and what was left out. */
export function notificationsOf(report: Report, { unknown, isWhole, cutResults, waived, sort }: Told): Notification[] {
  const left = [
    ...(cutResults === 0 ? [] : [notification('warning', leftOutText(cutResults))]),
    ...(waived === 0 ? [] : [notification('note', waivedText(waived))]),
  ];
  if (unknown === 0) return left;
  const { lines, more } = firstDistinct(sort(gapTexts(report), compareText), sarifLimits.notifications);
  const level = isWhole ? 'warning' : 'error';
  const alerts = isWhole ? 'their alerts stay open' : 'there may be others, so no alert may be closed by this run';
  return [
    notification(level, `${plural(unknown, 'finding')} could not be determined; ${alerts}.`),
    ...lines.map((line) => notification(level, line)),
    ...(more > 0 ? [notification(level, `… and ${plural(more, 'more gap', 'more gaps')}.`)] : []),
    ...left,
  ];
}

const leftOutText = (count: number): string =>
  `${plural(count, 'result')} left out: GitHub keeps ${sarifLimits.results}, these are the least severe.`;

const waivedText = (count: number): string =>
  `${plural(count, 'finding')} left out: waived, so that GitHub opens no alert.`;

/** The gaps of the report, and those that only a finding names. */
function* gapTexts({ gaps, findings }: Report): Generator<string> {
  for (const gap of gaps) yield textOf(gap);
  for (const { evidence, resource } of inStatus(findings, ['unknown'])) {
    for (const { gap } of evidence) if (gap !== undefined) yield textOf({ ...gap, account: resource.account });
  }
}

const textOf = (gap: ReportGap): string =>
  gap.action === undefined ? gapLine(gap) : `${gapLine(gap)}; to know, allow ${gap.action}`;

/** So many of the sorted texts, each once, and how many more there are. */
function firstDistinct(sorted: Iterable<string>, count: number): { lines: readonly string[]; more: number } {
  const lines: string[] = [];
  let more = 0;
  let last: string | undefined;
  for (const text of sorted) {
    if (text === last) continue;
    last = text;
    if (lines.length < count) lines.push(text);
    else more += 1;
  }
  return { lines, more };
}

const notification = (level: Notification.level, text: string): Notification => ({
  level,
  message: { text: sarifText(text, sarifLimits.message) },
});
