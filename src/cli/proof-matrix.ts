import type { Paint, Style } from '../reporters/paint.ts';
import { visible } from '../reporters/visible-text.ts';
import type { Proof, ProvenChain, ProvenLink } from './proof.ts';

type Cell = readonly [mark: string, style: Style, meaning: string];

/** How far a chain holds. */
const cells = {
  unrecorded: ['·', 'dim', 'not recorded'],
  undelivered: ['r', 'red', 'recorded, not delivered'],
  unkept: ['d', 'yellow', 'not kept long enough'],
  whole: ['■', 'green', 'recorded, delivered and kept'],
  unknown: ['?', 'yellow', 'not known'],
} as const satisfies Readonly<Record<string, Cell>>;

/** What a chain is whose first broken link is this one. */
const brokenAt: Readonly<Record<ProvenLink['name'], Cell>> = {
  'recorded by': cells.unrecorded,
  'delivered to': cells.undelivered,
  // What CloudTrail may not encrypt it does not deliver.
  'encrypted with': cells.undelivered,
  'kept for': cells.unkept,
  'noticed by': cells.whole,
};

function cellOf({ links }: ProvenChain): Cell {
  const broken = links.find(({ holds }) => holds === 'no');
  if (broken) return brokenAt[broken.name];
  return links.every(({ holds }) => holds === 'yes') ? cells.whole : cells.unknown;
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
        const [mark, style] = chain ? cellOf(chain) : cells.unknown;
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
  const key = Object.values(cells).map(([mark, , meaning]) => `${mark} ${meaning}`);
  return `${[...tables.slice(1), '', key.join(' · ')].join('\n')}\n`;
}
