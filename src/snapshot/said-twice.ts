import { isDeepStrictEqual } from 'node:util';
import type { Registry } from '../resource-types/resource-type.ts';
import { identify } from './resource-view.ts';
import type { Snapshot } from './snapshot.ts';

/** A resource that a snapshot holds twice, and not the same: its place in the list of its type, and the first one's. */
export interface SaidTwice {
  readonly type: string;
  readonly id: string;
  readonly index: number;
  readonly first: number;
}

/**
 * The resources of which a snapshot says two things: nobody could tell which of them holds. The same said again, as of a
 * trail that several regions show, is no contradiction.
 */
export function saidTwice({ account, resources }: Snapshot, registry: Registry): readonly SaidTwice[] {
  return Object.entries(resources).flatMap(([name, items]) => {
    const type = registry[name];
    if (!type || items.length < 2) return [];
    const firsts = new Map<string, number>();
    return items.flatMap((item, index): readonly SaidTwice[] => {
      const id = identify(type, item, account);
      const first = firsts.get(id);
      if (first === undefined) firsts.set(id, index);
      return first === undefined || isDeepStrictEqual(items[first], item) ? [] : [{ type: name, id, index, first }];
    });
  });
}
