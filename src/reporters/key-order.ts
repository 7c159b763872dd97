import type { ReportSchema } from './schema-of.ts';

/** A value with its keys in the order of its schema; those that the schema does not know last. */
export function inOrder(value: unknown, { items, properties }: ReportSchema): unknown {
  if (Array.isArray(value)) return items === undefined ? value : [...inOrderEach(value, items)];
  if (properties === undefined || typeof value !== 'object' || value === null) return value;
  return membersInOrder(value, properties);
}

export function membersInOrder(value: object, properties: NonNullable<ReportSchema['properties']>): object {
  const held = new Map(Object.entries(value));
  const known = Object.entries(properties).filter(([name]) => held.has(name));
  const others = [...held].filter(([name]) => !Object.hasOwn(properties, name));
  const ordered = known.map(([name, part]): readonly [string, unknown] => [name, inOrder(held.get(name), part)]);
  return Object.fromEntries([...ordered, ...others]);
}

export function* inOrderEach(values: Iterable<unknown>, items: ReportSchema): Generator<unknown> {
  for (const value of values) yield inOrder(value, items);
}
