import { readAlternative } from './alternatives.ts';
import { Mistaken, mistaken } from './mistaken.ts';
import type { Alternative, EventPattern, PatternMistake } from './pattern.ts';
import { isWritten, readWritten } from './written.ts';

/** EventBridge counts characters of a pattern (aws-semantics §7.3). */
const maxLength = 4096;
/** What `$or` may multiply to: EventBridge takes no more either. */
const maxVariants = 1000;

/**
 * Reads an event pattern as EventBridge validates it (aws-semantics §7.4): every leaf is a list, a key with dots is the
 * path that it spells, and of two leaves of one path the last counts.
 */
export function parseEventPattern(text: string): EventPattern | PatternMistake {
  if (text.length > maxLength) return { where: '', mistake: `longer than ${maxLength} characters` };
  const read = readWritten(text);
  if ('mistake' in read) return { where: '', mistake: `not valid JSON at column ${read.column}: ${read.mistake}` };
  return mistaken(() => ({ variants: readObject(read.value, { path: [], name: '' }, [new Map()]) }));
}

/** Where an object of a pattern stands. */
interface Place {
  /** As it is written, for what is said of a mistake. */
  readonly path: readonly string[];
  /** The path of the field that it is; empty: of none, for it is the pattern itself. */
  readonly name: string;
  /** Words of the pattern language are no names of fields there. */
  readonly insideOr?: true;
}

/** A variant while it is read: its own copy, so that fields are added in place, however many variants there are. */
type Growing = Map<string, readonly Alternative[]>;

/** The variants with what an object says. */
function readObject(written: unknown, place: Place, variants: readonly Growing[]): readonly Growing[] {
  if (!isWritten(written)) throw new Mistaken(place.path, 'a pattern is an object');
  if (written.members.length === 0) throw new Mistaken(place.path, 'an empty object matches nothing');
  return written.members.reduce((before, [key, value]) => {
    const path = [...place.path, key];
    if (key === '$or') return readOr(value, { ...place, path }, before);
    if (place.insideOr && reserved.has(key)) throw new Mistaken(path, `below $or, ${key} is no name of a field`);
    const name = place.name === '' ? key : `${place.name}.${key}`;
    if (isWritten(value)) return readObject(value, { ...place, path, name }, before);
    const alternatives = readLeaf(value, path);
    for (const fields of before) fields.set(name, alternatives);
    return before;
  }, variants);
}

function readLeaf(value: unknown, path: readonly string[]): readonly Alternative[] {
  if (!Array.isArray(value)) throw new Mistaken(path, 'the values to match are written as a list');
  if (value.length === 0) throw new Mistaken(path, 'an empty list matches nothing');
  return value.map((item: unknown, index) => readAlternative(item, [...path, String(index)]));
}

/** Every variant with each of two objects or more. */
function readOr(value: unknown, place: Place, variants: readonly Growing[]): readonly Growing[] {
  if (!Array.isArray(value)) throw new Mistaken(place.path, '$or takes a list of objects');
  if (value.length < 2) throw new Mistaken(place.path, '$or takes two objects or more');
  const joined: Growing[] = [];
  for (const [index, item] of value.entries()) {
    const path = [...place.path, String(index)];
    const own = variants.map((fields) => new Map(fields));
    joined.push(...readObject(item, { ...place, path, insideOr: true }, own));
    if (joined.length > maxVariants) throw new Mistaken(path, `more than ${maxVariants} combinations`);
  }
  return joined;
}

/** The engine's own list, with what it keeps for later. */
const reserved: ReadonlySet<string> = new Set(
  (
    'exactly prefix suffix equals-ignore-case wildcard numeric cidr exists anything-but = < <= > >= regex ' +
    'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);
