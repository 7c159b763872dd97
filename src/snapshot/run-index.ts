import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { ownerTable } from './owner-table.ts';
import { pointersOf } from './pointers.ts';
import { newMap, remember } from './remember.ts';
import { identify } from './resource-view.ts';
import type { Item, Snapshot } from './snapshot.ts';

/** A resource that points out of its account, and whose snapshot says so: its owner's, else that of the first to see it. */
export interface Origin {
  readonly account: string;
  readonly type: ResourceType;
  readonly id: string;
}

/** How a resource is called, and where. */
interface Named {
  readonly names: readonly string[];
  readonly partition: string;
}

/** What has to be known of all accounts before one is judged: who is there, who owns which name, who points away. */
export interface RunIndex {
  /** In the order of the files; with the partition of each. */
  readonly accounts: ReadonlyMap<string, string>;
  /** The account whose resource a name means that says no account, as a bucket's. Each partition has its own names. */
  ownerOf(type: ResourceType, name: string, partition: string): string | undefined;
  /** The resources elsewhere that point, by one of these names, at one of a type in the same partition. */
  pointingAt(to: ResourceType, back: string, named: Named): readonly Origin[];
}

/** The index while it is being made: one account after the other, of which nothing but names is kept. */
export interface RunIndexInMaking extends RunIndex {
  add(snapshot: Snapshot): void;
}

/** Whose view it is that a resource points away. */
type Seen = Omit<Origin, 'id'>;

/** Starts an index of no account. */
export function startIndex(registry: Registry): RunIndexInMaking {
  const accounts = new Map<string, string>();
  const owners = ownerTable();
  /** What is pointed at → the ids of what points there. Thousands of accounts may have some for one bucket. */
  const origins = new Map<string, Map<string, Seen>>();
  return {
    accounts,
    ownerOf: (type, name, partition) => owners.get(nameKey(partition, type, name)),
    pointingAt(to, back, { names, partition }) {
      const found = names.flatMap((name) => [...(origins.get(key(partition, to.name, back, name)) ?? [])]);
      return [...new Map(found)].map(([id, seen]) => ({ ...seen, id }));
    },
    add(snapshot) {
      const { account } = snapshot;
      accounts.set(account.id, account.partition);
      const own = ownNamesIn(snapshot, registry);
      for (const name of own) owners.add(name, account.id);
      const seen = new Map<ResourceType, Seen>();
      for (const { type, item, pointer } of pointersAway(snapshot, registry, own)) {
        const { along, to, name } = pointer;
        if (!('back' in along) || !along.back) continue;
        const id = identify(type, item, account);
        const from = remember(origins, key(account.partition, to.name, along.back, name), newMap<string, Seen>);
        const here = remember(seen, type, () => ({ account: account.id, type }));
        if (accountIn(id) === account.id) from.set(id, here);
        else remember(from, id, () => here);
      }
    },
  };
}

/** The names of an account's own resources that say no account, as `nameKey` writes them. */
export function ownNamesIn({ account, resources }: Snapshot, registry: Registry): ReadonlySet<string> {
  const alone = Object.values(registry).filter(isNamedAlone);
  return new Set(
    alone.flatMap((type) => namesOf(type, resources).map((name) => nameKey(account.partition, type, name))),
  );
}

/** Every pointer of an account that leads out of it or to what nobody knows to be its own, and whose it is. */
export function* pointersAway({ account, resources }: Snapshot, registry: Registry, own: ReadonlySet<string>) {
  for (const type of Object.values(registry)) {
    for (const item of itemsOf(type.name, resources)) {
      for (const pointer of pointersOf(type, item, registry)) {
        const { to, name } = pointer;
        const isOwn = isNamedAlone(to) ? own.has(nameKey(account.partition, to, name)) : !isAway(name, account.id);
        if (!isOwn) yield { type, item, pointer };
      }
    }
  }
}

/** A name of a type in a partition, which has its own names. */
export const nameKey = (partition: string, type: ResourceType, name: string): string => key(partition, type.name, name);

const key = (...parts: readonly string[]): string => parts.join(' ');

/** Whether its ids say no account: then its name is its own in the whole partition. */
export const isNamedAlone = ({ id }: ResourceType): boolean => id.startsWith('arn:') && !id.includes('{account}');

/** The account that an ARN names; empty for what says none. */
export const accountIn = (pointer: string): string => (pointer.startsWith('arn:') && pointer.split(':')[4]) || '';

/** The partition that an ARN names; empty for what says none. */
export const partitionIn = (pointer: string): string => (pointer.startsWith('arn:') && pointer.split(':')[1]) || '';

const isAway = (pointer: string, account: string): boolean => {
  const owner = accountIn(pointer);
  return owner !== '' && owner !== account;
};

const namesOf = ({ name, label }: ResourceType, resources: Snapshot['resources']): readonly string[] =>
  itemsOf(name, resources).flatMap((item) => {
    const own = item[label];
    return typeof own === 'string' ? [own] : [];
  });

const itemsOf = (name: string, resources: Snapshot['resources']): readonly Item[] =>
  Object.hasOwn(resources, name) ? (resources[name] ?? []) : [];
