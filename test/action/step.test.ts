import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../house/source-files.ts';
import { type Answer, type Asked, githubServer } from './github-server.ts';

let folder = '';
let repository = '';
let baseSha = '';
let server: Awaited<ReturnType<typeof githubServer>> | undefined;

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** A repository whose base has a healthy account, and a change that breaks it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-action-'));
  repository = join(folder, 'repository');
  mkdirSync(join(repository, 'audit'), { recursive: true });
  git('init', '--quiet');
  copyFileSync(`${root}examples/healthy-account.yaml`, join(repository, 'audit/account.yaml'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'base');
  baseSha = git('rev-parse', 'HEAD');
  const healthy = readFileSync(`${root}examples/healthy-account.yaml`, 'utf8');
  writeFileSync(join(repository, 'audit/account.yaml'), healthy.replace('IsLogging: true', 'IsLogging: false'));
  writeFileSync(join(repository, 'audit/broken.yaml'), 'a: [');
  git('add', '.');
  git('commit', '--quiet', '-m', 'head');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => server?.close());

/** Runs the step as GitHub's runner does: by its environment, and files for what it says. */
async function step(inputs: Readonly<Record<string, string>>) {
  server = await githubServer(answer);
  const temporary = mkdtempSync(join(folder, 'runner-'));
  const at = (name: string): string => join(temporary, name);
  const repo = { full_name: 'globex/audit' };
  const pull = { number: 7, base: { sha: baseSha, repo }, head: { repo } };
  writeFileSync(at('event.json'), JSON.stringify({ pull_request: pull }));
  for (const name of ['output', 'summary']) writeFileSync(at(name), '');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const child = spawn(process.execPath, [`${root}dist/action/index.js`], {
    cwd: repository,
    env: {
      ...{ PATH: process.env.PATH, CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_TEMP: temporary, INPUT_TOKEN: 'secret' },
      ...{ GITHUB_WORKSPACE: repository, GITHUB_REPOSITORY: 'globex/audit', GITHUB_RUN_ID: '42' },
      ...{ GITHUB_API_URL: server.url, GITHUB_EVENT_PATH: at('event.json'), GITHUB_SHA: 'c0ffee' },
      ...{ GITHUB_REF: 'refs/pull/7/merge', GITHUB_OUTPUT: at('output'), GITHUB_STEP_SUMMARY: at('summary') },
      ...Object.fromEntries(given),
    },
  });
  const [log, errors, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  const outputs = [...readFileSync(at('output'), 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return {
    exitCode,
    log,
    errors,
    outputs: Object.fromEntries(outputs.map(([, name = '', , value]) => [name, value])),
    summary: readFileSync(at('summary'), 'utf8'),
    asked: server.asked,
  };
}

const answer = ({ call }: Asked): Answer => {
  if (call.startsWith('GET')) return { status: 200, body: [] };
  return call.includes('sarifs')
    ? { status: 202, body: { id: 'upload-1' } }
    : { status: 201, body: { html_url: 'https://comment/1' } };
};

describe('a step of a pull request', () => {
  test('judges, tells the job, the log, the pull request and code scanning, and quotes what it prints', async () => {
    const said = await step({
      files: 'audit/account.yaml',
      comment: 'true',
      'upload-sarif': 'true',
      'sarif-category': 'prod',
      formats: 'csv=trail.csv',
    });
    expect(said.errors).toBe('');
    expect(said.exitCode).toBe(1);
    const { report = '', sarif = '', ...outputs } = said.outputs;
    expect(outputs).toEqual({
      ...{ 'exit-code': '1', fail: expect.stringMatching(/^[1-9]\d*$/), unknown: '0', pass: expect.any(String) },
      ...{ new: outputs.fail, fixed: '0', 'sarif-id': 'upload-1', 'comment-url': 'https://comment/1' },
    });
    expect(JSON.parse(readFileSync(report, 'utf8')).trailproof).toBe('report/1');
    expect(existsSync(sarif)).toBe(true);
    expect(existsSync(join(repository, 'trail.csv'))).toBe(true);
    expect(said.summary).toContain('Exit code 1');
    const [, token] = /^::stop-commands::(\S+)$/m.exec(said.log) ?? [];
    const [quoted = '', after = ''] = said.log.split(`\n::${token}::\n`);
    expect(quoted).toContain('trail-is-logging');
    expect(after).toMatch(/^::error file=audit\/account\.yaml,line=\d+,title=/m);
    const [list, upload, comment] = ['GET', 'POST', 'POST'].map((_, index) =>
      said.asked.toSorted((a, b) => (a.call < b.call ? -1 : 1)).at(index),
    );
    expect(list?.call).toBe('GET /repos/globex/audit/issues/7/comments?per_page=100');
    expect(upload?.call).toBe('POST /repos/globex/audit/code-scanning/sarifs');
    const [run] = JSON.parse(gunzipSync(Buffer.from(upload?.body.sarif, 'base64')).toString()).runs;
    expect(run.automationDetails).toEqual({ id: 'prod/' });
    expect(comment?.body.body).toMatch(/^<!-- trailproof prod -->\n## Trailproof: [1-9]\d* new, /);
    expect(comment?.body.body).toContain('https://github.com/globex/audit/actions/runs/42');
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('that cannot be judged ends with 2 and tells nobody of a verdict', async () => {
    const said = await step({ files: 'audit/broken.yaml', comment: 'true', 'upload-sarif': 'true' });
    expect(said.exitCode).toBe(2);
    expect(said.errors).toContain('audit/broken.yaml:1:5');
    expect(said.outputs).toEqual({ 'exit-code': '2' });
    expect(said.asked).toEqual([]);
  });
});
