import { accountLines, type Sizes, sizesOf } from './generate.ts';
import { median } from './median.ts';
import { builtInRules, type Phase, type Pipeline, phases, pipeline, snapshotValidator } from './pipeline.ts';

const accounts = 1_000;
const rounds = 5;

export interface EvaluationFigures {
  readonly sizes: Sizes;
  readonly rules: number;
  readonly findingsPerAccount: number;
  readonly findingBytesPerAccount: number;
  readonly accountsPerSecond: number;
  /** Of the floor: `JSON.parse` of the lines and `JSON.stringify` of the findings. */
  readonly ratio: number;
  /** Rounds differ: the least and the greatest ratio of one. */
  readonly spread: readonly [number, number];
  /** Where the time goes, each as a multiple of the same floor. */
  readonly phases: Readonly<Record<Phase, number>>;
}

interface Round {
  readonly floor: number;
  readonly spent: Readonly<Record<Phase, number>>;
}

/** Evaluation of a stream in one thread against the least that reading it and writing the findings can cost. */
export async function benchEvaluation(): Promise<EvaluationFigures> {
  const lines = [...accountLines(accounts)];
  const rules = builtInRules();
  const work = pipeline(rules, await snapshotValidator());
  const warm = countFindings(lines.slice(0, 200), work);
  const measured = Array.from({ length: rounds }, () => round(lines, work));
  const total = ({ spent }: Round): number => phases.reduce((sum, phase) => sum + spent[phase], 0);
  const ratios = measured.map((one) => total(one) / one.floor);
  return {
    sizes: sizesOf(lines),
    rules: rules.length,
    ...warm,
    accountsPerSecond: Math.round(accounts / (median(measured.map(total)) / 1_000)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    phases: byPhase((phase) => median(measured.map(({ floor, spent }) => spent[phase] / floor))),
  };
}

/** Work and floor take turns, line by line, so that whatever else the machine does meets both. */
function round(lines: readonly string[], work: Pipeline): Round {
  const spent = byPhase(() => 0);
  const add = (phase: Phase, milliseconds: number): void => {
    spent[phase] += milliseconds;
  };
  let floor = 0;
  for (const line of lines) {
    const findings = work(line, add);
    add(
      'stringify',
      timed(() => JSON.stringify(findings)),
    );
    floor += timed(() => JSON.parse(line));
    floor += timed(() => JSON.stringify(findings));
  }
  return { floor, spent };
}

function timed(work: () => unknown): number {
  const since = performance.now();
  work();
  return performance.now() - since;
}

function countFindings(lines: readonly string[], work: Pipeline) {
  let findings = 0;
  let bytes = 0;
  for (const line of lines) {
    const found = work(line, () => undefined);
    findings += found.length;
    bytes += JSON.stringify(found).length;
  }
  return {
    findingsPerAccount: Math.round(findings / lines.length),
    findingBytesPerAccount: Math.round(bytes / lines.length),
  };
}

const byPhase = (value: (phase: Phase) => number): Record<Phase, number> => ({
  scan: value('scan'),
  parse: value('parse'),
  normalise: value('normalise'),
  validate: value('validate'),
  view: value('view'),
  judge: value('judge'),
  stringify: value('stringify'),
});

if (import.meta.main) console.log(await benchEvaluation());
