import { withDeadline } from '../collectors/ask.ts';
import type { Call, Send } from '../collectors/call.ts';
import { collect } from '../collectors/collect.ts';
import type { Plan } from '../collectors/plan.ts';
import { type Refusal, refusalOf } from '../collectors/refusal.ts';
import type { RegionChoice } from '../collectors/regions.ts';
import { gapOf } from '../collectors/scan.ts';
import { AppError } from '../errors.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import type { Gap, Snapshot, SnapshotAccount } from '../snapshot/snapshot.ts';
import { type AwsSession, openSession, type SessionOptions } from './aws-session.ts';
import { byAwsClock } from './aws-time.ts';
import { naming } from './entries.ts';
import { recordedRefusal, recordingSend } from './record.ts';
import { accountOfRecording, assumeRole, type Recording, regionsOfRecording } from './recording.ts';
import { refusedRole, replaySend } from './replay.ts';
import { type ValuesRead, withoutUnread } from './unread-values.ts';

/** Where a snapshot comes from. */
export type Source = () => Promise<Snapshot>;

interface ReadOptions extends RegionChoice {
  readonly registry: Registry;
  readonly plan: Plan;
}

/** `account`: whose it was, where there are several. */
export type OnCall = (call: Call, outcome: 'answered' | Refusal, account?: string) => void;

export interface LiveOptions extends ReadOptions {
  readonly session: SessionOptions;
  /** ISO 8601 UTC. */
  readonly collectedAt: string;
  /** Whose clock says so, if nobody said it: where it is wrong AWS's holds. */
  readonly clock?: 'machine';
  /** Calls under way at any one time. */
  readonly concurrency?: number;
  /** Told of each call once it has been answered or refused. */
  readonly onCall?: OnCall;
  /** Takes the lines of a recording once the account has been read. */
  readonly record?: (lines: readonly string[]) => Promise<void>;
  /** The values that the recording keeps though not every report shows them. */
  readonly read: ValuesRead;
}

/** Calls under way at any one time, if nobody says otherwise. */
export const defaultConcurrency = 48;

/**
 * Reads an account from AWS. A role that AWS refuses gives a snapshot that is one gap.
 *
 * @throws AppError `credentials` or `network` before the first question, `usage` for a region that is not enabled or
 * for what is no role's ARN.
 */
export function liveSource(
  options: LiveOptions,
  open: (session: SessionOptions) => Promise<AwsSession> = openSession,
): Source {
  return async () => {
    const { collectedAt, record, session: wanted } = options;
    const { roleArn } = wanted;
    const behindRole = roleArn === undefined ? undefined : accountOfRole(roleArn);
    const session = await open(wanted);
    const refusal = await session.assumeRole();
    if (refusal && roleArn !== undefined && behindRole) {
      const { id: account, partition } = behindRole;
      const why = naming(roleArn, refusal);
      // Without it the recording of an earlier run would stay, and be taken for what this one saw.
      await record?.(recordedRefusal({ collectedAt, account, partition }, roleArn, why));
      return unreadAccount(behindRole, { gap: gapOf({ operation: assumeRole }, why), collectedAt });
    }
    const { account: id, partition, clockAhead } = await session.identify();
    const ahead = options.clock === 'machine' ? clockAhead : undefined;
    return readLive({ ...options, collectedAt: byAwsClock(collectedAt, ahead) }, session, { id, partition });
  };
}

async function readLive(options: LiveOptions, session: AwsSession, account: SnapshotAccount): Promise<Snapshot> {
  const { collectedAt, record, concurrency = defaultConcurrency, registry, plan } = options;
  const { deadline } = options.session;
  const ended = deadline ? withDeadline(session.send, deadline) : session.send;
  const send = options.onCall ? watched(ended, options.onCall) : ended;
  const recorder = recordingSend(send, withoutUnread(registry, options.read));
  const snapshot = await collect({
    registry,
    plan,
    ...choiceOf(options),
    send: record ? recorder.send : send,
    account,
    concurrency,
    collectedAt,
  });
  const { id, partition } = account;
  await record?.(recorder.lines({ collectedAt, account: id, partition, regions: snapshot.regions }));
  return snapshot;
}

/** The seam with somebody who is told of each call. */
export const watched =
  (send: Send, onCall: OnCall): Send =>
  async (call) => {
    try {
      const answer = await send(call);
      onCall(call, 'answered');
      return answer;
    } catch (thrown) {
      onCall(call, refusalOf(thrown));
      throw thrown;
    }
  };

/** What is said of regions, and no more. */
export const choiceOf = ({ regions, excludeRegions }: RegionChoice): RegionChoice => ({
  ...(regions && { regions }),
  ...(excludeRegions && { excludeRegions }),
});

/** An account that nobody was let into: nothing is known of it, which is not the same as having no trails. */
export function unreadAccount(
  account: SnapshotAccount,
  { gap, collectedAt }: { readonly gap: Gap; readonly collectedAt: string },
): Snapshot {
  return {
    trailproof: 'snapshot/1',
    account,
    collectedAt,
    regions: [],
    resources: {},
    operations: [],
    gaps: [gap],
    absent: [],
  };
}

/**
 * The account that a role is in.
 *
 * @throws AppError `usage` for what is no role's ARN.
 */
export function accountOfRole(roleArn: string): SnapshotAccount {
  const [, partition, id] = /^arn:([\w-]+):iam::(\d{12}):role\/.+/.exec(roleArn) ?? [];
  if (partition && id) return { id, partition };
  throw new AppError('usage', `${roleArn} is not the ARN of a role`, {
    hint: 'It looks like arn:aws:iam::111122223333:role/audit.',
  });
}

export interface ReplayOptions extends ReadOptions {
  readonly recording: Recording;
  /** For recordings without a header; left out: what the calls say. */
  readonly account?: SnapshotAccount;
  readonly collectedAt?: string;
}

/**
 * Reads an account from a recording, with the same collectors and no network.
 *
 * @throws AppError `input` for a recording that does not say which account or moment it is about.
 */
export function replaySource(options: ReplayOptions): Source {
  const { recording, registry, plan } = options;
  return async () => {
    const regions = options.regions ?? regionsOfRecording(recording);
    const account = options.account ?? accountOfRecording(recording) ?? saysNo('account', '--account');
    const collectedAt = options.collectedAt ?? recording.header?.collectedAt ?? saysNo('time', '--now');
    const refusal = refusedRole(recording);
    if (refusal) return unreadAccount(account, { gap: gapOf({ operation: assumeRole }, refusal), collectedAt });
    return collect({
      registry,
      plan,
      ...choiceOf({ ...options, ...(regions && { regions }) }),
      send: replaySend(recording, registry),
      account,
      // There is nothing to be gentle with.
      concurrency: Number.POSITIVE_INFINITY,
      collectedAt,
    });
  };
}

function saysNo(what: string, flag: string): never {
  throw new AppError('input', `The recording has no header and no call that says the ${what}`, {
    hint: `Give the ${what} with ${flag}.`,
  });
}
