import { plural } from './describe.ts';

/** A piece of text that is printed whole or not at all, and how many items of its list it says (0 for a heading). */
export interface Block {
  readonly text: string;
  readonly items: number;
}

/** Bytes in UTF-8. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** The blocks as long as they fit the bytes, and a line that says how many items of which list did not. */
export function within(blocks: readonly Block[], maxBytes: number, list: string): string {
  const kept: string[] = [];
  let used = 0;
  for (const { text } of blocks) {
    used += bytesOf(text);
    if (used > maxBytes) break;
    kept.push(text);
  }
  const left = blocks.slice(kept.length).reduce((sum, { items }) => sum + items, 0);
  if (left === 0) return kept.join('');
  const entries = plural(left, 'entry', 'entries');
  return `${kept.join('')}\n**${entries} left out of ${list}: a step summary may have 1 MiB.**\n`;
}
