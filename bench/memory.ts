import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { accountLines } from './generate.ts';
import type { MemoryUsed } from './memory-child.ts';

export const counts = [100, 1_000, 10_000] as const;

export interface MemoryFigures {
  readonly runs: readonly MemoryUsed[];
  /** From the shortest stream to the longest, as a multiple: of the peak, and of what is held at the end. */
  readonly growth: { readonly peak: number; readonly held: number };
}

/** The peak memory of a process that judges a stream, by the length of the stream: flat if nothing piles up. */
export async function benchMemory(): Promise<MemoryFigures> {
  const runs: MemoryUsed[] = [];
  for (const count of counts) runs.push(await judge(count));
  const peak = growthOf(runs, ({ peakMebibytes }) => peakMebibytes);
  return { runs, growth: { peak, held: growthOf(runs, ({ heldMebibytes }) => heldMebibytes) } };
}

/** From the first run to the last, as a multiple. */
export function growthOf<T>(runs: readonly T[], of: (used: T) => number): number {
  const [first = Number.NaN] = runs.map(of);
  return (runs.map(of).at(-1) ?? Number.NaN) / first;
}

/** A process of its own, so that neither the generator nor an earlier run counts. */
async function judge(count: number): Promise<MemoryUsed> {
  const child = spawn(execPath, ['--expose-gc', join(import.meta.dirname, 'memory-child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  await pipeline(Readable.from(withLineBreaks(count)), child.stdin);
  return JSON.parse(await said);
}

export function* withLineBreaks(count: number): Generator<string> {
  for (const line of accountLines(count)) yield `${line}\n`;
}

if (import.meta.main) console.log(await benchMemory());
