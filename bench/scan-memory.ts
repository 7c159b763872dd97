import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { growthOf } from './memory.ts';
import type { ScanMemoryUsed } from './scan-memory-child.ts';

/** An account takes the SDK some thirty milliseconds, whatever becomes of it: ten thousand are for who has the time. */
const counts = [100, 1_000] as const;

export interface ScanMemoryFigures {
  readonly runs: readonly ScanMemoryUsed[];
  /** From the smallest organization to the largest, as a multiple of the peak. */
  readonly growth: number;
}

/** The peak memory of a scan of an organization, by the number of its accounts: flat if what is done is let go. */
export function benchScanMemory(accounts: readonly number[] = counts): ScanMemoryFigures {
  const runs = accounts.map(scan);
  return { runs, growth: growthOf(runs, ({ peakMebibytes }) => peakMebibytes) };
}

/** In a process of its own. */
function scan(accounts: number): ScanMemoryUsed {
  const child = join(import.meta.dirname, 'scan-memory-child.ts');
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] } as const;
  return JSON.parse(execFileSync(execPath, [child, String(accounts)], { ...options, stdio: [...options.stdio] }));
}

// node bench/scan-memory.ts 100 1000 10000
if (import.meta.main) {
  const given = process.argv.slice(2).map(Number);
  console.log(benchScanMemory(given.length > 0 ? given : counts));
}
