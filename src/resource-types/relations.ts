import type { Registry, Relation, ResourceType } from './resource-type.ts';

/** A relation with the type that has it, and its name there. */
export interface Leading {
  readonly source: ResourceType;
  readonly name: string;
  readonly relation: Relation;
}

/** The relations of all types that lead to one type, in the order of the registry; or those with one of these ways back. */
export function relationsTo({ name }: ResourceType, registry: Registry, along?: readonly string[]): readonly Leading[] {
  const known = leading.get(registry) ?? byTarget(registry);
  leading.set(registry, known);
  const all = known.get(name) ?? [];
  return along ? all.filter(({ relation: { back } }) => back !== undefined && along.includes(back)) : all;
}

/** By the type that they lead to, of each registry: every account asks how its types hang together. */
const leading = new WeakMap<Registry, ReadonlyMap<string, readonly Leading[]>>();

const byTarget = (registry: Registry): ReadonlyMap<string, readonly Leading[]> =>
  Map.groupBy(
    Object.values(registry).flatMap((source) =>
      Object.entries(source.relations).map(([name, relation]) => ({ source, name, relation })),
    ),
    ({ relation }) => relation.to,
  );
