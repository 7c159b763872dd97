/** What a field of an event can hold. */
export type Scalar = string | number | boolean | null;

/** A value of an event, its path, and which element of each list around it it stands in. */
export interface Leaf {
  readonly name: string;
  readonly value: Scalar;
  readonly inside: readonly Element[];
}

/** An object or list that is an element of a list. */
export interface Element {
  /** The path of the list. */
  readonly name: string;
  /** Which of the event's lists. */
  readonly list: number;
  readonly index: number;
}

/** The values of an event: an object or list holds some and is none itself (aws-semantics §7.4, `exists`). */
export function leavesOf(event: unknown): readonly Leaf[] {
  let lists = 0;
  const below = (value: unknown, name: string, inside: readonly Element[]): readonly Leaf[] => {
    if (isScalar(value)) return [{ name, value, inside }];
    if (isObject(value)) return Object.entries(value).flatMap(([key, inner]) => below(inner, `${name}.${key}`, inside));
    if (!Array.isArray(value)) return [];
    const list = lists++;
    return value.flatMap((item: unknown, index) =>
      below(item, name, isScalar(item) ? inside : [...inside, { name, list, index }]),
    );
  };
  return isObject(event) ? Object.entries(event).flatMap(([key, value]) => below(value, key, [])) : [];
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
