import { frameworkResult, ruleTallyOf } from '../evaluation/framework.ts';
import type { Report } from '../reporters/report.ts';
import type { Parameter } from '../rules/rule.ts';
import { frameworkOf } from './packs.ts';

/**
 * A saved report with what it says to each requirement of the frameworks named: what it says already stands, and rules
 * that it does not hold are unknown.
 */
export async function answering(report: Report, named: readonly string[]): Promise<Report> {
  if (named.length === 0) return report;
  const { rules } = report.scope;
  const run = { rules, tally: ruleTallyOf(report.findings), parameterOf: await builtInParameters() };
  const frameworks = await Promise.all(
    [...new Set(named)].map(
      async (name) =>
        report.frameworks?.find((saved) => saved.name === name) ?? frameworkResult(await frameworkOf(name, []), run),
    ),
  );
  return { ...report, frameworks };
}

/** A report says the values of parameters, the rules which way is stricter. */
async function builtInParameters(): Promise<(rule: string, name: string) => Parameter | undefined> {
  const { builtInRules } = await import('../generated/built-in-rules.js');
  const declared = new Map(builtInRules.map(({ definition }) => [definition.id, definition.parameters ?? {}]));
  return (rule, name) => declared.get(rule)?.[name];
}
