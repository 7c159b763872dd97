import { leaderRegion } from '../../resource-types/partition.ts';
import { members } from '../../snapshot/members.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import { testsIn } from '../event-set.ts';
import { matchedByRule } from './event-rule-routes.ts';
import { matchedByFilter } from './filter-routes.ts';
import type { Here } from './route.ts';

/** Regions in which the same happens to an event on its way over metric filters. */
export interface Alike {
  readonly regions: readonly string[];
  /** Of these, the regions that have the same rules of EventBridge: none, mostly. */
  readonly byRules: readonly (readonly string[])[];
}

/**
 * Puts regions together that no trail, filter or rule tells apart, so that each kind is judged once: filters and
 * trails that work everywhere are asked about one region for all.
 */
export function alike(owner: ResourceView, regions: readonly string[], isAbout: Here['isAbout']): readonly Alike[] {
  const trails = members(owner, 'trails').sure.filter(({ item }) => item.IsMultiRegionTrail !== true);
  const filters = members(owner, 'metricFilters').sure.map(matchedByFilter).filter(isAbout);
  const inRegions = filters.flatMap(testsIn).filter(({ field }) => field === 'awsRegion');
  const leader = leaderRegion(owner.account.account.partition);
  const byTrails = groupedBy(regions, (region) => [
    region === leader,
    ...trails.map((trail) => trail.region === region),
    ...inRegions.map(({ has }) => has(region)),
  ]);
  const { sure, gaps } = members(owner, 'eventRules');
  const rules = sure.filter((rule) => isAbout(matchedByRule(rule)));
  return byTrails.map((group) => ({
    regions: group,
    byRules: groupedBy(group, (region) => [
      ...rules.filter((rule) => rule.region === region).map(({ id }) => id),
      ...gaps.map((gap) => !gap.region || gap.region === region),
    ]),
  }));
}

const groupedBy = (regions: readonly string[], what: (region: string) => unknown): readonly (readonly string[])[] => [
  ...Map.groupBy(regions, (region) => JSON.stringify(what(region))).values(),
];
