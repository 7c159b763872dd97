import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { indexGaps } from './gaps.ts';
import { emptyLinks, linkResources } from './links.ts';
import { type AccountView, type CriticalSelector, type ResourceView, viewResource } from './resource-view.ts';
import type { Item, Snapshot } from './snapshot.ts';

export interface ViewOptions {
  readonly registry: Registry;
  readonly critical?: readonly CriticalSelector[];
}

/** Indexes one account's snapshot. Nothing is read twice, and the snapshot is not changed. */
export function viewAccount(snapshot: Snapshot, { registry, critical = [] }: ViewOptions): AccountView {
  const enabledRegions = regionsOf(snapshot);
  const byType = new Map<string, readonly ResourceView[]>();
  const links = emptyLinks();
  const view: AccountView = {
    snapshot,
    registry,
    account: snapshot.account,
    gaps: indexGaps(snapshot, enabledRegions),
    critical,
    byType,
    enabledRegions,
    links,
    known: { sources: new Map(), members: new Map(), unseen: new Map(), closable: new Map(), workedOut: new Map() },
  };
  for (const type of Object.values(registry)) {
    const items = itemsOf(type, snapshot, enabledRegions);
    byType.set(type.name, unique(items.map((item) => viewResource(view, type, item))));
  }
  linkResources(view, byType, links);
  return view;
}

/** The regions that are on: those that AWS listed; where nobody asked, those that were read or should have been. */
function regionsOf({ resources, regions, gaps = [] }: Snapshot): readonly string[] {
  const listed = (resources['AWS::Region'] ?? [])
    .filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in')
    .flatMap(({ RegionName }) => (typeof RegionName === 'string' ? [RegionName] : []));
  if (listed.length > 0) return listed;
  const unread = gaps
    .filter(({ operation, resource }) => !operation && !resource)
    .flatMap(({ region }) => region ?? []);
  return [...new Set([...regions, ...unread])];
}

/** The account and its regions are there even if the file does not list them. */
function itemsOf({ name }: ResourceType, { resources }: Snapshot, enabledRegions: readonly string[]): readonly Item[] {
  const items = Object.hasOwn(resources, name) ? (resources[name] ?? []) : [];
  if (name === 'AWS::Account') return items.length > 0 ? items : [{}];
  if (name !== 'AWS::Region') return items;
  return items.length > 0
    ? items.filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in')
    : enabledRegions.map((RegionName) => ({ RegionName }));
}

const unique = (views: readonly ResourceView[]): readonly ResourceView[] => [
  ...new Map(views.map((view) => [view.id, view])).values(),
];
