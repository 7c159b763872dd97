import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { arch, platform, version } from 'node:process';
import { benchCheckMemory, type CheckMemoryFigures } from './check-memory.ts';
import { benchColdStart, type ColdStartFigures, notBuilt } from './cold-start.ts';
import { benchEvaluation, type EvaluationFigures } from './evaluation.ts';
import { benchMemory, type MemoryFigures } from './memory.ts';
import { phases } from './pipeline.ts';
import { benchProof, type ProofFigures } from './proof.ts';
import { benchReportMemory, type ReportMemoryFigures } from './report-memory.ts';
import { benchScanMemory, type ScanMemoryFigures } from './scan-memory.ts';

/** One line of the table: what, how much, and what is aimed at. Nothing here fails: machines differ. */
interface Row {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
}

/**
 * What holds with all 133 rules. 1.5 ×, 2 × and 50 × were aimed at when there were 37, and leave these no room: a check of
 * an account without anything, by one rule, takes 1.65 × an empty command, and to read a stream, create its findings and
 * write them takes 1.7 × the floor before anything is judged.
 */
const budgets = {
  coldStart: '≤ 3.5 × an empty command',
  evaluation: '≤ 6.5 × JSON.parse + JSON.stringify',
  proof: '≤ 120 × JSON.parse',
};

const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

function coldStartRows(figures: ColdStartFigures | undefined): readonly Row[] {
  if (!figures) return [{ what: 'check of one fixture, cold', measured: notBuilt, budget: budgets.coldStart }];
  const { milliseconds, toEmpty, toNode } = figures;
  const took = (name: keyof typeof milliseconds): string => `${Math.round(milliseconds[name])} ms`;
  return [
    {
      what: 'check of one fixture, cold',
      measured: `${times(toEmpty)} (${took('check')} to ${took('empty')})`,
      budget: budgets.coldStart,
    },
    {
      what: '… to node -e 0',
      measured: `${times(toNode)} (${took('check')} to ${took('node')})`,
      budget: '',
    },
  ];
}

function evaluationRows({ ratio, spread, sizes, ...figures }: EvaluationFigures): readonly Row[] {
  const input = `${sizes.accounts} accounts, ${Math.round(sizes.bytesPerLine / 1_000)} kB a line`;
  return [
    {
      what: `evaluation of ${input}`,
      measured: `${times(ratio)} (${spread.map((one) => one.toFixed(2)).join(' to ')})`,
      budget: budgets.evaluation,
    },
    ...phases.map((phase) => ({ what: `… ${phase}`, measured: times(figures.phases[phase]), budget: '' })),
    { what: '… accounts a second', measured: String(figures.accountsPerSecond), budget: '' },
  ];
}

function memoryRows({ runs, growth }: MemoryFigures): readonly Row[] {
  return [
    ...runs.map(({ accounts, peakMebibytes, heldMebibytes }) => ({
      what: `memory, ${accounts} accounts`,
      measured: `peak ${peakMebibytes} MiB, ${heldMebibytes} MiB held at the end`,
      budget: '',
    })),
    {
      what: '… the last to the first',
      measured: `peak ${times(growth.peak)}, held ${times(growth.held)}`,
      budget: 'flat',
    },
  ];
}

function checkMemoryRows(figures: CheckMemoryFigures | undefined): readonly Row[] {
  if (!figures) return [{ what: 'memory of check', measured: notBuilt, budget: 'flat' }];
  return [
    ...figures.runs.map(({ accounts, peakMebibytes, seconds }) => ({
      what: `memory of check, ${accounts} accounts`,
      measured: `peak ${peakMebibytes} MiB (${seconds} s)`,
      budget: '',
    })),
    { what: '… the last to the first', measured: `peak ${times(figures.growth)}`, budget: 'flat' },
  ];
}

const scanMemoryRows = ({ runs, growth }: ScanMemoryFigures): readonly Row[] => [
  ...runs.map(({ accounts, peakMebibytes, seconds }) => ({
    what: `memory of scan, ${accounts} accounts`,
    measured: `peak ${peakMebibytes} MiB (${seconds} s)`,
    budget: '',
  })),
  { what: '… the last to the first', measured: `peak ${times(growth)}`, budget: 'flat' },
];

const reportMemoryRows = (figures: readonly ReportMemoryFigures[]): readonly Row[] =>
  figures.map(({ format, runs, growth }) => ({
    what: `memory of ${format}, ${runs.map(({ findings }) => findings).join(' and ')} findings`,
    measured: `peak ${runs.map(({ peakMebibytes }) => peakMebibytes).join(' and ')} MiB, ${times(growth)}`,
    budget: 'flat',
  }));

function proofRows({ ratio, milliseconds, bytes, findings, growth }: ProofFigures): readonly Row[] {
  return [
    {
      what: `proof of one account, ${Math.round(bytes / 1_000)} kB, ${findings} findings`,
      measured: `${times(ratio)} (${Math.round(milliseconds)} ms)`,
      budget: budgets.proof,
    },
    { what: '… 1,000 critical buckets to 200', measured: times(growth), budget: '5 × is linear' },
  ];
}

function table(rows: readonly Row[]): string {
  const width = (column: keyof Row): number => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map((row) =>
      `${row.what.padEnd(width('what'))}  ${row.measured.padEnd(width('measured'))}  ${row.budget}`.trimEnd(),
    )
    .join('\n');
}

const coldStart = benchColdStart();
const evaluation = await benchEvaluation();
const memory = await benchMemory();
const checkMemory = await benchCheckMemory();
const scanMemory = benchScanMemory();
const reportMemory = benchReportMemory();
const proof = benchProof();
const { sizes, rules, findingsPerAccount, findingBytesPerAccount } = evaluation;
console.log(`Node ${version}, ${platform} ${arch}, ${availableParallelism()} cores`);
console.log(
  `${sizes.accounts} accounts, ${sizes.bytes} bytes: ${sizes.bytesPerLine} bytes, ${sizes.propertiesPerLine} properties ` +
    `and ${sizes.gapsPerLine} gaps a line; ${rules} rules, ${findingsPerAccount} findings of ` +
    `${findingBytesPerAccount} bytes together for each\n`,
);
console.log(
  table([
    ...coldStartRows(coldStart),
    ...evaluationRows(evaluation),
    ...memoryRows(memory),
    ...checkMemoryRows(checkMemory),
    ...scanMemoryRows(scanMemory),
    ...reportMemoryRows(reportMemory),
    ...proofRows(proof),
  ]),
);
const machine = { node: version, platform, arch, cores: availableParallelism() };
const results = {
  machine,
  coldStart: coldStart ?? null,
  evaluation,
  memory,
  checkMemory: checkMemory ?? null,
  scanMemory,
  reportMemory,
  proof,
};
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
