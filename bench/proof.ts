import { evaluate } from '../src/evaluation/evaluate.ts';
import type { Finding } from '../src/evaluation/finding.ts';
import { resourceTypes } from '../src/resource-types/index.ts';
import type { Rule } from '../src/rules/compile.ts';
import { compileRules } from '../src/rules/load.ts';
import type { RuleDefinition } from '../src/rules/rule.ts';
import { viewAccount } from '../src/snapshot/account-view.ts';
import { median } from './median.ts';
import { builtInRules } from './pipeline.ts';
import { proofAccount, watched } from './proof-account.ts';

const rounds = 9;

export interface ProofFigures {
  /** Of `JSON.parse` of the account's snapshot, for all rules. */
  readonly ratio: number;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly findings: number;
  /** The time for a thousand critical buckets to that for two hundred, of the rule about them; five is linear. */
  readonly growth: number;
}

/** What the proof costs in an account as a large company has it: the built-in rules, and who learns of fifteen classes of events. */
export function benchProof(): ProofFigures {
  const rules = [...builtInRules(), ...monitors()];
  const ofBuckets = rules.filter(({ definition }) => definition.id === 's3-data-events-critical-buckets');
  const all = measure(200, rules);
  return { ...all, growth: measure(1_000, ofBuckets).milliseconds / measure(200, ofBuckets).milliseconds };
}

/** As the monitoring controls of the benchmarks ask: six calls each. */
function monitors(): readonly Rule[] {
  const definitions = Array.from(
    { length: 15 },
    (_, index): RuleDefinition => ({
      id: `monitor-${index}`,
      title: 'Somebody learns of it',
      severity: 'medium',
      resource: 'AWS::Account',
      why: 'It matters.',
      require: { alerts: { events: { eventCategory: 'Management', eventName: watched.slice(index, index + 6) } } },
    }),
  );
  const { rules, mistakes } = compileRules(definitions, { registry: resourceTypes });
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return rules;
}

function measure(buckets: number, rules: readonly Rule[]): Omit<ProofFigures, 'growth'> {
  const text = JSON.stringify(proofAccount(buckets));
  const parsing: number[] = [];
  const proving: number[] = [];
  let findings: readonly Finding[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const parsed = timed(() => JSON.parse(text));
    parsing.push(parsed.milliseconds);
    const proven = timed(() => {
      const view = viewAccount(parsed.value, { registry: resourceTypes, critical: ['critical-*'] });
      return evaluate(rules, view, parsed.value.collectedAt);
    });
    proving.push(proven.milliseconds);
    findings = proven.value.findings;
  }
  const milliseconds = median(proving);
  return { ratio: milliseconds / median(parsing), milliseconds, bytes: text.length, findings: findings.length };
}

function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const started = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - started };
}
