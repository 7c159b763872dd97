import { inOrder } from './key-order.ts';
import type { Report } from './report.ts';
import { reportSchema } from './report-schema.ts';

/**
 * The report as JSON lines, for programs that read while it is written: one `report` line, then a line for each
 * finding, each gap, each waiver, the baseline and the coverage, and last a `summary` line, without which the stream was cut.
 */
export function* ndjson(report: Report): Generator<string> {
  const { findings, gaps, summary, gate, waivers = [], baseline, coverage, trailproof, tool, scope } = report;
  const { findings: finding, gaps: gap, ...others } = reportSchema.properties ?? {};
  const head = inOrder({ trailproof, tool, scope, ...(gate && { gate }) }, { properties: others });
  yield line('report', head);
  for (const one of findings) yield line('finding', inOrder(one, finding?.items ?? {}));
  for (const one of gaps) yield line('gap', inOrder(one, gap?.items ?? {}));
  for (const waiver of waivers) yield line('waiver', inOrder(waiver, others.waivers?.items ?? {}));
  if (baseline) yield line('baseline', inOrder(baseline, others.baseline ?? {}));
  if (coverage) yield line('coverage', inOrder(coverage, others.coverage ?? {}));
  yield line('summary', inOrder(summary, others.summary ?? {}));
}

const line = (kind: string, value: unknown): string => `${JSON.stringify({ kind, ...Object(value) })}\n`;
