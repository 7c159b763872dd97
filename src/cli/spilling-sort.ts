import type { Sort } from '../reporters/sort.ts';
import { type ScratchFile, scratchFile } from './scratch-file.ts';
import type { Bounds } from './spool.ts';

const bounds: Bounds = { items: 10_000, length: 2 * 1024 ** 2 };

/** So many files are merged at once: each of them needs a piece of memory then. */
const fan = 64;

interface Entry<T> {
  readonly item: T;
  readonly line: string;
}

type Compare<T> = (a: T, b: T) => number;

/** Sorts in memory what is little, and by way of temporary files what is more. */
export const spillingSort =
  (most: Bounds = bounds): Sort =>
  <T>(items: Iterable<T>, compare: Compare<T>) =>
    sorted(items, (a: Entry<T>, b: Entry<T>) => compare(a.item, b.item), most);

function* sorted<T>(items: Iterable<T>, compare: Compare<Entry<T>>, most: Bounds): Generator<T> {
  /** Sorted files: the longer ones first, which hold what came earlier. */
  const levels: ScratchFile[][] = [];
  try {
    let held: Entry<T>[] = [];
    let length = 0;
    for (const item of items) {
      const line = JSON.stringify(item);
      held.push({ item, line });
      length += line.length;
      if (held.length < most.items && length < most.length) continue;
      store(held.sort(compare), levels, compare);
      held = [];
      length = 0;
    }
    held.sort(compare);
    if (levels.length > 0) {
      // While the files are read, whoever takes the items may have a lot to hold.
      store(held, levels, compare);
      held = [];
    }
    const runs = levels.toReversed().flat();
    for (const { item } of merged([...runs.map((run) => entriesOf<T>(run)), held], compare)) yield item;
  } finally {
    for (const run of levels.flat()) run.close();
  }
}

/** Keeps a sorted run in a file. Of a level with too many files one file of the next is made. */
function store<T>(run: Iterable<Entry<T>>, levels: ScratchFile[][], compare: Compare<Entry<T>>): void {
  const file = scratchFile();
  for (const { line } of run) file.add(line);
  put(file, 0, levels, compare);
}

function put<T>(file: ScratchFile, level: number, levels: ScratchFile[][], compare: Compare<Entry<T>>): void {
  const files = [...(levels[level] ?? []), file];
  levels[level] = files;
  if (files.length < fan) return;
  const longer = scratchFile();
  for (const { line } of merged(
    files.map((one) => entriesOf<T>(one)),
    compare,
  ))
    longer.add(line);
  for (const one of files) one.close();
  levels[level] = [];
  put(longer, level + 1, levels, compare);
}

function* entriesOf<T>(file: ScratchFile): Generator<Entry<T>> {
  for (const line of file.lines()) yield { item: JSON.parse(line), line };
}

/** The entries of sorted lists in order; of those that compare as equal, the earlier list's first. */
function merged<T>(lists: readonly Iterable<T>[], compare: Compare<T>): Iterable<T> {
  if (lists.length < 2) return lists[0] ?? [];
  const half = Math.ceil(lists.length / 2);
  return mergedTwo(merged(lists.slice(0, half), compare), merged(lists.slice(half), compare), compare);
}

function* mergedTwo<T>(left: Iterable<T>, right: Iterable<T>, compare: Compare<T>): Generator<T> {
  const [lefts, rights] = [left[Symbol.iterator](), right[Symbol.iterator]()];
  let [a, b] = [lefts.next(), rights.next()];
  while (!(a.done && b.done)) {
    const isLeft = b.done || (!a.done && compare(a.value, b.value) <= 0);
    const { value } = isLeft ? a : b;
    yield value;
    if (isLeft) a = lefts.next();
    else b = rights.next();
  }
}
