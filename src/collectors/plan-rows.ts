import { actionOf, finders } from '../resource-types/operations.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { type Plan, type PlanScope, withRegions } from './plan.ts';

/** One operation of a plan: which IAM action it needs, and how often it is asked. */
export interface PlanRow {
  readonly operation: string;
  readonly action: string;
  /** Once for the account, once in each region, or once for each resource of a type (or each that something names). */
  readonly asked: 'once' | 'region' | 'resource' | 'named resource';
  readonly types: readonly string[];
}

/** What a plan asks, in the order in which a scan comes to it: the account, its regions, the resources in them. */
export function planRows(plan: Plan, registry: Registry): readonly PlanRow[] {
  const { operations } = withRegions(plan, registry);
  const rows = Object.values(registry).flatMap((type) => rowsOf(type, operations, registry));
  const order = ['once', 'region', 'resource', 'named resource'];
  // Trails and event data stores have their tags by one and the same operation.
  const groups = Map.groupBy(rows, ({ operation, asked }) => `${operation} ${asked}`);
  const merged = [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, types: [first, ...others].flatMap(({ types }) => types) }] : [],
  );
  return merged.toSorted(
    (a, b) => order.indexOf(a.asked) - order.indexOf(b.asked) || (a.operation < b.operation ? -1 : 1),
  );
}

function rowsOf(
  type: ResourceType,
  operations: ReadonlyMap<string, PlanScope>,
  registry: Registry,
): readonly PlanRow[] {
  const { list, lookup, reads, name } = type;
  const isSingleton = !list && !lookup;
  const asked = (scope: PlanScope | undefined): PlanRow['asked'] =>
    isSingleton ? 'once' : scope === 'all' ? 'resource' : 'named resource';
  const calls: readonly (readonly [string | undefined, PlanRow['asked']])[] = [
    // What is never found is never asked about.
    ...(isSingleton || finders(type).some((it) => operations.has(it)) ? Object.keys(reads) : []).map(
      (operation) => [operation, asked(operations.get(operation))] as const,
    ),
    [lookup?.operation, 'named resource'],
    [list?.operation, list?.once ? 'once' : 'region'],
  ];
  return calls.flatMap(([operation, how]) =>
    operation !== undefined && operations.has(operation)
      ? [{ operation, action: actionOf(operation, registry), asked: how, types: [name] }]
      : [],
  );
}
