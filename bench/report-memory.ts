import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { type Format, reporters } from '../src/reporters/index.ts';
import { growthOf } from './memory.ts';
import type { ReportMemoryUsed } from './report-memory-child.ts';

const counts = [10_000, 100_000] as const;

export interface ReportMemoryFigures {
  readonly format: Format;
  readonly runs: readonly ReportMemoryUsed[];
  /** From the shorter report to the longer one, as a multiple of the peak. */
  readonly growth: number;
}

/** The peak memory of saying a report, by format and by the number of findings: flat if what is said is let go. */
export function benchReportMemory(): readonly ReportMemoryFigures[] {
  return (Object.keys(reporters) as readonly Format[]).map((format) => {
    const runs = counts.map((count) => say(format, count));
    return { format, runs, growth: growthOf(runs, ({ peakMebibytes }) => peakMebibytes) };
  });
}

/** In a process of its own. */
function say(format: Format, count: number): ReportMemoryUsed {
  const child = join(import.meta.dirname, 'report-memory-child.ts');
  return JSON.parse(execFileSync(execPath, ['--expose-gc', child, format, String(count)], { encoding: 'utf8' }));
}

if (import.meta.main) for (const { runs } of benchReportMemory()) console.table(runs);
