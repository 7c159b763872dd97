import { needsOf } from '../cli/coverage.ts';
import { expectedAccounts } from '../cli/expected-accounts.ts';
import { planOf } from '../cli/plan.ts';
import type { WholeReport } from '../reporters/report.ts';
import { givenOptions, type Kinds } from './given.ts';
import { type Input, readInput } from './input.ts';
import { type GateOptions, gateKinds, type RuleOptions, ruleKinds, rulesOf } from './rules.ts';
import { reportOn, timeGiven } from './verdict.ts';

export interface CheckOptions extends RuleOptions, GateOptions {
  /** Judge as of this time (ISO 8601). Default: when each snapshot was collected. */
  readonly now?: string;
  /** The account of a recording that does not say it. */
  readonly account?: string;
  /** Work out what is recorded, kept and noticed in each account and region. */
  readonly coverage?: boolean;
}

const kinds: Kinds<CheckOptions> = { ...ruleKinds, ...gateKinds, now: 'text', account: 'text', coverage: 'flag' };

/**
 * Judges snapshots and recordings: what `trailproof check` does, without a process, standard streams or credentials.
 * The report's `summary.exitCode` is the one that the command would end with; a rule that crashed makes it 2.
 *
 * @throws AppError `usage`, `config`, `rule` or `input`: then nothing may be concluded.
 */
export async function check(input: Input, options: CheckOptions = {}): Promise<WholeReport> {
  const { now: time, account, coverage = false, ...choice } = givenOptions(options, kinds);
  const now = timeGiven(time);
  const chosen = await rulesOf(choice);
  const plan = planOf(await needsOf(chosen.needs, { coverage }, { files: [] }));
  const expected = expectedAccounts([input].flat().filter((one) => typeof one === 'string'));
  const { accounts, inputs } = readInput(input, {
    plan,
    onOrganization: expected.take,
    ...now,
    ...(account !== undefined && { account }),
  });
  return reportOn(expected.completed(accounts), chosen, { gate: choice, inputs, coverage, ...now });
}
