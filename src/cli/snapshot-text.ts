import type { Snapshot } from '../snapshot/snapshot.ts';

/** A snapshot as the file that `check` reads. */
export const snapshotText = (snapshot: Snapshot, layout: 'indented' | 'line'): string =>
  `${JSON.stringify(snapshot, undefined, layout === 'indented' ? 2 : undefined)}\n`;
