import type { ReportCoverage } from '../evaluation/coverage.ts';
import type { Finding, Status } from '../evaluation/finding.ts';
import type { FrameworkResult } from '../evaluation/framework.ts';
import type { Accepted, ExitCode, GatePolicy } from '../evaluation/gate.ts';
import type { RuleVariant } from '../evaluation/rule-variants.ts';
import type { Outcome } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import type { Sort } from './sort.ts';

/** What a rule says about itself, for reports that explain it beside its findings. */
export interface ReportRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly resource: string;
  readonly why: string;
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly references?: readonly { readonly title: string; readonly url: string }[];
  /** IAM actions that a scan needs to judge it. */
  readonly actions: readonly string[];
  /** The remediation templates, unfilled. */
  readonly remediation?: Readonly<Record<string, string>>;
  /** The values that it was run with. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Parameters without a default that nobody set: nothing was judged. */
  readonly unset?: readonly string[];
  /** What overrides of the config made of it, each once; left out: it was the same everywhere. */
  readonly variants?: readonly RuleVariant[];
}

/** A pack that chose rules. */
export interface ReportPack {
  readonly name: string;
  /** How many of its rules were run. */
  readonly rules: number;
  /** How many rules are built in. */
  readonly of: number;
}

export interface ReportGap extends Gap {
  readonly account: string;
  /** The IAM action that would close it. */
  readonly action?: string;
}

/** How many findings there are of each kind: together they are all. */
export type Summary = Readonly<Record<Status, number>> & {
  /** Failures that the baseline knows; left out: there is none. */
  readonly known?: number;
  /** Failures and unknowns whose risk is accepted; left out: there are no waivers. */
  readonly waived?: number;
  readonly exitCode: ExitCode;
};

/** How many findings come to what: of what is known or waived only where there is a baseline, or waivers. */
export function summaryOf(
  { known, waived, ...statuses }: Readonly<Record<Outcome, number>>,
  exitCode: ExitCode,
  { baseline, waivers }: Accepted,
): Summary {
  return { ...statuses, ...(baseline && { known }), ...(waivers && { waived }), exitCode };
}

/** Findings and what was evaluated: a file too, from which any format can be rendered later. */
export interface Report extends Accepted {
  readonly trailproof: 'report/1';
  readonly tool: { readonly name: 'trailproof'; readonly version: string };
  readonly scope: {
    readonly accounts: readonly string[];
    readonly regions: readonly string[];
    readonly rules: readonly ReportRule[];
    /** The files that were read, relative to where the command ran; empty for a live scan. */
    readonly inputs: readonly string[];
    /** When the first account was read. */
    readonly collectedAt?: string;
    /** When the last one was, where that is another time. */
    readonly collectedUntil?: string;
    /** The time as of which it was judged, where that is not when each account was read. */
    readonly now?: string;
    readonly packs?: readonly ReportPack[];
  };
  readonly summary: Summary;
  /** What decided the exit code. */
  readonly gate?: GatePolicy;
  /** What the findings mean for frameworks that somebody asked about. */
  readonly frameworks?: readonly FrameworkResult[];
  /** What is recorded, kept and noticed in each account and region, where somebody asked. */
  readonly coverage?: ReportCoverage;
  /** By account as read, then rule, then resource. One at a time, as often as one likes: memory may not hold them all. */
  readonly findings: Iterable<Finding>;
  /** By account as read. */
  readonly gaps: Iterable<ReportGap>;
}

/** A report that memory holds. */
export interface WholeReport extends Report {
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
}

/** How a report is said, piece by piece. Pure: the same report and options give the same text. */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>;

export interface ReporterOptions {
  /** ANSI colours. The caller decides (TTY, NO_COLOR); a reporter never looks at the environment. */
  readonly color: boolean;
  readonly groupBy: 'resource' | 'rule';
  /** The statuses whose findings are printed (`text`, `markdown`); the summary counts all. */
  readonly show: readonly Status[];
  /** What SARIF does with findings that a waiver accepts. Default: `omit`, since GitHub opens alerts of suppressed ones. */
  readonly waived?: 'omit' | 'suppress';
  /** Where readers of a repository show findings of files: at their line (the default), or as those of a scan at their resource. */
  readonly locations?: 'source' | 'resource';
  /** Where in the repository the command ran, from which the files of findings are named. Default: its root. */
  readonly folder?: string;
  /** The caller knows where to keep what memory does not hold. The order is the same for all. */
  readonly sort: Sort;
}
