import { inOrder } from './key-order.ts';
import type { Report } from './report.ts';
import { reportSchema } from './report-schema.ts';

/**
 * The report as JSON lines, for programs that read while it is written: one `report` line, then a line for each
 * finding and each gap, and last a `summary` line, without which the stream was cut.
 */
export function* ndjson({ findings, gaps, summary, trailproof, tool, scope }: Report): Generator<string> {
  const { findings: finding, gaps: gap, ...others } = reportSchema.properties ?? {};
  const head = inOrder({ trailproof, tool, scope }, { properties: others });
  yield line('report', head);
  for (const one of findings) yield line('finding', inOrder(one, finding?.items ?? {}));
  for (const one of gaps) yield line('gap', inOrder(one, gap?.items ?? {}));
  yield line('summary', summary);
}

const line = (kind: string, value: unknown): string => `${JSON.stringify({ kind, ...Object(value) })}\n`;
