import { isInBlock } from './cidr.ts';
import {
  type Alternative,
  type EventPattern,
  type Fields,
  isLeaf,
  type NumberRange,
  type PatternNode,
  type TextTest,
} from './pattern.ts';

export type Scalar = string | number | boolean | null;

/**
 * Whether an event matches (aws-semantics §7.4): all fields, one alternative each; of a list any element may match,
 * but fields below one list must match in one and the same element.
 */
export const matchesEventPattern = ({ pattern }: EventPattern, event: unknown): boolean => matchesNode(pattern, event);

const matchesNode = ({ variants }: PatternNode, value: unknown): boolean =>
  elementsOf(value).some((element) => variants.some((fields) => matchesFields(fields, element)));

const matchesFields = (fields: Fields, element: Members): boolean =>
  [...fields].every(([key, field]) =>
    isLeaf(field) ? matchesLeaf(field, scalarsOf(element[key])) : matchesNode(field, element[key]),
  );

/** Whether a leaf matches where these values stand. */
export const matchesLeaf = (alternatives: readonly Alternative[], values: readonly Scalar[]): boolean =>
  alternatives.some((alternative) =>
    alternative.is === 'absent' ? values.length === 0 : values.some((value) => matchesValue(alternative, value)),
  );

/** Whether one value that is there is what is wanted. */
function matchesValue(alternative: Alternative, value: Scalar): boolean {
  switch (alternative.is) {
    case 'equals':
      return alternative.value === value;
    case 'exists':
      return true;
    case 'absent':
      return false;
    case 'text':
      return typeof value === 'string' && passes(alternative.how, value);
    case 'number':
      return typeof value === 'number' && isInRange(alternative.range, value);
    case 'cidr':
      return typeof value === 'string' && isInBlock(value, alternative.block);
    case 'anything-but':
      return !alternative.values.some((excluded) => excluded === value);
    default:
      return !(typeof value === 'string' && alternative.tests.some((test) => passes(test, value)));
  }
}

function isInRange({ above, below }: NumberRange, value: number): boolean {
  const low = !above || value > above.value || (above.included && value === above.value);
  const high = !below || value < below.value || (below.included && value === below.value);
  return low && high;
}

function passes(test: TextTest, value: string): boolean {
  switch (test.by) {
    case 'equals-ignore-case':
      return folded(value) === folded(test.text);
    case 'wildcard':
      return matchesPieces(test.pieces, value);
    default: {
      const [text, wanted] = test.ignoreCase ? [folded(value), folded(test.text)] : [value, test.text];
      return test.by === 'prefix' ? text.startsWith(wanted) : text.endsWith(wanted);
    }
  }
}

/** Letters that differ in case alone become one: some have two lower forms, and some two upper ones. */
const folded = (text: string): string => text.toUpperCase().toLowerCase();

/** The first piece begins the text, the last ends it, the others follow in order: the earliest place is always best. */
function matchesPieces(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}

type Members = Readonly<Record<string, unknown>>;
const nothing: Members = Object.freeze(Object.create(null)) as Members;

const isMembers = (item: unknown): item is Members => typeof item === 'object' && item !== null && !Array.isArray(item);

/** The objects at a place: itself, or those in a list; where there are none, one without members. */
function elementsOf(value: unknown): readonly Members[] {
  const objects = flat(value).filter(isMembers);
  return objects.length > 0 ? objects.map(own) : [nothing];
}

/** Without what objects inherit, for `constructor` is no field of an event; a key with dots is the path that it spells. */
function own(value: Members): Members {
  const members = Object.assign(Object.create(null) as Record<string, unknown>, value);
  for (const [key, inner] of Object.entries(value)) {
    const dot = key.indexOf('.');
    if (dot < 0) continue;
    const first = key.slice(0, dot);
    const before = members[first];
    const below = { [key.slice(dot + 1)]: inner };
    if (before === undefined) members[first] = below;
    else members[first] = isMembers(before) ? { ...before, ...below } : [before, below].flat();
  }
  return members;
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const scalarsOf = (value: unknown): readonly Scalar[] => flat(value).filter(isScalar);

const flat = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : value === undefined ? [] : [value];
