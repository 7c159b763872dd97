import { finders } from '../resource-types/operations.ts';
import { relationsTo } from '../resource-types/relations.ts';
import type { Listing, Registry, ResourceType } from '../resource-types/resource-type.ts';
import { remember } from './remember.ts';
import type { Gap, Snapshot } from './snapshot.ts';

/** What a snapshot does not know, looked up by what somebody wanted to read. */
export interface Gaps {
  /** Why this operation's answer about this resource is not known; empty: it was asked and answered. */
  ofResource(
    operation: string,
    resource: { readonly id: string; readonly name: string; readonly region: string },
  ): readonly Gap[];
  /** Why the resources that this operation finds may not be all there are; of one region, or of the account. */
  ofListing(operation: string, scope: { readonly region?: string; readonly regional: boolean }): readonly Gap[];
  /** Gaps that name this one resource, whatever the operation. */
  naming(id: string): readonly Gap[];
  /** Whether an operation was asked at all. */
  asked(operation: string): boolean;
  /** What was worked out once for this account: every rule asks it of every resource. */
  readonly known: KnownListings;
}

interface KnownListings {
  readonly gaps: Map<string, readonly Gap[]>;
  readonly behind: Map<string, readonly Listing[]>;
  readonly finders: Map<ResourceType, string | undefined>;
}

/** Reads a snapshot's gaps, and its `operations`, into one index (design §3, "what a gap does"). */
export function indexGaps(snapshot: Snapshot, enabledRegions: readonly string[]): Gaps {
  const gaps = snapshot.gaps ?? [];
  const wholeAccount = gaps.filter(({ operation, region, resource }) =>
    operation?.startsWith('sts:') ? !resource : !operation && !region && !resource,
  );
  const unscanned = enabledRegions
    .filter((region) => !snapshot.regions.includes(region))
    .map((region): Gap => ({ region, error: 'NotScanned' }));
  const wholeRegion = [
    ...gaps.filter(({ operation, region, resource }) => !operation && region && !resource),
    ...unscanned,
  ];
  const byResource = Map.groupBy(
    gaps.filter(({ resource }) => resource),
    ({ resource }) => resource as string,
  );
  const byOperation = Map.groupBy(
    gaps.filter(({ operation, resource }) => operation && !resource),
    ({ operation }) => operation as string,
  );
  const asked = readAsked(snapshot);

  const inRegion = (region: string) => wholeRegion.filter((gap) => gap.region === region);
  const none: readonly Gap[] = [];
  const notCollected = (operation: string): Gap => ({ operation, error: 'NotCollected' });

  return {
    known: { gaps: new Map(), behind: new Map(), finders: new Map() },
    asked: (operation) => asked.some(operation),
    naming: (id) => byResource.get(id) ?? [],
    ofResource(operation, { id, name, region }) {
      const concerns = (gap: Gap): boolean => gap.operation === undefined || gap.operation === operation;
      const found = [
        ...(byResource.get(id)?.filter(concerns) ?? none),
        ...(name === id ? none : (byResource.get(name)?.filter(concerns) ?? none)),
        ...(byOperation.get(operation)?.filter((gap) => gap.region === undefined || gap.region === region) ?? none),
        ...(wholeRegion.length > 0 ? inRegion(region) : none),
        ...wholeAccount,
      ];
      if (found.length > 0) return found;
      return asked.of(operation, id) ? [] : [{ ...notCollected(operation), resource: id }];
    },
    ofListing(operation, { region, regional }) {
      const found = [
        ...(byOperation.get(operation) ?? []).filter((gap) => !region || !gap.region || gap.region === region),
        ...(regional ? (region ? inRegion(region) : wholeRegion) : []),
        ...wholeAccount,
      ];
      if (found.length > 0) return found;
      return asked.some(operation) ? [] : [notCollected(operation)];
    },
  };
}

interface AskedIndex {
  some(operation: string): boolean;
  of(operation: string, resource: string): boolean;
}

/** A file written by hand leaves `operations` out and means: everything was asked. */
function readAsked({ operations }: Snapshot): AskedIndex {
  if (!operations) return { some: () => true, of: () => true };
  const ofAll = new Set(operations.filter((entry) => typeof entry === 'string'));
  const ofSome = new Map(
    operations.flatMap((entry) =>
      typeof entry === 'string' ? [] : [[entry.operation, new Set(entry.resources)] as const],
    ),
  );
  return {
    some: (operation) => ofAll.has(operation) || ofSome.has(operation),
    of: (operation, resource) => ofAll.has(operation) || (ofSome.get(operation)?.has(resource) ?? false),
  };
}

/** The resources that a question is about: all of a type, or those that others name along these ways back. */
export interface ListingScope {
  readonly region?: string;
  readonly namedBy?: readonly string[];
}

/** Why not all resources of a type may be known. Those that only others name are as complete as their namers. */
export function listingGaps(
  type: ResourceType,
  registry: Registry,
  gaps: Gaps,
  { region, namedBy }: ListingScope = {},
): readonly Gap[] {
  return remember(gaps.known.gaps, `${type.name} ${region ?? ''} ${namedBy?.join(' ') ?? '*'}`, () =>
    uniqueGaps(
      listingsOf(type, registry, gaps, namedBy).flatMap((list) =>
        gaps.ofListing(list.operation, { ...(region && { region }), regional: !list.once }),
      ),
    ),
  );
}

/** The listings that show all resources of a type: its own, or those of what names them. */
export const listingsOf = (
  type: ResourceType,
  registry: Registry,
  gaps: Gaps,
  namedBy?: readonly string[],
): readonly Listing[] => (type.list && !namedBy ? [type.list] : listingsBehind(type, registry, gaps, namedBy));

/** The listings that show what names resources of a type, over others that are only named themselves if need be. */
export function listingsBehind(
  type: ResourceType,
  registry: Registry,
  gaps: Gaps,
  backs?: readonly string[],
): readonly Listing[] {
  return remember(gaps.known.behind, `${type.name} ${backs?.join(' ') ?? '*'}`, () => [
    ...new Set(namers(type, { registry, gaps, seen: [] }, backs).flatMap(({ list }) => list ?? [])),
  ]);
}

interface Naming {
  readonly registry: Registry;
  readonly gaps: Gaps;
  readonly seen: readonly ResourceType[];
}

function namers(
  type: ResourceType,
  { registry, gaps, seen }: Naming,
  backs?: readonly string[],
): readonly ResourceType[] {
  const related = [...new Set(relationsTo(type, registry, backs).map(({ source }) => source))];
  const direct = related.length > 0 || backs ? related : referrersOf(type, registry);
  return direct.flatMap((source) => {
    if (source.list && (!source.lookup || gaps.asked(source.list.operation))) return [source];
    return seen.includes(source) ? [] : namers(source, { registry, gaps, seen: [...seen, source] });
  });
}

/** What names resources of a type among others: how those are found that no relation leads to. */
export const referrersOf = ({ name }: ResourceType, registry: Registry): readonly ResourceType[] =>
  Object.values(registry).filter(({ references }) => references?.some(({ to }) => to === name));

/** Each gap once, in the order they came. */
export function uniqueGaps(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [gapKey(gap), gap])).values()];
}

/** What tells two gaps apart. */
export const gapKey = ({ operation = '', resource = '', region = '', error }: Gap): string =>
  JSON.stringify([operation, resource, region, error]);

/** The operation that evidence about a resource itself names: the one that was asked. */
export function finderOf(type: ResourceType, gaps: Gaps): string | undefined {
  return remember(gaps.known.finders, type, () => {
    const operations = finders(type);
    return operations.find((operation) => gaps.asked(operation)) ?? operations.at(-1);
  });
}
