import { remember } from '../snapshot/remember.ts';

/** A list of values, to be searched as often as there are resources. */
interface Index {
  readonly values: ReadonlySet<unknown>;
  /** Its texts in the order of their code units. */
  readonly sorted: readonly string[];
  /** How long its texts are. */
  readonly lengths: readonly number[];
}

const indexes = new WeakMap<readonly unknown[], Index>();

const indexOf = (list: readonly unknown[]): Index =>
  remember(indexes, list, () => {
    const texts = list.filter((value) => typeof value === 'string');
    return {
      values: new Set(list),
      sorted: texts.toSorted((a, b) => (a < b ? -1 : 1)),
      lengths: [...new Set(texts.map(({ length }) => length))],
    };
  });

export const isListed = (list: readonly unknown[], value: unknown): boolean => indexOf(list).values.has(value);

/** Whether a text begins with one of the list. */
export function startsWithOne(text: string, beginnings: readonly string[]): boolean {
  const { values, lengths } = indexOf(beginnings);
  return lengths.some((length) => values.has(text.slice(0, length)));
}

/** The texts of a list that begin with one text. */
export function startingWith(list: readonly unknown[], beginning: string): readonly string[] {
  const { sorted } = indexOf(list);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle] ?? '') < beginning) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (sorted[end]?.startsWith(beginning)) end += 1;
  return sorted.slice(low, end);
}
