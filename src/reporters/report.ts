import type { Finding, Status } from '../evaluation/finding.ts';
import type { ExitCode } from '../evaluation/gate.ts';
import type { Severity } from '../rules/rule.ts';
import type { Gap } from '../snapshot/snapshot.ts';

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
}

export interface ReportGap extends Gap {
  readonly account: string;
  /** The IAM action that would close it. */
  readonly action?: string;
}

export type Summary = Readonly<Record<Status, number>> & { readonly exitCode: ExitCode };

/** Findings and what was evaluated: a file too, from which any format can be rendered later. */
export interface Report {
  readonly trailproof: 'report/1';
  readonly tool: { readonly name: 'trailproof'; readonly version: string };
  readonly scope: {
    readonly accounts: readonly string[];
    readonly regions: readonly string[];
    readonly rules: readonly ReportRule[];
    /** The files that were read, relative to where the command ran; empty for a live scan. */
    readonly inputs: readonly string[];
    readonly collectedAt?: string;
  };
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
}

/** How a report is said. Pure: the same report and options give the same text. */
export type Reporter = (report: Report, options: ReporterOptions) => string;

export interface ReporterOptions {
  /** ANSI colours. The caller decides (TTY, NO_COLOR); a reporter never looks at the environment. */
  readonly color: boolean;
  readonly groupBy: 'resource' | 'rule';
  /** The statuses whose findings are printed (`text`, `markdown`); the summary counts all. */
  readonly show: readonly Status[];
}
