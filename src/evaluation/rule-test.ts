import type { Truth } from '../proof/answer.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import { compileRule, type Rule } from '../rules/compile.ts';
import type { Shown } from '../rules/compile-context.ts';
import { operators } from '../rules/operators.ts';
import type { RuleDefinition } from '../rules/rule.ts';
import { wordsIn } from '../rules/vocabulary.ts';
import { viewAccount } from '../snapshot/account-view.ts';
import { remember } from '../snapshot/remember.ts';
import type { AccountView, CriticalSelector } from '../snapshot/resource-view.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { RuleCase } from './case-snapshot.ts';
import { evaluate } from './evaluate.ts';
import type { Finding } from './finding.ts';
import { mutantsOf } from './mutants.ts';

/** A case with the snapshot that it describes, validated. */
export interface ReadyCase {
  readonly written: RuleCase;
  readonly snapshot: Snapshot;
}

export interface CaseResult {
  readonly name: string;
  /** What is wrong; empty: it holds. */
  readonly wrong: readonly string[];
}

export interface RuleTestResult {
  readonly rule: string;
  readonly cases: readonly CaseResult[];
  /** Mutants that no case noticed. */
  readonly survivors: readonly string[];
  readonly mutants: number;
  readonly conditions: readonly ConditionCoverage[];
}

/** A condition of a rule, and which of its two sides no case has shown. */
export interface ConditionCoverage {
  /** `require.Status.IsLogging`. */
  readonly path: string;
  readonly neverSeen: readonly Truth[];
}

export interface RuleTestOptions {
  readonly registry: Registry;
  readonly mutate: 'mutate' | 'as-written';
}

/**
 * Runs a rule against its cases: each both ways (a finding that no expectation names fails too), the statuses that
 * every rule must show, each unknown that follows from a pass by a gap, and every mutant of the rule.
 */
export function testRule(
  definition: RuleDefinition,
  cases: readonly ReadyCase[],
  options: RuleTestOptions,
): RuleTestResult {
  const shown: Shown = new Map();
  const judging = judgingOf(options.registry);
  const judge = judging(definition, shown);
  const judged = cases.map((ready) => ({ ready, findings: judge(ready) }));
  const results = judged.map(({ ready: { written }, findings }) => ({
    name: written.name,
    wrong: whatIsWrong(written, findings),
  }));
  const unseen = judging(definition);
  const derived = judged.flatMap((it) => derivedUnknowns(it, unseen, options.registry));
  const mutants = options.mutate === 'mutate' ? mutantsOf(definition).filter(({ definition: it }) => it.require) : [];
  return {
    rule: definition.id,
    cases: [...results, { name: 'shows a pass, a fail and an unknown', wrong: missingStatuses(judged) }, ...derived],
    survivors: mutants.filter((mutant) => survives(judging(mutant.definition), cases)).map(({ change }) => change),
    mutants: mutants.length,
    conditions: [...shown].map(([path, truths]) => ({
      path,
      neverSeen: sidesOf(path).filter((truth) => !truths.has(truth)),
    })),
  };
}

/** What a condition says where it holds and where it does not. */
function sidesOf(path: string): readonly Truth[] {
  const operator = operators[path.slice(path.lastIndexOf('.') + 1)];
  return ['yes', operator?.neverSays === 'no' ? 'unknown' : 'no'];
}

/** What a rule finds in a case. */
type Judge = (ready: ReadyCase) => readonly Finding[];

interface Judged {
  readonly ready: ReadyCase;
  readonly findings: readonly Finding[];
}

/** For a rule and all its mutants: each is compiled once for cases of the same parameters, each case looked at once. */
function judgingOf(registry: Registry): (definition: RuleDefinition, shown?: Shown) => Judge {
  const words = wordsIn(registry);
  const views = new Map<ReadyCase, AccountView>();
  const viewOf = (ready: ReadyCase): AccountView =>
    remember(views, ready, () => {
      const critical = (ready.written.critical ?? []) as readonly CriticalSelector[];
      return viewAccount(ready.snapshot, { registry, critical });
    });
  return (definition, shown) => {
    const compiled = new Map<RuleCase['parameters'], Rule>();
    const ruleOf = (parameters: RuleCase['parameters']): Rule =>
      remember(compiled, parameters, () => {
        const given = {
          registry,
          words,
          criticalTags: true,
          ...(parameters && { parameters }),
          ...(shown && { shown }),
        };
        const { rule, problems } = compileRule(definition, given);
        if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
        return rule;
      });
    return (ready) => {
      const { findings, crashes } = evaluate(
        [ruleOf(ready.written.parameters)],
        viewOf(ready),
        ready.snapshot.collectedAt,
      );
      const [crash] = crashes;
      if (crash) throw crash.error;
      return findings;
    };
  };
}

/** Both ways: what is expected is there, and what is there is expected. */
function whatIsWrong({ expect, because }: RuleCase, findings: readonly Finding[]): readonly string[] {
  const wrong = typeof expect === 'string' ? findings.flatMap((it) => notAs(it, expect)) : bothWays(expect, findings);
  const said = because === undefined || findings.some((it) => mentions(it, because));
  return said
    ? wrong
    : [...wrong, `nothing mentions ${because}: ${findings.map(({ message }) => message).join(' | ')}`];
}

function bothWays(expect: Readonly<Record<string, string>>, findings: readonly Finding[]): readonly string[] {
  const nameOf = ({ resource }: Finding): string | undefined =>
    [resource.name, resource.id].find((name) => Object.hasOwn(expect, name));
  const there = new Set(findings.map(nameOf));
  return [
    ...findings.flatMap((it) => {
      const name = nameOf(it);
      return name === undefined
        ? [`${it.resource.id} is ${it.status}, and nothing expects it: ${it.message}`]
        : notAs(it, expect[name]);
    }),
    ...Object.keys(expect)
      .filter((name) => !there.has(name))
      .map((name) => `no finding for ${name}`),
  ];
}

const notAs = ({ resource, status, message }: Finding, expected: string | undefined): readonly string[] =>
  status === expected ? [] : [`${resource.name} is ${status}, expected ${expected}: ${message}`];

/** In the message, or in a path, note or gap of the evidence. */
const mentions = ({ message, evidence }: Finding, text: string): boolean =>
  message.includes(text) || JSON.stringify(evidence).includes(text);

function missingStatuses(judged: readonly Judged[]): readonly string[] {
  const shown = new Set(judged.flatMap(({ findings }) => findings.map(({ status }) => status)));
  return (['pass', 'fail', 'unknown'] as const)
    .filter((status) => !shown.has(status))
    .map((status) => `no case shows ${status}`);
}

/** Takes each operation that a pass rests on away: then it must not pass any more (design §4). */
function derivedUnknowns({ ready, findings: whole }: Judged, judge: Judge, registry: Registry): readonly CaseResult[] {
  const passes = whole.filter(({ status }) => status === 'pass');
  return passes.flatMap(({ resource, evidence }) => {
    const operations = [...new Set(evidence.flatMap(({ from }) => from ?? []))].filter((operation) =>
      Object.values(registry).some(({ reads }) => Object.hasOwn(reads, operation)),
    );
    return operations.flatMap((operation) => {
      const findings = judge({ ...ready, snapshot: without(ready.snapshot, operation, registry) });
      const wrong = findings
        .filter((it) => it.resource.id === resource.id && it.status === 'pass')
        .filter((it) => it.evidence.some(({ from }) => from === operation))
        .map(() => `${resource.name} still passes`);
      return wrong.length > 0 ? [{ name: `${ready.written.name}, with ${operation} refused`, wrong }] : [];
    });
  });
}

/** The snapshot as it would be had AWS refused one operation everywhere. */
export function without(snapshot: Snapshot, operation: string, registry: Registry): Snapshot {
  const resources = Object.entries(snapshot.resources).map(([typeName, items]) => {
    const type = registry[typeName];
    const gone = Object.keys(type?.reads[operation]?.gives ?? {});
    // What reads one type may be what lists another, of which nothing is there then.
    const found = type?.list?.operation === operation && !type.lookup ? [] : items;
    return [
      typeName,
      found.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => !gone.includes(name)))),
    ] as const;
  });
  const gap = { operation, error: 'AccessDeniedException' };
  return { ...snapshot, resources: Object.fromEntries(resources), gaps: [...(snapshot.gaps ?? []), gap] };
}

function survives(judge: Judge, cases: readonly ReadyCase[]): boolean {
  try {
    return cases.every((ready) => whatIsWrong({ ...ready.written, because: '' }, judge(ready)).length === 0);
  } catch {
    // A mutant that is no rule any more is noticed.
    return false;
  }
}
