import type { Literal, RegexLiteral } from './pattern.ts';
import { type Reader, skipBlanks, takeMatch, Unreadable, unreadable } from './reader.ts';
import { parseRegex } from './regex.ts';

const number = /[+-]?\d+(\.\d+)?([eE][+-]?\d+)?(?=[\s)(&|}]|$)/y;
/** Quotes of another kind are left out: what they mean is not documented. */
const bare = /[^\s)(&|}{=<>!"'`%,]+/y;

/** What a field is compared with: in quotes or not, a number, or a regular expression between percent signs. */
export function readLiteral(reader: Reader): Literal {
  skipBlanks(reader);
  const start = reader.text[reader.offset];
  if (start === '"') return textOf(readQuoted(reader));
  if (start === '%') return readRegex(reader);
  const digits = takeMatch(reader, number);
  if (digits !== undefined) return { kind: 'number', value: Number(digits), written: digits };
  const word = takeMatch(reader, bare);
  if (word === undefined) throw unreadable(reader, 'a value');
  return textOf(word);
}

export function readNumber(reader: Reader): number {
  skipBlanks(reader);
  const digits = takeMatch(reader, number);
  if (digits === undefined) throw unreadable(reader, 'a number');
  return Number(digits);
}

/** `*` opens or closes a text; inside it is a character like others. */
function textOf(written: string): Literal {
  const openStart = written.startsWith('*');
  const openEnd = written.endsWith('*');
  const text = written.slice(openStart ? 1 : 0, openEnd ? -1 : undefined);
  return { kind: 'text', text, openStart, openEnd };
}

/** A text in double quotes, in which a backslash stands before a quote or another backslash. */
export function readQuoted(reader: Reader): string {
  const start = reader.offset;
  const quoted = takeMatch(reader, /"(?:[^"\\]|\\[\s\S])*"/y);
  if (quoted === undefined) throw new Unreadable(start, 'a quote opens and never closes');
  return quoted.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
}

export function readRegex(reader: Reader): RegexLiteral {
  const start = reader.offset;
  const written = takeMatch(reader, /%[^%]*%/y)?.slice(1, -1);
  if (written === undefined) throw new Unreadable(start, 'a regular expression opens and never closes');
  const regex = parseRegex(written);
  if ('mistake' in regex) throw new Unreadable(start + 1 + regex.offset, regex.mistake);
  return { kind: 'regex', written, regex };
}
