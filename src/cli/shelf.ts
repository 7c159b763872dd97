import { closeSync, openSync } from 'node:fs';
import { AppError } from '../errors.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { normaliser } from '../snapshot/spelling.ts';
import type { Account, Place } from './inputs.ts';
import { registry } from './rule-set.ts';
import { readSpan, type ScratchFile, type Span, scratchFile } from './scratch-file.ts';

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
  /** Where each is that is not held: in a file, or in the temporary one. */
  const again = new Map<string, Place | Span>();
  let scratch: ScratchFile | undefined;
  const normalise = normaliser(registry);
  const keep = (id: string, { snapshot, at }: Account): void => {
    if (at) {
      again.set(id, at);
      return;
    }
    scratch ??= scratchFile();
    again.set(id, scratch.add(JSON.stringify(snapshot)));
  };
  return {
    put(account) {
      held.set(account.snapshot.account.id, account);
      for (const [id, oldest] of [...held].slice(0, -heldSnapshots)) {
        keep(id, oldest);
        held.delete(id);
      }
    },
    take(id) {
      const account = held.get(id);
      if (account) return account.snapshot;
      const at = again.get(id);
      if (at && 'file' in at) return readAgain(id, at, normalise);
      if (at && scratch) return JSON.parse(scratch.read(at)) as Snapshot;
      throw new Error(`there is no account ${id}`);
    },
    close: () => scratch?.close(),
  };
}

/** A line that was valid a moment ago. */
function readAgain(id: string, { file, ...span }: Place, normalise: (value: unknown) => unknown): Snapshot {
  const fd = openSync(file, 'r');
  try {
    const snapshot = normalise(JSON.parse(readSpan(fd, span))) as Snapshot;
    if (snapshot.account.id === id) return snapshot;
    throw new Error(`it is ${snapshot.account.id}`);
  } catch (cause) {
    throw new AppError('input', `${file} changed while it was being read`, { hint: 'Run it again.', cause });
  } finally {
    closeSync(fd);
  }
}
