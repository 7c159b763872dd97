import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { median } from './median.ts';

const root = join(import.meta.dirname, '..');
export const main = join(root, 'dist/main.js');
const rounds = 25;

/** Whole processes, from start to end. */
const commands = {
  check: [main, 'check', 'examples/healthy-account.yaml'],
  empty: [main, '--version'],
  node: ['-e', '0'],
} as const;
type Command = keyof typeof commands;

export interface ColdStartFigures {
  readonly milliseconds: Readonly<Record<Command, number>>;
  /** `check` as a multiple of the empty command: the median over the rounds. */
  readonly toEmpty: number;
  readonly toNode: number;
}

/** How long `check` of one fixture takes, cold; undefined when there is no bundle to start. */
export function benchColdStart(): ColdStartFigures | undefined {
  if (!existsSync(main)) return undefined;
  // The first run fills the compile cache, which is there for every run of a user but the first.
  for (const args of Object.values(commands)) run(args);
  const measured = Array.from({ length: rounds }, () => ({
    check: run(commands.check),
    empty: run(commands.empty),
    node: run(commands.node),
  }));
  return {
    milliseconds: {
      check: median(measured.map(({ check }) => check)),
      empty: median(measured.map(({ empty }) => empty)),
      node: median(measured.map(({ node }) => node)),
    },
    toEmpty: median(measured.map(({ check, empty }) => check / empty)),
    toNode: median(measured.map(({ check, node }) => check / node)),
  };
}

function run(args: readonly string[]): number {
  const since = performance.now();
  const { status, stderr } = spawnSync(execPath, args, { cwd: root, encoding: 'utf8' });
  const milliseconds = performance.now() - since;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return milliseconds;
}

export const notBuilt = 'skipped: there is no dist/main.js; npm run build makes it';

if (import.meta.main) console.log(benchColdStart() ?? notBuilt);
