import { actionOf } from '../resource-types/operations.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';

/** `all`: of every resource of the type. `referenced`: only of those that another resource names. */
export type PlanScope = 'all' | 'referenced';

/** What to ask of an account: the operations, worked out from the rules that are to be answered. */
export interface Plan {
  readonly operations: ReadonlyMap<string, PlanScope>;
}

/** The operation that says which regions are enabled. */
export const regionListing = 'ec2:DescribeRegions';

/** Everything that the resource types know how to ask. */
export function everything(registry: Registry): Plan {
  const operations = Object.values(registry).flatMap(({ list, lookup, reads }) => [
    ...[list, lookup].flatMap((call) => (call ? [call.operation] : [])),
    ...Object.keys(reads),
  ]);
  return { operations: new Map(operations.map((operation) => [operation, 'all'])) };
}

/** The plan with the question that its regional listings depend on: which regions are there? */
export function withRegions({ operations }: Plan, registry: Registry): Plan {
  const isRegional = Object.values(registry).some((type) => isListedByRegion(type) && isPlanned(type, operations));
  return { operations: isRegional ? new Map([...operations, [regionListing, 'all']]) : operations };
}

const isListedByRegion = ({ list }: ResourceType): boolean => list !== undefined && list.once === undefined;

const isPlanned = ({ list }: ResourceType, operations: Plan['operations']): boolean =>
  list !== undefined && operations.has(list.operation);

/** The IAM actions that a plan needs, each once, sorted. `sts:GetCallerIdentity` needs none (aws-semantics §1.8). */
export function actions(plan: Plan, registry: Registry): readonly string[] {
  const { operations } = withRegions(plan, registry);
  const needed = [...operations.keys()].map((operation) => actionOf(operation, registry));
  return [...new Set(needed)].filter((action) => action !== 'sts:GetCallerIdentity').sort();
}
