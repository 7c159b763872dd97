import type { Plan } from '../collectors/plan.ts';
import { AppError } from '../errors.ts';
import type { ValuesRead } from '../sources/unread-values.ts';
import { clockRemark, currentTime } from './clock.ts';
import type { LiveFlags, RedactFlag } from './flags.ts';
import type { Account } from './inputs.ts';
import { replayed } from './recordings.ts';
import { registry } from './rule-set.ts';
import { watchCalls } from './watch-calls.ts';
import { writeFiles } from './write-file.ts';

export interface ReadOptions {
  readonly plan: Plan;
  /** What a recording keeps because the run reads it. */
  readonly read: ValuesRead;
  /** ISO 8601 UTC; undefined: the clock's. */
  readonly now: string | undefined;
  readonly quiet?: boolean;
}

export interface ReadAccount extends Account {
  /** The lines of a recording of it, where somebody wants what is written to be redacted. */
  readonly recorded?: readonly string[];
}

/** The account that the flags mean: live, or from a recording. */
export async function readAccount(
  flags: LiveFlags & Partial<RedactFlag>,
  { plan, read, now, quiet = false }: ReadOptions,
): Promise<ReadAccount> {
  const { region: regions, 'exclude-region': excludeRegions, replay, account } = flags;
  const choice = { ...(regions && { regions }), ...(excludeRegions && { excludeRegions }) };
  if (replay !== undefined) {
    return replayed(replay, {
      registry,
      plan,
      ...choice,
      ...(now !== undefined && { now }),
      ...(account !== undefined && { account }),
    });
  }
  if (account !== undefined) {
    throw new AppError('usage', '--account is for recordings', {
      hint: 'Which account is read follows from the credentials; --account-id reads others through a role.',
    });
  }
  const [{ liveSource }, { redactIds }] = await Promise.all([
    import('../sources/source.ts'),
    import('../sources/pseudonyms.ts'),
  ]);
  const { record, redact, verbose, 'max-concurrency': concurrency } = flags;
  const watch = watchCalls(process.stderr, { quiet, verbose, environment: process.env });
  const time = now ?? currentTime();
  let recorded: readonly string[] | undefined;
  const source = liveSource({
    registry,
    plan,
    read,
    ...choice,
    collectedAt: time,
    ...(now === undefined && { clock: 'machine' as const }),
    session: sessionOf(flags),
    onCall: watch.onCall,
    ...(concurrency !== undefined && { concurrency }),
    ...((record !== undefined || redact) && {
      record: async (lines) => {
        recorded = lines;
        if (record === undefined) return;
        const written = redact ? redactIds(lines) : lines;
        await writeFiles([{ path: record, pieces: [`${written.join('\n')}\n`] }]);
      },
    }),
  });
  const snapshot = await source().finally(watch.stop);
  if (!quiet) process.stderr.write(clockRemark(time, snapshot.collectedAt) ?? '');
  return redact && recorded ? { snapshot, recorded } : { snapshot };
}

type Reach = Pick<LiveFlags, 'profile' | 'timeout' | 'deadline'>;

/** How the account of the flags is reached. */
export function sessionOf(flags: Reach & Pick<LiveFlags, 'role-arn' | 'external-id'>) {
  assertRole(flags);
  const { 'role-arn': roleArn, 'external-id': externalId } = flags;
  return {
    ...reachOf(flags),
    ...(roleArn !== undefined && { roleArn }),
    ...(externalId !== undefined && { externalId }),
  };
}

/** An external id that nobody is told would be taken for one that was. */
export function assertRole(flags: Pick<LiveFlags, 'role-arn' | 'external-id'>): void {
  if (flags['external-id'] === undefined || flags['role-arn'] !== undefined) return;
  throw new AppError('usage', '--external-id is for a role', { hint: 'Name the role with --role-arn.' });
}

/** How AWS is reached, by the flags; the deadline starts here. */
export function reachOf({ profile, timeout, deadline }: Reach) {
  return {
    environment: process.env,
    callTimeout: seconds('--timeout', timeout) * 1000,
    deadline: AbortSignal.timeout(seconds('--deadline', deadline) * 1000),
    ...(profile !== undefined && { profile }),
  };
}

function seconds(flag: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (value > 0 && value < 1e6) return value;
  throw new AppError('usage', `${flag} ${text}: not a number of seconds`, { hint: `Write it like ${flag} 20.` });
}
