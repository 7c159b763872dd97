import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { messageOf } from '../reporters/github.ts';
import type { Environment } from './inputs.ts';

/** What a step tells the runner: through files that it names, and by lines of its log. */
export interface Workflow {
  /** Sets an output of the step; a later step reads it. */
  readonly output: (name: string, value: string) => void;
  /** Adds Markdown to the summary of the job, at most 1 MiB for each step. */
  readonly summary: (markdown: string) => void;
  readonly notice: (message: string) => void;
  readonly warning: (message: string) => void;
  readonly error: (message: string) => void;
  /** Writes lines that may be commands to the runner, such as annotations. */
  readonly commands: (lines: string) => void;
  /**
   * While the work goes on, no line of the log is a command: what is printed quotes names that somebody else has
   * chosen (GitHub Docs, "Workflow commands", stopping and starting workflow commands).
   */
  readonly quoting: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The runner that the environment tells of; `write` is its log. */
export function openWorkflow(environment: Environment, write: (text: string) => void): Workflow {
  const append = (file: string | undefined, text: string): void => {
    if (file) appendFileSync(file, text);
  };
  const command = (name: string, message: string): void => write(`::${name}::${messageOf(message)}\n`);
  return {
    output: (name, value) => {
      // Whatever is between the two, it is one value.
      const end = randomUUID();
      append(environment.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
    },
    summary: (markdown) => append(environment.GITHUB_STEP_SUMMARY, markdown),
    notice: (message) => command('notice', message),
    warning: (message) => command('warning', message),
    error: (message) => command('error', message),
    commands: write,
    quoting: async (work) => {
      const token = randomUUID();
      write(`::stop-commands::${token}\n`);
      try {
        return await work();
      } finally {
        write(`\n::${token}::\n`);
      }
    },
  };
}
