import { AppError } from '../errors.ts';
import type { Finding } from '../evaluation/finding.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import type { ReportGap } from '../reporters/report.ts';
import { utcTime } from '../snapshot/plain-value.ts';
import type { Config } from './config.ts';
import { coverageAsked } from './coverage.ts';
import { failureText } from './failure.ts';
import type { CoverageFlag, ReportFlags, RunFlags } from './flags.ts';
import type { Account } from './inputs.ts';
import { judge } from './judge.ts';
import { outputsOf, publish } from './publish.ts';
import type { ChosenRules } from './rule-set.ts';
import { sendingOf } from './send.ts';
import type { SendFlags } from './send-flags.ts';
import { spool } from './spool.ts';
import { startProgress } from './terminal.ts';

export interface RunOptions extends ChosenRules {
  readonly flags: ReportFlags & RunFlags & CoverageFlag & SendFlags & { readonly profile?: string | undefined };
  readonly version: string;
  readonly inputs: readonly string[];
}

/** Judges accounts, says the verdicts, and sets the exit code: the second half of every command that judges. */
export async function runReport(accounts: AsyncIterable<Account>, options: RunOptions): Promise<void> {
  const { flags, rules, overrides, packs, frameworks, config, version, inputs } = options;
  const outputs = outputsOf(flags, config.outputs);
  const policy = policyOf(flags, config);
  const now = timeFlag(flags.now);
  const coverage = await coverageAsked(flags, outputs);
  const environment = process.env;
  const sending = await sendingOf(flags, environment);
  const progress = startProgress(process.stderr, { quiet: flags.quiet, environment });
  const findings = spool<Finding>();
  const gaps = spool<ReportGap>();
  try {
    const { report, crashes, idle } = await judge(accounts, {
      rules,
      ...(overrides && { overrides }),
      packs,
      frameworks,
      findings,
      gaps,
      critical: config.critical,
      policy,
      version,
      inputs,
      allowEmpty: emptyFlag(flags),
      progress,
      ...coverage,
      ...(now !== undefined && { now }),
    });
    progress.stop();
    await publish(report, { outputs, flags, policy, environment, sending });
    const remarks = idle.length > 0 ? [...options.remarks, idleRemark(idle)] : options.remarks;
    if (!flags.quiet) for (const remark of remarks) process.stderr.write(`trailproof: ${remark}\n`);
    for (const { rule, error } of crashes) {
      process.stderr.write(`trailproof: the rule ${rule} crashed, and its findings are unknown\n${failureText(error)}`);
    }
  } finally {
    progress.stop();
    findings.close();
    gaps.close();
  }
}

const idleRemark = (names: readonly string[]): string =>
  `${names.join(', ')} ${names.length === 1 ? 'changes' : 'change'} nothing: no account or region of this run is meant`;

/** What ends a run with 1 and 3: the flags, else the config, else everything counts. */
export const policyOf = (
  { 'fail-on': failOn, unknown }: Partial<Pick<ReportFlags, 'fail-on' | 'unknown'>>,
  config: Pick<Config, 'failOn' | 'unknown'>,
): GatePolicy => ({ failOn: failOn ?? config.failOn ?? 'info', unknown: unknown ?? config.unknown ?? 'fail' });

/** `--now` in the one form that times have here. */
export function timeFlag(now: string | undefined): string | undefined {
  if (now === undefined) return undefined;
  const time = utcTime(now);
  if (time !== undefined) return time;
  throw new AppError('usage', `--now ${now}: not a time`, { hint: 'Write it like 2026-11-20T09:00:00Z.' });
}

export const emptyFlag = (flags: Pick<RunFlags, 'allow-empty'>): 'allow-empty' | 'not-empty' =>
  flags['allow-empty'] ? 'allow-empty' : 'not-empty';
