import type { Plan } from '../collectors/plan.ts';
import { facts } from '../proof/facts.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import type { ValuesRead } from '../sources/unread-values.ts';
import type { Needs } from './overrides.ts';

/** What must be asked so that rules can be answered: each operation of as many resources as any of them needs. */
export function planOf(rules: readonly Pick<Needs, 'operations'>[]): Plan {
  const operations = new Map<string, 'all' | 'referenced'>();
  for (const [operation, scope] of rules.flatMap((rule) => [...rule.operations])) {
    if (operations.get(operation) !== 'all') operations.set(operation, scope);
  }
  return { operations };
}

/** The values that a run shows or goes by: what its rules look at, and the tags by which buckets are critical. */
export function valuesRead(rules: readonly Pick<Needs, 'reads'>[], critical: readonly CriticalSelector[]): ValuesRead {
  const keys = critical.flatMap((selector) => (typeof selector === 'string' ? [] : Object.keys(selector.tag)));
  const { of: types = [] } = facts.critical ?? {};
  const selected = types.flatMap((type) => keys.map((key) => `${type}.tags.${key}`));
  return new Set([...rules.flatMap(({ reads }) => [...reads]), ...selected]);
}
