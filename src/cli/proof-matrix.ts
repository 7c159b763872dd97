import type { Paint, Style } from '../reporters/paint.ts';
import { visible } from '../reporters/visible-text.ts';
import type { Proof, ProvenChain } from './proof.ts';

/** How far a chain holds, worst first. */
const cells: readonly (readonly [string, Style, string])[] = [
  ['·', 'dim', 'not recorded'],
  ['r', 'red', 'recorded, not delivered'],
  ['d', 'yellow', 'not kept long enough'],
  ['■', 'green', 'recorded, delivered and kept'],
  ['?', 'yellow', 'not known'],
];

function cellOf({ links }: ProvenChain): number {
  const broken = links.findIndex(({ holds }) => holds === 'no');
  if (broken < 0) return links.every(({ holds }) => holds === 'yes') ? 3 : 4;
  return broken === 0 ? 0 : broken < 3 ? 1 : 2;
}

/** A heat map: a row for each class of events, a column for each region, a table for each account. */
export function matrixText(rows: readonly (readonly [string, Proof])[], paint: Paint): string {
  const accounts = rows[0]?.[1].accounts.map(({ account }) => account) ?? [];
  const width = Math.max(...rows.map(([name]) => name.length));
  const tables = accounts.flatMap((account, index) => {
    const chainsOf = ([, proof]: (typeof rows)[number]): readonly ProvenChain[] => proof.accounts[index]?.chains ?? [];
    const regions = [...new Set(rows.flatMap((row) => chainsOf(row).flatMap((chain) => chain.regions)))].sort();
    const lines = rows.map((row) => {
      const marks = regions.map((region) => {
        const chain = chainsOf(row).find((one) => one.regions.includes(region));
        const [mark, style] = cells[chain ? cellOf(chain) : 4] ?? ['?', 'yellow'];
        return paint(style, mark);
      });
      return `  ${row[0].padEnd(width)}  ${marks.join(' ')}`;
    });
    const legend = regions.map(
      (region, column) => `  ${' '.repeat(width)}  ${'  '.repeat(column)}│ ${visible(region)}`,
    );
    const body = regions.length === 0 ? ['  no region of it is known'] : [...legend, ...lines];
    return ['', paint('bold', `account ${visible(account)}`), ...body];
  });
  const key = cells.map(([mark, , text]) => `${mark} ${text}`).join(' · ');
  return `${[...tables.slice(1), '', key].join('\n')}\n`;
}
