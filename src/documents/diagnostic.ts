import { AppError, type ErrorCode } from '../errors.ts';

/** Where in a text: both from 1, columns in UTF-16 units as editors count them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The way to a part of a document: property names and list indexes from the root. */
export type Pointer = readonly (string | number)[];

/** One mistake in one file. */
export interface Diagnostic extends Place {
  readonly file: string;
  readonly message: string;
  /** What to do, or what was probably meant. */
  readonly hint?: string;
}

const shownMost = 100;

/** `rules/x.yaml:9:5 Nmae is not a property of AWS::S3::Bucket; did you mean Name?` */
export function formatDiagnostic({ file, line, column, message, hint }: Diagnostic): string {
  return printable(`${file}:${line}:${column} ${message}${hint === undefined ? '' : `; ${hint}`}`);
}

/** By file, then by place; the same mistake once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = diagnostics.toSorted(
    (a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column || order(a.message, b.message),
  );
  const seen = new Set<string>();
  return sorted.filter((diagnostic) => {
    const text = formatDiagnostic({ ...diagnostic, hint: '' });
    return !seen.has(text) && seen.add(text);
  });
}

/** All mistakes as one error, so that a person mends them in one go; past a hundred the rest is only counted. */
export function diagnosticsError(diagnostics: readonly Diagnostic[], code: ErrorCode = 'input'): AppError {
  const sorted = sortDiagnostics(diagnostics);
  const files = new Set(sorted.map(({ file }) => file));
  const [file = ''] = files;
  const where = files.size === 1 ? printable(file) : `${files.size} files`;
  const shown = sorted.slice(0, shownMost).map(formatDiagnostic);
  const rest = sorted.length - shown.length;
  return new AppError(code, `${sorted.length} ${sorted.length === 1 ? 'mistake' : 'mistakes'} in ${where}`, {
    details: rest > 0 ? [...shown, `and ${rest} more`] : shown,
  });
}

/** Throws if there is anything to say. */
export function throwDiagnostics(diagnostics: readonly Diagnostic[], code: ErrorCode = 'input'): void {
  if (diagnostics.length > 0) throw diagnosticsError(diagnostics, code);
}

/** The line and column of an offset. */
export function placeOf(text: string, offset: number, firstLine = 1): Place {
  let line = firstLine;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** The same for many offsets of one text: its lines are looked for once. */
export function placesIn(text: string, firstLine = 1): (offset: number) => Place {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + firstLine, column: offset - (starts[low] ?? 0) + 1 };
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

// Names and values come from files that anybody may have written: a terminal must not obey what is in them.
const unprintable = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
