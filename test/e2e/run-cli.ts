import { execFile, spawn } from 'node:child_process';
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

interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Runs the built command line as a user would, with nothing in its environment but what is given. */
export function trailproof(args: readonly string[], { environment = {}, folder }: RunOptions): Promise<Run> {
  const env = { PATH: process.env.PATH ?? '', ...environment };
  const options = { env, cwd: folder, timeout: patience, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 } as const;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

/** Ends the built command line by a signal once so many of its calls have been answered. */
export function brokenOff(
  args: readonly string[],
  { environment = {}, folder, calls, signal }: RunOptions & { readonly calls: number; readonly signal: NodeJS.Signals },
): Promise<Run> {
  const env = { PATH: process.env.PATH ?? '', ...environment };
  const child = spawn(process.execPath, [cli, ...args, '--verbose'], { env, cwd: folder, timeout: patience });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    // Once: a second interrupt would end it before it can say how it ended.
    if (answeredIn({ stderr }) >= calls && !child.killed) child.kill(signal);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** How many calls a run with `--verbose` says were answered. */
export const answeredIn = ({ stderr }: Pick<Run, 'stderr'>): number =>
  stderr.split('\n').filter((line) => line.endsWith(' answered')).length;

/** The report of a run with `--format json`. */
export function reportOf({ code, stdout, stderr }: Run): WholeReport {
  if (!stdout.startsWith('{')) throw new Error(`There is no report; exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as WholeReport;
}

/** Its findings, but for where a file says them: a scan has no file. */
export const findingsOf = (run: Run): readonly Finding[] =>
  reportOf(run).findings.map(({ source: _, ...finding }) => finding);
