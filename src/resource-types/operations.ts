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
  for (const { list, lookup, reads } of Object.values(registry)) {
    const calls = [list, lookup].filter((call) => call?.operation === operation);
    const action = calls.find((call) => call?.action)?.action ?? reads[operation]?.action;
    if (action) return action;
  }
  return operation;
}
