import { compareText } from '../snapshot/compare-text.ts';
import { plural } from './describe.ts';
import type { Report, ReportGap } from './report.ts';
import { sortHeld } from './sort.ts';

/** What is missing of one kind: the IAM action that would close it, AWS's answer, and how much of it where. */
export interface MissingRow {
  readonly what: string;
  readonly why: string;
  readonly count: number;
  readonly where: string;
}

/** What could not be read, grouped by what is missing to read it; the most of it first. */
export function missingRows({ gaps }: Pick<Report, 'gaps'>, sort = sortHeld): readonly MissingRow[] {
  const together = sort(
    missingOf(gaps),
    (a, b) => compareText(a.what, b.what) || compareText(a.why, b.why) || compareText(a.account, b.account),
  );
  const groups: Group[] = [];
  for (const gap of together) {
    const last = groups.at(-1);
    if (last !== undefined && last.what === gap.what && last.why === gap.why) add(last, gap);
    else groups.push(groupOf(gap));
  }
  const rows = groups.map(
    ({ what, why, count, ...places }): MissingRow => ({ what, why, count, where: placeOf(places) }),
  );
  return rows.toSorted((a, b) => b.count - a.count || compareText(a.what, b.what) || compareText(a.why, b.why));
}

interface Missing {
  readonly what: string;
  readonly why: string;
  readonly account: string;
  readonly region?: string;
}

function* missingOf(gaps: Iterable<ReportGap>): Generator<Missing> {
  for (const gap of gaps) {
    const { error, account, region } = gap;
    yield { what: subjectOf(gap), why: error, account, ...(region !== undefined && { region }) };
  }
}

/** What reads everything of a region or account is no single action. */
const subjectOf = ({ action, operation, region }: ReportGap): string =>
  action ?? operation ?? (region === undefined ? 'a whole account' : 'a whole region');

interface Places {
  /** How many there are. */
  accounts: number;
  lastAccount: string;
  readonly regions: Set<string>;
}

interface Group extends Places {
  readonly what: string;
  readonly why: string;
  count: number;
}

const groupOf = ({ what, why, account, region }: Missing): Group => ({
  what,
  why,
  count: 1,
  accounts: 1,
  lastAccount: account,
  regions: new Set(region === undefined ? [] : [region]),
});

/** One more, of the same account as the last or of one that was not there yet. */
function add(group: Group, { account, region }: Missing): void {
  group.count += 1;
  if (account !== group.lastAccount) group.accounts += 1;
  group.lastAccount = account;
  if (region !== undefined) group.regions.add(region);
}

const namedAtMost = 3;

function placeOf({ accounts, lastAccount, regions }: Places): string {
  const inAccounts = accounts === 1 ? `account ${lastAccount}` : plural(accounts, 'account');
  const inRegions = regions.size > namedAtMost ? plural(regions.size, 'region') : [...regions].toSorted().join(', ');
  return [inRegions, inAccounts].filter((part) => part !== '').join(' of ');
}
