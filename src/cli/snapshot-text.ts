import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** A snapshot as the file that `check` reads. */
export const snapshotText = (snapshot: Snapshot, layout: 'indented' | 'line'): string =>
  `${JSON.stringify(snapshot, undefined, layout === 'indented' ? 2 : undefined)}\n`;

/** What stands in files, one after the other: of snapshots that are a line each, JSON lines. */
export function* textsOf(files: readonly string[]): Generator<string> {
  for (const file of files) yield readFileSync(file, 'utf8');
}

/** Prints files, none before the reader has taken those before it. */
export async function printFiles(files: readonly string[], stream: Writable): Promise<void> {
  for (const text of textsOf(files)) {
    // Not `once` of node:events: a reader that has gone away is no error here.
    if (!stream.write(text)) await new Promise<void>((taken) => stream.once('drain', taken));
  }
}
