import { diagnosticsError, throwDiagnostics } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText } from '../documents/files.ts';
import { schemaDiagnostics } from '../documents/schema-errors.ts';
import type { Baseline } from '../evaluation/baseline.ts';
import { isDay } from '../evaluation/calendar.ts';
import { isJsonFile, printedJson } from './printed-json.ts';

/** A baseline as it was read. */
export interface KnownDebt {
  /** As whoever named it called it. */
  readonly file: string;
  readonly entries: Baseline['entries'];
}

/** Reads a file of known failures. Mistakes are one AppError, with their places. */
export async function readBaseline(file: string): Promise<KnownDebt> {
  const text = await readText(file, { format: isJsonFile(file) ? 'JSON' : 'YAML' });
  const { value, position } = await parseDocument(text, { file, kind: 'baseline' });
  const { validate } = await import('../generated/validate-baseline.js');
  if (!validate(value)) throw diagnosticsError(schemaDiagnostics(validate.errors, { file, position }));
  // The schema has just said so.
  const { entries } = value as Baseline;
  throwDiagnostics(
    entries.flatMap(({ firstSeen }, index) =>
      isDay(firstSeen)
        ? []
        : { file, ...position(['entries', index, 'firstSeen'], 'value'), message: `there is no day ${firstSeen}` },
    ),
  );
  return { file, entries };
}

/** A baseline as the text of a file: JSON if the file is called so, else YAML. An entry changes its own lines alone. */
export async function baselineText(baseline: Baseline, file: string): Promise<string> {
  if (isJsonFile(file)) return printedJson(baseline);
  const { stringify } = await import('yaml');
  return stringify(baseline, { lineWidth: 0 });
}
