import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const main = `${root}dist/main.js`;

export interface CliRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  /** Beside PATH and a home that holds nothing. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the built command line as a user would, with nothing of this machine's settings. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return runProgram(process.execPath, [main, ...args], options);
}

/** Runs a shell's command line in which `trailproof` is the built one. */
export const runShell = (command: string, options: CliOptions = {}): Promise<CliRun> =>
  runProgram('bash', ['-c', `trailproof() { "${process.execPath}" "${main}" "$@"; }; ${command}`], options);

function runProgram(
  program: string,
  args: readonly string[],
  { cwd = root, stdin = '', environment = {} }: CliOptions,
): Promise<CliRun> {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...environment },
  });
  // A program that ends without reading is no mistake here.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((done, failed) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', failed);
    child.on('close', (code) =>
      done({ stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), code }),
    );
  });
}

/** A run as a terminal shows it, standard error after standard output. */
export function transcript(command: string, { stdout, stderr, code }: CliRun): string {
  const said = stderr === '' ? '' : `--- standard error\n${stderr}`;
  return `$ ${command}\n${stdout}${said}--- exit code ${code}\n`;
}
