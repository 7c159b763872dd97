import { currentTime } from '../cli/clock.ts';
import { needsOf } from '../cli/coverage.ts';
import type { Account } from '../cli/inputs.ts';
import { planOf, valuesRead } from '../cli/plan.ts';
import { readingLimits } from '../cli/reading-limits.ts';
import { assertRules, type ChosenRules, registry } from '../cli/rule-set.ts';
import type { Call } from '../collectors/call.ts';
import { everything, type Plan } from '../collectors/plan.ts';
import { type Refusal, refuse } from '../collectors/refusal.ts';
import { AppError } from '../errors.ts';
import type { WholeReport } from '../reporters/report.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Credentials } from '../sources/aws-clients.ts';
import { givenOptions, type Kinds } from './given.ts';
import { type GateOptions, gateKinds, type RuleOptions, ruleKinds, rulesOf } from './rules.ts';
import { reportOn, timeGiven } from './verdict.ts';

/** How an account is read. Credentials, endpoints and proxies come from the environment, as for any AWS tool. */
export interface AwsOptions {
  readonly profile?: string;
  /** In the place of those of the environment or profile. */
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  /** A role to assume; its account is read. */
  readonly roleArn?: string;
  readonly externalId?: string;
  /** Only these; left out: every enabled one. What is left out is unknown. */
  readonly regions?: readonly string[];
  readonly excludeRegions?: readonly string[];
  /** Seconds that one call may take. Default 20. */
  readonly timeout?: number;
  /** Seconds that the whole reading may take; what is missing by then is unknown. Default 900. */
  readonly deadline?: number;
  /** How many calls may be under way at once. Default 48. */
  readonly concurrency?: number;
  /** Told of each call once it has been answered or refused. */
  readonly onCall?: (call: Call, outcome: 'answered' | Refusal) => void;
  /** Takes the lines of a recording of every call, redacted, once the account has been read. */
  readonly record?: (lines: readonly string[]) => Promise<void>;
  /** The time of the snapshot (ISO 8601). Default: now. */
  readonly now?: string;
}

export interface ScanOptions extends AwsOptions, RuleOptions, GateOptions {
  /** Work out what is recorded, kept and noticed in each region; what that takes is read as well. */
  readonly coverage?: boolean;
}

export interface CollectOptions extends AwsOptions, RuleOptions {
  /** Ask all that Trailproof knows to ask, whether or not a rule needs it. */
  readonly everything?: boolean;
}

const awsKinds: Kinds<AwsOptions> = {
  profile: 'text',
  credentials: 'anything',
  roleArn: 'text',
  externalId: 'text',
  regions: 'texts',
  excludeRegions: 'texts',
  timeout: 'seconds',
  deadline: 'seconds',
  concurrency: 'count',
  onCall: 'function',
  record: 'function',
  now: 'text',
};
const scanKinds: Kinds<ScanOptions> = { ...ruleKinds, ...gateKinds, ...awsKinds, coverage: 'flag' };
const collectKinds: Kinds<CollectOptions> = { ...ruleKinds, ...awsKinds, everything: 'flag' };

/**
 * Reads an AWS account, asking only what the chosen rules need, and judges it: what `trailproof scan` does. What AWS
 * refuses is a gap of the report, and unknown.
 *
 * @throws AppError `credentials` or `network` before any account is reached; else as `check` does.
 */
export async function scan(options: ScanOptions = {}): Promise<WholeReport> {
  const given = givenOptions(options, scanKinds);
  const { coverage = false } = given;
  const now = timeGiven(given.now);
  const chosen = await rulesOf(given);
  // Before AWS is asked anything: a run that can judge nothing must not cost calls.
  assertRules(chosen, 'not-empty');
  async function* account(): AsyncGenerator<Account> {
    const needs = await needsOf(chosen.needs, { coverage }, { files: [] });
    yield { snapshot: await readLive(planOf(needs), { ...chosen, needs }, { ...given, ...now }) };
  }
  return reportOn(account(), chosen, { gate: given, inputs: [], coverage, ...now });
}

/**
 * Reads an AWS account and gives its snapshot: what `trailproof collect` does.
 *
 * @throws AppError as `scan` does.
 */
export async function collect(options: CollectOptions = {}): Promise<Snapshot> {
  const given = givenOptions(options, collectKinds);
  const now = timeGiven(given.now);
  const chosen = await rulesOf(given);
  if (!given.everything) assertRules(chosen, 'not-empty');
  return readLive(given.everything ? everything(registry) : planOf(chosen.needs), chosen, { ...given, ...now });
}

async function readLive(plan: Plan, { needs, config }: ChosenRules, options: AwsOptions): Promise<Snapshot> {
  const { liveSource } = await import('../sources/source.ts');
  const { regions, excludeRegions, concurrency, onCall, record, credentials, now } = options;
  const { profile, roleArn, externalId, timeout = readingLimits.timeout, deadline = readingLimits.deadline } = options;
  if (externalId !== undefined && roleArn === undefined)
    throw new AppError('usage', 'option externalId is for a role', { hint: 'Name the role as roleArn.' });
  const source = liveSource({
    registry,
    plan,
    read: valuesRead(needs, config.critical),
    collectedAt: now ?? currentTime(),
    ...(now === undefined && { clock: 'machine' as const }),
    session: {
      environment: process.env,
      callTimeout: timeout * 1000,
      deadline: AbortSignal.timeout(deadline * 1000),
      ...(credentials !== undefined && { credentials: providerOf(credentials) }),
      ...(profile !== undefined && { profile }),
      ...(roleArn !== undefined && { roleArn }),
      ...(externalId !== undefined && { externalId }),
    },
    ...(regions && { regions }),
    ...(excludeRegions && { excludeRegions }),
    ...(concurrency !== undefined && { concurrency }),
    ...(onCall && { onCall }),
    ...(record && { record }),
  });
  return source();
}

/** Whatever keeps somebody's credentials from being given is about them, and not about AWS or the way to it. */
function providerOf(credentials: NonNullable<AwsOptions['credentials']>): () => Promise<Credentials> {
  return async () => {
    try {
      // A program without types may give anything.
      const given: Partial<Credentials> | undefined =
        typeof credentials === 'function' ? await credentials() : credentials;
      const { accessKeyId, secretAccessKey, ...rest } = given ?? {};
      if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, ...rest };
    } catch (thrown) {
      throw refuse('CredentialsProviderError', thrown instanceof Error ? thrown.message : String(thrown));
    }
    throw refuse('CredentialsProviderError', 'option credentials gave no accessKeyId and secretAccessKey');
  };
}
