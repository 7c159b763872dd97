import { actions, type Plan } from '../collectors/plan.ts';
import { type AccountCoverage, type CoverageQuestion, coverageOf } from '../evaluation/coverage.ts';
import { type Evaluation, evaluate } from '../evaluation/evaluate.ts';
import { type Overrides, rulingIn } from '../evaluation/overrides.ts';
import { actionsToKnow } from '../reporters/describe.ts';
import { actionOf } from '../resource-types/operations.ts';
import type { Rule } from '../rules/compile.ts';
import { viewAccount } from '../snapshot/account-view.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import type { Identity } from '../sources/aws-session.ts';
import { toleratedSeconds } from '../sources/aws-time.ts';
import type { Examination } from './examine.ts';
import { registry } from './rule-set.ts';

/** What a scan with these rules would have to work with, and what it could not tell. */
export interface Diagnosis {
  readonly trailproof: 'doctor/1';
  readonly identity: Identity | undefined;
  readonly account: string;
  readonly partition: string;
  readonly regions: readonly string[];
  readonly clock: { readonly secondsAhead: number | undefined; readonly isGood: boolean };
  readonly actions: {
    readonly work: readonly string[];
    /** Nothing was there to ask them about. */
    readonly untried: readonly string[];
  };
  readonly gaps: readonly (Gap & { readonly account: string; readonly action?: string })[];
  /** Rules some of whose findings would be unknown, and the actions that would tell. */
  readonly unknown: readonly { readonly rule: string; readonly actions: readonly string[] }[];
  /** The classes of events of which a coverage would not know all; left out: nobody asked for one. */
  readonly unknownCoverage?: readonly string[];
  readonly exitCode: 0 | 3;
}

export interface DiagnoseOptions {
  readonly rules: readonly Rule[];
  readonly overrides?: Overrides;
  readonly critical: readonly CriticalSelector[];
  readonly plan: Plan;
  /** For how many days events have to be kept, where the report says what becomes of them. */
  readonly coverage?: Pick<CoverageQuestion, 'days'>;
}

/** What an examination means for a scan. Exit code 3: some findings would be unknown. */
export function diagnose(examination: Examination, options: DiagnoseOptions): Diagnosis {
  const { rules, overrides, critical, plan, coverage } = options;
  const { identity, snapshot, tried, clockAhead } = examination;
  const { id: account, partition } = snapshot.account;
  const gaps = (snapshot.gaps ?? []).map((gap) => ({
    ...gap,
    account,
    ...(gap.operation !== undefined && { action: actionOf(gap.operation, registry) }),
  }));
  const refused = new Set(gaps.flatMap(({ action }) => action ?? []));
  const triedActions = new Set([...tried].map((operation) => actionOf(operation, registry)));
  const needed = actions(plan, registry).filter((action) => !refused.has(action));
  const view = viewAccount(snapshot, { registry, critical });
  const rulings = overrides && rulingIn(view, overrides);
  const unknown = unknownRules(evaluate(rules, view, snapshot.collectedAt, rulings).findings);
  const unknownCoverage =
    coverage && unknownClasses(coverageOf(view, { days: coverage.days, now: snapshot.collectedAt }));
  return {
    trailproof: 'doctor/1',
    identity,
    account,
    partition,
    regions: snapshot.regions,
    clock: {
      secondsAhead: clockAhead === undefined ? undefined : Math.round(clockAhead),
      isGood: clockAhead === undefined || Math.abs(clockAhead) < toleratedSeconds,
    },
    actions: {
      work: needed.filter((action) => triedActions.has(action)),
      untried: needed.filter((action) => !triedActions.has(action)),
    },
    gaps,
    unknown,
    ...(unknownCoverage && { unknownCoverage }),
    exitCode: unknown.length > 0 || (unknownCoverage ?? []).length > 0 ? 3 : 0,
  };
}

/** Where no region is known, nothing is. */
const unknownClasses = ({ classes }: AccountCoverage): readonly string[] =>
  classes
    .filter(
      ({ chains }) => chains.length === 0 || chains.some(({ links }) => links.some(({ holds }) => holds === 'unknown')),
    )
    .map(({ events }) => events);

function unknownRules(findings: Evaluation['findings']): Diagnosis['unknown'] {
  const byRule = Map.groupBy(
    findings.filter(({ status }) => status === 'unknown'),
    ({ rule }) => rule,
  );
  return [...byRule].map(([rule, found]) => ({
    rule,
    actions: [...new Set(found.flatMap(actionsToKnow))].toSorted(),
  }));
}
