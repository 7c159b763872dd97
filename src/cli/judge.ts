import { actions } from '../collectors/plan.ts';
import { AppError } from '../errors.ts';
import { type Evaluation, evaluate } from '../evaluation/evaluate.ts';
import type { Finding } from '../evaluation/finding.ts';
import {
  type FrameworkRun,
  frameworkResult,
  type RuleTally,
  ruleTallyOf,
  withFloors,
} from '../evaluation/framework.ts';
import { exitCode, type GatePolicy, idleCount } from '../evaluation/gate.ts';
import { type Tally, tallyOf, totalsOf } from '../evaluation/tally.ts';
import { type Report, type ReportGap, type ReportPack, type ReportRule, summaryOf } from '../reporters/report.ts';
import { actionOf } from '../resource-types/operations.ts';
import type { Rule } from '../rules/compile.ts';
import type { PackDefinition } from '../rules/pack.ts';
import { remember } from '../snapshot/remember.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import { openRun, type Run } from '../snapshot/run.ts';
import { type RunIndex, startIndex } from '../snapshot/run-index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Account } from './inputs.ts';
import { type Marking, type MarkingOptions, startMarking } from './marking.ts';
import { registry } from './rule-set.ts';
import { openShelf, type Shelf } from './shelf.ts';
import type { Spool } from './spool.ts';
import type { Progress } from './terminal.ts';
import { noWaiving } from './waiving.ts';
import { youngSpaceLimit } from './young-space.ts';

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  readonly critical: readonly CriticalSelector[];
  /** ISO 8601 UTC; left out: when each snapshot was collected. */
  readonly now?: string;
  readonly policy: GatePolicy;
  readonly version: string;
  /** The files that are read, as the report calls them. */
  readonly inputs: readonly string[];
  readonly allowEmpty: 'allow-empty' | 'not-empty';
  readonly progress: Progress;
  /** Accepted risks and known failures; left out: none. */
  readonly accepted?: Pick<MarkingOptions, 'waiving' | 'debt'>;
  /** Those that chose the rules. */
  readonly packs?: readonly ReportPack[];
  /** Those whose requirements the report answers. */
  readonly frameworks?: readonly PackDefinition[];
  /** Where the findings and the gaps are kept, both empty. The report reads them there: it is good until they are closed. */
  readonly findings: Spool<Finding>;
  readonly gaps: Spool<ReportGap>;
}

export interface Judged {
  readonly report: Report;
  /** Rules that threw, each once: their findings are unknown, and the run ends with 2. */
  readonly crashes: Evaluation['crashes'];
}

/**
 * Judges accounts one after the other, in the order in which they come. All are read before the first is judged: what
 * one of them points at may be another's.
 */
export async function judge(accounts: AsyncIterable<Account>, options: JudgeOptions): Promise<Judged> {
  assertSomething(options.rules.length, 'no rule is chosen', options);
  const shelf = openShelf();
  try {
    return await judgeRun(await gather(accounts, shelf, options), options);
  } finally {
    shelf.close();
  }
}

/** Puts every account where it can be looked up, and opens the run of them all. */
async function gather(accounts: AsyncIterable<Account>, shelf: Shelf, { critical, progress }: JudgeOptions) {
  const index = startIndex(registry);
  const seen = new Map<string, Account['place']>();
  const limitYoungSpace = youngSpaceLimit();
  for await (const account of accounts) {
    limitYoungSpace();
    assertNew(seen, account);
    index.add(account.snapshot);
    shelf.put(account);
    await progress.step(`${seen.size} accounts read`);
  }
  return { run: openRun({ index, load: shelf.take, registry, critical }), accounts: index.accounts };
}

/** All that a report says of findings that it does not hold. */
interface Counted {
  readonly tally: Tally;
  readonly byRule: RuleTally;
  readonly regions: ReadonlySet<string>;
  readonly collectedAt: string | undefined;
  readonly crashes: Evaluation['crashes'];
}

interface Gathered {
  readonly run: Run;
  readonly accounts: RunIndex['accounts'];
}

async function judgeRun(gathered: Gathered, options: JudgeOptions): Promise<Judged> {
  const { rules, policy, findings, gaps, packs = [], frameworks = [], now } = options;
  const { waiving, debt } = options.accepted ?? { waiving: noWaiving, debt: undefined };
  const marking = startMarking({ waiving, debt, maxAge: policy.maxAge });
  const { tally, byRule, regions, collectedAt, crashes } = await judgeEach(gathered, options, marking);
  assertSomething(gathered.accounts.size, 'no account was read', options);
  const said = rules.map(ruleOf);
  const run: FrameworkRun = { rules: said, tally: byRule, parameterOf: declaredIn(rules) };
  const results = frameworks.map((pack) => frameworkResult(pack, run));
  const scope = {
    accounts: [...gathered.accounts.keys()],
    regions: [...regions].sort(),
    rules: said,
    inputs: options.inputs,
    ...(collectedAt !== undefined && { collectedAt }),
    ...(now !== undefined && { now }),
    ...(packs.length > 0 && { packs }),
  };
  const accepted = marking.outcome(findings, scope);
  const judgement = {
    tally: withFloors(tally, results, said),
    frameworks: results,
    idle: idleCount(accepted),
    crashed: crashes.length > 0,
  };
  const report: Report = {
    trailproof: 'report/1',
    tool: { name: 'trailproof', version: options.version },
    scope,
    summary: summaryOf(totalsOf(tally), exitCode(judgement, policy), accepted),
    gate: policy,
    ...accepted,
    ...(results.length > 0 && { frameworks: results }),
    findings,
    gaps,
  };
  return { report, crashes };
}

async function judgeEach(
  { run, accounts }: Gathered,
  { rules, now, progress, findings, gaps }: JudgeOptions,
  { mark }: Marking,
): Promise<Counted> {
  let tally = tallyOf([]);
  let byRule = ruleTallyOf([]);
  const regions = new Set<string>();
  let collectedAt: string | undefined;
  const crashes = new Map<string, Evaluation['crashes'][number]>();
  const limitYoungSpace = youngSpaceLimit();
  let judged = 0;
  for (const [id, partition] of accounts) {
    const view = run.accountOf(id, partition);
    if (!view) continue;
    limitYoungSpace();
    const { snapshot } = view;
    const time = now ?? snapshot.collectedAt;
    const evaluated = evaluate(rules, view, time);
    const marked = mark(evaluated.findings, view, time);
    for (const finding of marked) findings.add(finding);
    tally = tallyOf(marked, tally);
    for (const crash of evaluated.crashes) remember(crashes, crash.rule, () => crash);
    byRule = ruleTallyOf(marked, byRule);
    for (const gap of gapsOf(snapshot)) gaps.add(gap);
    for (const region of snapshot.regions) regions.add(region);
    collectedAt = earlier(collectedAt, snapshot.collectedAt);
    judged += 1;
    await progress.step(`${judged} of ${accounts.size} accounts judged`);
  }
  return { tally, byRule, regions, collectedAt, crashes: [...crashes.values()] };
}

/** How rules declare their parameters. */
function declaredIn(rules: readonly Rule[]): FrameworkRun['parameterOf'] {
  const byId = new Map(rules.map(({ definition }) => [definition.id, definition.parameters ?? {}]));
  return (rule, name) => byId.get(rule)?.[name];
}

const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

function assertSomething(count: number, message: string, { allowEmpty }: JudgeOptions): void {
  if (count > 0 || allowEmpty === 'allow-empty') return;
  throw new AppError('usage', `${message}, so nothing can be concluded`, {
    hint: 'Check --only, --skip, --severity and the paths, or pass --allow-empty.',
  });
}

/** Two snapshots of one account would be two answers to one question. */
export function assertNew(seen: Map<string, Account['place']>, { snapshot, place }: Account): void {
  const { id } = snapshot.account;
  if (seen.has(id)) {
    const before = seen.get(id);
    throw new AppError('input', `account ${id} is there twice`, {
      details: [
        `${place ?? 'AWS'}:1 account ${id}; ${before === undefined ? 'it was read' : `it is in ${before}`} already`,
      ],
      hint: 'Keep one snapshot of each account.',
    });
  }
  seen.set(id, place);
}

const gapsOf = ({ account, gaps = [] }: Snapshot): readonly ReportGap[] =>
  gaps.map((gap) => ({
    ...gap,
    account: account.id,
    ...(gap.operation !== undefined && { action: actionOf(gap.operation, registry) }),
  }));

function ruleOf({ definition, operations, parameters, unset }: Rule): ReportRule {
  const { id, title, severity, resource, why, controls = {}, references, remediation } = definition;
  return {
    id,
    title,
    severity,
    resource,
    why,
    controls,
    ...(references && { references }),
    actions: actions({ operations }, registry),
    ...(remediation && { remediation: { ...remediation } }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(unset.length > 0 && { unset }),
  };
}
