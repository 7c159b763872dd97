// What the page holds beside its markup: all that its script needs, already in words. Everything is text to be shown.
// The script is built for browsers, so that nothing is imported here.

export type Controls = Readonly<Record<string, readonly string[]>>;

/** Whether a piece of evidence speaks for the resource or against it; `leads`: it says only how one gets there. */
export type Holds = 'yes' | 'no' | 'unknown' | 'leads';

export interface PageEvidence {
  readonly path: string;
  readonly said: string;
  readonly from?: string;
  readonly holds: Holds;
  /** It decided that the rule applies. */
  readonly when?: true;
}

/** A resource on the way from the judged one to what decided. */
export interface PageNode {
  /** How one gets there: a relation; empty for the judged resource itself. */
  readonly by: string;
  readonly name: string;
  readonly holds: Holds;
  /** What decided here, in short. */
  readonly facts: readonly string[];
}

export interface PageFinding {
  readonly rule: string;
  readonly status: 'pass' | 'fail' | 'unknown' | 'not-applicable';
  readonly severity: string;
  readonly title: string;
  readonly message: string;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly name: string;
    readonly account: string;
    readonly region: string;
  };
  readonly evidence: readonly PageEvidence[];
  /** How many more there are. */
  readonly moreEvidence?: number;
  readonly ways: readonly (readonly PageNode[])[];
  readonly toPass: readonly string[];
  readonly fixes: readonly { readonly by: string; readonly text: string }[];
  readonly actions: readonly string[];
  /** Left out: those of its rule. */
  readonly controls?: Controls;
  /** The line that says it; left out: AWS itself does. */
  readonly source?: string;
  /** Left out: neither accepted nor known. */
  readonly standing?: 'waived' | 'known';
  /** What was accepted or known of it beforehand. */
  readonly accepted: readonly string[];
  readonly fingerprint: string;
}

export interface PageRule {
  readonly controls: Controls;
  readonly why: string;
  readonly references: readonly { readonly title: string; readonly url: string }[];
}

/** How far events of a class get, worst first. */
export type CellState = 'none' | 'part' | 'recorded' | 'unknown' | 'kept' | 'noticed';

export interface PageCell {
  readonly regions: readonly string[];
  readonly state: CellState;
  /** What it means, in words. */
  readonly text: string;
  /** The links of its chain, in the order in which things happen. */
  readonly links: readonly { readonly name: string; readonly holds: Exclude<Holds, 'leads'> }[];
  readonly broken?: string;
  readonly why?: string;
}

export interface PageRow {
  readonly events: string;
  /** The rule that fails where they do not get as far as that. */
  readonly rule?: string;
  /** What such events have to reach. */
  readonly wanted: 'kept' | 'noticed';
  readonly cells: readonly PageCell[];
}

export interface PageAccount {
  readonly account: string;
  readonly regions: readonly string[];
  readonly rows: readonly PageRow[];
}

export interface PageData {
  readonly findings: readonly PageFinding[];
  readonly rules: Readonly<Record<string, PageRule>>;
  readonly coverage: readonly PageAccount[];
}
