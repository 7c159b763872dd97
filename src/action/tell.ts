import { readFileSync } from 'node:fs';
import type { Log } from 'sarif';
import { commentBody, markerOf } from './comment.ts';
import type { Comparison } from './compare.ts';
import type { GitHub } from './github.ts';
import type { Inputs } from './inputs.ts';
import type { RunEvent } from './run-event.ts';
import type { Workflow } from './workflow.ts';

export interface TellOptions {
  readonly inputs: Inputs;
  readonly event: RunEvent;
  readonly workflow: Workflow;
  readonly github: GitHub;
  /** The report in SARIF. */
  readonly sarif: string;
  readonly exitCode: number;
  /** `4 failed, 1 unknown …`. */
  readonly counts: string;
  readonly comparison: Comparison;
}

/** Tells GitHub what was asked for; false: something did not arrive that could have. */
export async function tell(options: TellOptions): Promise<boolean> {
  const { inputs, event, workflow, github, exitCode, counts, comparison } = options;
  const { pullRequest } = event;
  const uploaded = inputs.uploadSarif === 'never' || (await upload(options));
  if (!inputs.comment) return uploaded;
  if (!pullRequest) {
    workflow.notice('Nothing was commented on: this run is not of a pull request.');
    return uploaded;
  }
  const body = commentBody({ exitCode, counts, comparison, url: event.url });
  const commented = await attempt(options, 'The comment', 'pull-requests:write', async () => {
    const url = await github.keepComment(pullRequest.number, markerOf(inputs.sarifCategory), body);
    workflow.output('comment-url', url);
  });
  return uploaded && commented;
}

/** Sends the alerts, but none that would have GitHub close those of what this run may not have seen. */
async function upload(options: TellOptions): Promise<boolean> {
  const { inputs, workflow, github } = options;
  const log: Log = JSON.parse(readFileSync(options.sarif, 'utf8'));
  const isWhole = log.runs.every(({ invocations = [] }) => invocations.every((it) => it.executionSuccessful));
  if (!isWhole && inputs.uploadSarif !== 'always') {
    workflow.warning(
      'Nothing was sent to code scanning: not everything could be listed, and GitHub may close the alerts of what is missing. `upload-sarif: always` sends it all the same; a waiver of what cannot be listed makes it whole.',
    );
    return true;
  }
  return attempt(options, 'The upload to code scanning', 'security-events:write', async () => {
    const id = await github.uploadSarif(JSON.stringify(withCategory(log, inputs.sarifCategory)));
    workflow.output('sarif-id', id);
  });
}

/** 404: what a token may not see is not there for it. */
const refusals: ReadonlySet<unknown> = new Set([401, 403, 404]);

/** The token of a pull request from a fork may only read: there, what is refused is no error. */
async function attempt(
  { event, workflow }: TellOptions,
  what: string,
  permission: string,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isRefused = 'status' in error && refusals.has(error.status);
    const needs = isRefused ? ` It needs the permission ${permission}.` : '';
    const said = `${what} failed: ${error.message}.${needs}`;
    if (isRefused && event.pullRequest?.isFromFork) {
      workflow.warning(`${said} The token of a pull request from a fork may only read.`);
      return true;
    }
    workflow.error(said);
    return false;
  }
}

/** Code scanning tells uploads for one commit apart by the category of their runs (GitHub Docs, "SARIF support", runAutomationDetails). */
function withCategory(log: Log, category: string): Log {
  if (category === '') return log;
  return { ...log, runs: log.runs.map((run) => ({ ...run, automationDetails: { id: `${category}/` } })) };
}
