import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Called, startToEnd } from './quick-start.ts';

/** Of one the report says that all is well, of the other what is wrong: what both call is what most checks call. */
const examples = ['examples/healthy-account.yaml', 'examples/broken-account.yaml'];

/** The functions of the bundle that checks call, by the file that they stand in. */
export function calledByChecks(root: string): ReadonlyMap<string, Called> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-called-'));
  try {
    for (const example of examples)
      execFileSync(process.execPath, [`${root}dist/main.js`, 'check', example, '--fail-on', 'never'], {
        cwd: root,
        env: { NODE_V8_COVERAGE: folder, NODE_DISABLE_COMPILE_CACHE: '1' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    return calledIn(readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Node writes of a run, as far as it is read here. */
interface Coverage {
  readonly result: readonly { readonly url: string; readonly functions: readonly FunctionCoverage[] }[];
}

interface FunctionCoverage {
  /** The first is the whole function. */
  readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
}

function calledIn(runs: readonly Coverage[]): ReadonlyMap<string, Called> {
  const called = new Map<string, Set<string>>();
  for (const { url, functions } of runs.flatMap(({ result }) => result)) {
    if (!url.startsWith('file:')) continue;
    const file = fileURLToPath(url);
    const inFile = called.get(file) ?? new Set();
    for (const { ranges } of functions) {
      const [whole] = ranges;
      if (whole && whole.count > 0) inFile.add(startToEnd(whole.startOffset, whole.endOffset));
    }
    called.set(file, inFile);
  }
  return called;
}
