import type { PageAccount, PageCell, PageFinding, PageRow } from '../page-data.ts';
import { element } from './element.ts';
import { way } from './way.ts';

/** The chain behind a cell of the heat map, link by link, with the one that is broken and why it is. */
export function chain({ events }: PageRow, { regions, text, links, why }: PageCell): readonly HTMLElement[] {
  const stops = links.map(({ name, holds }) => ({ by: '', name, holds, facts: [] }));
  return [
    element('h4', {}, `${events} in ${regions.join(', ')}: ${text}`),
    way(stops, 'What happens to such an event'),
    ...(why === undefined ? [] : [element('p', {}, why)]),
  ];
}

/** The chains of the events that a finding is about, in its account; in its region, if it has one. */
export function chainsOf(finding: PageFinding, accounts: readonly PageAccount[]): readonly HTMLElement[] {
  const { account, region } = finding.resource;
  const rows = accounts.filter((one) => one.account === account).flatMap((one) => one.rows);
  return rows
    .filter(({ rule }) => rule === finding.rule)
    .flatMap((row) =>
      row.cells.filter(({ regions }) => region === 'global' || regions.includes(region)).map((cell) => ({ row, cell })),
    )
    .flatMap(({ row, cell }) => chain(row, cell));
}
