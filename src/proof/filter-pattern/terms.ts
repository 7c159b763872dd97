import { readQuoted, readRegex } from './literal.ts';
import type { Term } from './pattern.ts';
import { type Reader, skipBlanks, takeMatch, unreadable } from './reader.ts';

/** Words, phrases and regular expressions: `error ?timeout -debug "a phrase" %[45]\d\d%`. */
export function readTerms(text: string): readonly Term[] {
  const reader: Reader = { text, offset: 0 };
  const terms: Term[] = [];
  for (skipBlanks(reader); reader.offset < text.length; skipBlanks(reader)) terms.push(readTerm(reader));
  return terms;
}

function readTerm(reader: Reader): Term {
  const sign = takeMatch(reader, /[?-]/y);
  const how = sign === '?' ? 'any' : sign === '-' ? 'none' : 'all';
  const start = reader.text[reader.offset];
  if (start === '"') return { how, wanted: readQuoted(reader) };
  if (start === '%') return { how, wanted: readRegex(reader) };
  const word = takeMatch(reader, /[^\s"]+/y);
  if (word === undefined) throw unreadable(reader, 'a word or a phrase in quotes');
  return { how, wanted: word };
}
