import type { Plan } from '../collectors/plan.ts';
import { AppError } from '../errors.ts';
import type { ValuesRead } from '../sources/unread-values.ts';
import { currentTime } from './clock.ts';
import type { LiveFlags } from './flags.ts';
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

/** The account that the flags mean: live, or from a recording. */
export async function readAccount(flags: LiveFlags, { plan, read, now, quiet = false }: ReadOptions): Promise<Account> {
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
      hint: 'Which account is read follows from the credentials.',
    });
  }
  const { liveSource } = await import('../sources/source.ts');
  const { record, verbose, 'max-concurrency': concurrency } = flags;
  const watch = watchCalls(process.stderr, { quiet, verbose, environment: process.env });
  const source = liveSource({
    registry,
    plan,
    read,
    ...choice,
    collectedAt: now ?? currentTime(),
    session: sessionOf(flags),
    onCall: watch.onCall,
    ...(concurrency !== undefined && { concurrency }),
    ...(record !== undefined && {
      record: async (lines) => writeFiles([{ path: record, text: `${lines.join('\n')}\n` }]),
    }),
  });
  try {
    return { snapshot: await source() };
  } finally {
    watch.stop();
  }
}

/** How AWS is reached, by the flags. */
export function sessionOf(flags: Omit<LiveFlags, 'replay' | 'record' | 'account'>) {
  const { profile, 'role-arn': roleArn, 'external-id': externalId } = flags;
  return {
    environment: process.env,
    callTimeout: seconds('--timeout', flags.timeout) * 1000,
    deadline: AbortSignal.timeout(seconds('--deadline', flags.deadline) * 1000),
    ...(profile !== undefined && { profile }),
    ...(roleArn !== undefined && { roleArn }),
    ...(externalId !== undefined && { externalId }),
  };
}

function seconds(flag: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (value > 0 && value < 1e6) return value;
  throw new AppError('usage', `${flag} ${text}: not a number of seconds`, { hint: `Write it like ${flag} 20.` });
}
