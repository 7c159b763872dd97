import { isInBlock } from './cidr.ts';
import { type Element, type Leaf, leavesOf, type Scalar } from './leaves.ts';
import type { Alternative, EventPattern, NumberRange } from './pattern.ts';
import { passes } from './text-test.ts';

/**
 * Whether an event matches (aws-semantics §7.4): in some variant all fields, one alternative each. Of a list any
 * element may match, but fields below one list must match in one and the same element.
 */
export function matchesEventPattern({ variants }: EventPattern, event: unknown): boolean {
  const leaves = Map.groupBy(leavesOf(event), ({ name }) => name);
  return variants.some((fields) => matchesFields([...fields].toSorted(byName), leaves));
}

type Field = readonly [name: string, alternatives: readonly Alternative[]];

const byName = ([a]: Field, [b]: Field): number => (a < b ? -1 : 1);

/**
 * EventBridge goes from field to field in the order of their names, and settles on elements on its way: a field that
 * must be absent is looked for in the element that fields before it have settled on, in all of them if none has.
 */
function matchesFields(fields: readonly Field[], leaves: ReadonlyMap<string, readonly Leaf[]>): boolean {
  let settled: readonly (readonly Element[])[] = [[]];
  for (const [index, [name, alternatives]] of fields.entries()) {
    const next = fields[index + 1]?.[0] ?? '';
    const reached = settled.flatMap((inside) => settleOn(alternatives, leaves.get(name) ?? [], inside));
    // What no later field is below of makes no difference any more: that keeps the number of ways small.
    settled = distinct(reached.map((inside) => inside.filter((element) => next.startsWith(`${element.name}.`))));
  }
  return settled.length > 0;
}

/** In which elements a field matches, given those that are settled. */
function settleOn(
  alternatives: readonly Alternative[],
  leaves: readonly Leaf[],
  settled: readonly Element[],
): readonly (readonly Element[])[] {
  const near = leaves.filter(({ inside }) => inside.every((element) => !settled.some(excludes(element))));
  if (near.length === 0) return matchesAbsence(alternatives) ? [settled] : [];
  return near.filter(({ value }) => matchesValue(alternatives, value)).map(({ inside }) => [...settled, ...inside]);
}

const excludes =
  ({ list, index }: Element) =>
  (other: Element): boolean =>
    other.list === list && other.index !== index;

const distinct = (ways: readonly (readonly Element[])[]): readonly (readonly Element[])[] => [
  ...new Map(ways.map((way) => [way.map(({ list, index }) => `${list}:${index}`).join(' '), way])).values(),
];

/** Whether a leaf matches where nothing stands. */
export const matchesAbsence = (alternatives: readonly Alternative[]): boolean =>
  alternatives.some(({ is }) => is === 'absent');

/** Whether a leaf matches a value that is there. */
export const matchesValue = (alternatives: readonly Alternative[], value: Scalar): boolean =>
  alternatives.some((alternative) => isWanted(alternative, value));

function isWanted(alternative: Alternative, value: Scalar): boolean {
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
