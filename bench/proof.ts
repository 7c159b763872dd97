import { evaluate } from '../src/evaluation/evaluate.ts';
import type { Finding } from '../src/evaluation/finding.ts';
import { resourceTypes } from '../src/resource-types/index.ts';
import type { Rule } from '../src/rules/compile.ts';
import { compileRules } from '../src/rules/load.ts';
import type { RuleDefinition } from '../src/rules/rule.ts';
import { viewAccount } from '../src/snapshot/account-view.ts';
import type { Snapshot } from '../src/snapshot/snapshot.ts';
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
  const [all] = measure([{ text: accountOf(200), rules }]);
  const [few, many] = measure([200, 1_000].map((buckets) => ({ text: accountOf(buckets), rules: ofBuckets })));
  if (!all || !few || !many) throw new Error('what is measured has a result');
  return {
    ratio: all.milliseconds / all.parsing,
    milliseconds: all.milliseconds,
    bytes: all.bytes,
    findings: all.findings,
    growth: many.milliseconds / few.milliseconds,
  };
}

const accountOf = (buckets: number): string => JSON.stringify(proofAccount(buckets));

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

interface Work {
  readonly text: string;
  readonly rules: readonly Rule[];
}

interface Measured {
  /** The medians of some rounds. */
  readonly milliseconds: number;
  readonly parsing: number;
  readonly bytes: number;
  readonly findings: number;
}

/** Works take turns, so that whatever else the machine does meets all of them, and none of them cold. */
function measure(works: readonly Work[]): readonly Measured[] {
  for (const work of works) prove(work);
  const turns = Array.from({ length: rounds }, () => works.map(prove));
  return works.map(({ text }, index) => {
    const own = turns.flatMap((turn) => turn[index] ?? []);
    return {
      milliseconds: median(own.map(({ proving }) => proving)),
      parsing: median(own.map(({ parsing }) => parsing)),
      bytes: text.length,
      findings: own[0]?.findings.length ?? 0,
    };
  });
}

interface Proven {
  readonly parsing: number;
  readonly proving: number;
  readonly findings: readonly Finding[];
}

function prove({ text, rules }: Work): Proven {
  const parsed = timed((): Snapshot => JSON.parse(text));
  const proven = timed(() => {
    const view = viewAccount(parsed.value, { registry: resourceTypes, critical: ['critical-*'] });
    return evaluate(rules, view, parsed.value.collectedAt);
  });
  return { parsing: parsed.milliseconds, proving: proven.milliseconds, findings: proven.value.findings };
}

function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const started = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - started };
}
