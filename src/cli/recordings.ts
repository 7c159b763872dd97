import type { Plan } from '../collectors/plan.ts';
import { readLines, shownName } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import type { Account } from './inputs.ts';

export interface RecordingOptions {
  readonly registry: Registry;
  readonly plan: Plan;
  /** ISO 8601 UTC; of a recording that does not say when it was made. */
  readonly now?: string;
  /** Of a recording that does not say which account it is about. */
  readonly account?: string;
  readonly regions?: readonly string[];
  readonly excludeRegions?: readonly string[];
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** The account that a recording tells of: the same collectors, no network. */
export async function replayed(file: string, options: RecordingOptions): Promise<Account> {
  // The SDK is not among what these load.
  const [{ readRecording }, { replaySource }] = await Promise.all([
    import('../sources/recording.ts'),
    import('../sources/source.ts'),
  ]);
  const { registry, plan, now, account, regions, excludeRegions, stdin } = options;
  const lines: string[] = [];
  for await (const { text } of readLines(file, stdin ? { stdin } : {})) lines.push(text);
  const recording = readRecording(lines, shownName(file));
  const { header } = recording;
  const given = account === undefined ? undefined : accountOf(account);
  if (header && given && header.account !== given.id) {
    throw new AppError('usage', `--account ${account}: ${shownName(file)} is of account ${header.account}`, {
      hint: 'It is for recordings that do not say it: leave it out.',
    });
  }
  const source = replaySource({
    registry,
    plan,
    recording,
    ...(given && !header && { account: given }),
    ...(now !== undefined && !header && { collectedAt: now }),
    ...(regions && { regions }),
    ...(excludeRegions && { excludeRegions }),
  });
  return { snapshot: await source(), place: shownName(file) };
}

/** `111122223333`, or with another partition than `aws` as `aws-cn:111122223333`. */
function accountOf(text: string) {
  const [, partition = 'aws', id] = /^(?:([a-z-]+):)?(\d{12})$/.exec(text) ?? [];
  if (id) return { id, partition };
  throw new AppError('usage', `--account ${text}: not an account id`, { hint: 'It has 12 digits.' });
}
