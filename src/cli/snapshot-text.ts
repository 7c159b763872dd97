import { readFileSync } from 'node:fs';
import { isMembers } from '../collectors/call.ts';
import type { Organization } from '../snapshot/organization.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { pseudonymsFor, withPseudonyms } from '../sources/pseudonyms.ts';

/** A snapshot as the file that `check` reads. */
export const snapshotText = (snapshot: Snapshot, layout: 'indented' | 'line'): string =>
  `${JSON.stringify(snapshot, undefined, layout === 'indented' ? 2 : undefined)}\n`;

/** What stands in files, one after the other: of snapshots that are a line each, JSON lines. */
export function* textsOf(files: readonly string[]): Generator<string> {
  for (const file of files) yield readFileSync(file, 'utf8');
}

/** The same with made-up ids, each id with the same one in all of the files, which are read twice for that. */
export function* redactedTexts(files: readonly string[]): Generator<string> {
  const pseudonyms = pseudonymsFor(valuesIn(files));
  for (const text of textsOf(files)) yield `${JSON.stringify(withPseudonyms(JSON.parse(text), pseudonyms))}\n`;
}

function* valuesIn(files: readonly string[]): Generator<unknown> {
  for (const text of textsOf(files)) {
    const value: unknown = JSON.parse(text);
    yield value;
    yield rootsIn(value);
  }
}

/** A root is known by the organization that stands before it, and in a record stands by itself. */
function rootsIn(value: unknown): readonly string[] {
  if (!isMembers(value) || value.trailproof !== 'organization/1') return [];
  // Written by this program, as its schema says.
  const { id, accounts } = value as unknown as Organization;
  return accounts.flatMap(({ parents = [] }) => parents.map((parent) => `${id}/${parent}`));
}
