import { type Plan, withRegions } from '../collectors/plan.ts';
import { AppError } from '../errors.ts';
import { textReader } from '../snapshot/read-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type Checkpoint, type FolderOptions, openCheckpoint, temporaryCheckpoint } from './checkpoint.ts';
import { clockRemark, currentTime } from './clock.ts';
import type { LiveFlags } from './flags.ts';
import { heapLimit } from './heap.ts';
import { completeOrganization } from './kept-organization.ts';
import { type Connection, connect, listTargets, type OpenSession } from './list-targets.ts';
import { registry } from './rule-set.ts';
import type { TargetFlags } from './target-flags.ts';
import type { Targets } from './targets.ts';
import { watchCalls } from './watch-calls.ts';

type Flags = LiveFlags & TargetFlags;

export interface TargetOptions {
  /** Undefined: the account of the credentials, or of the role, alone. */
  readonly targets: Targets | undefined;
  readonly plan: Plan;
  /** ISO 8601 UTC; undefined: the clock's. */
  readonly now: string | undefined;
  readonly quiet: boolean;
  readonly version: string;
  readonly allowEmpty: 'allow-empty' | 'not-empty';
}

/** The files that targets were read into. */
export interface TargetFiles {
  /** One for each account, in the order of ids. */
  readonly accounts: readonly string[];
  /** That of the record of the organization that they are of; undefined: they are of none, or nobody said so. */
  readonly organization: string | undefined;
}

/**
 * Reads the accounts that targets mean, each into a file of its own: what a check of the files says is what a scan says.
 *
 * @throws AppError where nothing may be concluded: nobody knows which accounts there are, the checkpoint is of another
 * run, or no account has a region that was asked for.
 */
export async function readTargets(flags: Flags, options: TargetOptions, open?: OpenSession): Promise<TargetFiles> {
  const { targets, plan, now, quiet } = options;
  const [{ defaultAccountConcurrency, isFinished, readManyAccounts }, { byAwsClock }, { validate }] = await Promise.all(
    [
      import('../sources/many-accounts.ts'),
      import('../sources/aws-time.ts'),
      import('../generated/validate-snapshot.js'),
    ],
  );
  const watch = watchCalls(process.stderr, { quiet, verbose: flags.verbose, environment: process.env });
  try {
    const { session, caller, deadline, roleInto } = await connect(flags, targets, open);
    const machine = currentTime();
    const collectedAt = now ?? byAwsClock(machine, caller.clockAhead);
    if (now === undefined && !quiet) process.stderr.write(clockRemark(machine, collectedAt) ?? '');
    const begin = async () => {
      const listing = { ...options, onCall: watch.onCall };
      const chosen = targets
        ? await listTargets({ session, caller, deadline }, targets, listing)
        : { accounts: [await onlyAccount(flags, caller)] };
      return { collectedAt, ...chosen };
    };
    const asked = askedOf(flags, options, caller);
    const snapshotIn = textReader({ registry, validate });
    const checkpoint = await checkpointOf(flags, { asked, snapshotIn, isFinished, begin });
    const { accounts } = checkpoint.manifest;
    const seen = watchRegions(flags);
    const limitHeap = heapLimit();
    watch.begin(accounts.length, checkpoint.finished.size);
    await readManyAccounts(session, caller, {
      registry,
      plan,
      ...(flags.region && { regions: flags.region }),
      ...(flags['exclude-region'] && { excludeRegions: flags['exclude-region'] }),
      accounts,
      finished: checkpoint.finished,
      roleInto,
      concurrency: flags['account-concurrency'] ?? defaultAccountConcurrency,
      deadline,
      collectedAt,
      onCall: watch.onCall,
      onAccount: async (snapshot) => {
        limitHeap();
        await checkpoint.write(snapshot);
        seen.add(snapshot, isFinished(snapshot));
        watch.onAccount();
      },
      onMore: checkpoint.write,
      snapshotOf: (id) => {
        limitHeap();
        return checkpoint.read(id);
      },
    });
    if (checkpoint.finished.size === 0) seen.assertAll();
    const seers = (management: string): readonly Snapshot[] =>
      [...new Set([management, caller.account])].filter((id) => accounts.includes(id)).map(checkpoint.read);
    const organization = await completeOrganization(checkpoint.folder, seers);
    return { accounts: accounts.map(checkpoint.fileOf), organization };
  } finally {
    watch.stop();
  }
}

/** Without targets: the account of the role, else that of the credentials. */
async function onlyAccount({ 'role-arn': roleArn }: Flags, caller: Connection['caller']): Promise<string> {
  const { accountOfRole } = await import('../sources/source.ts');
  return roleArn === undefined ? caller.account : accountOfRole(roleArn).id;
}

function checkpointOf(
  { checkpoint: folder, resume }: TargetFlags,
  options: Pick<FolderOptions, 'asked' | 'snapshotIn' | 'isFinished' | 'begin'>,
): Promise<Checkpoint> {
  return folder === undefined ? temporaryCheckpoint(options) : openCheckpoint({ ...options, folder, resume });
}

/** What must be the same for a run to go on: another version, caller or plan would read something else. */
function askedOf(flags: Flags, { version, targets, plan }: TargetOptions, caller: Connection['caller']) {
  const { organization, accounts, exclude, role } = targets ?? {};
  return {
    version,
    caller: `${caller.account} in ${caller.partition}`,
    organization,
    'account ids': accounts,
    'excluded accounts': exclude,
    role: role?.name ?? flags['role-arn'],
    regions: flags.region?.toSorted(),
    'excluded regions': flags['exclude-region']?.toSorted(),
    operations: [...withRegions(plan, registry).operations].map((entry) => entry.join(' of ')).toSorted(),
  };
}

/** Which of the regions that were asked for some account has; a name that is nowhere is a slip of the pen. */
function watchRegions({ region: asked = [], 'exclude-region': excluded = [] }: Flags) {
  const seen = new Set<string>();
  let areAllRead = true;
  return {
    add: (snapshot: Snapshot, isFinished: boolean): void => {
      for (const region of snapshot.regions) seen.add(region);
      areAllRead &&= isFinished;
    },
    assertAll: (): void => {
      const missing = asked.filter((region) => !seen.has(region) && !excluded.includes(region));
      if (!areAllRead || missing.length === 0) return;
      throw new AppError('usage', `${missing.join(', ')}: not an enabled region of any account`, {
        hint: seen.size > 0 ? `Read were ${[...seen].toSorted().join(', ')}.` : 'Check --region.',
      });
    },
  };
}
