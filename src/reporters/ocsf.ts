import { eventOf, timeOf } from './ocsf-event.ts';
import type { Report, ReportRule } from './report.ts';
import { visible } from './visible-text.ts';

/**
 * OCSF Compliance Findings, an event on each line: of every finding, whatever its status. Lines and not a list, since
 * that is what turns JSON into the Parquet of Security Lake (Firehose, Glue, Athena) and what log collectors read.
 */
export function* ocsf({ findings, scope, tool }: Report): Generator<string> {
  const rules = new Map(scope.rules.map((rule): readonly [string, ReportRule] => [rule.id, rule]));
  const run = { time: timeOf(scope.collectedAt), version: tool.version };
  for (const finding of findings) yield line(eventOf(finding, rules.get(finding.rule), run));
}

/** Readers of other languages refuse unpaired surrogates, even escaped ones. Line breaks are escaped by JSON already. */
const line = (event: Readonly<Record<string, unknown>>): string =>
  `${JSON.stringify(event, (_, value: unknown) => (typeof value === 'string' ? visibleText(value) : value))}\n`;

const visibleText = (text: string): string => text.split('\n').map(visible).join('\n');
