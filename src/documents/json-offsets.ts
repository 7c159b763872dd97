import type { Pointer } from './diagnostic.ts';
import { endOfString } from './limits.ts';

interface Member {
  readonly key: number;
  readonly value: number;
}
type Members = ReadonlyMap<string | number, Member>;

/**
 * Where the parts of a JSON text stand. The text is known to be JSON. Each container is looked through once, and only
 * when something in it is asked for, so that a thousand mistakes in one list don't mean a thousand passes.
 */
export function jsonOffsets(text: string): (pointer: Pointer, what: 'key' | 'value') => number {
  const looked = new Map<number, Members>();
  const membersAt = (offset: number): Members => {
    const known = looked.get(offset) ?? readMembers(text, offset);
    looked.set(offset, known);
    return known;
  };
  return (pointer, what) => {
    let found: Member = { key: skipSpace(text, 0), value: skipSpace(text, 0) };
    for (const step of pointer) {
      const next = membersAt(found.value).get(text[found.value] === '[' ? step : String(step));
      if (!next) return found.value;
      found = next;
    }
    return found[what];
  };
}

function readMembers(text: string, container: number): Members {
  const opening = text[container];
  const members = new Map<string | number, Member>();
  if (opening !== '{' && opening !== '[') return members;
  let at = skipSpace(text, container + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const key = at;
    if (opening === '{') at = skipSpace(text, skipSpace(text, endOfString(text, at) + 1) + 1);
    // The text has been parsed before: a key is a JSON string.
    members.set(opening === '{' ? (JSON.parse(text.slice(key, endOfString(text, key) + 1)) as string) : members.size, {
      key,
      value: at,
    });
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    at += 1;
  } while (at < text.length && (depth > 0 || !ends(text, start, at)));
  return at;
}

/** A string or container ends with its last character, a number or word before the next sign. */
function ends(text: string, start: number, at: number): boolean {
  const first = text[start];
  return first === '"' || first === '{' || first === '[' || /[\s,\]}]/u.test(text[at] ?? '');
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (' \t\r\n'.includes(text[at] ?? '.')) at += 1;
  return at;
}
