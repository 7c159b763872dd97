import { endpointRegion } from '../resource-types/partition.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import type { Snapshot, SnapshotAccount } from '../snapshot/snapshot.ts';
import { asking } from './ask.ts';
import type { Send } from './call.ts';
import { follow } from './follow.ts';
import { listType } from './list.ts';
import { type Plan, withRegions } from './plan.ts';
import { readResource } from './read-resource.ts';
import { chooseRegions, type RegionChoice } from './regions.ts';
import { meet, type Scan, startWork } from './scan.ts';
import { writeSnapshot } from './write-snapshot.ts';

export interface CollectOptions extends RegionChoice {
  readonly registry: Registry;
  readonly plan: Plan;
  readonly send: Send;
  readonly account: SnapshotAccount;
  /** Calls under way at any one time. */
  readonly concurrency: number;
  /** ISO 8601 UTC. */
  readonly collectedAt: string;
  /** Ends the scan: what is not answered by then is a gap, `TimedOut`. */
  readonly deadline?: AbortSignal;
  /**
   * Whether another account is read along with this one; left out: none is. About a resource of such an account nothing
   * further is asked from here: its properties are `NotCollected`, and its owner's snapshot has them. Nor, where buckets
   * are listed, is one that some name means and this account does not have: whose it is shows when all have listed
   * theirs, and `collectNamed` reads it.
   */
  readonly isReadToo?: (account: string) => Promise<boolean>;
}

/**
 * Reads one account by the table of resource types: lists, asks further about what it found, and follows what that
 * names. Whatever AWS or the network refuses is a gap of the snapshot. Same answers, same snapshot.
 *
 * @throws AppError `usage` for a region that is not enabled where it must be, or what `send` throws as one.
 */
export async function collect(options: CollectOptions): Promise<Snapshot> {
  const scan = startScan(options);
  const regions = listEverything(scan, options);
  scan.work.start(regions.then(() => undefined));
  readSingletons(scan);
  await scan.work.done();
  return writeSnapshot(scan, { regions: await regions, collectedAt: options.collectedAt });
}

/** A scan that has asked nothing yet. */
export function startScan(options: CollectOptions): Scan {
  const { registry, plan, send, account, concurrency, deadline, isReadToo } = options;
  const scan: Scan = {
    registry,
    operations: withRegions(plan, registry).operations,
    account,
    ask: asking({ send, concurrency, ...(deadline && { deadline }) }),
    ...(isReadToo && { isReadToo }),
    found: new Map(),
    named: new Set(),
    listed: new Map(),
    lookedUp: new Set(),
    gaps: [],
    absent: [],
    work: startWork(),
    visit: async (found, item) => {
      await Promise.all([readResource(scan, found), follow(scan, found, item)]);
    },
  };
  return scan;
}

/** Listings for the account first: one of them says which regions there are. */
function listEverything(scan: Scan, choice: RegionChoice): Promise<readonly string[]> {
  const types = Object.values(scan.registry);
  const never = Promise.resolve([]);
  for (const type of types.filter(({ list }) => list?.once)) scan.listed.set(type.name, listType(scan, type, never));
  const regions = chooseRegions(scan, choice);
  for (const type of types.filter(({ list }) => list && !list.once))
    scan.listed.set(type.name, listType(scan, type, regions));
  for (const listing of scan.listed.values()) scan.work.start(listing);
  return regions;
}

/** What nothing lists and nothing names is there anyway: the account itself. */
function readSingletons(scan: Scan): void {
  const region = endpointRegion(scan.account.partition);
  const isSingleton = ({ list, lookup }: ResourceType) => !list && !lookup;
  for (const type of Object.values(scan.registry).filter(isSingleton)) meet(scan, type, { item: {}, region });
}
