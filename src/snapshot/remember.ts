import { atHand } from './away.ts';
import type { ResourceView } from './resource-view.ts';

interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What is known of a key; worked out when it is first asked for. */
export function remember<K, V>(known: Memory<K, V>, key: K, workOut: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = workOut();
  known.set(key, value);
  return value;
}

/** For what is known by two keys. */
export const newMap = <K, V>(): Map<K, V> => new Map();
export const newWeakMap = <K extends WeakKey, V>(): WeakMap<K, V> => new WeakMap();

/** The same question, worked out when somebody first asks. */
export function lazily<T>(workOut: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: workOut() };
    return known.value;
  };
}

/** What a pure function says about a resource; it is asked once, however many rules want to know. */
export function workedOut<T>(given: ResourceView, how: (view: ResourceView) => T): T {
  const view = atHand(given);
  const ofFunction = remember(view.account.known.workedOut, how, newMap<ResourceView, unknown>);
  // The map under a function holds what that function returned and nothing else.
  return remember(ofFunction as Map<ResourceView, T>, view, () => how(view));
}
