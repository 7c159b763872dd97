import { type Change, type Changed, changes, countChanges } from '../evaluation/diff.ts';
import { plural } from './describe.ts';
import { worstFirst } from './finding-order.ts';
import { bytesOf, within } from './markdown-blocks.ts';
import { findingCells, maxCell } from './markdown-finding.ts';
import { markdownText } from './markdown-text.ts';
import { type Paint, painter, type Style } from './paint.ts';
import type { Report } from './report.ts';
import { cut, visible, withoutCommands } from './visible-text.ts';
import { hang } from './wrap.ts';

/** What changed from one report to the next. */
export interface Diff {
  readonly before: Pick<Report, 'scope' | 'tool'>;
  readonly after: Pick<Report, 'scope' | 'tool'>;
  readonly changed: readonly Changed[];
}

export type DiffFormat = 'text' | 'json' | 'markdown';

/** Every format of a diff. */
export const diffReporters: Readonly<Record<DiffFormat, (diff: Diff, color: boolean) => string>> = {
  text: diffText,
  json: diffJson,
  markdown: diffMarkdown,
};

const titles: Readonly<Record<Change, string>> = {
  new: 'New failures',
  'became-unknown': 'Became unknown',
  'still-failing': 'Still failing',
  'still-unknown': 'Still unknown',
  'out-of-scope': 'No longer in scope (not fixed: nobody judged it)',
  'became-known': 'Known now, and in order',
  fixed: 'Fixed',
};

const styles: Readonly<Record<Change, Style>> = {
  new: ['bold', 'red'],
  'became-unknown': ['bold', 'yellow'],
  'still-failing': 'red',
  'still-unknown': 'yellow',
  'out-of-scope': 'dim',
  'became-known': 'green',
  fixed: 'green',
};

/** The findings of one kind of change, the worst first; the kinds that nothing fell under are left out. */
function grouped(changed: readonly Changed[]): readonly (readonly [Change, readonly Changed[]])[] {
  return changes
    .map((change) => {
      const of = changed.filter((it) => it.change === change);
      return [change, of.toSorted((a, b) => worstFirst(a.finding, b.finding))] as const;
    })
    .filter(([, of]) => of.length > 0);
}

function countsOf({ changed }: Diff): string {
  const counts = countChanges(changed);
  return [
    `${counts.new} new`,
    `${counts['became-unknown']} became unknown`,
    `${counts['still-failing']} still failing`,
    `${counts['still-unknown']} still unknown`,
    `${counts['out-of-scope']} no longer in scope`,
    `${counts['became-known']} known now`,
    `${counts.fixed} fixed`,
  ].join(', ');
}

/** `fail → pass`; what was not there is called absent. */
const wayOf = ({ before, after }: Changed): string => `${before ?? 'absent'} → ${after ?? 'absent'}`;

function diffText(diff: Diff, color: boolean): string {
  const paint = painter({ color });
  const groups = grouped(diff.changed).flatMap(([change, of]) => [
    paint(styles[change], `${titles[change]} (${of.length})`),
    ...of.flatMap((it) => changedLines(it, paint)),
    '',
  ]);
  return [...groups, countsOf(diff)].map((line) => `${withoutCommands(line)}\n`).join('');
}

function changedLines(changed: Changed, paint: Paint): readonly string[] {
  const { before, after, finding } = changed;
  const { rule, severity, message, resource } = finding;
  const way = before === after ? '' : `  ${wayOf(changed)}`;
  const head = `${severity.toUpperCase()} ${rule}: ${resource.name} (account ${resource.account}, ${resource.region})`;
  return [
    ...hang('  ', visible(`${head}${way}`)),
    ...(message === '' ? [] : hang('    ', visible(cut(message, 500))).map((line) => paint('dim', line))),
  ];
}

function diffJson({ before, after, changed }: Diff): string {
  const scopeOf = ({ tool, scope: { accounts, regions, collectedAt } }: Diff['before']) => ({
    tool,
    accounts,
    regions,
    ...(collectedAt !== undefined && { collectedAt }),
  });
  const value = {
    trailproof: 'diff/1',
    before: scopeOf(before),
    after: scopeOf(after),
    summary: countChanges(changed),
    changes: grouped(changed).flatMap(([, of]) => of),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** GitHub refuses comments of more than 65,536 characters. */
const maxBytes = 60_000;

function diffMarkdown(diff: Diff): string {
  const { changed } = diff;
  const head = `## Trailproof: ${markdownText(countsOf(diff))}\n`;
  const blocks = grouped(changed).flatMap(([change, of]) => of.map((it, index) => blockOf(it, change, index === 0)));
  const said = [
    ...within(blocks, { maxBytes: maxBytes - bytesOf(head), list: 'this comparison', items: changed.length }),
  ];
  return `${head}${changed.length === 0 ? `\n${plural(0, 'open finding')}.\n` : said.join('')}`;
}

const columns = ['Severity', 'Rule', 'Resource', 'Account', 'Region', 'Was → is', 'What was found'];

function blockOf(changed: Changed, change: Change, opens: boolean) {
  const cells = [...findingCells(changed.finding), wayOf(changed), markdownText(cut(changed.finding.message, maxCell))];
  const heading = `\n### ${markdownText(titles[change])}\n\n| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}\n`;
  return { text: `${opens ? heading : ''}| ${cells.join(' | ')} |\n`, items: 1 };
}
