import type { ReportCoverage } from '../../evaluation/coverage.ts';
import { plural } from '../describe.ts';
import { cellMarks } from './cell-states.ts';
import { htmlText, table } from './markup.ts';
import type { CellState, PageAccount } from './page-data.ts';

const meanings: Readonly<Record<CellState, string>> = {
  none: 'not recorded',
  part: 'recorded in part',
  recorded: 'recorded, not kept',
  kept: 'recorded and kept',
  noticed: 'recorded, kept and noticed',
  unknown: 'not known',
};

const maxRows = 300;

/** The heat map of event classes by region and account; the script draws it, and without one there is a table. */
export function* coverageSection(
  coverage: ReportCoverage | undefined,
  { kept, left }: { readonly kept: readonly PageAccount[]; readonly left: number },
): Generator<string> {
  yield '<section id="coverage" aria-labelledby="coverage-title">\n<h2 id="coverage-title">Coverage</h2>\n';
  if (coverage === undefined) {
    yield `${withoutCoverage}</section>\n`;
    return;
  }
  yield '<p>What becomes of each class of events, in each region. An event is <em>kept</em> where its file arrives, can be ';
  yield `decrypted, and is there for at least ${coverage.days} days; it is <em>noticed</em> where an alarm or a rule tells somebody.</p>\n`;
  yield `<ul class="legend" aria-label="Legend">${legend}</ul>\n`;
  if (left > 0) {
    yield `<p class="notice">The ${plural(kept.length, 'account')} where the most is missing: ${left} more are not shown here, the JSON report has them all.</p>\n`;
  }
  yield '<div id="coverage-map"></div>\n<noscript>\n';
  yield* table(
    { caption: 'Coverage', columns: ['Account', 'Events', 'Regions', 'What becomes of them'] },
    kept.flatMap(rowsOf).slice(0, maxRows),
  );
  yield '</noscript>\n</section>\n';
}

const withoutCoverage = `<p class="notice">This report holds no coverage: what is recorded, kept and noticed in each account and
region. <code>check --format html</code> and <code>scan --format html</code> work it out. For a report that is saved and
rendered later, save it with <code>--coverage --output json=report.json</code>.</p>
`;

const states: readonly CellState[] = ['none', 'part', 'recorded', 'kept', 'noticed', 'unknown'];

const legend = states
  .map(
    (state) =>
      `<li><span class="cell c-${state}" aria-hidden="true">${cellMarks[state]}</span> ${meanings[state]}</li>`,
  )
  .join('');

const rowsOf = ({ account, rows }: PageAccount): readonly (readonly string[])[] =>
  rows.flatMap(({ events, cells }) =>
    cells.map(({ regions, text }) => [account, events, regions.join(', '), text].map(htmlText)),
  );
