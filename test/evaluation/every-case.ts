import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule, type Rule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { readyCasesOf, ruleFiles, titleOf } from '../rules/built-in-rules.ts';

/** One case of a built-in rule, ready to be asked again of a changed snapshot. */
export interface RunnableCase {
  readonly name: string;
  readonly rule: Rule;
  readonly snapshot: Snapshot;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** With other parameters, where they are given. */
  readonly judge: (snapshot: Snapshot, parameters?: Readonly<Record<string, unknown>>) => readonly Finding[];
}

export interface RunnableRule {
  readonly title: string;
  readonly cases: readonly RunnableCase[];
}

/** All built-in rules with all their cases. */
export const runnableRules: readonly RunnableRule[] = ruleFiles.map((file) => {
  const definition = parse(readFileSync(file, 'utf8')) as RuleDefinition;
  const cases = readyCasesOf(file).map(({ written, snapshot }): RunnableCase => {
    const critical = (written.critical ?? []) as readonly CriticalSelector[];
    const criticalTags = critical.some((selector) => typeof selector === 'object');
    const parameters = written.parameters ?? {};
    const ruleWith = (set: typeof parameters): Rule =>
      compileRule(definition, { registry: resourceTypes, parameters: set, criticalTags }).rule;
    const rule = ruleWith(parameters);
    const judge: RunnableCase['judge'] = (it, others) => {
      const { findings, crashes } = evaluate(
        [others ? ruleWith(others) : rule],
        viewAccount(it, { registry: resourceTypes, critical }),
        it.collectedAt,
      );
      const [crash] = crashes;
      if (crash) throw crash.error;
      return findings;
    };
    return { name: written.name, rule, snapshot, parameters, judge };
  });
  return { title: titleOf(file), cases };
});
