import { AppError } from '../errors.ts';
import type { Finding } from '../evaluation/finding.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import type { ReportGap } from '../reporters/report.ts';
import { visible } from '../reporters/visible-text.ts';
import { utcTime } from '../snapshot/plain-value.ts';
import { readBaseline } from './baseline-file.ts';
import type { Config } from './config.ts';
import { coverageAsked } from './coverage.ts';
import { failureText } from './failure.ts';
import type { CoverageFlag, ReportFlags, RunFlags } from './flags.ts';
import type { BaselineFlag } from './gate-flags.ts';
import type { Account } from './inputs.ts';
import { type Judged, judge } from './judge.ts';
import { outputsOf, publish } from './publish.ts';
import type { ChosenRules } from './rule-set.ts';
import { sendingOf } from './send.ts';
import type { SendFlags } from './send-flags.ts';
import { spool } from './spool.ts';
import { startProgress } from './terminal.ts';

export interface RunOptions extends ChosenRules {
  readonly flags: ReportFlags &
    RunFlags &
    BaselineFlag &
    CoverageFlag &
    SendFlags & { readonly profile?: string | undefined };
  readonly version: string;
  readonly inputs: readonly string[];
}

/** Judges accounts, says the verdicts, and sets the exit code: the second half of every command that judges. */
export async function runReport(accounts: AsyncIterable<Account>, options: RunOptions): Promise<void> {
  const { flags, rules, overrides, packs, frameworks, config, version, inputs } = options;
  const outputs = outputsOf(flags, config.outputs);
  const policy = policyOf(flags, gateOf(config));
  const { baseline } = config.waiving;
  if (policy.maxAge !== undefined && baseline === undefined)
    throw new AppError('usage', '--max-age is about what a baseline knows, and there is none', {
      hint: 'Name it: --baseline FILE, or baseline in the config.',
    });
  const debt = baseline === undefined ? undefined : await readBaseline(baseline);
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
      accepted: { waiving: config.waiving, debt },
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
    if (!flags.quiet)
      for (const remark of [...options.remarks, ...idleRemarks(idle)])
        process.stderr.write(`trailproof: ${visible(remark)}\n`);
    for (const { rule, error } of crashes) {
      process.stderr.write(`trailproof: the rule ${rule} crashed, and its findings are unknown\n${failureText(error)}`);
    }
  } finally {
    progress.stop();
    findings.close();
    gaps.close();
  }
}

const idleRemarks = ({ overrides, critical }: Judged['idle']): readonly string[] => [
  ...(overrides.length > 0
    ? [`${subject(overrides, 'change')} nothing: no account or region of this run is meant`]
    : []),
  ...(critical.length > 0 ? [`critical: ${subject(critical, 'name')} nothing that this run judged`] : []),
];

const subject = (names: readonly string[], verb: string): string =>
  `${names.join(', ')} ${verb}${names.length === 1 ? 's' : ''}`;

type GateFlags = Pick<ReportFlags, 'fail-on' | 'unknown' | 'max-age' | 'strict'> & {
  readonly 'fail-on-framework': readonly string[] | undefined;
};

/** What decides the exit code: the flags, else what stood before them, else everything counts. */
export function policyOf(flags: GateFlags, before: Partial<GatePolicy>): GatePolicy {
  const { 'fail-on': failOn, unknown, 'max-age': maxAge = before.maxAge, strict = before.strict } = flags;
  const frameworks = [...new Set([...(before.frameworks ?? []), ...(flags['fail-on-framework'] ?? [])])];
  return {
    failOn: failOn ?? before.failOn ?? 'info',
    unknown: unknown ?? before.unknown ?? 'fail',
    ...(maxAge !== undefined && { maxAge }),
    ...(frameworks.length > 0 && { frameworks }),
    ...(strict && { strict }),
  };
}

/** What a config says of the gate. */
export const gateOf = ({ failOn, unknown }: Pick<Config, 'failOn' | 'unknown'>): Partial<GatePolicy> => ({
  ...(failOn && { failOn }),
  ...(unknown && { unknown }),
});

/** `--now` in the one form that times have here. */
export function timeFlag(now: string | undefined): string | undefined {
  if (now === undefined) return undefined;
  const time = utcTime(now);
  if (time !== undefined) return time;
  throw new AppError('usage', `--now ${now}: not a time`, { hint: 'Write it like 2026-11-20T09:00:00Z.' });
}

export const emptyFlag = (flags: Pick<RunFlags, 'allow-empty'>): 'allow-empty' | 'not-empty' =>
  flags['allow-empty'] ? 'allow-empty' : 'not-empty';
