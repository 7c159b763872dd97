import { floorOf, type Mapping, type PackDefinition, type Requirement } from '../rules/pack.ts';
import { type Parameter, type Severity, severities } from '../rules/rule.ts';
import { isAsStrict } from '../rules/strictness.ts';
import { type Finding, type Status, statuses } from './finding.ts';
import type { RuleVariant } from './rule-variants.ts';
import { type Tally, tallyOf } from './tally.ts';

/** `manual`: nothing that is configured can answer it. */
export type RequirementStatus = Status | 'manual';

/** What a rule that was run says of itself. */
export interface RuleRun {
  readonly id: string;
  readonly severity: Severity;
  readonly controls: Readonly<Record<string, readonly string[]>>;
  /** The values that it was run with. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Parameters without which nothing could be judged, and that nobody set. */
  readonly unset?: readonly string[];
  /** What overrides made of it, where they held; left out: nothing anywhere. */
  readonly variants?: readonly RuleVariant[];
}

/** A parameter with a floor that it is below, or not known to hold. */
export interface FloorResult {
  readonly parameter: string;
  readonly value?: unknown;
  readonly floor: unknown;
  /** Which way is stricter. */
  readonly stricter?: NonNullable<Parameter['stricter']>;
  readonly holds: 'no' | 'unknown';
}

/** What one rule says to a requirement. */
export interface RuleResult extends Mapping {
  readonly status: Status;
  /** How many findings of it are in each status. */
  readonly findings: Readonly<Record<Status, number>>;
  /** Why the findings alone do not say the status. */
  readonly reason?: string;
  readonly floors?: readonly FloorResult[];
}

/** One requirement, and the worst that its rules say. */
export interface RequirementResult {
  readonly id: string;
  readonly title: string;
  readonly coverage: Requirement['coverage'];
  readonly status: RequirementStatus;
  readonly note?: string;
  readonly rules: readonly RuleResult[];
}

/** What a run says to each requirement of a framework. */
export interface FrameworkResult {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** How many requirements are in each status; `partial`: how many of those that pass are met in part only. */
  readonly summary: Readonly<Record<RequirementStatus | 'partial', number>>;
  readonly requirements: readonly RequirementResult[];
}

/** How many findings of each rule are in each status. */
export type RuleTally = ReadonlyMap<string, Readonly<Record<Status, number>>>;

/** The findings counted by rule, onto what was counted before: all that a framework needs of any number of them. */
export function ruleTallyOf(
  findings: Iterable<Pick<Finding, 'rule' | 'status'>>,
  before: RuleTally = new Map(),
): RuleTally {
  const counts = new Map([...before].map(([rule, count]) => [rule, { ...count }]));
  for (const { rule, status } of findings) {
    const count = counts.get(rule) ?? none();
    counts.set(rule, count);
    count[status] += 1;
  }
  return counts;
}

const none = (): Record<Status, number> => ({ fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 });

export interface FrameworkRun {
  /** The rules that were run. */
  readonly rules: readonly RuleRun[];
  readonly tally: RuleTally;
  /** How a rule declares a parameter; undefined: nobody knows. */
  readonly parameterOf: (rule: string, name: string) => Parameter | undefined;
}

/**
 * What a run says to each requirement of a framework: the worst of its rules. A rule that was not run or that judged
 * nothing is unknown, never a pass; one that was run with less than the framework's floor fails. One that waits for a
 * parameter leaves the answer to the others, and is unknown where the framework bounds the parameter or none is left.
 */
export function frameworkResult(pack: PackDefinition, run: FrameworkRun): FrameworkResult {
  const byId = new Map(run.rules.map((rule) => [rule.id, rule]));
  const requirements = (pack.requirements ?? []).map((requirement): RequirementResult => {
    const { id, title, note, coverage, rules = [] } = requirement;
    const mapped = [...rules, ...ownMappings(pack.pack, requirement, run.rules)];
    const results = mapped.map((mapping) =>
      ruleResult(mapping, byId.get(mapping.rule), floorOf(mapping.rule, requirement, pack), run),
    );
    return {
      id,
      title,
      // Whoever writes a rule for a requirement answers some of it.
      coverage: coverage === 'manual' && results.length > 0 ? 'partial' : coverage,
      status: results.length > 0 ? together(results) : 'manual',
      ...(note !== undefined && { note }),
      rules: results,
    };
  });
  return { name: pack.pack, title: pack.title, about: pack.about, summary: summaryOf(requirements), requirements };
}

/** Rules of somebody's own may say themselves which requirements they answer. */
function ownMappings(pack: string, { id, rules = [] }: Requirement, run: readonly RuleRun[]): readonly Mapping[] {
  const others = run.filter((rule) => !rules.some((mapping) => mapping.rule === rule.id));
  const answering = others.filter(({ controls }) => Object.hasOwn(controls, pack) && controls[pack]?.includes(id));
  return answering.map((rule) => ({ rule: rule.id }));
}

function ruleResult(
  mapping: Mapping,
  rule: RuleRun | undefined,
  floor: Readonly<Record<string, unknown>>,
  { tally, parameterOf }: FrameworkRun,
): RuleResult {
  const findings = tally.get(mapping.rule) ?? none();
  const { rule: id, assertedBy, generic } = mapping;
  const said = { rule: id, ...(assertedBy && { assertedBy }), ...(generic && { generic }) };
  if (!rule) return { ...said, status: 'unknown', findings, reason: 'it was not run' };
  const ways: readonly Way[] = rule.variants ?? [rule];
  const waiting = ways.filter(({ unset = [] }) => unset.length > 0);
  const unset = [...new Set(waiting.flatMap((way) => way.unset ?? []))];
  if (unset.length > 0 && waiting.length === ways.length) {
    const status = unset.some((name) => Object.hasOwn(floor, name)) ? 'unknown' : 'not-applicable';
    return { ...said, status, findings, reason: `it needs the parameter ${unset.join(' and ')}` };
  }
  const judging = ways.filter((way) => !waiting.includes(way) && !way.skipped);
  const floors = judging.flatMap(({ parameters }) =>
    Object.entries(floor).flatMap(([name, bound]) =>
      floorResult({ name, bound, value: parameters?.[name] }, parameterOf(id, name)),
    ),
  );
  const found = statuses.filter((status) => findings[status] > 0);
  const reason = whyOpen(ways, unset) ?? (found.length === 0 ? 'it judged nothing' : undefined);
  return {
    ...said,
    status: worst([
      ...found,
      ...(reason === undefined ? [] : (['unknown'] as const)),
      ...floors.map(({ holds }) => (holds === 'no' ? 'fail' : 'unknown')),
    ]),
    findings,
    ...(reason !== undefined && { reason }),
    ...(floors.length > 0 && { floors }),
  };
}

/** Why findings say nothing of some accounts, though they do of others. */
function whyOpen(ways: readonly Way[], unset: readonly string[]): string | undefined {
  const skips = [...new Set(ways.flatMap(({ by = [], skipped }) => (skipped ? by : [])))];
  if (skips.length > 0) return `${skips.join(' and ')} skips it`;
  return unset.length > 0 ? `it needs the parameter ${unset.join(' and ')} in some accounts` : undefined;
}

/** One way in which a rule was run. */
type Way = Partial<Pick<RuleVariant, 'by' | 'skipped' | 'parameters' | 'unset'>>;

interface Bounded {
  readonly name: string;
  readonly value: unknown;
  readonly bound: unknown;
}

function floorResult({ name, value, bound }: Bounded, parameter: Parameter | undefined): readonly FloorResult[] {
  const holds = parameter ? isAsStrict(parameter, value, bound) : 'unknown';
  if (holds === 'yes') return [];
  const { stricter } = parameter ?? {};
  return [
    { parameter: name, ...(value !== undefined && { value }), floor: bound, ...(stricter && { stricter }), holds },
  ];
}

/** A requirement of which nobody has said what it means here is not one that does not apply. */
function together(results: readonly RuleResult[]): Status {
  const status = worst(results.map((result) => result.status));
  return status === 'not-applicable' && results.some(({ reason }) => reason !== undefined) ? 'unknown' : status;
}

const worst = (found: readonly Status[]): Status => statuses.find((status) => found.includes(status)) ?? 'unknown';

function summaryOf(requirements: readonly RequirementResult[]): FrameworkResult['summary'] {
  const count = (status: RequirementStatus) => requirements.filter((it) => it.status === status).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    unknown: count('unknown'),
    'not-applicable': count('not-applicable'),
    manual: count('manual'),
    partial: requirements.filter(({ status, coverage }) => status === 'pass' && coverage === 'partial').length,
  };
}

/**
 * The tally with one failure more for each parameter below a floor, and one unknown for each that is not known to hold
 * one, at the severity of its rule: no finding says so, and the run must not end as if all were well.
 */
export function withFloors(tally: Tally, frameworks: readonly FrameworkResult[], rules: readonly RuleRun[]): Tally {
  const severityOf = new Map(rules.map((rule) => [rule.id, worstSeverity(rule)]));
  const results = frameworks.flatMap(({ requirements }) => requirements.flatMap(({ rules: own }) => own));
  const broken = new Map(
    results.flatMap(({ rule, floors = [] }) =>
      floors.map(({ parameter, holds, floor }) => [JSON.stringify([rule, parameter, floor]), { rule, holds }] as const),
    ),
  );
  return tallyOf(
    [...broken.values()].flatMap(({ rule, holds }) => {
      const severity = severityOf.get(rule);
      return severity ? [{ severity, status: holds === 'no' ? ('fail' as const) : holds }] : [];
    }),
    tally,
  );
}

/** Nobody asks where a parameter is too low: it counts as much as the worst that any override makes of the rule. */
export function worstSeverity({ severity, variants = [] }: RuleRun): Severity {
  const may = [severity, ...variants.map((variant) => variant.severity)];
  return severities.find((one) => may.includes(one)) ?? severity;
}
