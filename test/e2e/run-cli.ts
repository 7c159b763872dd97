import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { WholeReport } from '../../src/reporters/report.ts';

const cli = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Whatever a test asks takes a fraction of it: a run that is still there then hangs. */
const patience = 45_000;

/** What a run of the built command line said and how it ended. */
export interface Run {
  /** Null: it had to be killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a user would, with nothing in its environment but what is given. */
export function trailproof(
  args: readonly string[],
  { environment = {}, folder }: { readonly environment?: Readonly<Record<string, string>>; readonly folder: string },
): Promise<Run> {
  const env = { PATH: process.env.PATH ?? '', ...environment };
  const options = { env, cwd: folder, timeout: patience, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 } as const;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

/** The report of a run with `--format json`. */
export function reportOf({ code, stdout, stderr }: Run): WholeReport {
  if (!stdout.startsWith('{')) throw new Error(`There is no report; exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as WholeReport;
}

export const findingsOf = (run: Run): readonly Finding[] => reportOf(run).findings;
