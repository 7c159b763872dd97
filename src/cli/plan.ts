import type { Plan } from '../collectors/plan.ts';
import type { Rule } from '../rules/compile.ts';

/** What must be asked so that rules can be answered: each operation of as many resources as any of them needs. */
export function planOf(rules: readonly Rule[]): Plan {
  const operations = new Map<string, 'all' | 'referenced'>();
  for (const [operation, scope] of rules.flatMap((rule) => [...rule.operations])) {
    if (operations.get(operation) !== 'all') operations.set(operation, scope);
  }
  return { operations };
}
