import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { act } from '../../src/action/act.ts';
import { compare } from '../../src/action/compare.ts';
import type { GitHub } from '../../src/action/github.ts';
import { readInputs } from '../../src/action/inputs.ts';
import { tell } from '../../src/action/tell.ts';
import { openWorkflow } from '../../src/action/workflow.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-tell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sarif = join(folder, 'report.sarif');

const refused = Object.assign(new Error('Resource not accessible by integration'), { status: 403 });

interface Case {
  readonly error?: Error;
  readonly pull?: 'own' | 'fork' | 'none';
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the report lacks nothing. */
  readonly isWhole?: boolean;
}

/** What the log says, and whether everything arrived. */
async function told({ error, pull = 'own', environment = {}, isWhole = true }: Case) {
  writeFileSync(sarif, JSON.stringify({ runs: [{ invocations: [{ executionSuccessful: isWhole }] }] }));
  const uploads: string[] = [];
  const log: string[] = [];
  const bodies: string[] = [];
  const answer = async (): Promise<string> => {
    if (error) throw error;
    return 'there';
  };
  const github: GitHub = {
    uploadSarif: (text) => {
      uploads.push(text);
      return answer();
    },
    keepComment: (_, marker, body) => {
      bodies.push(`${marker}\n${body}`);
      return answer();
    },
  };
  const inputs = readInputs({ INPUT_COMMENT: 'true', 'INPUT_UPLOAD-SARIF': 'true', ...environment });
  const pullRequest = { number: 7, baseSha: 'ba5e', isFromFork: pull === 'fork' };
  const event = { owner: 'globex', repo: 'audit', sha: 'c0ffee', ref: 'refs/heads/x', url: 'https://run', apiUrl: '' };
  const workflow = openWorkflow({}, (text) => log.push(text));
  const arrived = await tell({
    ...{ inputs, workflow, github, sarif, exitCode: 3, counts: '1 unknown' },
    event: { ...event, ...(pull !== 'none' && { pullRequest }) },
    comparison: { whyNot: 'there is no report x.json' },
  });
  return { arrived, log: log.join(''), bodies, uploads };
}

test('the comment says the verdict, and why nothing is compared', async () => {
  const { arrived, log, bodies } = await told({ environment: { 'INPUT_SARIF-CATEGORY': 'a --> b' } });
  expect(arrived).toBe(true);
  expect(log).toBe('');
  expect(bodies).toEqual([
    '<!-- trailproof a-----b -->\n## Trailproof\n\nNot compared with the base: there is no report x.json.\n\n**❔ incomplete** · 1 unknown · [the run](https://run)\n',
  ]);
});

test('what the token of a fork may not write is a warning, and its own token may write', async () => {
  const fork = await told({ error: refused, pull: 'fork' });
  expect(fork.arrived).toBe(true);
  expect(fork.log).toBe(
    '::warning::The upload to code scanning failed: Resource not accessible by integration. It needs the permission security-events:write. The token of a pull request from a fork may only read.\n' +
      '::warning::The comment failed: Resource not accessible by integration. It needs the permission pull-requests:write. The token of a pull request from a fork may only read.\n',
  );
  const own = await told({ error: refused });
  expect(own.arrived).toBe(false);
  expect(own.log).toMatch(/^::error::The upload .*\n::error::The comment .*\n$/);
});

test('a failure of the server is an error, in a fork too, and breaks no line of the log', async () => {
  const { arrived, log } = await told({ error: new Error('100%\n::set-env'), pull: 'fork' });
  expect(arrived).toBe(false);
  expect(log).toContain('::error::The comment failed: 100%25%0A::set-env.\n');
});

test('what may lack findings is not sent, for GitHub would close their alerts, unless that is asked for', async () => {
  const lacking = await told({ isWhole: false });
  expect([lacking.arrived, lacking.uploads, lacking.bodies.length]).toEqual([true, [], 1]);
  expect(lacking.log).toMatch(/^::warning::Nothing was sent to code scanning: not everything could be listed, .*\n$/);
  const always = await told({ isWhole: false, environment: { 'INPUT_UPLOAD-SARIF': 'always' } });
  expect([always.arrived, always.log, always.uploads.length]).toEqual([true, '', 1]);
  expect((await told({})).uploads).toHaveLength(1);
});

test('where there is no pull request, nothing is commented on', async () => {
  const { uploads: _, ...said } = await told({ pull: 'none' });
  expect(said).toEqual({
    arrived: true,
    log: '::notice::Nothing was commented on: this run is not of a pull request.\n',
    bodies: [],
  });
});

test('a folder to work in that is not there is said before anything is judged', async () => {
  const environment = { GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder, 'INPUT_WORKING-DIRECTORY': 'nowhere' };
  await expect(act({ environment, workflow: openWorkflow({}, () => undefined), main: '' })).rejects.toThrow(
    'working-directory: there is no folder nowhere',
  );
});

test('there is no comparison without a base', async () => {
  const event = { owner: '', repo: '', sha: '', ref: '', url: '', apiUrl: '' };
  const whyNot = (environment: Readonly<Record<string, string>>) =>
    compare({ inputs: readInputs(environment), event, main: '', cwd: folder, temporary: folder, report: '' });
  expect(await whyNot({ 'INPUT_BASE-REPORT': 'x.json' })).toEqual({ whyNot: 'there is no report x.json' });
  expect(await whyNot({})).toEqual({ whyNot: 'a scan needs the `base-report` of an earlier one' });
  expect(await whyNot({ INPUT_FILES: '/a.yaml' })).toEqual({ whyNot: 'an absolute path leads to one file only' });
  expect(await whyNot({ INPUT_FILES: 'a.yaml' })).toEqual({ whyNot: 'this is no pull request' });
});
