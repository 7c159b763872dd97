import type { ResourceType } from '../resource-types/resource-type.ts';
import { compareText } from '../snapshot/compare-text.ts';
import type { Absent, Asked, Gap, Item, Snapshot } from '../snapshot/snapshot.ts';
import { type Found, itemOfFound, type Scan } from './scan.ts';

/** What a finished scan knows, in an order that depends on nothing but what AWS said. */
export function writeSnapshot(
  scan: Scan,
  { regions, collectedAt }: { readonly regions: readonly string[]; readonly collectedAt: string },
): Snapshot {
  return {
    trailproof: 'snapshot/1',
    account: scan.account,
    collectedAt,
    regions,
    resources: resourcesOf(scan),
    operations: operationsOf(scan),
    gaps: sortedOnce(scan.gaps, ({ operation, resource, region, error }) => [operation, resource, region, error]),
    absent: sortedOnce<Absent>(scan.absent, ({ resource, operation }) => [resource, operation]),
  };
}

const ofType = ({ found }: Scan, type: ResourceType): readonly Found[] =>
  [...found.values()].filter((one) => one.type === type).sort((a, b) => compareText(a.id, b.id));

function resourcesOf(scan: Scan): Snapshot['resources'] {
  const types = Object.values(scan.registry).map((type) => {
    const items = ofType(scan, type).map(writeResource);
    return [type.name, items.filter((item) => Object.keys(item).length > 0)] as const;
  });
  return Object.fromEntries(types.filter(([, items]) => items.length > 0));
}

/** Properties in the order of their declaration: calls may be answered in any. */
function writeResource(found: Found): Item {
  const { item, reads } = found.type;
  const declared = item.node.kind === 'object' ? Object.keys(item.node.properties) : [];
  const further = Object.values(reads).flatMap(({ gives }) => Object.keys(gives));
  const values = new Map([...Object.entries(itemOfFound(found)), ...found.properties]);
  const names = [...new Set([...declared, ...further])].filter((name) => values.has(name));
  return Object.fromEntries(names.map((name) => [name, values.get(name)]));
}

/** An operation that was asked of every resource it concerns stands alone, another with those it was asked of. */
function operationsOf(scan: Scan): readonly Asked[] {
  return [...scan.operations.keys()].sort().map((operation) => {
    const concerned = [...scan.found.values()].filter(({ type }) => Object.hasOwn(type.reads, operation));
    const asked = concerned.filter((found) => found.asked.has(operation));
    if (asked.length === concerned.length) return operation;
    return { operation, resources: asked.map(({ id }) => id).sort() };
  });
}

function sortedOnce<T extends Gap | Absent>(
  entries: readonly T[],
  parts: (entry: T) => readonly unknown[],
): readonly T[] {
  const key = (entry: T): string => JSON.stringify(parts(entry).map((part) => part ?? ''));
  const whole = (entry: T): string => JSON.stringify(entry);
  const unique = new Map(
    entries.toSorted((a, b) => compareText(whole(a), whole(b))).map((entry) => [key(entry), entry]),
  );
  return [...unique].sort(([a], [b]) => compareText(a, b)).map(([, entry]) => entry);
}
