import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { filesOf, root } from '../house/source-files.ts';

const fileOf = (path: string): string => filesOf('', path)[path] ?? '';
const examples = [...fileOf('docs/github.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => parse(yaml));

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

test('the workflows of the page set inputs that the action has, and ask for the permissions that these need', () => {
  const { inputs } = parse(fileOf('action.yml'));
  const jobs = examples.filter(({ jobs }) => jobs !== undefined);
  expect(jobs).toHaveLength(2);
  for (const { permissions, jobs: all } of jobs) {
    const steps: readonly Step[] = all['audit-trail'].steps;
    const [step] = steps.filter(({ uses }) => uses?.startsWith('trailproof/'));
    const given = step?.with ?? {};
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(permissions['pull-requests']).toBe(given.comment ? 'write' : undefined);
    expect(permissions['security-events']).toBe(given['upload-sarif'] ? 'write' : undefined);
    const signsIn = steps.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    expect(permissions['id-token']).toBe(signsIn ? 'write' : undefined);
    expect(given.files === undefined).toBe(signsIn);
  }
});

test('what the action runs is what the build writes, by itself', () => {
  const { runs } = parse(fileOf('action.yml'));
  expect(existsSync(`${root}${runs.main}`)).toBe(true);
});

test.each([
  { id: 'trailproof-check', args: ['examples/healthy-account.yaml'], exitCode: 0 },
  { id: 'trailproof-rules', args: ['examples/custom-rule'], exitCode: 0 },
])('the hook $id runs', ({ id, args, exitCode }) => {
  const hooks: readonly { readonly id: string; readonly entry: string }[] = parse(fileOf('.pre-commit-hooks.yaml'));
  const [, ...words] = hooks.find((hook) => hook.id === id)?.entry.split(' ') ?? [];
  const { status, stderr } = spawnSync(process.execPath, [`${root}dist/main.js`, ...words, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).not.toContain('Error');
  expect(status).toBe(exitCode);
});

test('the image holds the package and no more, and runs it as somebody who is not root', () => {
  const lines = fileOf('Dockerfile').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  expect(last.filter((line) => line.startsWith('COPY'))).toEqual(['COPY --from=build /build/package /trailproof']);
  expect(last.indexOf('USER node')).toBeGreaterThan(0);
  const { bin } = JSON.parse(fileOf('package.json'));
  expect(last).toContain(`ENTRYPOINT ["node", "/trailproof/${bin.trailproof.replace('./', '')}"]`);
});

test('a tag holds the step as it runs, and leaves the branch as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-tag-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (...args: readonly [string, ...string[]]) =>
    spawnSync(args[0], args.slice(1), { cwd: folder, encoding: 'utf8', env: { ...process.env, ...author } });
  for (const path of ['.ci/tag', 'action.yml', 'package.json', '.gitignore'])
    cpSync(`${root}${path}`, join(folder, path));
  at('git', 'init', '--quiet');
  at('git', 'add', '.');
  at('git', 'commit', '--quiet', '-m', 'source');
  cpSync(`${root}dist/action`, join(folder, 'dist/action'), { recursive: true });
  writeFileSync(join(folder, 'oclif.manifest.json'), '{}');
  expect(at('.ci/tag', '9.9.9').stderr).toBe('package.json has another version than 9.9.9.\n');
  const { version } = JSON.parse(fileOf('package.json'));
  expect(at('.ci/tag', version).status).toBe(0);
  expect(at('git', 'cat-file', '-e', `v${version}:${parse(fileOf('action.yml')).runs.main}`).status).toBe(0);
  expect(at('git', 'status', '--porcelain').stdout).toBe('');
  expect(at('git', 'log', '--format=%s').stdout).toBe('source\n');
});

const author = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'somebody'],
    [`GIT_${who}_EMAIL`, 'somebody@example.com'],
  ]),
);
