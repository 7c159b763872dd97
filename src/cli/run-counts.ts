import type { AccountCoverage } from '../evaluation/coverage.ts';
import type { Evaluation } from '../evaluation/evaluate.ts';
import { type RuleTally, ruleTallyOf } from '../evaluation/framework.ts';
import { noteVariants, type VariantsSeen } from '../evaluation/rule-variants.ts';
import { type Tally, tallyOf } from '../evaluation/tally.ts';
import { remember } from '../snapshot/remember.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** All that a report says of findings that it does not hold. */
export interface Counted {
  readonly tally: Tally;
  readonly byRule: RuleTally;
  readonly regions: ReadonlySet<string>;
  /** When the first account was read, and when the last. */
  readonly collectedAt: string | undefined;
  readonly collectedUntil: string | undefined;
  readonly crashes: Evaluation['crashes'];
  readonly variants: VariantsSeen;
  /** Of each account, where somebody asked. */
  readonly coverage: readonly AccountCoverage[];
}

/** Counts a run, account by account. */
export function startCounts() {
  let tally = tallyOf([]);
  let byRule = ruleTallyOf([]);
  const regions = new Set<string>();
  let collectedAt: string | undefined;
  let collectedUntil: string | undefined;
  const crashes = new Map<string, Evaluation['crashes'][number]>();
  const variants = noteVariants();
  const coverage: AccountCoverage[] = [];
  return {
    variants,
    add: (snapshot: Snapshot, evaluated: Evaluation): void => {
      tally = tallyOf(evaluated.findings, tally);
      byRule = ruleTallyOf(evaluated.findings, byRule);
      for (const crash of evaluated.crashes) remember(crashes, crash.rule, () => crash);
      for (const region of snapshot.regions) regions.add(region);
      const { collectedAt: time } = snapshot;
      if (time === undefined) return;
      if (collectedAt === undefined || time < collectedAt) collectedAt = time;
      if (collectedUntil === undefined || time > collectedUntil) collectedUntil = time;
    },
    cover: (account: AccountCoverage): void => void coverage.push(account),
    counted: (): Counted => ({
      tally,
      byRule,
      regions,
      collectedAt,
      collectedUntil,
      crashes: [...crashes.values()],
      variants,
      coverage,
    }),
  };
}
