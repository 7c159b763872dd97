import type { Registry } from '../resource-types/resource-type.ts';
import { ownerTable } from './owner-table.ts';
import type { Pointer } from './pointers.ts';
import { remember } from './remember.ts';
import { accountIn, nameKey, ownNamesIn, pointersAway } from './run-index.ts';
import type { Snapshot } from './snapshot.ts';

/** What accounts name of each other, while they are being read. */
export interface NamedElsewhere {
  /** Takes the names of an account, and once more when more of it is known. */
  add(snapshot: Snapshot): void;
  /**
   * By account: what it has to be asked yet because others name it; whoever reads an account for itself alone may not
   * have come across that. A bucket that none of them owns whoever names it has to ask for.
   */
  byAccount(): ReadonlyMap<string, readonly Pointer[]>;
}

/** What is named away from home. */
interface Name {
  readonly pointer: Pointer;
  /** The accounts that name it, one after the other. */
  readonly by: string[];
}

/** Starts with no account. */
export function startNames(registry: Registry): NamedElsewhere {
  const accounts = new Set<string>();
  const owners = ownerTable();
  const named = new Map<string, Name>();
  return {
    add(snapshot) {
      const { id, partition } = snapshot.account;
      accounts.add(id);
      const own = ownNamesIn(snapshot, registry);
      for (const name of own) owners.add(name, id);
      for (const { pointer } of pointersAway(snapshot, registry, own)) {
        const name = nameKey(partition, pointer.to, pointer.name);
        const { by } = remember(named, name, () => ({ pointer, by: [] }));
        if (by.at(-1) !== id) by.push(id);
      }
    },
    byAccount() {
      const left = [...named].flatMap(([name, { pointer, by }]) => {
        const owner = accountIn(pointer.name) || owners.get(name);
        return (owner ? [owner] : [...new Set(by)]).map((account) => ({ account, pointer }));
      });
      const byAccount = Map.groupBy(left, ({ account }) => account);
      return new Map(
        [...byAccount].flatMap(([account, all]) =>
          accounts.has(account) ? [[account, all.map(({ pointer }) => pointer)] as const] : [],
        ),
      );
    },
  };
}
