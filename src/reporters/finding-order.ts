import type { Finding, FindingResource, Status } from '../evaluation/finding.ts';
import { outcomeOf, outcomes } from '../evaluation/tally.ts';
import { severities } from '../rules/rule.ts';
import { compareText } from '../snapshot/compare-text.ts';
import type { Report, ReporterOptions } from './report.ts';

/** All of a finding that its place depends on. */
type Rank = Pick<Finding, 'status' | 'severity' | 'rule' | 'waiver' | 'baseline' | 'fingerprint'> & {
  readonly resource: Pick<FindingResource, 'account' | 'region' | 'id'>;
};

/**
 * Failures before unknowns before what is known or waived before the rest, each by severity; then by what identifies
 * them, so that no two tie.
 */
export const worstFirst = (a: Rank, b: Rank): number =>
  outcomes.indexOf(outcomeOf(a)) - outcomes.indexOf(outcomeOf(b)) ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  compareText(a.rule, b.rule) ||
  compareText(a.resource.account, b.resource.account) ||
  compareText(a.resource.region, b.resource.region) ||
  compareText(a.resource.id, b.resource.id) ||
  compareText(a.fingerprint, b.fingerprint);

function rankOf({ status, severity, rule, waiver, baseline, fingerprint, resource }: Finding): Rank {
  const { account, region, id } = resource;
  const marks = { ...(waiver && { waiver }), ...(baseline && { baseline }) };
  return { status, severity, rule, ...marks, fingerprint, resource: { account, region, id } };
}

/** The findings in one of these statuses. */
export function* inStatus(findings: Iterable<Finding>, wanted: readonly Status[]): Generator<Finding> {
  for (const finding of findings) if (wanted.includes(finding.status)) yield finding;
}

/** How many there are. */
export function lengthOf(items: Iterable<unknown>): number {
  let length = 0;
  for (const _ of items) length += 1;
  return length;
}

/** So many of the findings, the worst first, and how many were left out. No more than twice as many are held. */
export function worstOf(findings: Iterable<Finding>, count: number): { kept: readonly Finding[]; left: number } {
  let held: Finding[] = [];
  let seen = 0;
  for (const finding of findings) {
    seen += 1;
    held.push(finding);
    if (held.length === 2 * count) held = held.sort(worstFirst).slice(0, count);
  }
  const kept = held.sort(worstFirst).slice(0, count);
  return { kept, left: seen - kept.length };
}

export interface GroupedFinding {
  readonly finding: Finding;
  /** Whether it is the first of its group, and the worst. */
  readonly opens: boolean;
}

/** The shown findings, those of one resource or one rule together; the group that holds the worst finding first. */
export function* groupsOf(
  { findings }: Pick<Report, 'findings'>,
  { groupBy, show, sort }: Pick<ReporterOptions, 'groupBy' | 'show' | 'sort'>,
): Generator<GroupedFinding> {
  const together = sort(
    withGroup(inStatus(findings, show), groupBy),
    (a, b) => compareText(a.group, b.group) || worstFirst(a.finding, b.finding),
  );
  const ordered = sort(
    withWorst(together),
    (a, b) => worstFirst(a.worst, b.worst) || compareText(a.group, b.group) || worstFirst(a.finding, b.finding),
  );
  let last: string | undefined;
  for (const { group, finding } of ordered) {
    yield { finding, opens: group !== last };
    last = group;
  }
}

interface InGroup {
  readonly group: string;
  readonly finding: Finding;
}

function* withGroup(findings: Iterable<Finding>, by: ReporterOptions['groupBy']): Generator<InGroup> {
  for (const finding of findings) {
    const { rule, resource } = finding;
    const { type, id, account, region } = resource;
    yield { group: by === 'rule' ? rule : JSON.stringify([type, id, account, region]), finding };
  }
}

function* withWorst(together: Iterable<InGroup>): Generator<InGroup & { readonly worst: Rank }> {
  let first: InGroup | undefined;
  for (const item of together) {
    if (first?.group !== item.group) first = item;
    yield { ...item, worst: rankOf(first.finding) };
  }
}
