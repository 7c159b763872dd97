import { once } from 'node:events';
import { argv, stdout } from 'node:process';
import { countMembers } from '../src/documents/limits.ts';
import { resourceTypes } from '../src/resource-types/index.ts';
import { account } from './account.ts';

/** So many accounts as JSON lines, the same on every run. */
export function* accountLines(count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) yield JSON.stringify(account(index, resourceTypes));
}

export interface Sizes {
  readonly accounts: number;
  readonly bytes: number;
  readonly bytesPerLine: number;
  /** Members of objects, at any depth. */
  readonly propertiesPerLine: number;
  readonly gapsPerLine: number;
}

/** What a stream weighs. */
export function sizesOf(lines: readonly string[]): Sizes {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  const parsed = lines.map((line): { readonly gaps?: readonly unknown[] } => JSON.parse(line));
  const mean = (values: readonly number[]): number =>
    Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  return {
    accounts: lines.length,
    bytes,
    bytesPerLine: Math.round(bytes / Math.max(1, lines.length)),
    propertiesPerLine: mean(parsed.map(countMembers)),
    gapsPerLine: mean(parsed.map(({ gaps }) => gaps?.length ?? 0)),
  };
}

// node bench/generate.ts 1000 > accounts.jsonl
if (import.meta.main) {
  for (const line of accountLines(Number(argv[2] ?? 1_000))) {
    if (!stdout.write(`${line}\n`)) await once(stdout, 'drain');
  }
}
