import { readFileSync } from 'node:fs';
import type { Environment } from './inputs.ts';

/** What made the workflow run, and where its results belong. */
export interface RunEvent {
  readonly owner: string;
  readonly repo: string;
  readonly sha: string;
  readonly ref: string;
  /** Where the run can be looked at. */
  readonly url: string;
  readonly apiUrl: string;
  readonly pullRequest?: PullRequest;
}

export interface PullRequest {
  readonly number: number;
  /** The commit that it is to be merged into. */
  readonly baseSha: string;
  /** From another repository: its token may not write (GitHub Docs, "Events that trigger workflows", pull_request). */
  readonly isFromFork: boolean;
}

interface Payload {
  readonly pull_request?: {
    readonly number: number;
    readonly base: { readonly sha: string; readonly repo: { readonly full_name: string } };
    /** Null: the repository that it came from is gone. */
    readonly head: { readonly repo: { readonly full_name: string } | null };
  };
}

/** Reads what the runner says of the run (GitHub Docs, "Variables reference"), and the event's payload. */
export function readEvent(environment: Environment): RunEvent {
  const { GITHUB_REPOSITORY = '', GITHUB_EVENT_PATH, GITHUB_SERVER_URL, GITHUB_RUN_ID } = environment;
  const [owner = '', repo = ''] = GITHUB_REPOSITORY.split('/');
  const payload: Payload = GITHUB_EVENT_PATH ? JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')) : {};
  const { pull_request: pull } = payload;
  return {
    owner,
    repo,
    sha: environment.GITHUB_SHA ?? '',
    ref: environment.GITHUB_REF ?? '',
    url: `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID ?? ''}`,
    apiUrl: environment.GITHUB_API_URL ?? 'https://api.github.com',
    ...(pull && {
      pullRequest: {
        number: pull.number,
        baseSha: pull.base.sha,
        isFromFork: pull.head.repo?.full_name !== pull.base.repo.full_name,
      },
    }),
  };
}
