import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { ownerTable } from './owner-table.ts';
import { type Pointer, pointersOf } from './pointers.ts';
import { remember } from './remember.ts';
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
  /**
   * By account: what it has to be asked yet because others name it; whoever reads an account for itself alone may not
   * have come across that. A bucket that none of them owns whoever names it has to ask for.
   */
  namedElsewhere(): ReadonlyMap<string, readonly Pointer[]>;
}

/** The index while it is being made: one account after the other, of which nothing but names is kept. */
export interface RunIndexInMaking extends RunIndex {
  add(snapshot: Snapshot): void;
}

/** Starts an index of no account. */
export function startIndex(registry: Registry): RunIndexInMaking {
  const accounts = new Map<string, string>();
  const owners = ownerTable();
  const origins = new Map<string, Map<string, Origin>>();
  const named = new Map<string, { readonly pointer: Pointer; readonly partition: string; readonly by: Set<string> }>();
  const types = Object.values(registry);
  const ownerOf: RunIndex['ownerOf'] = (type, name, partition) => owners.get(key(partition, type.name, name));
  return {
    accounts,
    ownerOf,
    pointingAt(to, back, { names, partition }) {
      const found = names.flatMap((name) => [...(origins.get(key(partition, to.name, back, name)) ?? [])]);
      return [...new Map(found).values()];
    },
    namedElsewhere() {
      const left = [...named.values()].flatMap(({ pointer, partition, by }) => {
        const owner = accountIn(pointer.name) || ownerOf(pointer.to, pointer.name, partition);
        return (owner ? [owner] : [...by]).map((account) => ({ account, pointer }));
      });
      const byAccount = Map.groupBy(left, ({ account }) => account);
      return new Map(
        [...byAccount].flatMap(([account, all]) =>
          accounts.has(account) ? [[account, all.map(({ pointer }) => pointer)] as const] : [],
        ),
      );
    },
    add(snapshot) {
      const { account, resources } = snapshot;
      const { partition } = account;
      accounts.set(account.id, partition);
      const keyOf = (type: ResourceType, name: string): string => key(partition, type.name, name);
      const own = new Set(
        types.filter(isNamedAlone).flatMap((type) => namesOf(type, resources).map((name) => keyOf(type, name))),
      );
      for (const name of own) owners.add(name, account.id);
      const isOwn = (to: ResourceType, name: string): boolean =>
        isNamedAlone(to) ? own.has(keyOf(to, name)) : !isAway(name, account.id);
      for (const { type, item, pointer } of pointersIn(snapshot, registry)) {
        const { along, to, name } = pointer;
        if (isOwn(to, name)) continue;
        remember(named, keyOf(to, name), () => ({ pointer, partition, by: new Set() })).by.add(account.id);
        if (!('back' in along) || !along.back) continue;
        const id = identify(type, item, account);
        const from = remember(origins, key(partition, to.name, along.back, name), () => new Map<string, Origin>());
        const origin = { account: account.id, type, id };
        if (accountIn(id) === account.id) from.set(key(type.name, id), origin);
        else remember(from, key(type.name, id), () => origin);
      }
    },
  };
}

/** Every pointer of every resource, and whose it is. */
const pointersIn = ({ resources }: Snapshot, registry: Registry) =>
  Object.values(registry).flatMap((type) =>
    itemsOf(type.name, resources).flatMap((item) =>
      pointersOf(type, item, registry).map((pointer) => ({ type, item, pointer })),
    ),
  );

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
