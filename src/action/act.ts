import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { countsLine } from '../reporters/describe.ts';
import type { Report } from '../reporters/report.ts';
import { type Comparison, compare } from './compare.ts';
import { openGitHub } from './github.ts';
import { commandOf, type Environment, readInputs } from './inputs.ts';
import { readEvent } from './run-event.ts';
import { tell } from './tell.ts';
import { trailproof } from './trailproof.ts';
import type { Workflow } from './workflow.ts';

export interface ActOptions {
  readonly environment: Environment;
  readonly workflow: Workflow;
  /** The command line's main module. */
  readonly main: string;
}

/** One step of a workflow: judges, tells everybody who wants to know, and gives the exit code of the verdict. */
export async function act({ environment, workflow, main }: ActOptions): Promise<number> {
  const inputs = readInputs(environment);
  const event = readEvent(environment);
  const temporary = mkdtempSync(join(environment.RUNNER_TEMP ?? tmpdir(), 'trailproof-'));
  const cwd = resolve(environment.GITHUB_WORKSPACE ?? '.', inputs.workingDirectory);
  if (!existsSync(cwd)) throw new AppError('usage', `working-directory: there is no folder ${inputs.workingDirectory}`);
  const written = (format: string): string => join(temporary, `report.${format}`);
  const outputs = ['json', 'sarif', 'markdown', 'github'].map((format) => `${format}=${written(format)}`);
  const args = [
    ...[...outputs, ...inputs.formats].flatMap((output) => ['--output', output]),
    ...inputs.send.flatMap((target) => ['--send', target]),
  ];
  const { exitCode } = await workflow.quoting(() =>
    trailproof(main, [...commandOf(inputs, ['--format', 'text', ...args])], { cwd, stdout: 'log' }),
  );
  workflow.output('exit-code', String(exitCode));
  const report = written('json');
  if (!existsSync(report)) return exitCode || 2;

  const { summary }: Pick<Report, 'summary'> = JSON.parse(readFileSync(report, 'utf8'));
  for (const status of ['fail', 'unknown', 'pass'] as const) workflow.output(status, String(summary[status]));
  workflow.output('report', report);
  workflow.output('sarif', written('sarif'));
  workflow.commands(readFileSync(written('github'), 'utf8'));
  workflow.summary(readFileSync(written('markdown'), 'utf8'));

  const isAsked = inputs.comment || inputs.baseReport !== '';
  const comparison: Comparison = isAsked
    ? await workflow.quoting(() => compare({ inputs, event, main, cwd, temporary, report }))
    : {};
  if (comparison.counts) {
    workflow.output('new', String(comparison.counts.new));
    workflow.output('fixed', String(comparison.counts.fixed));
  }
  const isTold = await tell({
    inputs,
    event,
    workflow,
    github: openGitHub({ token: inputs.token, event }),
    sarif: written('sarif'),
    exitCode,
    counts: countsLine(summary),
    comparison,
  });
  return isTold ? exitCode : 2;
}
