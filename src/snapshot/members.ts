import { isOptIn } from '../resource-types/partition.ts';
import { relationsTo } from '../resource-types/relations.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { atHand } from './away.ts';
import { finderOf, listingGaps, listingsBehind, referrersOf, uniqueGaps } from './gaps.ts';
import { pointers, target } from './links.ts';
import { newMap, remember } from './remember.ts';
import { type AccountView, type Reading, type ResourceView, read, saidBy } from './resource-view.ts';
import type { Gap } from './snapshot.ts';

/** The resources at the end of a to-many relation, as far as they are known. */
export interface Members {
  readonly sure: readonly ResourceView[];
  /** Those of which nobody knows whether they belong. */
  readonly possible: readonly { readonly view: ResourceView; readonly gaps: readonly Gap[] }[];
  /** Those of the type that do not belong: they work elsewhere. */
  readonly apart: readonly ResourceView[];
  /** Why there may be more; empty: these are all. */
  readonly gaps: readonly Gap[];
  /** The operation that lists them. */
  readonly from: string | undefined;
}

/** The to-many relations of a type: its ways back and its members, by name, with the type they lead to. */
export function toManyRelations(
  type: ResourceType,
  registry: Readonly<Record<string, ResourceType>>,
): ReadonlyMap<string, ResourceType> {
  const backs = relationsTo(type, registry).flatMap(({ source, relation: { back } }) =>
    back ? [[back, source] as const] : [],
  );
  const members = Object.entries(type.members ?? {}).flatMap(([name, to]) => {
    const target = registry[to];
    return target ? [[name, target] as const] : [];
  });
  return new Map([...backs, ...members]);
}

/** Follows a to-many relation of a resource; a relation is followed once, however many rules ask. */
export function members(given: ResourceView, relation: string): Members {
  const view = atHand(given);
  const ofView = remember(view.account.known.members, view, newMap<string, Members>);
  return remember(ofView, relation, () => follow(view, relation));
}

function follow(view: ResourceView, relation: string): Members {
  const { account } = view;
  const to = view.type.members?.[relation];
  const type = to ? account.registry[to] : undefined;
  if (!type) return waysBack(view, relation);
  const views = account.byType.get(type.name) ?? [];
  const inRegion = view.type.name === 'AWS::Region' ? view.name : undefined;
  const gaps = listingGaps(type, account.registry, account.gaps, inRegion ? { region: inRegion } : {});
  const from = finderOf(type, account.gaps);
  if (!inRegion) return { sure: views, possible: [], apart: [], gaps, from };
  const sure: ResourceView[] = [];
  const possible: Members['possible'][number][] = [];
  const apart: ResourceView[] = [];
  for (const candidate of views) {
    const { applies, gaps: why } = appliesTo(candidate, inRegion);
    if (applies === 'unknown') possible.push({ view: candidate, gaps: why });
    else (applies === 'yes' ? sure : apart).push(candidate);
  }
  return { sure, possible, apart, gaps, from };
}

/** Why there may be more of a type than anybody saw; empty: these are all. `namedBy`: along these ways alone. */
export function unseen(type: ResourceType, account: AccountView, namedBy?: readonly string[]): readonly Gap[] {
  const key = `${type.name} ${namedBy?.join(' ') ?? '*'}`;
  return remember(account.known.unseen, key, () => lookForUnseen(type, account, namedBy));
}

function lookForUnseen(type: ResourceType, account: AccountView, namedBy?: readonly string[]): readonly Gap[] {
  const listing = listingGaps(type, account.registry, account.gaps, namedBy ? { namedBy } : {});
  const { list } = type;
  const isListed = list && account.gaps.ofListing(list.operation, { regional: !list.once }).length === 0;
  if (isListed) return listing;
  const references = namedBy ? [] : strayReferences(type, account);
  return uniqueGaps([...listing, ...strayPointers(type, account, namedBy), ...references]);
}

/** Why nobody knows where pointers lead that may lead to one of the type; what is another account's, that one says. */
function strayPointers(
  type: ResourceType,
  { registry, byType }: AccountView,
  backs?: readonly string[],
): readonly Gap[] {
  return relationsTo(type, registry, backs)
    .flatMap(({ source, name }) => {
      const targets = (byType.get(source.name) ?? []).map((view) => target(view, name));
      return targets.flatMap((leads) => (leads.is === 'unknown' && !leads.view ? leads.gaps : []));
    })
    .filter(({ error }) => error !== 'OtherAccount');
}

/**
 * Of what no relation leads to, and so is seen only once it was read: what could not be read of it, and where nobody
 * knows what names it.
 */
function strayReferences(type: ResourceType, { registry, byType, snapshot }: AccountView): readonly Gap[] {
  if (relationsTo(type, registry).length > 0) return [];
  const seen = new Set(byType.get(type.name)?.map(({ id }) => id));
  const unread = (snapshot.gaps ?? []).filter(
    ({ operation, resource }) =>
      operation !== undefined && operation === type.lookup?.operation && resource !== undefined && !seen.has(resource),
  );
  const hidden = referrersOf(type, registry).flatMap((source) =>
    (source.references ?? [])
      .filter(({ to }) => to === type.name)
      .flatMap(({ by }) => (byType.get(source.name) ?? []).map((view) => read(view, by.split('.')[0] ?? by)))
      .flatMap((reading) => (reading.is === 'gap' ? reading.gaps : [])),
  );
  return [...unread, ...hidden].filter(({ error }) => error !== 'OtherAccount');
}

function waysBack(view: ResourceView, back: string): Members {
  const { registry, gaps } = view.account;
  return {
    ...pointers(view, back),
    apart: [],
    gaps: listingGaps(view.type, registry, gaps, { namedBy: [back] }),
    from: listingsBehind(view.type, registry, gaps, [back])[0]?.operation,
  };
}

interface Applies {
  readonly applies: 'yes' | 'no' | 'unknown';
  readonly gaps: readonly Gap[];
}

const itApplies: Applies = { applies: 'yes', gaps: [] };
const applies = (does: boolean): Applies => (does ? itApplies : { applies: 'no', gaps: [] });

/**
 * Whether a trail, event data store or recorder has to do with a region of its account (aws-semantics §1.4): a
 * multi-Region one with every enabled region, another one with its own. An organization trail that lives in a
 * region this account has not enabled sends nothing from here at all.
 */
export function appliesTo(view: ResourceView, region: string): Applies {
  const visible = isSeenFrom(view);
  if (visible.applies !== 'yes') return visible;
  if (view.region === region) return applies(true);
  const everywhere = multiRegion(view.type.name);
  const reading: Reading = everywhere ? read(view, everywhere) : { is: 'absent', from: undefined };
  if (reading.is === 'gap') return { applies: 'unknown', gaps: reading.gaps };
  return applies(reading.is === 'value' && reading.value === true);
}

const multiRegionProperties: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudTrail::Trail', 'IsMultiRegionTrail'],
  ['AWS::CloudTrail::EventDataStore', 'MultiRegionEnabled'],
]);

/** The property that says whether it works in every region; undefined for what is always of one. */
export const multiRegion = (typeName: string): string | undefined => multiRegionProperties.get(typeName);

/** Whether it is another account's alone: what is not the organization's records nothing of this one. */
export function isForeign(view: ResourceView): boolean {
  if (view.accountId === view.account.account.id) return false;
  const flag = organizationWide.get(view.type.name);
  return flag !== undefined && saidBy(read(view, flag)) === false;
}

const organizationWide: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudTrail::Trail', 'IsOrganizationTrail'],
  ['AWS::CloudTrail::EventDataStore', 'OrganizationEnabled'],
]);

function isSeenFrom(view: ResourceView): Applies {
  if (isForeign(view)) return applies(false);
  const { account } = view;
  const { id, partition } = account.account;
  const isThere = account.enabledRegions.includes(view.region) || !isOptIn(view.region, partition);
  if (view.accountId === id || !view.region || isThere) return applies(true);
  const type = account.registry['AWS::Region'];
  const gaps = type ? listingGaps(type, account.registry, account.gaps) : [];
  return gaps.length > 0 ? { applies: 'unknown', gaps } : applies(false);
}
