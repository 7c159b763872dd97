import { gzipSync } from 'node:zlib';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import type { RunEvent } from './run-event.ts';

const Client = Octokit.plugin(paginateRest, retry);

/** What GitHub is asked to do. */
export interface GitHub {
  /** The one comment on a pull request that begins with the marker: written, or written anew. Gives its address. */
  readonly keepComment: (number: number, marker: string, body: string) => Promise<string>;
  /** Sends SARIF to code scanning, for the commit that the workflow runs on. Gives the id of the upload. */
  readonly uploadSarif: (sarif: string) => Promise<string>;
}

export interface GitHubOptions {
  readonly token: string;
  readonly event: RunEvent;
  /** Milliseconds before the second attempt; each later one waits longer. */
  readonly retryAfter?: number;
}

/**
 * GitHub by its REST API (GitHub Docs, "REST API endpoints for issue comments" and "for code scanning", upload an
 * analysis as SARIF data). What is refused is an error that tells the status; what fails on GitHub's side is tried again.
 */
export function openGitHub({ token, event, retryAfter = 1000 }: GitHubOptions): GitHub {
  const { owner, repo, apiUrl, sha, ref } = event;
  const client = new Client({ auth: token, baseUrl: apiUrl, retry: { retryAfterBaseValue: retryAfter } });
  return {
    keepComment: async (number, marker, body) => {
      const comments = await client.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo,
        issue_number: number,
        per_page: 100,
      });
      const ours = comments.find((comment) => comment.body?.startsWith(marker));
      const text = `${marker}\n${body}`;
      if (ours) {
        const { data } = await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          owner,
          repo,
          comment_id: ours.id,
          body: text,
        });
        return data.html_url;
      }
      const { data } = await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo,
        issue_number: number,
        body: text,
        // It may have been written though its answer got lost, and two are worse than none.
        request: { retries: 0 },
      });
      return data.html_url;
    },
    uploadSarif: async (sarif) => {
      const { data } = await client.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
        owner,
        repo,
        commit_sha: sha,
        ref,
        sarif: gzipSync(sarif).toString('base64'),
        tool_name: 'Trailproof',
      });
      return data.id ?? '';
    },
  };
}
