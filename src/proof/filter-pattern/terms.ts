import type { Term } from './pattern.ts';
import { type Reader, skipBlanks, takeMatch, Unreadable } from './reader.ts';

/** Words and phrases: `error ?timeout -debug "a phrase"`. */
export function readTerms(text: string): readonly Term[] {
  const reader: Reader = { text, offset: 0 };
  const terms: Term[] = [];
  for (skipBlanks(reader); reader.offset < text.length; skipBlanks(reader)) terms.push(readTerm(reader));
  return terms;
}

function readTerm(reader: Reader): Term {
  const start = reader.offset;
  const sign = takeMatch(reader, /[?-]/y);
  const how = sign === '?' ? 'any' : sign === '-' ? 'none' : 'all';
  const quoted = takeMatch(reader, /"(?:[^"\\]|\\[\s\S])*"/y);
  if (quoted !== undefined) return { how, text: quoted.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') };
  const word = takeMatch(reader, /[^\s"]+/y);
  if (word === undefined) throw new Unreadable(start, 'a word or a phrase in quotes is wanted');
  return { how, text: word };
}
