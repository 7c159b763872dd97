import { withDeadline } from '../collectors/ask.ts';
import { collect } from '../collectors/collect.ts';
import { collectNamed } from '../collectors/collect-named.ts';
import { gapOf } from '../collectors/scan.ts';
import { startNames } from '../snapshot/named-elsewhere.ts';
import type { Pointer } from '../snapshot/pointers.ts';
import type { Gap, Snapshot, SnapshotAccount } from '../snapshot/snapshot.ts';
import type { AwsSession, Identity, Role } from './aws-session.ts';
import { type Entry, outOfTime, startEntries } from './entries.ts';
import { endedCredentials } from './not-connected.ts';
import { readNamedElsewhere } from './read-named.ts';
import { assumeRole } from './recording.ts';
import { sideBySide } from './side-by-side.ts';
import { choiceOf, type LiveOptions, unreadAccount, watched } from './source.ts';

/** The role that every account but the caller's own is entered by. */
export interface MemberRole {
  /** Without its account, `trailproof`; a path may stand before it. */
  readonly name: string;
  readonly externalId?: string;
}

export interface ManyOptions
  extends Pick<LiveOptions, 'registry' | 'plan' | 'regions' | 'excludeRegions' | 'collectedAt' | 'onCall'> {
  /** Ids. */
  readonly accounts: readonly string[];
  /** Those of them that an earlier run has read. */
  readonly finished: ReadonlySet<string>;
  /** The role that leads into an account; undefined: the credentials at hand do. */
  readonly roleInto: (account: string) => Role | undefined;
  /** How many accounts are read at any one time. */
  readonly concurrency: number;
  readonly deadline?: AbortSignal;
  /** Takes each account as soon as it is read, in whatever order that is. */
  readonly onAccount: (snapshot: Snapshot) => Promise<void>;
  /** Takes an account once more when what others name of it has been read too. */
  readonly onMore: (snapshot: Snapshot) => Promise<void>;
  /** What was taken of an account, or was finished before. */
  readonly snapshotOf: (account: string) => Snapshot;
}

/** How many accounts are read at any one time, if nobody says otherwise. */
export const defaultAccountConcurrency = 8;
/** AWS lets a role be taken on hundreds of times a second (aws-semantics §10.4). */
const entriesAtOnce = 48;

/** Who asks. */
export type Caller = Pick<Identity, 'account' | 'partition' | 'clockAhead'>;

/**
 * The role of a name in every account but the caller's own, which is read with the credentials at hand: they rarely
 * may take on a role of their own account (aws-semantics §10.1). In the caller's partition, whatever that is, for
 * organizations never leave theirs (§10.3).
 */
export const roleByName =
  ({ account: own, partition }: Caller, { name, externalId }: MemberRole): ManyOptions['roleInto'] =>
  (account) => {
    if (account === own) return undefined;
    return {
      roleArn: `arn:${partition}:iam::${account}:role/${name}`,
      ...(externalId !== undefined && { externalId }),
    };
  };

/**
 * Reads accounts side by side, each with the role that leads into it. An account that AWS lets nobody into, and one
 * that time was too short for, is a snapshot that is one gap.
 *
 * What one of them owns is asked about in that one alone, so that it is entered before its turn if another sees some of
 * it. What they name of each other is read when all of them have said what is theirs.
 *
 * @throws AppError where nothing may be concluded; then no account is begun any more.
 */
export async function readManyAccounts(
  session: AwsSession,
  { partition }: Pick<Caller, 'partition'>,
  options: ManyOptions,
): Promise<void> {
  const { accounts, finished, concurrency, roleInto, deadline, onAccount, registry, snapshotOf } = options;
  const left = accounts.filter((id) => !finished.has(id)).toSorted();
  // What the caller's own account has, an organization's trail most of all, the others' findings may need.
  const isOwn = (id: string): boolean => roleInto(id) === undefined;
  const order = [...left.filter(isOwn), ...left.filter((id) => !isOwn(id))];
  const entries = startEntries(session, {
    accounts: order,
    roleInto,
    ahead: concurrency,
    ...(deadline && { deadline }),
  });
  const isReadToo = async (id: string): Promise<boolean> => finished.has(id) || entries.isOpen(id);
  const names = startNames(registry);
  for (const id of accounts.filter((one) => finished.has(one))) names.add(snapshotOf(id));
  const failure = new AbortController();
  const readOne = async (id: string): Promise<void> => {
    if (failure.signal.aborted) return;
    const entry = await entries.take(id);
    const snapshot = await readEntered(entry, { id, partition }, { ...options, isReadToo, failure: failure.signal });
    // What was broken off is not what AWS said.
    if (failure.signal.aborted) return;
    names.add(snapshot);
    await onAccount(snapshot);
  };
  await sideBySide(entries.turns, concurrency, (id) =>
    readOne(id).catch((thrown: unknown) => {
      failure.abort();
      throw thrown;
    }),
  );
  await readNamedElsewhere({
    names,
    snapshotOf,
    isOpen: (snapshot) => isFinished(snapshot) && !deadline?.aborted,
    readOn: (snapshot, pointers) => readOn(session, { snapshot, pointers }, options),
    onAccount: options.onMore,
    // A call or two each, as entering them is.
    concurrency: entriesAtOnce,
  });
}

/** An account is entered again for what others name of it: most own nothing of the kind. */
function readOn(
  session: AwsSession,
  { snapshot, pointers }: { readonly snapshot: Snapshot; readonly pointers: readonly Pointer[] },
  { registry, plan, roleInto, deadline, onCall }: ManyOptions,
): Promise<Snapshot> {
  const { id } = snapshot.account;
  const role = roleInto(id);
  const { send: plain } = role ? session.enter(role) : session;
  const send = deadline ? withDeadline(plain, deadline) : plain;
  return collectNamed(snapshot, pointers, {
    registry,
    plan,
    send: onCall ? watched(send, (call, outcome) => onCall(call, outcome, id)) : send,
    // The session limits the calls of all accounts together.
    concurrency: Number.POSITIVE_INFINITY,
  });
}

async function readEntered(
  { session, refusal }: Entry,
  account: SnapshotAccount,
  options: ManyOptions & { readonly isReadToo: (account: string) => Promise<boolean>; readonly failure: AbortSignal },
): Promise<Snapshot> {
  const { registry, plan, collectedAt, deadline, onCall, isReadToo, failure } = options;
  if (refusal && refusal !== outOfTime) {
    return unreadAccount(account, { gap: gapOf({ operation: assumeRole }, refusal), collectedAt });
  }
  if (refusal || deadline?.aborted) return unreadAccount(account, { gap: gapOf({}, outOfTime), collectedAt });
  const end = deadline ? AbortSignal.any([deadline, failure]) : failure;
  const send = withDeadline(session.send, end);
  return collect({
    registry,
    plan,
    ...choiceOf(options),
    notEnabled: 'leave out',
    send: onCall ? watched(send, (call, outcome) => onCall(call, outcome, account.id)) : send,
    account,
    // The session limits the calls of all accounts together.
    concurrency: Number.POSITIVE_INFINITY,
    collectedAt,
    isReadToo,
  });
}

/**
 * Whether a snapshot is all that could be had: nobody was refused the account, and in it neither time ran out nor the
 * credentials did.
 */
export const isFinished = ({ gaps = [] }: Pick<Snapshot, 'gaps'>): boolean =>
  !gaps.some((gap) => isOfWholeAccount(gap) || gap.error === outOfTime.code || endedCredentials.has(gap.error));

const isOfWholeAccount = ({ operation, region, resource }: Gap): boolean =>
  !region && !resource && (operation === undefined || operation === assumeRole);
