import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { atCommit } from './base.ts';
import { commandOf, type Inputs } from './inputs.ts';
import type { RunEvent } from './run-event.ts';
import { trailproof } from './trailproof.ts';

/** What the change does to the verdicts; without counts, why nobody can say. */
export interface Comparison {
  readonly counts?: Readonly<Record<'new' | 'fixed', number>>;
  readonly markdown?: string;
  readonly whyNot?: string;
}

export interface CompareOptions {
  readonly inputs: Inputs;
  readonly event: RunEvent;
  /** The command line's main module. */
  readonly main: string;
  readonly cwd: string;
  readonly temporary: string;
  /** The report of this run. */
  readonly report: string;
}

/** Compares with the base: the report that the workflow names, else the same files at the commit that is merged into. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { inputs, main, cwd, temporary, report } = options;
  const whyNot = whyNoBase(options);
  if (whyNot !== undefined) return { whyNot };
  try {
    const base = inputs.baseReport === '' ? await judgeBase(options) : resolve(cwd, inputs.baseReport);
    if (base === undefined) return { whyNot: 'the files of the base commit could not be judged' };
    const [json, markdown] = await Promise.all(
      ['json', 'markdown'].map((format) =>
        trailproof(main, ['diff', base, report, '--format', format], { cwd: temporary, stdout: 'kept' }),
      ),
    );
    if (json?.exitCode !== 0 || markdown?.exitCode !== 0) return { whyNot: 'the two reports could not be compared' };
    return { counts: JSON.parse(json.stdout).summary, markdown: markdown.stdout };
  } catch (error) {
    return { whyNot: `the base commit could not be read (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** Why there is nothing to compare with, before anything is tried; undefined: there is. */
function whyNoBase({ inputs, event, cwd }: CompareOptions): string | undefined {
  const { baseReport, files } = inputs;
  if (baseReport !== '') return existsSync(resolve(cwd, baseReport)) ? undefined : `there is no report ${baseReport}`;
  if (files.length === 0) return 'a scan needs the `base-report` of an earlier one';
  if (files.some((file) => isAbsolute(file))) return 'an absolute path leads to one file only';
  return event.pullRequest ? undefined : 'this is no pull request';
}

/** The report of the base commit, by that commit's own config; undefined: nothing could be concluded there. */
async function judgeBase({ inputs, event, main, cwd, temporary }: CompareOptions): Promise<string | undefined> {
  const report = join(temporary, 'base.json');
  const sha = event.pullRequest?.baseSha ?? '';
  await atCommit({ sha, cwd, temporary }, (folder) =>
    trailproof(main, commandOf(inputs, ['--quiet', '--output', `json=${report}`]), { cwd: folder, stdout: 'kept' }),
  );
  return existsSync(report) ? report : undefined;
}
