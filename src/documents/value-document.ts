import { AppError } from '../errors.ts';
import { documentOrThrow } from './document.ts';
import { parseJson } from './json-document.ts';
import type { Parsed, TextDocument, TextSource } from './text-document.ts';

/**
 * A value that a program holds, read as the JSON that it would be in a file: what a file may not hold, it may not
 * either, and a mistake has the line and column of `JSON.stringify(value, undefined, 2)`. The value is not kept.
 *
 * @throws AppError `input` for what is no JSON: a ring, a big integer, a function.
 */
export function tryValue(value: unknown, source: TextSource): Parsed {
  return parseJson(jsonOf(value, source), { ...source, format: 'json' });
}

/** The same, its first mistake as an AppError. */
export const valueDocument = (value: unknown, source: TextSource): TextDocument =>
  documentOrThrow(tryValue(value, source), source);

function jsonOf(value: unknown, { file, kind }: TextSource): string {
  try {
    const text: unknown = JSON.stringify(value, undefined, 2);
    if (typeof text === 'string') return text;
  } catch (cause) {
    throw notJson(file, kind, cause);
  }
  throw notJson(file, kind, undefined);
}

const notJson = (file: string, kind: string, cause: unknown): AppError =>
  new AppError('input', `${file} cannot be written as JSON`, {
    hint: `Give the ${kind} as JSON.parse would return it.`,
    cause,
  });
