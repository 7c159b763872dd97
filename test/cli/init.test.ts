import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { check } from '../../src/api/check.ts';
import { starterConfig } from '../../src/cli/starter-config.ts';
import { nextSteps, type StarterOptions, startersOf, writeStarters } from '../../src/cli/starter-files.ts';
import { githubWorkflow, gitlabJob } from '../../src/cli/starter-pipelines.ts';
import { version } from '../../src/generated/version.js';
import { root, runCli, runShell } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-init-'));
afterAll(() => rmSync(folder, { recursive: true }));
const repository = (): string => mkdtempSync(join(folder, 'repository-'));
const options = (more: Partial<StarterOptions> = {}): StarterOptions => ({
  version: '1.2.3',
  folder: repository(),
  existing: 'keep',
  ...more,
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const workflow = parse(githubWorkflow({ version }));
const steps: readonly Step[] = workflow.jobs.scan.steps;
const job = parse(gitlabJob({ version })).trailproof;

/** A scan by a pipeline's command line, of a recording in the place of AWS. */
const pipeline = (command: string, cwd: string, environment: Readonly<Record<string, string>> = {}) =>
  runShell(`npx() { shift 2; trailproof "$@" --replay "${root}examples/recording.jsonl"; }; ${command}`, {
    cwd,
    environment,
  });

describe('init', () => {
  const own = repository();
  let said: Awaited<ReturnType<typeof runCli>>;
  beforeAll(async () => {
    said = await runCli(['init'], { cwd: own });
  });

  test('writes a config, a workflow and a job, and says what to do next', () => {
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toBe(`wrote trailproof.yaml
wrote .github/workflows/trailproof.yml
wrote .gitlab/trailproof.yml
wrote .gitlab-ci.yml
Next:
  trailproof check --print-config shows what holds; trailproof scan judges the account of your credentials.
  GitHub: make a role that trusts token.actions.githubusercontent.com; it has the policy that trailproof permissions prints. Set the variable TRAILPROOF_ROLE_ARN of the repository to its ARN.
  GitLab: make a role that trusts the tokens of your GitLab; it has the policy that trailproof permissions prints. Set the variable TRAILPROOF_ROLE_ARN of the project to its ARN.
`);
    expect(readFileSync(join(own, '.github/workflows/trailproof.yml'), 'utf8')).toBe(githubWorkflow({ version }));
    expect(parse(readFileSync(join(own, '.gitlab-ci.yml'), 'utf8'))).toEqual({
      include: [{ local: '.gitlab/trailproof.yml' }],
    });
  });

  test('writes a workflow whose commands work, and whose reports are where its other steps look', async () => {
    const [scan, summary, sarif] = steps.flatMap(({ run }) => run ?? []);
    const ran = await pipeline(scan ?? '', own);
    expect(ran).toMatchObject({ stdout: '', code: 1 });
    expect(ran.stderr).toContain('Exit code 1: violations');
    const page = join(own, 'summary.md');
    expect(await pipeline(summary ?? '', own, { GITHUB_STEP_SUMMARY: page })).toMatchObject({ stderr: '', code: 0 });
    expect(readFileSync(page, 'utf8')).toBe(readFileSync(join(own, 'trailproof.md'), 'utf8'));
    // It says that it is whole, then that it is not.
    const file = join(own, 'trailproof.sarif');
    const said = readFileSync(file, 'utf8');
    const output = join(own, 'output');
    for (const isWhole of [true, false]) {
      writeFileSync(output, '');
      writeFileSync(file, said.replace(/"executionSuccessful": \w+/, `"executionSuccessful": ${isWhole}`));
      expect(await pipeline(sarif ?? '', own, { GITHUB_OUTPUT: output })).toMatchObject({ stderr: '', code: 0 });
      expect(readFileSync(output, 'utf8')).toBe(isWhole ? 'whole=true\n' : '');
    }
    const looked = steps.flatMap((step) => /hashFiles\('(.*)'\)/.exec(step.if ?? '')?.[1] ?? []);
    expect(looked).toEqual(['trailproof.md', 'trailproof.sarif', 'trailproof.json']);
    const files = readdirSync(own);
    expect(looked.filter((name) => !files.includes(name))).toEqual([]);
    expect(steps.flatMap((step) => step.with?.sarif_file ?? step.with?.path ?? [])).toEqual([
      'trailproof.sarif',
      'trailproof.json',
    ]);
  });

  test('writes a job whose commands work, and whose reports are where GitLab looks', async () => {
    const ran = await pipeline(job.script.join('\n'), own, {
      TRAILPROOF_TOKEN: 'token',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(own, 'token'),
    });
    expect(ran.code).toBe(1);
    expect(readFileSync(join(own, 'token'), 'utf8')).toBe('token');
    const { paths, reports } = job.artifacts;
    for (const path of [...paths, ...Object.values<string>(reports)])
      expect(readFileSync(join(own, path), 'utf8')).not.toBe('');
  });

  test('refuses what it cannot write', async () => {
    const wrong = await runCli(['init', 'githib', '--role-arn', 'x'], { cwd: own });
    expect(wrong).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'trailproof: init cannot write "githib"\nDid you mean github?\n',
    });
    const arn = await runCli(['init', '--role-arn', 'arn:aws:iam::1:role/x\ny: z'], { cwd: own });
    expect(arn).toMatchObject({ code: 2, stdout: '' });
    expect(arn.stderr).toContain('not the ARN of a role');
  });
});

describe('what is there', () => {
  test('is kept, and then nothing is written', async () => {
    const given = options();
    writeFileSync(join(given.folder, 'trailproof.yaml'), 'failOn: low\n');
    mkdirSync(join(given.folder, '.gitlab/trailproof.yml'), { recursive: true });
    await expect(writeStarters(startersOf([]), given)).rejects.toMatchObject({
      code: 'output',
      message: 'already there: trailproof.yaml, .gitlab/trailproof.yml',
    });
    expect(readdirSync(given.folder)).toEqual(['.gitlab', 'trailproof.yaml']);
    expect(readFileSync(join(given.folder, 'trailproof.yaml'), 'utf8')).toBe('failOn: low\n');
  });

  test('is replaced if that is wanted, but never a pipeline that holds more', async () => {
    const given = options({ existing: 'replace' });
    writeFileSync(join(given.folder, 'trailproof.yaml'), 'failOn: low\n');
    writeFileSync(join(given.folder, '.gitlab-ci.yml'), 'build: { script: make }\n');
    expect(await writeStarters(startersOf(['gitlab', 'config']), given)).toEqual([
      { path: 'trailproof.yaml', what: 'replaced' },
      { path: '.gitlab/trailproof.yml', what: 'wrote' },
    ]);
    expect(readFileSync(join(given.folder, '.gitlab-ci.yml'), 'utf8')).toBe('build: { script: make }\n');
    expect(nextSteps(['gitlab'], given)[1]).toBe(
      'GitLab: add this to .gitlab-ci.yml: include: [{ local: .gitlab/trailproof.yml }]',
    );
  });

  test('stays where it says the same', async () => {
    const given = options();
    await writeStarters(startersOf(['config']), given);
    expect(await writeStarters(startersOf(['config', 'github']), given)).toEqual([
      { path: 'trailproof.yaml', what: 'unchanged' },
      { path: '.github/workflows/trailproof.yml', what: 'wrote' },
    ]);
  });

  test('may be no folder', async () => {
    const given = options();
    await expect(writeStarters(['config'], { ...given, folder: join(given.folder, 'none') })).rejects.toMatchObject({
      code: 'usage',
    });
    writeFileSync(join(given.folder, '.github'), '');
    await expect(writeStarters(['github'], given)).rejects.toMatchObject({ code: 'output' });
  });
});

describe('the config', () => {
  const text = starterConfig(version);
  const all = text.replaceAll(/^#(?=\S)/gm, '');
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync(`${root}schemas/config.schema.json`, 'utf8')),
  );

  test.each([
    ['as it is written', text],
    ['with its examples', all],
  ])('is one %s', async (_, written) => {
    expect(validate(parse(written))).toBe(true);
    const config = join(repository(), 'trailproof.yaml');
    writeFileSync(config, written);
    const codes = ['healthy', 'broken'].map(
      async (name) => (await check(`examples/${name}-account.yaml`, { config })).summary.exitCode,
    );
    expect(await Promise.all(codes)).toEqual([0, 1]);
  });

  test('shows every key, and holds what holds without it', () => {
    const { properties } = JSON.parse(readFileSync(`${root}schemas/config.schema.json`, 'utf8'));
    // These are files and words of somebody's own.
    const others = ['only', 'waivers', 'baseline'];
    const shown = Object.keys(properties).filter((key) => !others.includes(key));
    expect(
      Object.keys(parse(all))
        .filter((key) => !others.includes(key))
        .toSorted(),
    ).toEqual(shown.toSorted());
    expect(parse(text)).toEqual({ rules: ['recommended'], failOn: 'medium', unknown: 'fail' });
  });
});

/** The inputs of each action, by its `action.yml` at the commit that is named. */
const inputs: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout': ['persist-credentials', 'ref', 'fetch-depth', 'path'],
  'actions/setup-node': ['node-version', 'package-manager-cache', 'cache', 'registry-url'],
  'aws-actions/configure-aws-credentials': ['aws-region', 'role-to-assume', 'role-session-name', 'audience'],
  'github/codeql-action/upload-sarif': ['sarif_file', 'category', 'checkout_path', 'wait-for-processing'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found', 'retention-days'],
};

describe('the workflow', () => {
  test('names each action by a commit, and gives it inputs that it has', () => {
    const used = steps.flatMap(({ uses, with: given = {} }) => (uses ? [{ uses, given: Object.keys(given) }] : []));
    expect(used).toHaveLength(5);
    for (const { uses, given } of used) {
      const [name = '', commit] = uses.split('@');
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
      expect(inputs[name]).toEqual(expect.arrayContaining(given));
    }
  });

  test('may do what it needs, and no more', () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.scan.permissions).toEqual({
      contents: 'read',
      'id-token': 'write',
      'security-events': 'write',
    });
    expect(steps[0]?.with).toEqual({ 'persist-credentials': false });
    // Nobody outside may have it scan.
    expect(Object.keys(workflow.on)).toEqual(['schedule', 'push', 'workflow_dispatch']);
  });

  test('puts nothing of an event into a shell', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
    for (const line of job.script) expect(line).not.toMatch(/\$(?!TRAILPROOF_TOKEN|AWS_WEB_IDENTITY_TOKEN_FILE)\w/);
  });

  test('names the role', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/audit/trailproof';
    const roleOf = (text: string) =>
      parse(text).jobs.scan.steps.find((step: Step) => step.with?.['role-to-assume']).with['role-to-assume'];
    expect(roleOf(githubWorkflow({ version }))).toBe(`\${{ vars.TRAILPROOF_ROLE_ARN }}`);
    expect(roleOf(githubWorkflow({ version, roleArn }))).toBe(roleArn);
    expect(job.variables.AWS_ROLE_ARN).toBe('$TRAILPROOF_ROLE_ARN');
    expect(parse(gitlabJob({ version, roleArn })).trailproof.variables.AWS_ROLE_ARN).toBe(roleArn);
    expect(nextSteps(['github'], options({ roleArn }))[0]).not.toContain('TRAILPROOF_ROLE_ARN');
  });
});
