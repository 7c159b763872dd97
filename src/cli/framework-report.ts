import { frameworkResult, ruleTallyOf } from '../evaluation/framework.ts';
import type { Report } from '../reporters/report.ts';
import type { Parameter } from '../rules/rule.ts';
import { frameworkOf } from './packs.ts';

/**
 * A saved report with what it says to each requirement of the frameworks named, beside those of its run: a floor that
 * the run broke stays broken, whatever else is asked. Rules that the report does not hold are unknown.
 */
export async function answering(report: Report, named: readonly string[]): Promise<Report> {
  const { scope, frameworks: saved = [] } = report;
  const others = new Set(named.filter((name) => !saved.some((framework) => framework.name === name)));
  if (others.size === 0) return report;
  const run = { rules: scope.rules, tally: ruleTallyOf(report.findings), parameterOf: await builtInParameters() };
  const answered = await Promise.all(
    [...others].map(async (name) => frameworkResult(await frameworkOf(name, []), run)),
  );
  return { ...report, frameworks: [...saved, ...answered] };
}

/** A report says the values of parameters, the rules which way is stricter. */
async function builtInParameters(): Promise<(rule: string, name: string) => Parameter | undefined> {
  const { builtInRules } = await import('../generated/built-in-rules.js');
  const declared = new Map(builtInRules.map(({ definition }) => [definition.id, definition.parameters ?? {}]));
  return (rule, name) => declared.get(rule)?.[name];
}
