import { diagnosticsError } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText, shownName } from '../documents/files.ts';
import { schemaDiagnostics } from '../documents/schema-errors.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { withFloors } from '../evaluation/framework.ts';
import { exitCode, type GatePolicy } from '../evaluation/gate.ts';
import { tallyOf } from '../evaluation/tally.ts';
import type { Report } from '../reporters/report.ts';

/** Reads a saved report. Mistakes are one AppError, with their places. */
export async function readReport(path: string): Promise<Report> {
  const file = shownName(path);
  const text = await readText(path, { format: 'JSON' });
  const document = await parseDocument(text, { file, kind: 'report', format: 'json' });
  const { value, position } = document;
  assertReport(document, file);
  const { validate } = await import('../generated/validate-report.js');
  if (!validate(value)) throw diagnosticsError(schemaDiagnostics(validate.errors, { file, position }));
  // Just validated against the schema of a report.
  return value as Report;
}

/** A file of another kind has one mistake, not one in each of its lines. */
function assertReport({ value, position }: TextDocument, file: string): void {
  const kind = typeof value === 'object' && value !== null && 'trailproof' in value ? value.trailproof : undefined;
  if (kind === 'report/1') return;
  const isText = typeof kind === 'string';
  throw diagnosticsError([
    {
      file,
      ...position(['trailproof'], 'value'),
      message: isText ? `this is ${JSON.stringify(kind)}, not a report` : 'this is not a report',
      hint: kind === 'snapshot/1' ? 'trailproof check judges a snapshot' : 'check --output json=report.json writes one',
    },
  ]);
}

/** The report with the exit code that another policy gives. A run in which a rule crashed stays one. */
export function decidedAnew(report: Report, policy: GatePolicy): Report {
  const crashed = report.summary.exitCode === 2;
  const tally = withFloors(tallyOf(report.findings), report.frameworks ?? [], report.scope.rules);
  return { ...report, summary: { ...report.summary, exitCode: exitCode(tally, policy, crashed) } };
}
