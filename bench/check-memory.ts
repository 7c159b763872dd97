import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { main, notBuilt } from './cold-start.ts';
import { counts, growthOf, withLineBreaks } from './memory.ts';

export interface CheckMemoryFigures {
  readonly runs: readonly { readonly accounts: number; readonly peakMebibytes: number; readonly seconds: number }[];
  /** From the shortest stream to the longest, as a multiple of the peak. */
  readonly growth: number;
}

/**
 * The peak memory of `check` as a user runs it, the report as JSON to /dev/null, by the number of accounts: flat if
 * neither accounts nor findings pile up. Undefined when there is no bundle to start.
 */
export async function benchCheckMemory(): Promise<CheckMemoryFigures | undefined> {
  if (!existsSync(main)) return undefined;
  const runs: CheckMemoryFigures['runs'][number][] = [];
  for (const count of counts) runs.push(await check(count));
  return { runs, growth: growthOf(runs, ({ peakMebibytes }) => peakMebibytes) };
}

async function check(accounts: number): Promise<CheckMemoryFigures['runs'][number]> {
  const since = performance.now();
  const args = [
    '--import',
    join(import.meta.dirname, 'peak.ts'),
    main,
    'check',
    '-',
    '--rules',
    'everything',
    '--format',
    'json',
    '--quiet',
  ];
  const child = spawn(execPath, args, { stdio: ['pipe', 'ignore', 'inherit', 'pipe'] });
  const ended = once(child, 'close');
  // As asked for: the first is a pipe to write to, the fourth one to read from.
  const [stdin, , , peak] = child.stdio as unknown as readonly [Writable, null, null, Readable];
  const said = text(peak);
  await pipeline(Readable.from(withLineBreaks(accounts)), stdin);
  const [code]: unknown[] = await ended;
  if (code !== 1) throw new Error(`check of ${accounts} accounts ended with ${code}`);
  const seconds = Math.round((performance.now() - since) / 1_000);
  return { accounts, peakMebibytes: Number(await said), seconds };
}

if (import.meta.main) console.log((await benchCheckMemory()) ?? notBuilt);
