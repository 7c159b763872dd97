import { compareText } from '../snapshot/compare-text.ts';
import { daysBetween } from './calendar.ts';
import type { Finding } from './finding.ts';
import { goneFrom, type JudgedScope } from './gone.ts';

/** A failure that was there before: debt, which nobody has accepted (design §1). */
export interface BaselineEntry {
  readonly fingerprint: string;
  /** What the fingerprint stands for, so that people can read a file of them. */
  readonly rule: string;
  readonly account: string;
  readonly region: string;
  /** The id of the resource. */
  readonly resource: string;
  /** The day on which a report had it first, as YYYY-MM-DD. */
  readonly firstSeen: string;
}

/** A file of known failures. Two entries that say the same are two failures. */
export interface Baseline {
  readonly trailproof: 'baseline/1';
  readonly entries: readonly BaselineEntry[];
}

export interface Aging {
  /** The day as of which it is judged; undefined: nobody says. */
  readonly today: string | undefined;
  /** Debt that is older in days counts again; undefined: none does. */
  readonly maxAge: number | undefined;
}

/** The entries by what they are about, the oldest first. */
export type KnownFailures = ReadonlyMap<string, readonly BaselineEntry[]>;

export const knownFailures = (entries: readonly BaselineEntry[]): KnownFailures =>
  Map.groupBy(
    entries.toSorted((a, b) => compareText(a.firstSeen, b.firstSeen)),
    subjectOf,
  );

/** The fingerprint alone would do, but people review the words: an entry that says one thing hides no other. */
const subjectOf = ({ fingerprint, rule, account, region, resource }: Omit<BaselineEntry, 'firstSeen'>): string =>
  JSON.stringify([fingerprint, rule, account, region, resource]);

const subjectOfFinding = ({ fingerprint, rule, resource: { account, region, id } }: Finding): string =>
  subjectOf({ fingerprint, rule, account, region, resource: id });

/** Failures with the day since which they are known. An entry knows one failure and no more, and nothing that is unknown. */
export function markKnown(findings: readonly Finding[], known: KnownFailures, aging: Aging): readonly Finding[] {
  if (known.size === 0) return findings;
  const taken = new Map<string, number>();
  return findings.map((finding) => {
    if (finding.status !== 'fail') return finding;
    const subject = subjectOfFinding(finding);
    const index = taken.get(subject) ?? 0;
    const entry = known.get(subject)?.[index];
    if (!entry) return finding;
    taken.set(subject, index + 1);
    return { ...finding, baseline: knownSince(entry.firstSeen, aging) };
  });
}

/** Debt as of a day: overdue once it is older than it may be. */
export const knownSince = (firstSeen: string, { today, maxAge }: Aging): NonNullable<Finding['baseline']> => {
  const isOverdue = maxAge !== undefined && today !== undefined && daysBetween(firstSeen, today) > maxAge;
  return { firstSeen, ...(isOverdue && { overdue: true }) };
};

/** An entry of which a run shows that it does not fail any more. */
export interface StaleEntry extends BaselineEntry {
  /** `gone`: what it was about is not there, and everything that it could be was judged. */
  readonly because: 'passes' | 'gone';
}

/**
 * The entries that do not fail any more. What is unknown may still fail, and so may what was not judged: a rule that
 * did not run, is skipped there or lacks a parameter, an account or region that was not read, a resource that was not listed.
 */
export function staleEntries(
  entries: readonly BaselineEntry[],
  findings: Iterable<Finding>,
  scope: JudgedScope,
): readonly StaleEntry[] {
  if (entries.length === 0) return [];
  const known = knownFailures(entries);
  const seen = countsOf(findings, known);
  const isGone = goneFrom(scope, besides(entries, findings));
  const stale = [...known].flatMap(([subject, same]): readonly StaleEntry[] => {
    const { fail, other, unknown } = seen.get(subject) ?? noCounts;
    const passing = unknown > 0 ? 0 : other;
    // The newest go first: those that still fail may well be the oldest.
    return same.slice(fail + unknown).flatMap((entry, index): readonly StaleEntry[] => {
      if (index < passing) return [{ ...entry, because: 'passes' }];
      return isGone(entry) ? [{ ...entry, because: 'gone' }] : [];
    });
  });
  return stale.toSorted(inOrder);
}

/** The findings of rules and accounts that the entries name: of what may be many more, no others are kept. */
function* besides(entries: readonly BaselineEntry[], findings: Iterable<Finding>): Generator<Finding> {
  const placeOf = (rule: string, account: string): string => JSON.stringify([rule, account]);
  const places = new Set(entries.map(({ rule, account }) => placeOf(rule, account)));
  for (const finding of findings) if (places.has(placeOf(finding.rule, finding.resource.account))) yield finding;
}

/** What became of a subject: as unknown counts what was not judged. */
type Counts = Readonly<Record<'fail' | 'other' | 'unknown', number>>;

const noCounts: Counts = { fail: 0, other: 0, unknown: 0 };

function countsOf(findings: Iterable<Finding>, known: KnownFailures): ReadonlyMap<string, Counts> {
  const seen = new Map<string, Counts>();
  for (const finding of findings) {
    const { status, notJudged } = finding;
    const subject = subjectOfFinding(finding);
    if (!known.has(subject)) continue;
    const counts = seen.get(subject) ?? noCounts;
    const kind = notJudged ? 'unknown' : status === 'fail' || status === 'unknown' ? status : 'other';
    seen.set(subject, { ...counts, [kind]: counts[kind] + 1 });
  }
  return seen;
}

/** By what people look for; the fingerprint last, so that no two files of the same entries differ. */
const inOrder = (a: BaselineEntry, b: BaselineEntry): number =>
  compareText(a.rule, b.rule) ||
  compareText(a.account, b.account) ||
  compareText(a.region, b.region) ||
  compareText(a.resource, b.resource) ||
  compareText(a.fingerprint, b.fingerprint) ||
  compareText(a.firstSeen, b.firstSeen);

export interface Revision {
  readonly baseline: Baseline;
  readonly added: number;
  readonly removed: readonly StaleEntry[];
  /** Failures that a waiver names, whose acceptance holds or has run out: an accepted risk is no debt. */
  readonly waived: number;
  /** A baseline never holds what is unknown. */
  readonly unknown: number;
}

export interface RevisionOptions {
  readonly scope: JudgedScope;
  /** The day of the report. */
  readonly today: string;
  /** `shrink`: what is stale goes, and nothing comes. */
  readonly may: 'grow' | 'shrink';
}

/** A baseline as it should be after a run: what does not fail any more left out, and what fails anew in it, if it may grow. */
export function revised(
  { entries }: Pick<Baseline, 'entries'>,
  findings: readonly Finding[],
  { scope, today, may }: RevisionOptions,
): Revision {
  const removed = staleEntries(entries, findings, scope);
  const kept = without(entries, removed);
  const failing = findings.filter(({ status }) => status === 'fail');
  const debt = failing.filter((finding) => !isAccepted(finding));
  const isNew = ({ baseline }: Finding): boolean => baseline === undefined;
  const unmarked = debt.map(({ baseline: _, ...finding }) => finding);
  const fresh = markKnown(unmarked, knownFailures(kept), { today, maxAge: undefined }).filter(isNew);
  const added = may === 'grow' ? fresh.map((finding) => entryOf(finding, today)) : [];
  return {
    baseline: { trailproof: 'baseline/1', entries: [...kept, ...added].toSorted(inOrder) },
    added: added.length,
    removed,
    waived: failing.length - debt.length,
    unknown: findings.filter(({ status }) => status === 'unknown').length,
  };
}

const isAccepted = ({ waiver }: Finding): boolean =>
  waiver !== undefined && waiver.state !== 'too-long' && waiver.state !== 'forbidden';

const entryOf = ({ fingerprint, rule, resource }: Finding, today: string): BaselineEntry => ({
  fingerprint,
  rule,
  account: resource.account,
  region: resource.region,
  resource: resource.id,
  firstSeen: today,
});

/** As many of each as there are left. */
function without(entries: readonly BaselineEntry[], removed: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const identity = (entry: BaselineEntry): string => `${subjectOf(entry)} ${entry.firstSeen}`;
  const going = Map.groupBy(removed, identity);
  const gone = new Map<string, number>();
  return entries.filter((entry) => {
    const key = identity(entry);
    const count = gone.get(key) ?? 0;
    if (count >= (going.get(key)?.length ?? 0)) return true;
    gone.set(key, count + 1);
    return false;
  });
}
