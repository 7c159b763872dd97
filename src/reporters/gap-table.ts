import { plural } from './describe.ts';
import type { Report, ReportGap } from './report.ts';

/** What is missing of one kind: the IAM action that would close it, AWS's answer, and how much of it where. */
export interface MissingRow {
  readonly what: string;
  readonly why: string;
  readonly count: number;
  readonly where: string;
}

/** What could not be read, grouped by what is missing to read it; the most of it first. */
export function missingRows({ gaps }: Pick<Report, 'gaps'>): readonly MissingRow[] {
  const groups = Map.groupBy(gaps, (gap) => JSON.stringify([subjectOf(gap), gap.error]));
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ what: subjectOf(first), why: first.error, count: group.length, where: placeOf(group) }] : [];
  });
  return rows.toSorted((a, b) => b.count - a.count || compare(a.what, b.what) || compare(a.why, b.why));
}

/** What reads everything of a region or account is no single action. */
const subjectOf = ({ action, operation, region }: ReportGap): string =>
  action ?? operation ?? (region === undefined ? 'a whole account' : 'a whole region');

const namedAtMost = 3;

function placeOf(gaps: readonly ReportGap[]): string {
  const accounts = distinct(gaps.map(({ account }) => account));
  const regions = distinct(gaps.flatMap(({ region }) => region ?? []));
  const inAccounts = accounts.length === 1 ? `account ${accounts[0]}` : plural(accounts.length, 'account');
  const inRegions = regions.length > namedAtMost ? plural(regions.length, 'region') : regions.join(', ');
  return [inRegions, inAccounts].filter((part) => part !== '').join(' of ');
}

const distinct = (words: readonly string[]): readonly string[] => [...new Set(words)].toSorted();

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
