import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { builtInRules } from '../../src/generated/built-in-rules.js';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders } from '../../src/resource-types/operations.ts';
import { fill } from '../../src/resource-types/template.ts';
import { compileRule } from '../../src/rules/compile.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { Gap, Snapshot } from '../../src/snapshot/snapshot.ts';
import { readyCasesOf, ruleFiles } from './built-in-rules.ts';

const emptyAccount: Snapshot = {
  trailproof: 'snapshot/1',
  account: { id: '111122223333', partition: 'aws' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1', 'eu-west-1'],
  resources: {},
};

function findingsOf(definition: (typeof builtInRules)[number]['definition'], snapshot: Snapshot) {
  const { rule } = compileRule(definition, { registry: resourceTypes, criticalTags: true });
  return evaluate([rule], viewAccount(snapshot, { registry: resourceTypes, critical: [] }), snapshot.collectedAt);
}

const statusesOn = (snapshot: Snapshot) => (rule: (typeof builtInRules)[number]) =>
  findingsOf(rule.definition, snapshot).findings.map(({ status }) => [rule.definition.id, status] as const);

/** The words of a command that begin like JSON, as the shell takes them apart. */
const jsonWordsOf = (command: string): readonly string[] =>
  (command.match(/(?:'[^']*'|[^\s'])+/g) ?? [])
    .map((word) => word.replaceAll("'", ''))
    .filter((word) => /^[{[]\s*[{["]/.test(word));

function isJson(word: string): boolean {
  try {
    JSON.parse(word);
    return true;
  } catch {
    return false;
  }
}

describe('every rule', () => {
  test.each(builtInRules)(
    '$definition.id says why, what passes and fails, how to mend it and where AWS says so',
    ({ definition: { passes, fails, references = [], remediation = {} } }) => {
      expect([passes, fails].every((text) => text !== undefined)).toBe(true);
      expect(references.length).toBeGreaterThan(0);
      expect(Object.keys(remediation).toSorted()).toEqual(['cli', 'cloudformation', 'terraform', 'text']);
    },
  );

  test('whose command holds JSON holds JSON that AWS can read', () => {
    const broken = builtInRules.flatMap(({ definition: { id, remediation = {} } }) =>
      jsonWordsOf(fill(remediation.cli ?? '', (name) => (name.startsWith('$') ? '90' : 'x')) ?? '').flatMap((word) =>
        isJson(word) ? [] : [`${id}: ${word}`],
      ),
    );
    expect(broken).toEqual([]);
  });

  test('that passes where there is nothing says so', () => {
    const passing = builtInRules.flatMap(statusesOn(emptyAccount)).filter(([, status]) => status === 'pass');
    const ids = [...new Set(passing.map(([id]) => id))];
    const silent = ids.filter(
      (id) =>
        !/\b(no|none|nothing|without|absent)\b/iu.test(
          builtInRules.find((it) => it.definition.id === id)?.definition.passes ?? '',
        ),
    );
    expect(silent).toEqual([]);
  });

  const everyListing: readonly Gap[] = Object.values(resourceTypes)
    .flatMap((type) => finders(type))
    .map((operation) => ({ operation, error: 'AccessDeniedException' }));
  const reads: readonly Gap[] = Object.values(resourceTypes)
    .flatMap((type) => Object.keys(type.reads))
    .map((operation) => ({ operation, error: 'AccessDeniedException' }));
  test.each<[string, Partial<Snapshot>]>([
    ['the account', { gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] }],
    ['every operation', { gaps: [...everyListing, ...reads] }],
    ['nothing was asked', { operations: [] }],
  ])('passes nothing when %s is a gap', (_, gaps) => {
    const snapshot = { ...emptyAccount, ...gaps };
    const verdicts = builtInRules.flatMap(statusesOn(snapshot));
    expect(verdicts.filter(([, status]) => status === 'pass')).toEqual([]);
  });

  test.each(ruleFiles)('%s gives the same bytes twice', (file) => {
    const rule = builtInRules.find(({ definition }) => file.endsWith(`/${definition.id}.yaml`));
    if (!rule) throw new Error(`${file} is not built in: npm run generate`);
    const { rule: compiled } = compileRule(rule.definition, { registry: resourceTypes, criticalTags: true });
    for (const { snapshot } of readyCasesOf(file)) {
      const [first, second] = [snapshot, structuredClone(snapshot)].map((it) =>
        JSON.stringify(
          evaluate([compiled], viewAccount(it, { registry: resourceTypes, critical: [] }), it.collectedAt),
        ),
      );
      expect(second).toBe(first);
    }
  });
});
