import type { Change, Evidence } from '../proof/answer.ts';
import type { Remediation, Severity } from '../rules/rule.ts';

export type Status = 'pass' | 'fail' | 'unknown' | 'not-applicable';
export const statuses: readonly Status[] = ['fail', 'unknown', 'pass', 'not-applicable'];

export interface FindingResource {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly partition: string;
  /** `global` for what has no region. */
  readonly region: string;
}

/** Where what was judged is written down. */
export interface FindingSource {
  /** As it was named, relative to where the command ran. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** An override of the config skips the rule here, or a parameter that it needs is not set. */
export type NotJudged = 'skipped' | 'unset';
export const reasonsNotJudged: readonly NotJudged[] = ['skipped', 'unset'];

/** What a waiver does to a finding that it names. Only an active or expiring one is an accepted risk. */
export type WaiverState = 'active' | 'expiring' | 'expired' | 'too-long' | 'forbidden';
export const waiverStates: readonly WaiverState[] = ['active', 'expiring', 'expired', 'too-long', 'forbidden'];

/** The waiver that names a finding. */
export interface FindingWaiver {
  readonly state: WaiverState;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, as YYYY-MM-DD. */
  readonly expires: string;
}

/** One verdict: rule × resource. */
export interface Finding {
  readonly rule: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly title: string;
  /** One sentence: what was found, in the words of the evidence. */
  readonly message: string;
  readonly resource: FindingResource;
  /** The line of a file that says it; left out: AWS itself does. */
  readonly source?: FindingSource;
  readonly evidence: readonly Evidence[];
  /** What would make it pass: alternatives, the smallest first. Only on failures. */
  readonly toPass?: readonly (readonly Change[])[];
  readonly controls: Readonly<Record<string, readonly string[]>>;
  /** With the real ids filled in. */
  readonly remediation?: Remediation;
  /** Nothing was judged, so nothing is fixed or gone; why not. Its status is not-applicable. */
  readonly notJudged?: NotJudged;
  /** On failures and unknowns. Their status stays what it is: an accepted risk is a risk. */
  readonly waiver?: FindingWaiver;
  /** On failures that were known before, as debt: since which day, as YYYY-MM-DD. */
  readonly baseline?: {
    readonly firstSeen: string;
    /** Older than debt may be: it counts again. */
    readonly overdue?: true;
  };
  /** First 16 hex digits of SHA-256 over `[rule, partition, account, region, resource id, sub-key]`. */
  readonly fingerprint: string;
}
