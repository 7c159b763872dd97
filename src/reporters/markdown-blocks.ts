import { plural } from './describe.ts';

/** A piece of text that is printed whole or not at all, and how many items of its list it says (0 for a heading). */
export interface Block {
  readonly text: string;
  readonly items: number;
}

/** Bytes in UTF-8. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

export interface Limit {
  readonly maxBytes: number;
  /** What the list is called where it is cut, and how many items it has. */
  readonly list: string;
  readonly items: number;
}

/** The blocks as long as they fit the bytes, and a line that says how many items of which list did not. */
export function* within(blocks: Iterable<Block>, { maxBytes, list, items }: Limit): Generator<string> {
  let used = 0;
  let left = items;
  for (const block of blocks) {
    used += bytesOf(block.text);
    if (used > maxBytes) break;
    yield block.text;
    left -= block.items;
  }
  if (left === 0) return;
  yield `\n**${plural(left, 'entry', 'entries')} left out of ${list}: a step summary may have 1 MiB.**\n`;
}
