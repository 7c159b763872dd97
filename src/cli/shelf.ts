import { AppError } from '../errors.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { normaliser } from '../snapshot/spelling.ts';
import type { Account } from './inputs.ts';
import { registry } from './rule-set.ts';
import { openSpool, type Place, readPlace } from './spool.ts';

/** The snapshots of a run, within reach and not in memory: what other accounts point at is looked up again and again. */
export interface Shelf {
  put(account: Account): void;
  /** @throws AppError `input` if the file that it is in has changed meanwhile. */
  take(account: string): Snapshot;
  close(): void;
}

/** A run of so few is held as it is. */
const heldSnapshots = 4;

/** Opens a shelf. A snapshot that has a place in a file is read again there; another goes to a temporary file. */
export function openShelf(): Shelf {
  const held = new Map<string, Account>();
  const places = new Map<string, Place>();
  const spool = openSpool();
  const normalise = normaliser(registry);
  return {
    put(account) {
      held.set(account.snapshot.account.id, account);
      for (const [id, { snapshot, at }] of [...held].slice(0, -heldSnapshots)) {
        places.set(id, at ?? spool.add(JSON.stringify(snapshot)));
        held.delete(id);
      }
    },
    take(id) {
      const account = held.get(id);
      if (account) return account.snapshot;
      const place = places.get(id);
      if (!place) throw new Error(`there is no account ${id}`);
      const snapshot = parsed(readPlace(place), normalise);
      if (snapshot?.account.id === id) return snapshot;
      throw new AppError('input', `${place.file} changed while it was being read`, { hint: 'Run it again.' });
    },
    close: spool.close,
  };
}

/** What was valid a moment ago. */
function parsed(text: string, normalise: (value: unknown) => unknown): Snapshot | undefined {
  try {
    return normalise(JSON.parse(text)) as Snapshot;
  } catch {
    return undefined;
  }
}
