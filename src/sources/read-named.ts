import { isDeepStrictEqual } from 'node:util';
import type { NamedElsewhere } from '../snapshot/named-elsewhere.ts';
import type { Pointer } from '../snapshot/pointers.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { sideBySide } from './side-by-side.ts';

export interface ReadingOn {
  /** The names of all accounts of the run, as they have been read so far. */
  readonly names: NamedElsewhere;
  readonly snapshotOf: (account: string) => Snapshot;
  /** Whether the account may be asked more. */
  readonly isOpen: (snapshot: Snapshot) => boolean;
  readonly readOn: (snapshot: Snapshot, pointers: readonly Pointer[]) => Promise<Snapshot>;
  /** Takes an account of which more is known now. */
  readonly onAccount: (snapshot: Snapshot) => Promise<void>;
  /** How many accounts are held and asked at any one time. */
  readonly concurrency: number;
}

/**
 * Reads in each account what others of the run name of it, and in the next round what that names: the bucket of a
 * member's trail, and then its key in a third account. Ends when nothing new is named.
 */
export async function readNamedElsewhere(reading: ReadingOn): Promise<void> {
  const asked = new Set<string>();
  for (;;) {
    const round = [...reading.names.byAccount()].flatMap(([account, pointers]) => {
      const keyOf = ({ to, name }: Pointer): string => `${account} ${to.name} ${name}`;
      const left = pointers.filter((pointer) => !asked.has(keyOf(pointer)));
      for (const pointer of left) asked.add(keyOf(pointer));
      return left.length === 0 ? [] : [{ account, pointers: left }];
    });
    if (round.length === 0) return;
    await sideBySide(round, reading.concurrency, ({ account, pointers }) => readIn(account, pointers, reading));
  }
}

async function readIn(
  account: string,
  pointers: readonly Pointer[],
  { names, snapshotOf, isOpen, readOn, onAccount }: ReadingOn,
): Promise<void> {
  const before = snapshotOf(account);
  if (!isOpen(before)) return;
  const after = await readOn(before, pointers);
  if (isDeepStrictEqual(after, before)) return;
  names.add(after);
  await onAccount(after);
}
