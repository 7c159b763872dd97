import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { indexGaps } from './gaps.ts';
import { type Linked, linkResources } from './links.ts';
import { type AccountView, type CriticalSelector, type ResourceView, viewResource } from './resource-view.ts';
import type { Run } from './run.ts';
import type { Item, Snapshot } from './snapshot.ts';

export interface ViewOptions {
  readonly registry: Registry;
  readonly critical?: readonly CriticalSelector[];
  readonly run?: Run;
}

/**
 * Indexes one account's snapshot. Nothing is read twice, and the snapshot is not changed. Pointers are followed when
 * somebody first asks where one leads: of an account that others only look things up in, nobody does.
 */
export function viewAccount(snapshot: Snapshot, { registry, critical = [], run }: ViewOptions): AccountView {
  const enabledRegions = regionsOf(snapshot);
  const own = new Map<string, readonly ResourceView[]>();
  let linked: Linked | undefined;
  const link = (): Linked => {
    linked ??= linkResources(view);
    return linked;
  };
  const view: AccountView = {
    snapshot,
    registry,
    account: snapshot.account,
    gaps: indexGaps(snapshot, enabledRegions),
    critical,
    enabledRegions,
    ...(run && { run }),
    own,
    get byType() {
      return link().byType;
    },
    get links() {
      return link().links;
    },
    known: {
      sources: new Map(),
      pointedAt: new Map(),
      members: new Map(),
      unseen: new Map(),
      closable: new Map(),
      workedOut: new Map(),
    },
  };
  for (const type of Object.values(registry)) {
    const items = itemsOf(type, snapshot, enabledRegions);
    own.set(type.name, unique(items.map((item) => viewResource(view, type, item))));
  }
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
