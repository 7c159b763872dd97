import { readEmbedded } from '../embedded-json.ts';
import { readAlternative } from './alternatives.ts';
import { Mistaken, mistaken } from './mistaken.ts';
import {
  type Alternative,
  type EventPattern,
  type Fields,
  isLeaf,
  type PatternMistake,
  type PatternNode,
} from './pattern.ts';

/** EventBridge counts characters of a pattern (aws-semantics §7.3). */
const maxLength = 4096;
/** What `$or` may multiply to: the engine takes no more either. */
const maxVariants = 1000;

/**
 * Reads an event pattern as EventBridge validates it (aws-semantics §7.4): of two equal keys the last counts, every
 * leaf is a list, and a key with dots is the path that it spells.
 */
export function parseEventPattern(text: string): EventPattern | PatternMistake {
  if (text.length > maxLength) return { where: '', mistake: `longer than ${maxLength} characters` };
  const read = readEmbedded(text);
  if ('mistake' in read) return { where: '', mistake: `not valid JSON at column ${read.column}: ${read.mistake}` };
  return mistaken(() => ({ pattern: readNode(read.value, []) }));
}

type Path = readonly string[];
type Field = PatternNode | readonly Alternative[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readNode(written: unknown, path: Path): PatternNode {
  if (!isObject(written)) throw new Mistaken(path, 'a pattern is an object');
  const entries = Object.entries(written);
  if (entries.length === 0) throw new Mistaken(path, 'an empty object matches nothing');
  const variants = entries.reduce<readonly Fields[]>((before, [key, value]) => {
    const at = [...path, key];
    if (key === '$or') return product(before, readOr(value, at), at);
    const field = readField(value, at);
    return before.map((fields) => withField(fields, key.split('.'), field));
  }, noFields);
  return { variants };
}

const noFields: readonly Fields[] = [new Map()];

/** Every variant with each of others; a field that both name is the later's. */
function product(before: readonly Fields[], others: readonly Fields[], path: Path): readonly Fields[] {
  if (before.length * others.length > maxVariants) throw new Mistaken(path, `more than ${maxVariants} combinations`);
  return before.flatMap((fields) =>
    others.map((more) => [...more].reduce((joined, [key, field]) => withField(joined, [key], field), fields)),
  );
}

/** A dotted key is a path; what already stands at its beginning is joined. */
function withField(fields: Fields, [first = '', ...rest]: Path, field: Field): Fields {
  const before = fields.get(first);
  const inner = before && !isLeaf(before) ? before.variants : noFields;
  if (rest.length > 0) {
    const variants = inner.map((one) => withField(one, rest, field));
    return new Map([...fields, [first, { variants }]]);
  }
  const joined = isLeaf(field) ? field : { variants: product(inner, field.variants, [first]) };
  return new Map([...fields, [first, joined]]);
}

function readField(value: unknown, path: Path): Field {
  if (isObject(value)) return readNode(value, path);
  if (!Array.isArray(value)) throw new Mistaken(path, 'the values to match are written as a list');
  if (value.length === 0) throw new Mistaken(path, 'an empty list matches nothing');
  return value.map((item: unknown, index) => readAlternative(item, [...path, String(index)]));
}

/** The variants of two objects or more, whose keys are names of fields. */
function readOr(value: unknown, path: Path): readonly Fields[] {
  if (!Array.isArray(value)) throw new Mistaken(path, '$or takes a list of objects');
  if (!value.every(isObject)) throw new Mistaken(path, '$or takes objects alone');
  if (value.length < 2) throw new Mistaken(path, '$or takes two objects or more');
  return value.flatMap((item, index) => {
    const reserved = Object.keys(item).find((key) => operators.has(key));
    if (reserved !== undefined) throw new Mistaken(path, `${reserved} is an operator, not the name of a field`);
    return readNode(item, [...path, String(index)]).variants;
  });
}

const operators: ReadonlySet<string> = new Set([
  'exactly',
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'numeric',
  'cidr',
  'exists',
  'anything-but',
]);
