import { spawn } from 'node:child_process';

export interface Ran {
  /** 130 where a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
}

export interface RunOptions {
  /** The folder from which its paths start. */
  readonly cwd: string;
  /** Where its standard output goes; standard error is always the log's. */
  readonly stdout: 'log' | 'kept';
}

/** Runs a program to its end, and passes on the signals with which the runner cancels a step. */
export function run(program: string, args: readonly string[], { cwd, stdout }: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', stdout === 'log' ? 'inherit' : 'pipe', 'inherit'] });
    const pieces: Buffer[] = [];
    child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
    const pass = (signal: NodeJS.Signals): boolean => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve({ exitCode: code ?? 130, stdout: Buffer.concat(pieces).toString() });
    });
  });
}

/** Runs Trailproof's command line, which is in the same package. */
export const trailproof = (main: string, args: readonly string[], options: RunOptions): Promise<Ran> =>
  run(process.execPath, [main, ...args], options);
