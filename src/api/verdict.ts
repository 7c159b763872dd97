import { readBaseline } from '../cli/baseline-file.ts';
import { coverageAsked } from '../cli/coverage.ts';
import type { Account } from '../cli/inputs.ts';
import { judge } from '../cli/judge.ts';
import type { ChosenRules } from '../cli/rule-set.ts';
import { gateOf, policyOf } from '../cli/run-report.ts';
import { spool } from '../cli/spool.ts';
import { AppError } from '../errors.ts';
import type { Finding } from '../evaluation/finding.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import { version } from '../generated/version.js';
import type { ReportGap, WholeReport } from '../reporters/report.ts';
import { utcTime } from '../snapshot/plain-value.ts';
import type { GateOptions } from './rules.ts';

interface Reporting {
  readonly gate: GateOptions;
  readonly now?: string;
  /** The files, as the report calls them. */
  readonly inputs: readonly string[];
  /** Whether the report says what becomes of events. */
  readonly coverage: boolean;
}

/** Judges accounts as `check` and `scan` do on the command line, and says nothing to anybody. */
export async function reportOn(
  accounts: AsyncIterable<Account>,
  { rules, overrides, packs, frameworks, config }: ChosenRules,
  { gate, now, inputs, coverage }: Reporting,
): Promise<WholeReport> {
  const { baseline } = config.waiving;
  if (gate.maxAge !== undefined && baseline === undefined)
    throw new AppError('usage', 'option maxAge is about what a baseline knows, and there is none', {
      hint: 'Name it as baseline in the config.',
    });
  const debt = baseline === undefined ? undefined : await readBaseline(baseline);
  const kept = { findings: spool<Finding>(), gaps: spool<ReportGap>() };
  try {
    const { report } = await judge(accounts, {
      rules,
      ...(overrides && { overrides }),
      packs,
      frameworks,
      critical: config.critical,
      accepted: { waiving: config.waiving, debt },
      policy: policyWith(gate, config),
      version,
      inputs,
      allowEmpty: 'not-empty',
      ...kept,
      ...(await coverageAsked({ coverage }, { files: [] })),
      progress: { step: () => Promise.resolve(), stop: () => undefined },
      ...(now !== undefined && { now }),
    });
    return { ...report, findings: [...report.findings], gaps: [...report.gaps] };
  } finally {
    kept.findings.close();
    kept.gaps.close();
  }
}

/** What is left of `failOn` is in the config, with the options over it. */
const policyWith = (
  { unknown, failOnFrameworks, maxAge, strict }: GateOptions,
  config: ChosenRules['config'],
): GatePolicy =>
  policyOf(
    {
      'fail-on': undefined,
      unknown,
      'fail-on-framework': failOnFrameworks,
      'max-age': maxAge,
      strict: strict ?? false,
    },
    gateOf(config),
  );

/** The option `now` in the one form that times have here; an object to spread. */
export function timeGiven(now: string | undefined): { readonly now?: string } {
  if (now === undefined) return {};
  const time = utcTime(now);
  if (time !== undefined) return { now: time };
  throw new AppError('usage', `option now cannot be ${JSON.stringify(now)}`, {
    hint: 'Write it like 2026-11-20T09:00:00Z.',
  });
}
