import { endpointRegion } from '../resource-types/partition.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import type { Pointer } from '../snapshot/pointers.ts';
import type { Gap, Item, Snapshot } from '../snapshot/snapshot.ts';
import { type CollectOptions, startScan } from './collect.ts';
import { lookupKey, refer } from './follow.ts';
import { idOf, regionOfArn } from './identity.ts';
import { type Found, foundKey, type Scan } from './scan.ts';
import { writeSnapshot } from './write-snapshot.ts';

/** As for `collect`; whose account it is and when it was read stands in the snapshot. */
export type CollectNamedOptions = Omit<CollectOptions, 'account' | 'collectedAt' | 'regions' | 'excludeRegions'>;

/**
 * Reads on where `collect` ended: the resources of an account that others name, and what those name in turn. A central
 * bucket, or its key, is named in its own account by nobody. What has been asked before is not asked again.
 */
export async function collectNamed(
  snapshot: Snapshot,
  pointers: readonly Pointer[],
  options: CollectNamedOptions,
): Promise<Snapshot> {
  const { account, regions, collectedAt = '' } = snapshot;
  const scan = startScan({ ...options, account, collectedAt });
  takeUp(scan, snapshot);
  const anywhere = endpointRegion(account.partition);
  for (const pointer of pointers) scan.work.start(refer(scan, pointer, regionOfArn(pointer.name) ?? anywhere));
  await scan.work.done();
  return writeSnapshot(scan, { regions, collectedAt });
}

/** Puts a scan where it was when its snapshot was written. */
function takeUp(scan: Scan, { resources, operations = [], gaps = [], absent = [] }: Snapshot): void {
  const asked = new Map(
    operations.map((entry) =>
      typeof entry === 'string' ? [entry, undefined] : [entry.operation, new Set(entry.resources)],
    ),
  );
  const wasAsked = (operation: string, id: string): boolean =>
    asked.has(operation) && (asked.get(operation)?.has(id) ?? true);
  for (const type of Object.values(scan.registry)) {
    for (const item of resources[type.name] ?? []) {
      const found = foundAs(type, item, scan);
      for (const operation of Object.keys(type.reads)) {
        if (wasAsked(operation, found.id)) found.asked.add(operation);
      }
      scan.found.set(foundKey(type, found.id), found);
    }
  }
  scan.gaps.push(...gaps);
  scan.absent.push(...absent);
  const refused: readonly Omit<Gap, 'error'>[] = [...gaps, ...absent];
  for (const type of Object.values(scan.registry)) {
    const { lookup } = type;
    for (const one of refused.filter(({ operation }) => operation !== undefined && operation === lookup?.operation))
      takeUpLookup(scan, type, one);
  }
}

function takeUpLookup(scan: Scan, type: ResourceType, { resource = '', region }: Omit<Gap, 'error'>): void {
  const asked = region ?? regionOfArn(resource) ?? endpointRegion(scan.account.partition);
  scan.lookedUp.add(lookupKey(type, resource, asked));
}

function foundAs(type: ResourceType, item: Item, { account }: Scan): Found {
  const home = item[type.home];
  const where = { account, region: typeof home === 'string' ? home : endpointRegion(account.partition) };
  const id = idOf(type, item, where) ?? '';
  const region = regionOfArn(id) ?? where.region;
  return { type, id, seen: new Map([[region, item]]), properties: new Map(), asked: new Set() };
}
