import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { planOf } from '../../src/cli/plan.ts';
import type { CollectOptions } from '../../src/collectors/collect.ts';
import { type Plan, withRegions } from '../../src/collectors/plan.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { compileRule, type Rule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import { newMap, remember } from '../../src/snapshot/remember.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { collectFrom } from '../collectors/collect-in-memory.ts';
import { ruleFiles } from '../rules/built-in-rules.ts';
import { decidingAnswers } from './deciding-account.ts';

const registry: Registry = resourceTypes;

/** By tag, so that tags are read: of all tables and functions only those are meant that it makes critical. */
const critical: readonly CriticalSelector[] = [{ tag: { 'data-class': 'restricted' } }];
const parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'trail-uses-designated-bucket': { buckets: ['audit-logs'] },
  'dynamodb-data-events-enabled': { tables: [] },
  'lambda-data-events-enabled': { functions: [] },
};

/** Every built-in rule, with all parameters set. */
export const rules: readonly Rule[] = ruleFiles.map((file) => {
  const definition = parse(readFileSync(file, 'utf8')) as RuleDefinition;
  const own = parameters[definition.id];
  return compileRule(definition, { registry, criticalTags: true, ...(own && { parameters: own }) }).rule;
});

/** What a scan with all built-in rules asks. */
export const scanPlan: Plan = withRegions(planOf(rules), registry);

/** What `permissions` says that a rule needs. */
export const operationsOf = (rule: Rule): ReadonlySet<string> =>
  new Set(withRegions({ operations: rule.operations }, registry).operations.keys());

/** The findings of all built-in rules, or of some. A rule that crashes fails the test. */
export function judge(snapshot: Snapshot, some: readonly Rule[] = rules): readonly Finding[] {
  const view = viewAccount(snapshot, { registry, critical });
  const { findings, crashes } = evaluate(some, view, snapshot.collectedAt);
  const [crash] = crashes;
  if (crash) throw crash.error;
  return findings;
}

const judged = new Map<readonly Rule[], Map<string, readonly Finding[]>>();

/**
 * The same, once for all snapshots that lack the same: what AWS said instead of an answer is only told, and is
 * here the same for all.
 */
export function judgeAlike(snapshot: Snapshot, some: readonly Rule[] = rules): readonly Finding[] {
  const gaps = snapshot.gaps?.map((gap) => (ownCodes.has(gap.error) ? gap : { ...gap, error: 'Fault', message: '' }));
  const alike = { ...snapshot, ...(gaps && { gaps }) };
  const before = remember(judged, some, newMap<string, readonly Finding[]>);
  return remember(before, JSON.stringify(alike), () => judge(alike, some));
}

/** What a collector says of its own accord, and not because AWS did. */
const ownCodes: ReadonlySet<string> = new Set(['NotCollected', 'NotOwnedByAccount', 'NotScanned', 'OtherAccount']);

/** Collects what the built-in rules need of an account in which each of them decides something. */
export const collectDeciding = (options: Partial<CollectOptions> = {}): Promise<Snapshot> =>
  collectFrom(decidingAnswers, { plan: scanPlan, ...options });
