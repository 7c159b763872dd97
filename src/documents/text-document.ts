import type { Diagnostic, Place, Pointer } from './diagnostic.ts';

/** What a text is read as: decides its limits and how its mistakes are called. */
export type DocumentKind = 'snapshot' | 'recording' | 'report' | 'baseline' | 'rules' | 'config';

export interface TextSource {
  /** As the user named it; shown in every mistake. */
  readonly file: string;
  readonly kind: DocumentKind;
  /** Left out: the file's ending says it, else the first character. */
  readonly format?: 'json' | 'yaml';
  /** The number of the text's first line, for a line out of a larger file. Default 1. */
  readonly firstLine?: number;
}

/** A parsed text that still knows where everything stands. */
export interface TextDocument {
  readonly value: unknown;
  /** The place of a value or of its key; of the nearest thing around it when there is no such part. */
  readonly position: (pointer: Pointer, what: 'key' | 'value') => Place;
}

export type Parsed = { readonly document: TextDocument } | { readonly mistake: Diagnostic };

/** Rules and config are written by people: a string in them has a limit that data has not. */
export const isAuthored = (kind: DocumentKind): boolean => kind === 'rules' || kind === 'config';

export function emptyFile({ file, kind, firstLine = 1 }: TextSource): Diagnostic {
  const wanted = kind === 'rules' ? 'rules' : `a ${kind}`;
  return { file, line: firstLine, column: 1, message: 'the file is empty', hint: `it should hold ${wanted}` };
}

/** Windows editors put one in front; it means nothing, and it would shift the first column. */
export const withoutByteOrderMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);
