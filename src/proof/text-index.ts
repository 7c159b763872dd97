import { remember } from '../snapshot/remember.ts';

/** A list of values, to be searched as often as there are resources. */
interface Index {
  readonly values: ReadonlySet<unknown>;
  /** Its texts in the order of their code units. */
  readonly sorted: readonly string[];
  /** How long its texts are. */
  readonly lengths: readonly number[];
  /** The characters beyond ASCII that its texts are spelled with. */
  readonly rare: ReadonlySet<string>;
}

const indexes = new WeakMap<readonly unknown[], Index>();

const indexOf = (list: readonly unknown[]): Index =>
  remember(indexes, list, () => {
    const texts = list.filter((value) => typeof value === 'string');
    return {
      values: new Set(list),
      sorted: texts.toSorted((a, b) => (a < b ? -1 : 1)),
      lengths: [...new Set(texts.map(({ length }) => length))],
      rare: new Set(texts.flatMap((text) => text.match(/\P{ASCII}/gu) ?? [])),
    };
  });

/** Of fewer values each is looked at: an index of them would take longer to make. */
const fewest = 8;

export const isListed = (list: readonly unknown[], value: unknown): boolean =>
  list.length < fewest ? list.includes(value) : indexOf(list).values.has(value);

/** Whether a character beyond ASCII stands in one of the texts. */
export const isSpelledWith = (list: readonly unknown[], character: string): boolean =>
  list.length < fewest
    ? list.some((text) => typeof text === 'string' && text.includes(character))
    : indexOf(list).rare.has(character);

/** Whether a text begins with one of the list. */
export function startsWithOne(text: string, beginnings: readonly string[]): boolean {
  if (beginnings.length < fewest) return beginnings.some((beginning) => text.startsWith(beginning));
  const { values, lengths } = indexOf(beginnings);
  return lengths.some((length) => length <= text.length && values.has(text.slice(0, length)));
}

/** The texts of a list that begin with one text. */
export function startingWith(list: readonly unknown[], beginning: string): readonly string[] {
  if (list.length < fewest) {
    return list.filter((text): text is string => typeof text === 'string' && text.startsWith(beginning));
  }
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
