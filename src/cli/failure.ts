import { AppError } from '../errors.ts';
import { visible, visibleLines } from '../reporters/visible-text.ts';

/** Says what went wrong on standard error and has the run end with 2. */
export function fail(error: unknown): void {
  process.exitCode = 2;
  process.stderr.write(failureText(error));
}

/**
 * What a person reads: of an expected failure the message, each mistake on a line of its own, and what to do; of
 * anything else the stack too, because then it is a bug. Never wrapped: paths and places must stay whole.
 */
export function failureText(error: unknown): string {
  if (error instanceof AppError) {
    const lines = [`trailproof: ${error.message}`, ...error.details, ...(error.hint === undefined ? [] : [error.hint])];
    return lines.map((line) => `${visible(line)}\n`).join('');
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [
    'trailproof: unexpected error; this is a bug, and nothing may be concluded from the run',
    ...visibleLines(stack),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
