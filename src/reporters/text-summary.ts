import { type Outcome, tallyOf } from '../evaluation/tally.ts';
import { severities } from '../rules/rule.ts';
import { acceptedSentences } from './accepted-words.ts';
import { outcomeLine, outcomesIn, outcomeWords, plural } from './describe.ts';
import { type MissingRow, missingRows } from './gap-table.ts';
import type { Paint, Style } from './paint.ts';
import type { Report, ReporterOptions, ReportPack } from './report.ts';
import { frameworkLines } from './text-framework.ts';
import { paddedCells } from './text-table.ts';
import { cut, visible } from './visible-text.ts';
import { hang, wrap } from './wrap.ts';

export const outcomeStyles: Readonly<Record<Outcome, Style>> = {
  fail: 'red',
  unknown: 'yellow',
  known: 'magenta',
  waived: 'blue',
  pass: 'green',
  'not-applicable': 'dim',
};

/** How many findings of each severity come to what, and what that means for the run. */
export function summaryLines(report: Report, { sort }: ReporterOptions, paint: Paint): readonly string[] {
  const style = report.summary.exitCode === 0 ? 'green' : report.summary.exitCode === 3 ? 'yellow' : 'red';
  const missing = missingRows(report, sort);
  return [
    ...tableLines(report, paint),
    '',
    ...wrap(outcomeLine(report), 0).map((line) => paint(['bold', style], line)),
    ...wrap(gapsLine(report, missing), 0),
    ...acceptedSentences(report).flatMap((sentence) => wrap(visible(sentence), 0)),
    ...(report.scope.packs ?? []).flatMap((pack) => wrap(packLine(pack), 0)),
    ...missingLines(missing, paint),
    ...frameworkLines(report.frameworks ?? [], paint),
  ];
}

function tableLines({ findings, summary }: Report, paint: Paint): readonly string[] {
  const tally = tallyOf(findings);
  const shown = outcomesIn(summary);
  const used = severities.filter((severity) => shown.some((outcome) => tally[severity][outcome] > 0));
  const rows = paddedCells([
    ['', ...shown.map((outcome) => outcomeWords[outcome])],
    ...used.map((severity) => [severity, ...shown.map((outcome) => String(tally[severity][outcome]))]),
    ['total', ...shown.map((outcome) => String(summary[outcome]))],
  ]);
  return rows.map((cells, row) =>
    cells
      .map((cell, column) => paint(cellStyle(cell, row, shown[column - 1]), cell))
      .join('  ')
      .trimEnd(),
  );
}

function cellStyle(cell: string, row: number, outcome: Outcome | undefined): Style {
  if (outcome === undefined) return 'bold';
  return row > 0 && cell.trim() === '0' ? 'dim' : outcomeStyles[outcome];
}

/** What could not be read, so that whoever may allow it sees at once what to allow. */
function missingLines(missing: readonly MissingRow[], paint: Paint): readonly string[] {
  const rows = missing.map(({ what, why, count, where }) =>
    [what, why, String(count), where].map((cell) => cut(visible(cell), 60)),
  );
  if (rows.length === 0) return [];
  const [widest = 0, longest = 0, most = 0] = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [
    '',
    paint('bold', 'what could not be read'),
    ...rows.flatMap(([what = '', why = '', count = '', where = '']) =>
      hang(`  ${what.padEnd(widest)}  ${why.padEnd(longest)}  ${count.padStart(most)}  `, `in ${where}`),
    ),
  ];
}

/** A pack of few rules says where the others are. */
function packLine({ name, rules, of }: ReportPack): string {
  if (name !== 'recommended') return visible(`${name}: ${plural(rules, 'rule')}.`);
  const more = rules < of ? '; --rules everything runs all' : '';
  return `${name}: ${rules} of ${plural(of, 'built-in rule')}${more}.`;
}

function gapsLine({ scope, tool }: Report, missing: readonly MissingRow[]): string {
  const gaps = missing.reduce((sum, { count }) => sum + count, 0);
  const judged = `${plural(scope.rules.length, 'rule')} in ${plural(scope.accounts.length, 'account')}`;
  const meaning = gaps === 0 ? '' : ': what could not be read is unknown, never passed';
  return `${tool.name} ${tool.version} judged ${judged}; ${plural(gaps, 'gap')}${meaning}.`;
}
