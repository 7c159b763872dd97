import { plural } from '../reporters/describe.ts';
import { visible } from '../reporters/visible-text.ts';
import type { RuleDefinition } from '../rules/rule.ts';

/** Id, severity, resource type and title, a line each, and how many there are. */
export function ruleTable(rules: readonly RuleDefinition[]): string {
  const rows = rules.map(({ id, severity, resource, title }) => [id, severity, resource, title].map(visible));
  const width = (column: number): number => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1), width(2)];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[...lines, plural(rules.length, 'rule')].join('\n')}\n`;
}
