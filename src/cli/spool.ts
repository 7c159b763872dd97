import { type ScratchFile, scratchFile } from './scratch-file.ts';

/** How much is held in memory, whichever is reached first. */
export interface Bounds {
  readonly items: number;
  /** Of the items as JSON, in UTF-16 units. */
  readonly length: number;
}

/** A list of plain data that is kept in memory while it is short, and in a temporary file once it is not. */
export interface Spool<T> extends Iterable<T> {
  readonly add: (item: T) => void;
  readonly close: () => void;
}

const bounds: Bounds = { items: 2_000, length: 8 * 1024 ** 2 };

/** An empty list. Whoever makes it closes it. */
export function spool<T>({ items, length }: Bounds = bounds): Spool<T> {
  let held: T[] = [];
  let heldLength = 0;
  let file: ScratchFile | undefined;
  const add = (item: T): void => {
    const line = JSON.stringify(item);
    if (file) {
      file.add(line);
      return;
    }
    held.push(item);
    heldLength += line.length;
    if (held.length <= items && heldLength <= length) return;
    file = scratchFile();
    for (const one of held) file.add(JSON.stringify(one));
    held = [];
  };
  return {
    add,
    close: () => file?.close(),
    *[Symbol.iterator]() {
      yield* held;
      for (const line of file?.lines() ?? []) yield JSON.parse(line);
    },
  };
}
