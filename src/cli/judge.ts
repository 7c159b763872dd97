import { actions } from '../collectors/plan.ts';
import type { CoverageQuestion } from '../evaluation/coverage.ts';
import { type Evaluation, evaluate } from '../evaluation/evaluate.ts';
import type { Finding } from '../evaluation/finding.ts';
import { type FrameworkRun, frameworkResult, withFloors } from '../evaluation/framework.ts';
import { exitCode, type GatePolicy, idleCount } from '../evaluation/gate.ts';
import { type CriticalWatch, watchCritical } from '../evaluation/idle-critical.ts';
import { type Overrides, rulingIn } from '../evaluation/overrides.ts';
import type { VariantsSeen } from '../evaluation/rule-variants.ts';
import { totalsOf } from '../evaluation/tally.ts';
import { type Report, type ReportGap, type ReportPack, type ReportRule, summaryOf } from '../reporters/report.ts';
import { actionOf } from '../resource-types/operations.ts';
import type { Rule } from '../rules/compile.ts';
import type { PackDefinition } from '../rules/pack.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import { openRun, type Run } from '../snapshot/run.ts';
import { type RunIndex, startIndex } from '../snapshot/run-index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type AccountSource, accountSource, isFile, withSource } from './account-source.ts';
import { heapLimit } from './heap.ts';
import { type Account, assertNew } from './inputs.ts';
import { type Marking, type MarkingOptions, startMarking } from './marking.ts';
import { registry } from './rule-set.ts';
import { type Counted, startCounts } from './run-counts.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { assertJudging, assertSomething } from './something-judged.ts';
import type { Spool } from './spool.ts';
import type { Progress } from './terminal.ts';
import { noWaiving } from './waiving.ts';

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  /** What the config changes for some accounts and regions. */
  readonly overrides?: Overrides;
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
  /** For how many days events have to be kept, where the report says what is recorded, kept and noticed. */
  readonly coverage?: Pick<CoverageQuestion, 'days'>;
  /** Where the findings and the gaps are kept, both empty. The report reads them there: it is good until they are closed. */
  readonly findings: Spool<Finding>;
  readonly gaps: Spool<ReportGap>;
}

export interface Judged {
  readonly report: Report;
  /** Rules that threw, each once: their findings are unknown, and the run ends with 2. */
  readonly crashes: Evaluation['crashes'];
  /** What the config says that did nothing here: overrides of rules that were run, and words that call something critical. */
  readonly idle: { readonly overrides: readonly string[]; readonly critical: readonly string[] };
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
  const sources = new Map<string, AccountSource>();
  const seen = new Map<string, Account['place']>();
  const limitHeap = heapLimit();
  for await (const account of accounts) {
    limitHeap();
    assertNew(seen, account);
    const { source, ...read } = account;
    index.add(read.snapshot);
    if (source && isFile(source)) sources.set(read.snapshot.account.id, accountSource(read.snapshot, source));
    shelf.put(read);
    await progress.step(`${seen.size} accounts read`);
  }
  const load: Shelf['take'] = (id) => {
    // What one account names may be in all the others.
    limitHeap();
    return shelf.take(id);
  };
  return { run: openRun({ index, load, registry, critical }), accounts: index.accounts, sources };
}

interface Gathered {
  readonly run: Run;
  readonly accounts: RunIndex['accounts'];
  readonly sources: ReadonlyMap<string, AccountSource>;
}

async function judgeRun(gathered: Gathered, options: JudgeOptions): Promise<Judged> {
  const { rules, overrides, policy, findings, gaps, packs = [], frameworks = [], coverage, now } = options;
  const { waiving, debt } = options.accepted ?? { waiving: noWaiving, debt: undefined };
  const marking = startMarking({ waiving, debt, maxAge: policy.maxAge });
  const watch = watchCritical(
    options.critical,
    rules.map(({ definition }) => definition),
  );
  const counted = await judgeEach(gathered, options, { ...marking, see: watch.see });
  const { tally, byRule, regions, collectedAt, collectedUntil, crashes, variants, coverage: accounts } = counted;
  assertSomething(gathered.accounts.size, 'no account was read', options);
  const said = rules.map((rule) => ruleOf(rule, variants));
  assertJudging(said, options);
  const run: FrameworkRun = { rules: said, tally: byRule, parameterOf: declaredIn(rules) };
  const results = frameworks.map((pack) => frameworkResult(pack, run));
  const scope = {
    accounts: [...gathered.accounts.keys()],
    regions: [...regions].sort(),
    rules: said,
    inputs: options.inputs,
    ...(collectedAt !== undefined && { collectedAt }),
    ...(collectedUntil !== undefined && collectedUntil !== collectedAt && { collectedUntil }),
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
    ...(coverage && { coverage: { days: coverage.days, accounts } }),
    findings,
    gaps,
  };
  const idle = (overrides?.list ?? []).filter(({ name, rules: changed }) => {
    const isAsked = said.some(({ id }) => changed.has(id));
    return isAsked && !variants.names.has(name);
  });
  return { report, crashes, idle: { overrides: idle.map(({ name }) => name), critical: watch.idle() } };
}

async function judgeEach(
  { run, accounts, sources }: Gathered,
  { rules, overrides, now, progress, findings, gaps, coverage: asked }: JudgeOptions,
  { mark, see }: Pick<Marking, 'mark'> & Pick<CriticalWatch, 'see'>,
): Promise<Counted> {
  // Most runs ask for none.
  const covering = asked && (await import('../evaluation/coverage.ts'));
  const counts = startCounts();
  const limitHeap = heapLimit();
  let judged = 0;
  for (const [id, partition] of accounts) {
    const view = run.accountOf(id, partition);
    if (!view) continue;
    limitHeap();
    see(view);
    const asOf = now ?? view.snapshot.collectedAt;
    const ruling = counts.variants.noted(overrides && rulingIn(view, overrides));
    const evaluated = evaluate(rules, view, asOf, ruling);
    const marked = mark(evaluated.findings, view, asOf);
    for (const finding of withSource(marked, view, sources.get(id))) findings.add(finding);
    for (const gap of gapsOf(view.snapshot)) gaps.add(gap);
    counts.add(view.snapshot, { ...evaluated, findings: marked });
    if (covering) counts.cover(covering.coverageOf(view, { ...asked, now: asOf }));
    judged += 1;
    await progress.step(`${judged} of ${accounts.size} accounts judged`);
  }
  return counts.counted();
}

/** How rules declare their parameters. */
function declaredIn(rules: readonly Rule[]): FrameworkRun['parameterOf'] {
  const byId = new Map(rules.map(({ definition }) => [definition.id, definition.parameters ?? {}]));
  return (rule, name) => byId.get(rule)?.[name];
}

const gapsOf = ({ account, gaps = [] }: Snapshot): readonly ReportGap[] =>
  gaps.map((gap) => ({
    ...gap,
    account: account.id,
    ...(gap.operation !== undefined && { action: actionOf(gap.operation, registry) }),
  }));

function ruleOf(rule: Rule, variants: VariantsSeen): ReportRule {
  const { definition, operations, parameters, unset } = rule;
  const others = variants.of(rule);
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
    ...(others.length > 0 && { variants: others }),
  };
}
