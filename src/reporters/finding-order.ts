import { type Finding, statuses } from '../evaluation/finding.ts';
import { severities } from '../rules/rule.ts';

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Failures before unknowns before the rest, each by severity; then by what identifies them, so that no two tie. */
export const worstFirst = (a: Finding, b: Finding): number =>
  statuses.indexOf(a.status) - statuses.indexOf(b.status) ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  compareText(a.rule, b.rule) ||
  compareText(a.resource.account, b.resource.account) ||
  compareText(a.resource.region, b.resource.region) ||
  compareText(a.resource.id, b.resource.id) ||
  compareText(a.fingerprint, b.fingerprint);

export interface FindingGroup {
  readonly first: Finding;
  readonly findings: readonly Finding[];
}

/** The findings of one resource, or of one rule, together; the group that holds the worst finding first. */
export function groupsOf(findings: readonly Finding[], by: 'resource' | 'rule'): readonly FindingGroup[] {
  const keyOf = ({ rule, resource }: Finding) =>
    by === 'rule' ? rule : JSON.stringify([resource.type, resource.id, resource.account, resource.region]);
  return [...Map.groupBy(findings.toSorted(worstFirst), keyOf).values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ first: group[0], findings: group }],
  );
}
