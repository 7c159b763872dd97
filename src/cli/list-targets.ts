import { asking } from '../collectors/ask.ts';
import { refusalText } from '../collectors/refusal.ts';
import { AppError } from '../errors.ts';
import { plural } from '../reporters/describe.ts';
import type { AwsSession, SessionOptions } from '../sources/aws-session.ts';
import type { Caller, ManyOptions } from '../sources/many-accounts.ts';
import type { ChosenAccounts } from '../sources/organization.ts';
import type { OnCall } from '../sources/source.ts';
import type { LiveFlags, ReportFlags } from './flags.ts';
import { assertRole, reachOf } from './live.ts';
import type { PlanAccounts } from './plan-table.ts';
import type { Targets } from './targets.ts';

export type OpenSession = (options: SessionOptions) => Promise<AwsSession>;

/** A connection to AWS, and the ways from it into accounts. */
export interface Connection {
  readonly session: AwsSession;
  readonly caller: Caller;
  readonly deadline: AbortSignal;
  readonly roleInto: ManyOptions['roleInto'];
}

/**
 * Connects to where the targets' accounts are entered from: with the credentials at hand, or with the role that comes
 * first. Without targets the role of the flags is the way into its account, the only one that is meant.
 *
 * @throws AppError `credentials` or `network`: nothing may be concluded about any account; `usage` for what is no
 * role's ARN.
 */
export async function connect(flags: LiveFlags, targets: Targets | undefined, open?: OpenSession): Promise<Connection> {
  const [{ openSession }, { accountOfRole, defaultConcurrency }, { roleByName }] = await Promise.all([
    import('../sources/aws-session.ts'),
    import('../sources/source.ts'),
    import('../sources/many-accounts.ts'),
  ]);
  const { 'role-arn': roleArn, 'external-id': externalId, 'max-concurrency': concurrency = defaultConcurrency } = flags;
  // A slip of the pen is said before anything is asked.
  if (!targets) assertRole(flags);
  for (const arn of [roleArn, targets?.roleArn]) if (arn !== undefined) accountOfRole(arn);
  const reach = reachOf(flags);
  const withId = externalId === undefined ? {} : { externalId };
  const first = targets?.roleArn === undefined ? {} : { roleArn: targets.roleArn, ...withId };
  const session = await (open ?? openSession)({ ...reach, ...first, concurrency });
  const refusal = await session.assumeRole();
  if (refusal) {
    throw new AppError('credentials', `${targets?.roleArn} could not be assumed, so nothing may be concluded`, {
      details: [`  ${refusalText(refusal)}`],
      hint: 'It is the role that enters the accounts: allow sts:AssumeRole of it.',
    });
  }
  const caller = await session.identify();
  const only = roleArn === undefined ? undefined : { roleArn, ...withId };
  const roleInto = targets ? roleByName(caller, targets.role) : () => only;
  return { session, caller, deadline: reach.deadline, roleInto };
}

export interface ListOptions {
  readonly quiet: boolean;
  readonly allowEmpty: 'allow-empty' | 'not-empty';
  readonly onCall?: OnCall;
}

/**
 * The accounts that targets mean, ids sorted, and the organization that they are of. Those that are not active are said
 * on standard error, for nobody is let into them.
 *
 * @throws AppError where AWS does not say which accounts there are, and where none is left.
 */
export async function listTargets(
  { session, caller, deadline }: Pick<Connection, 'session' | 'caller' | 'deadline'>,
  targets: Targets,
  { quiet, allowEmpty, onCall }: ListOptions,
): Promise<Pick<ChosenAccounts, 'accounts' | 'organization'>> {
  const [{ chooseAccounts }, { watched }] = await Promise.all([
    import('../sources/organization.ts'),
    import('../sources/source.ts'),
  ]);
  const send = onCall ? watched(session.send, onCall) : session.send;
  // The session has its own limit.
  const ask = asking({ send, concurrency: Number.POSITIVE_INFINITY, deadline });
  const { skipped, ...chosen } = await chooseAccounts(ask, targets, caller.partition);
  if (skipped.length > 0 && !quiet) {
    const named = skipped.map(({ id, state }) => `${id} (${state})`).join(', ');
    const are = skipped.length === 1 ? 'is' : 'are';
    process.stderr.write(`trailproof: ${plural(skipped.length, 'account')} ${are} not active and not read: ${named}\n`);
  }
  if (chosen.accounts.length > 0 || allowEmpty === 'allow-empty') return chosen;
  throw new AppError('usage', 'no account is left, so nothing can be concluded', {
    hint: 'Check --ou, --account-tag and --exclude-account, or the targets of the config, or pass --allow-empty.',
  });
}

/** The accounts that a scan would read, for a plan of it: nothing else is asked. */
export async function planAccounts(
  flags: LiveFlags & Pick<ReportFlags, 'quiet'>,
  targets: Targets,
  allowEmpty: ListOptions['allowEmpty'],
): Promise<PlanAccounts> {
  const connection = await connect(flags, targets);
  const { accounts: ids } = await listTargets(connection, targets, { quiet: flags.quiet, allowEmpty });
  return { ids, entered: ids.filter((id) => connection.roleInto(id) !== undefined).length };
}
