import type { ErrorCode } from '../errors.ts';
import { diagnosticsError } from './diagnostic.ts';
import { parseJson } from './json-document.ts';
import type { DocumentKind, Parsed, TextDocument, TextSource } from './text-document.ts';

const codes: Readonly<Record<DocumentKind, ErrorCode>> = {
  snapshot: 'input',
  recording: 'input',
  report: 'input',
  baseline: 'input',
  rules: 'rule',
  config: 'config',
};

/** The text's value, or its first mistake as an AppError. */
export async function parseDocument(text: string, source: TextSource): Promise<TextDocument> {
  return documentOrThrow(await tryDocument(text, source), source);
}

/** What was parsed, or its mistake as an AppError. */
export function documentOrThrow(parsed: Parsed, { kind }: Pick<TextSource, 'kind'>): TextDocument {
  if ('document' in parsed) return parsed.document;
  throw diagnosticsError([parsed.mistake], codes[kind]);
}

/** The text's value or its first mistake, for readers that collect the mistakes of many files. */
export async function tryDocument(text: string, source: TextSource): Promise<Parsed> {
  if (formatOf(text, source) === 'json') return parseJson(text, source);
  // The YAML library takes longer to load than most JSON snapshots to check.
  const { parseYaml } = await import('./yaml-document.ts');
  return parseYaml(text, source);
}

function formatOf(text: string, { file, format }: TextSource): 'json' | 'yaml' {
  if (format) return format;
  if (/\.(json|jsonl|ndjson)$/iu.test(file)) return 'json';
  if (/\.ya?ml$/iu.test(file)) return 'yaml';
  return /^\ufeff?\s*[[{]/u.test(text) ? 'json' : 'yaml';
}
