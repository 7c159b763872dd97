import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import type { Absent, Gap, Item, SnapshotAccount } from '../snapshot/snapshot.ts';
import type { Ask } from './ask.ts';
import { idOf, regionOfArn } from './identity.ts';
import type { PlanScope } from './plan.ts';
import type { Refusal } from './refusal.ts';

/** A resource of which something is known. */
export interface Found {
  readonly type: ResourceType;
  readonly id: string;
  /** What listed or described it, by the region that was asked: a shadow trail is listed in every region. */
  readonly seen: Map<string, Item>;
  /** What further calls said. */
  readonly properties: Map<string, unknown>;
  /** The further calls that were made, or left out with a gap. */
  readonly asked: Set<string>;
}

/** One reading of one account while it is under way. */
export interface Scan {
  readonly registry: Registry;
  readonly operations: ReadonlyMap<string, PlanScope>;
  readonly account: SnapshotAccount;
  readonly ask: Ask;
  /** Whether another account is read too: what it owns is asked about there. Undefined: this one is read alone. */
  readonly isReadToo?: (account: string) => Promise<boolean>;
  readonly found: Map<string, Found>;
  /** The resources that another one names. */
  readonly named: Set<Found>;
  /** Type → done when its listings are. */
  readonly listed: Map<string, Promise<void>>;
  /** References that were looked up, so that none is twice. */
  readonly lookedUp: Set<string>;
  readonly gaps: Gap[];
  readonly absent: Absent[];
  readonly work: Work;
  /** What to do with a resource that was found, or that was found to be named. */
  readonly visit: (found: Found, item: Item) => Promise<void>;
}

/** Tasks that start other tasks. */
export interface Work {
  start(task: Promise<void>): void;
  /** Settles when nothing is left to do; rejects with the first failure, which is a bug or an `AppError`. */
  done(): Promise<void>;
}

/** Holds the tasks of a scan until each has ended, those included that they start. */
export function startWork(): Work {
  const tasks: Promise<void>[] = [];
  const failures: unknown[] = [];
  return {
    start: (task) => {
      tasks.push(task.catch((failure: unknown) => void failures.push(failure)));
    },
    done: async () => {
      // One by one: the list grows while it is being waited for.
      for (const task of tasks) await task;
      if (failures.length > 0) throw failures[0];
    },
  };
}

export const foundKey = (type: ResourceType, id: string): string => `${type.name} ${id}`;

/** Takes a resource in. One that is known already is not read again: a trail is listed in every region it reaches. */
export function meet(
  scan: Scan,
  type: ResourceType,
  { item, region }: { readonly item: Item; readonly region: string },
): Found | undefined {
  const id = idOf(type, item, { account: scan.account, region });
  if (id === undefined) return undefined;
  const key = foundKey(type, id);
  const found: Found = scan.found.get(key) ?? { type, id, seen: new Map(), properties: new Map(), asked: new Set() };
  scan.found.set(key, found);
  if (!found.seen.has(region)) {
    found.seen.set(region, item);
    scan.work.start(scan.visit(found, item));
  }
  return found;
}

/** What a resource's home region says of it; where that was not asked, the first region that was. */
export function itemOfFound({ type, id, seen }: Found): Item {
  const homes = [...seen.values()].map((item) => item[type.home]);
  const home = homes.find((value) => typeof value === 'string') ?? regionOfArn(id);
  const [first] = [...seen.keys()].sort();
  return seen.get(String(home)) ?? seen.get(first ?? '') ?? {};
}

/** A call that has no answer is a gap; of one resource, of a listing in a region, or of the account's listing. */
export function gapOf(about: Pick<Gap, 'operation' | 'resource' | 'region'>, { code, message }: Refusal): Gap {
  return { ...about, error: code, ...(message !== undefined && { message }) };
}
