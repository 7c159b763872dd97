import { jsonPieces } from './json-pieces.ts';
import { inOrderEach, membersInOrder } from './key-order.ts';
import type { Report } from './report.ts';
import { reportSchema } from './report-schema.ts';

/** The report as a file from which every format can be rendered again. Its keys stand in the order of the schema. */
export function* json(report: Report): Generator<string> {
  const { findings, gaps } = reportSchema.properties ?? {};
  const ordered = {
    ...membersInOrder({ ...report, findings: [], gaps: [] }, reportSchema.properties ?? {}),
    findings: inOrderEach(report.findings, findings?.items ?? {}),
    gaps: inOrderEach(report.gaps, gaps?.items ?? {}),
  };
  yield* jsonPieces(ordered, 2);
  yield '\n';
}
