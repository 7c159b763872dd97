import { readFileSync } from 'node:fs';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** A snapshot as the file that `check` reads. */
export const snapshotText = (snapshot: Snapshot, layout: 'indented' | 'line'): string =>
  `${JSON.stringify(snapshot, undefined, layout === 'indented' ? 2 : undefined)}\n`;

/** What stands in files, one after the other: of snapshots that are a line each, JSON lines. */
export function* textsOf(files: readonly string[]): Generator<string> {
  for (const file of files) yield readFileSync(file, 'utf8');
}
