import type { Registry, ResourceType } from './resource-type.ts';

/** Which operation gives a property of a type; none for what lists or describes the resource itself. */
export function readOf(type: ResourceType, property: string): string | undefined {
  return Object.entries(type.reads).find(([, { gives }]) => Object.hasOwn(gives, property))?.[0];
}

/** The operations that find the resources of a type: the listing first, then the look-up by name. */
export const finders = ({ list, lookup }: ResourceType): readonly string[] =>
  [list?.operation, lookup?.operation].filter((operation) => operation !== undefined);

/** The IAM action that an operation needs: its own name, unless the type says otherwise (aws-semantics §1.8). */
export function actionOf(operation: string, registry: Registry): string {
  const known = actions.get(registry) ?? otherActions(registry);
  actions.set(registry, known);
  return known.get(operation) ?? operation;
}

/** By operation, of each registry: every rule of a report asks for those of all its operations. */
const actions = new WeakMap<Registry, ReadonlyMap<string, string>>();

/** The actions that are not called like their operation; what a type before another says holds. */
function otherActions(registry: Registry): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { list, lookup, reads } of Object.values(registry)) {
    const calls = [list, lookup].flatMap((call) => (call ? [[call.operation, call] as const] : []));
    for (const [operation, { action }] of [...calls, ...Object.entries(reads)])
      if (action && !found.has(operation)) found.set(operation, action);
  }
  return found;
}
