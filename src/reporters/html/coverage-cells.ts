import type { AccountCoverage, ClassCoverage, CoverageChain, ReportCoverage } from '../../evaluation/coverage.ts';
import { coverageClasses } from '../../evaluation/coverage-classes.ts';
import type { Truth } from '../../proof/answer.ts';
import { compareText } from '../../snapshot/compare-text.ts';
import { cut, visible } from '../visible-text.ts';
import { cellStates } from './cell-states.ts';
import type { PageAccount, PageCell, PageRow } from './page-data.ts';

const maxWhy = 600;

/** The state of a cell with what it says in words, from the truth of its links. */
export function cellOf({ links, part }: Pick<CoverageChain, 'links' | 'part'>): Pick<PageCell, 'state' | 'text'> {
  const [recorded = 'unknown', ...later] = links.filter(({ name }) => name !== 'noticed by').map(({ holds }) => holds);
  const noticed = links.find(({ name }) => name === 'noticed by')?.holds;
  const kept = allOf(later);
  if (recorded === 'no') return part === 'yes' ? partly : unrecorded[part ?? 'unknown'];
  if (recorded === 'unknown') return { state: 'unknown', text: 'whether they are recorded is not known' };
  if (kept === 'no') return { state: 'recorded', text: 'recorded, not kept' };
  if (kept === 'unknown') return { state: 'unknown', text: 'recorded, whether they are kept is not known' };
  if (noticed === 'yes') return { state: 'noticed', text: 'recorded, kept and noticed' };
  if (noticed === 'unknown')
    return { state: 'unknown', text: 'recorded and kept, whether they are noticed is not known' };
  return { state: 'kept', text: noticed === 'no' ? 'recorded and kept, not noticed' : 'recorded and kept' };
}

const partly = { state: 'part', text: 'recorded in part' } as const;

const unrecorded: Readonly<Record<Truth, Pick<PageCell, 'state' | 'text'>>> = {
  yes: partly,
  no: { state: 'none', text: 'not recorded' },
  unknown: { state: 'none', text: 'not all recorded, and whether any are is not known' },
};

function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no';
  return truths.includes('unknown') || truths.length === 0 ? 'unknown' : 'yes';
}

/** The heat map of each account, those with the most that is missing first, and how many were left out. */
export function pageAccounts(
  { accounts }: ReportCoverage,
  max: number,
): { readonly kept: readonly PageAccount[]; readonly left: number } {
  const ranked = accounts.map((one) => ({ one, badness: badnessOf(one) }));
  const worst = ranked.toSorted((a, b) => b.badness - a.badness || compareText(a.one.account, b.one.account));
  const kept = worst.slice(0, max).map(({ one }) => pageAccount(one));
  return { kept, left: accounts.length - kept.length };
}

/** In how many places how much is missing. */
const badnessOf = ({ classes }: AccountCoverage): number =>
  classes
    .flatMap(({ chains }) => chains)
    .reduce(
      (sum, chain) => sum + chain.regions.length * (cellStates.length - cellStates.indexOf(cellOf(chain).state)),
      0,
    );

function pageAccount({ account, classes }: AccountCoverage): PageAccount {
  const regions = new Set(classes.flatMap(({ chains }) => chains.flatMap((chain) => chain.regions)));
  return { account: visible(account), regions: [...regions].sort().map(visible), rows: classes.map(pageRow) };
}

function pageRow({ events, chains }: ClassCoverage): PageRow {
  const isWatched = chains.some(({ links }) => links.some(({ name }) => name === 'noticed by'));
  const rule = coverageClasses.find(({ name }) => name === events)?.rule;
  return {
    events: visible(events),
    ...(rule !== undefined && { rule }),
    wanted: isWatched ? 'noticed' : 'kept',
    cells: chains.map(({ regions, links, part, broken, why }) => ({
      regions: regions.map(visible),
      ...cellOf({ links, ...(part && { part }) }),
      links,
      ...(broken && { broken }),
      ...(why !== undefined && { why: visible(cut(why, maxWhy)) }),
    })),
  };
}
