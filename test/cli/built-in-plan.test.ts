import { expect, test } from 'vitest';
import { planOf } from '../../src/cli/plan.ts';
import { planTable } from '../../src/cli/plan-table.ts';
import { planRows } from '../../src/collectors/plan-rows.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule } from '../../src/rules/compile.ts';
import { loadBuiltIn } from '../rules/built-in-rules.ts';
import { expectGolden } from './golden.ts';

test('what the built-in rules ask is what they need: a new resource type costs them nothing', async () => {
  const files = await loadBuiltIn();
  const rules = files.map(({ definition }) => compileRule(definition, { registry: resourceTypes }).rule);
  expect(rules.length).toBeGreaterThan(0);
  expectGolden(
    'golden/built-in-plan.txt',
    planTable(planRows(planOf(rules), resourceTypes), { regions: ['us-east-1'] }),
  );
});
