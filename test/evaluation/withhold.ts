import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders, readOf } from '../../src/resource-types/operations.ts';
import type { Registry, ResourceType } from '../../src/resource-types/resource-type.ts';
import { namesIn } from '../../src/resource-types/template.ts';
import { remember } from '../../src/snapshot/remember.ts';
import { identify } from '../../src/snapshot/resource-view.ts';
import type { Gap, Item, Snapshot } from '../../src/snapshot/snapshot.ts';

const registry: Registry = resourceTypes;

/** What AWS would still answer. */
export interface Kept {
  /** What an operation says of one resource. */
  readonly answer: (resource: string, operation: string) => boolean;
  /** Whether what a listing shows is all there is. */
  readonly listing: (operation: string) => boolean;
}

export const listings: readonly string[] = Object.values(registry).flatMap(({ list }) => list?.operation ?? []);

/** Every operation that the resource types know, looked up by what they are about. */
export const operationsOf = (type: ResourceType): readonly string[] => [...finders(type), ...Object.keys(type.reads)];
export const allOperations: readonly string[] = [...new Set(Object.values(registry).flatMap(operationsOf))];

/** The properties by which others know a resource: not to be taken away without it. */
const identityOf = (type: ResourceType): ReadonlySet<string> => remember(identities, type, () => identityIn(type));

const identities = new WeakMap<ResourceType, ReadonlySet<string>>();

function identityIn(type: ResourceType): ReadonlySet<string> {
  const templates = [type.id, ...Object.values(type.derived ?? {})].filter((it) => it.includes('{'));
  const pointedAt = Object.values(registry).flatMap(({ relations }) =>
    Object.values(relations)
      .filter(({ to }) => to === type.name)
      .map(({ at }) => at),
  );
  return new Set([
    type.id,
    type.label,
    type.home,
    'OptInStatus',
    ...Object.keys(type.derived ?? {}),
    ...templates.flatMap(namesIn),
    ...pointedAt,
  ]);
}

/** The same account, had AWS refused everything else. The resources themselves stay. */
export function withhold(snapshot: Snapshot, kept: Kept): Snapshot {
  const error = 'AccessDenied';
  const gaps: Gap[] = [];
  const resources = Object.entries(snapshot.resources).map(([typeName, items]) => {
    const type = registry[typeName];
    if (!type) throw new Error(`no type ${typeName}`);
    return [typeName, items.map((item) => withheld(type, item))] as const;
  });

  function withheld(type: ResourceType, item: Item): Item {
    const id = identify(type, item, snapshot.account);
    const refused = Object.keys(type.reads).filter((operation) => !kept.answer(id, operation));
    const found = finders(type);
    // It is described by whatever found it.
    if (found.length > 0 && !found.some((operation) => kept.answer(id, operation))) refused.push(...found);
    gaps.push(...refused.map((operation): Gap => ({ operation, resource: id, error })));
    const identity = identityOf(type);
    return Object.fromEntries(
      Object.entries(item).filter(([name]) => {
        if (identity.has(name)) return true;
        const operation = readOf(type, name) ?? found[0];
        return operation === undefined || !refused.includes(operation);
      }),
    );
  }

  const unlisted = listings
    .filter((operation) => !kept.listing(operation))
    .map((operation): Gap => ({ operation, error }));
  return {
    ...snapshot,
    resources: Object.fromEntries(resources),
    gaps: [...(snapshot.gaps ?? []), ...gaps, ...unlisted],
  };
}
