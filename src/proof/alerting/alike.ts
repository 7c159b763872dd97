import { leaderRegion } from '../../resource-types/partition.ts';
import { members } from '../../snapshot/members.ts';
import { type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import { fieldsIn, testsIn } from '../event-set.ts';
import { matchedByRule } from './event-rule-pattern.ts';
import { matchedByFilter } from './filter-routes.ts';
import type { Here } from './route.ts';

/** A region that stands for all in which the same happens to an event on its way over metric filters. */
export interface Alike {
  readonly region: string;
  /** Of these, one for all that have no rules of EventBridge, and each that has some. */
  readonly byRules: readonly string[];
}

/**
 * Puts regions together that no trail, filter or rule tells apart, so that each kind is judged once: filters and
 * trails that work everywhere are asked about one region for all.
 */
export function alike(owner: ResourceView, regions: readonly string[], isAbout: Here['isAbout']): readonly Alike[] {
  const trails = members(owner, 'trails').sure.filter((trail) => saidBy(read(trail, 'IsMultiRegionTrail')) !== true);
  const filters = members(owner, 'metricFilters').sure.map(matchedByFilter).filter(isAbout);
  const inRegions = filters
    .filter((set) => fieldsIn(set).has('awsRegion'))
    .flatMap(testsIn)
    .filter(({ field }) => field === 'awsRegion');
  const apart = new Set([leaderRegion(owner.account.account.partition), ...trails.map(({ region }) => region)]);
  const byTrails = groupedBy(regions, (region) => [
    apart.has(region) && region,
    ...inRegions.map(({ has }) => has(region)),
  ]);
  const { sure, gaps } = members(owner, 'eventRules');
  const rules = sure.filter((rule) => isAbout(matchedByRule(rule)));
  const ruled = new Set([...rules, ...gaps].map(({ region }) => region));
  return byTrails.map((group) => ({
    region: group[0],
    byRules: groupedBy(group, (region) => ruled.has(region) && region).map(([first]) => first),
  }));
}

type Group = [string, ...string[]];

function groupedBy(regions: readonly string[], what: (region: string) => unknown): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const region of regions) {
    const key = JSON.stringify(what(region));
    const group = groups.get(key);
    if (group) group.push(region);
    else groups.set(key, [region]);
  }
  return [...groups.values()];
}
