import type { Change } from '../../src/proof/answer.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { identify, isObject } from '../../src/snapshot/resource-view.ts';
import type { Item, Snapshot } from '../../src/snapshot/snapshot.ts';

/** The snapshot with one alternative of `toPass` carried out: what an account would look like after the fix. */
export function applyChanges(snapshot: Snapshot, changes: readonly Change[], registry: Registry): Snapshot {
  const resources = Object.entries(snapshot.resources).map(([typeName, items]) => {
    const type = Object.hasOwn(registry, typeName) ? registry[typeName] : undefined;
    if (!type) return [typeName, items] as const;
    const changed = items.map((item) =>
      changes
        .filter(({ resource }) => resource === identify(type, item, snapshot.account))
        .reduce<Item>((it, { path, set }) => setAt(it, stepsOf(path), set) as Item, item),
    );
    return [typeName, changed] as const;
  });
  return { ...snapshot, resources: Object.fromEntries(resources) };
}

/** `LifecycleConfiguration.Rules[0].Expiration.Days` as steps: names and indexes. */
const stepsOf = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? String(name) : Number(index),
  );

/** What is missing on the way is made; `null` takes the last step away. */
function setAt(onto: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = isObject(onto) && Object.hasOwn(onto, step) ? onto[step] : undefined;
  const next = setAt(inner, rest, value);
  if (typeof step === 'number') {
    const items: readonly unknown[] = Array.isArray(onto) ? onto : [];
    return items.length > step ? items.with(step, next) : [...items, next];
  }
  const kept = Object.entries(isObject(onto) ? onto : {}).filter(([name]) => name !== step);
  return Object.fromEntries(next === null && rest.length === 0 ? kept : [...kept, [step, next]]);
}
