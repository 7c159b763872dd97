import type { Refusal } from '../collectors/refusal.ts';
import { remember } from '../snapshot/remember.ts';
import type { AwsSession, Role } from './aws-session.ts';

/** An account with the way into it, or why there is none. */
export interface Entry {
  readonly session: AwsSession;
  readonly refusal: Refusal | undefined;
}

export interface EntryOptions {
  /** Ids of the accounts to be read, in their order. */
  readonly accounts: readonly string[];
  /** The role that leads into an account; undefined: the credentials at hand do. */
  readonly roleInto: (account: string) => Role | undefined;
  readonly deadline?: AbortSignal;
  /** How many accounts are entered before it is their turn. */
  readonly ahead: number;
}

/** The ways into accounts that are read one after the other. */
export interface Entries {
  /** The accounts as it is their turn: one that was entered for what another asks comes before those that were not. */
  readonly turns: Iterable<string>;
  /** The way into an account whose turn it is. */
  take(account: string): Promise<Entry>;
  /** Whether one of them can be entered, which is found out by entering it. */
  isOpen(account: string): Promise<boolean>;
}

/**
 * Enters each account once, when it is its turn or somebody asks about it before. The credentials of an account, and
 * what is connected with them, are held from then until it is its turn: of thousands that all were entered first they
 * would be most of what is held, and the last would have ended before they are used.
 */
export function startEntries(session: AwsSession, { accounts, roleInto, deadline, ahead }: EntryOptions): Entries {
  const left = new Set(accounts);
  /** Those that were entered and are not begun. */
  const waiting = new Map<string, Promise<Entry>>();
  const found = new Map<string, boolean>();
  const enter = (id: string): Promise<Entry> =>
    remember(waiting, id, async () => {
      const entry = await entryOf(session, roleInto(id), deadline);
      found.set(id, entry.refusal === undefined);
      return entry;
    });
  const next = (): string | undefined => {
    for (const id of waiting.keys()) if (left.has(id)) return id;
    return left.values().next().value;
  };
  return {
    turns: {
      *[Symbol.iterator]() {
        for (let id = next(); id !== undefined; id = next()) {
          left.delete(id);
          yield id;
        }
      },
    },
    async take(id) {
      const entry = enter(id);
      // So that nobody waits for a role when it is their turn. Who takes it hears why it failed.
      for (const later of firstOf(left, ahead)) enter(later).catch(() => undefined);
      return entry.finally(() => waiting.delete(id));
    },
    isOpen: async (id) =>
      found.get(id) ?? (left.has(id) || waiting.has(id) ? (await enter(id)).refusal === undefined : false),
  };
}

function* firstOf<T>(many: Iterable<T>, most: number): Generator<T> {
  let taken = 0;
  for (const one of many) {
    if (taken >= most) return;
    yield one;
    taken += 1;
  }
}

async function entryOf(session: AwsSession, role: Role | undefined, deadline: AbortSignal | undefined): Promise<Entry> {
  if (!role) return { session, refusal: undefined };
  const member = session.enter(role);
  const refusal = deadline?.aborted ? outOfTime : await member.assumeRole();
  const isLate = refusal?.code === outOfTime.code && deadline?.aborted;
  return { session: member, refusal: isLate ? outOfTime : refusal && naming(role.roleArn, refusal) };
}

/** Why a role could not be assumed, which one in any case: AWS does not always say it. */
export function naming(roleArn: string, { code, message = '' }: Refusal): Refusal {
  if (message.includes(roleArn)) return { code, message };
  return { code, message: [`${roleArn} could not be assumed`, ...(message === '' ? [] : [message])].join(': ') };
}

/** Why nothing is known of an account whose turn comes too late. */
export const outOfTime: Refusal = {
  code: 'TimedOut',
  message: 'The time for the whole scan was over before this account was begun.',
};
