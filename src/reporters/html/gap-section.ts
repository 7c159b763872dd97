import { gapLine, plural } from '../describe.ts';
import { lengthOf } from '../finding-order.ts';
import { missingRows } from '../gap-table.ts';
import type { Report, ReporterOptions } from '../report.ts';
import { cut } from '../visible-text.ts';
import { htmlText, table } from './markup.ts';

const maxRows = 200;
const maxGaps = 500;
const maxCell = 600;

/** What could not be read: first what would have to be allowed, then each gap. */
export function* gapSection(report: Report, { sort }: Pick<ReporterOptions, 'sort'>): Generator<string> {
  const count = lengthOf(report.gaps);
  yield '<section id="gaps" aria-labelledby="gaps-title">\n<h2 id="gaps-title">Gaps</h2>\n';
  if (count === 0) {
    yield '<p>Everything that the rules need could be read.</p>\n</section>\n';
    return;
  }
  yield '<p>What could not be read is never taken for a pass.</p>\n';
  const missing = missingRows(report, sort);
  yield* table(
    { caption: 'What is missing', columns: ['What would tell', 'Why it is missing', 'Times', 'Where'] },
    missing
      .slice(0, maxRows)
      .map(({ what, why, count: times, where }) => [
        `<code>${cell(what)}</code>`,
        cell(why),
        String(times),
        cell(where),
      ]),
  );
  yield `<details class="card"><summary class="card-summary"><span class="card-title">${plural(count, 'gap')}, one by one</span></summary>\n<ul class="plain">\n`;
  yield* gapLines(report.gaps);
  yield `</ul>\n${rest(count - maxGaps)}</details>\n${rest(missing.length - maxRows)}</section>\n`;
}

function* gapLines(gaps: Report['gaps']): Generator<string> {
  let written = 0;
  for (const gap of gaps) {
    if (written === maxGaps) return;
    written += 1;
    const action = gap.action === undefined ? '' : `; to know, allow <code>${cell(gap.action)}</code>`;
    yield `<li>${cell(gapLine(gap))}${action}</li>\n`;
  }
}

const cell = (text: string): string => htmlText(cut(text, maxCell));

const rest = (left: number): string =>
  left > 0 ? `<p class="notice">${left} more are not shown here: the JSON report has them all.</p>\n` : '';
