import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root, runCli, runShell } from './run-cli.ts';

const accounts = 200;
let folder = '';

/** The broken account under other ids: long reports, and each account another one. */
function manyAccounts(): string {
  const broken = readFileSync(`${root}examples/broken-account.yaml`, 'utf8');
  const lines = Array.from({ length: accounts }, (_, index) =>
    JSON.stringify(parse(broken.replaceAll('444455556666', String(100_000_000_000 + index)))),
  );
  return `${lines.join('\n')}\n`;
}

const trail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main';

/** One trail, with or without its status, and what could not be read. */
const oneTrail = (status: object, gaps: readonly object[]): string =>
  JSON.stringify({
    trailproof: 'snapshot/1',
    account: { id: '111122223333', partition: 'aws' },
    collectedAt: '2026-11-20T09:00:00Z',
    regions: ['us-east-1'],
    resources: { 'AWS::CloudTrail::Trail': [{ TrailARN: trail, Name: 'main', HomeRegion: 'us-east-1', ...status }] },
    gaps,
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-check-'));
  writeFileSync(join(folder, 'many.jsonl'), manyAccounts());
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a long report', () => {
  test('arrives whole through a pipe, and is the one that a file gets', async () => {
    const piped = await runShell('trailproof check many.jsonl --format json | wc -c', { cwd: folder });
    const run = await runCli(['check', 'many.jsonl', '--output', 'json=whole.json', '--quiet'], { cwd: folder });
    expect(run).toEqual({ code: 1, stdout: '', stderr: '' });
    const whole = readFileSync(join(folder, 'whole.json'));
    expect(whole.length).toBeGreaterThan(5_000_000);
    expect(Number(piped.stdout)).toBe(whole.length);
    expect(piped.stderr).toBe('');
  });

  test.each([
    ['json', '{\n'],
    ['text', 'AWS::CloudTrail::Trail europe\n'],
    ['junit', '<?xml version="1.0" encoding="UTF-8"?>\n'],
  ])('as %s: a reader that goes away is no error', async (format, line) => {
    const command = `set -o pipefail; trailproof check many.jsonl --format ${format} | head -1`;
    const run = await runShell(command, { cwd: folder });
    expect(run.stdout).toBe(line);
    expect(run.stderr).toBe('');
    // The verdict's own.
    expect(run.code).toBe(1);
  });

  test('needs a folder for what memory does not hold; a short one does not', async () => {
    // No folder: this run can write no temporary file.
    const environment = { TMPDIR: join(folder, 'many.jsonl'), NODE_DISABLE_COMPILE_CACHE: '1' };
    const run = await runCli(['check', 'many.jsonl'], { cwd: folder, environment });
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: `trailproof: cannot write a temporary file in ${environment.TMPDIR}: a part of its path is not a folder\nTMPDIR names another folder.\n`,
    });
    expect((await runCli(['check', 'examples/broken-account.yaml'], { environment })).code).toBe(1);
  });

  test('leaves no temporary file', async () => {
    const temporary = mkdtempSync(join(folder, 'temporary-'));
    const environment = { TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: '1' };
    const run = await runCli(['check', 'many.jsonl', '--output', 'text=many.txt', '--quiet'], {
      cwd: folder,
      environment,
    });
    expect(run).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('has its accounts in the order of the file', async () => {
    await runCli(['check', 'many.jsonl', '--only', 'trail-is-logging', '--output', 'json=order.json'], { cwd: folder });
    const { scope, findings } = JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8'));
    expect(scope.accounts).toHaveLength(accounts);
    const seen = findings.map(({ resource }: { readonly resource: { readonly account: string } }) => resource.account);
    expect([...new Set(seen)]).toEqual(scope.accounts);
  });
});

describe('outputs', () => {
  test('several formats in one run, each the same as alone', async () => {
    const example = ['check', 'examples/broken-account.yaml'];
    const files = ['sarif', 'junit', 'markdown', 'json'].map(
      (format) => [format, join(folder, `out.${format}`)] as const,
    );
    const run = await runCli([
      ...example,
      '--format',
      'text',
      ...files.flatMap(([format, path]) => ['--output', `${format}=${path}`]),
    ]);
    expect(run.code).toBe(1);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe((await runCli(example)).stdout);
    for (const [format, path] of files) {
      expect(readFileSync(path, 'utf8')).toBe((await runCli([...example, '--format', format])).stdout);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('with nothing left for standard output, one line says the verdict', async () => {
    const run = await runCli(['check', 'examples/healthy-account.yaml', '--output', 'json=/dev/null']);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/^trailproof: 0 failed, 0 unknown, \d+ passed, \d+ not applicable\. Exit code 0: .*\n$/);
    expect(existsSync('/dev/null')).toBe(true);
  });

  test('an error leaves the file of the last run alone', async () => {
    const kept = join(folder, 'kept.json');
    writeFileSync(kept, 'kept');
    const run = await runCli(['check', 'examples', '--output', `json=${kept}`]);
    expect(run.code).toBe(2);
    expect(readFileSync(kept, 'utf8')).toBe('kept');
  });

  test('colours only where they are wanted', async () => {
    const example = ['check', 'examples/broken-account.yaml'];
    const plain = await runCli(example);
    const forced = await runCli(example, { environment: { FORCE_COLOR: '1' } });
    const refused = await runCli([...example, '--no-color'], { environment: { FORCE_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(forced.stdout).toContain('\u001b[');
    expect(refused.stdout).toBe(plain.stdout);
  });

  test('a saved report says the same again', async () => {
    const saved = join(folder, 'saved.json');
    const first = await runCli([
      'check',
      'examples/broken-account.yaml',
      '--fail-on',
      'critical',
      '--format',
      'sarif',
      '--output',
      `json=${saved}`,
    ]);
    const again = await runCli(['report', saved, '--format', 'sarif']);
    expect(again).toEqual(first);
    expect((await runCli(['report', saved, '--fail-on', 'never', '--unknown', 'ignore'])).code).toBe(0);
  });
});

describe('what is not known', () => {
  const refused = {
    operation: 'cloudtrail:GetTrailStatus',
    resource: trail,
    region: 'us-east-1',
    error: 'AccessDeniedException',
  };
  const check = (stdin: string, ...flags: readonly string[]) =>
    runCli(['check', '-', '--only', 'trail-is-logging', ...flags], { stdin });

  test('is unknown with a gap, and names the operation', async () => {
    const run = await check(oneTrail({}, [refused]));
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('cloudtrail:GetTrailStatus');
  });

  test('fails without a gap', async () => {
    expect((await check(oneTrail({}, []))).code).toBe(1);
  });

  test('is a warning, or nothing, where one says so', async () => {
    const warned = await check(oneTrail({}, [refused]), '--unknown', 'warn');
    expect(warned.code).toBe(0);
    expect(warned.stderr).toBe('trailproof: 1 finding could not be determined\n');
    const gated = ['--unknown', 'warn', '--fail-on-framework', 'kisa-isms-p'];
    expect(await check(oneTrail({ Status: { IsLogging: true } }, []), ...gated)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^trailproof: \d+ requirements could not be determined\n$/),
    });
    const ignored = await check(oneTrail({}, [refused]), '--unknown', 'ignore');
    expect(ignored.code).toBe(0);
    expect(ignored.stderr).toBe('');
  });

  test('does not count below the severity that fails the run', async () => {
    expect((await check(oneTrail({}, [refused]), '--fail-on', 'critical')).code).toBe(0);
    expect((await check(oneTrail({}, [refused]), '--fail-on', 'never')).code).toBe(3);
  });
});

test('what could not be written is an error, whatever the verdict', async () => {
  const run = await runShell(`trailproof check ${join(process.cwd(), 'examples/healthy-account.yaml')} > /dev/full`, {
    cwd: folder,
  });
  expect(run).toEqual({
    code: 2,
    stdout: '',
    stderr: 'trailproof: cannot write the output: no space is left\nCheck where it goes.\n',
  });
});

describe('a folder', () => {
  const inside = (...path: readonly string[]): string => join(folder, 'nested', ...path);
  const healthy = `${root}examples/healthy-account.yaml`;

  test('stands for the files in it, whatever their ending, and says which folders in it do not count', async () => {
    for (const name of ['deeper', 'empty', '.hidden']) mkdirSync(inside(name), { recursive: true });
    for (const path of ['deeper/b.yaml', '.hidden/c.yaml']) copyFileSync(healthy, inside(path));
    writeFileSync(inside('a.ndjson'), `${oneTrail({ Status: { IsLogging: true } }, [])}\n`);
    const run = await runCli(['check', inside(), '--only', 'trail-is-logging', '--output', 'json=/dev/null']);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('1 passed');
    expect(run.stderr).toContain(
      `trailproof: not read, for a folder stands for the files that are right in it: ${inside('deeper')}\n`,
    );
  });
});

test('a number that is none is a mistake of whoever wrote it', async () => {
  const run = await runCli(['check', 'examples/healthy-account.yaml', '--max-age', '1e3']);
  expect(run).toEqual({
    code: 2,
    stdout: '',
    stderr: 'trailproof: --max-age: expected an integer but received: 1e3\nSee trailproof check --help.\n',
  });
});

describe('a run that judges nothing', () => {
  test('is an error, unless one says that it may', async () => {
    const empty = ['check', 'examples/healthy-account.yaml', '--only', 'critical', '--skip', 'critical'];
    expect((await runCli(empty)).code).toBe(2);
    expect((await runCli([...empty, '--allow-empty'])).code).toBe(0);
  });
});

describe('a recording', () => {
  const calls = [
    {
      trailproof: 'recording/1',
      collectedAt: '2026-11-20T09:00:00Z',
      account: '111122223333',
      partition: 'aws',
      regions: ['us-east-1'],
    },
    {
      service: 'cloudtrail',
      operation: 'DescribeTrails',
      region: 'us-east-1',
      params: {},
      response: { trailList: [{ TrailARN: trail, Name: 'main', HomeRegion: 'us-east-1' }] },
    },
    {
      service: 'cloudtrail',
      operation: 'GetTrailStatus',
      region: 'us-east-1',
      params: { Name: trail },
      response: { IsLogging: true },
    },
    {
      service: 'ec2',
      operation: 'DescribeRegions',
      region: 'us-east-1',
      params: {},
      response: { Regions: [{ RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' }] },
    },
  ].map((call) => JSON.stringify(call));

  test('is replayed by check and by scan, from a file and from standard input, to the same bytes', async () => {
    const file = join(folder, 'calls.jsonl');
    writeFileSync(file, `${calls.join('\n')}\n`);
    const only = ['--only', 'trail-is-logging', '--format', 'sarif'];
    const scanned = await runCli(['scan', '--replay', file, ...only]);
    expect(scanned).toMatchObject({ code: 0, stderr: '' });
    expect(await runCli(['check', file, ...only])).toEqual(scanned);
    expect(await runCli(['check', '-', ...only], { stdin: `${calls.join('\n')}\n` })).toEqual(scanned);
  });

  test('is of the account that it says, whatever a flag says', async () => {
    const file = join(folder, 'said.jsonl');
    writeFileSync(file, `${calls.join('\n')}\n`);
    const args = ['scan', '--replay', file, '--only', 'trail-is-logging', '--account'];
    expect((await runCli([...args, '111122223333'])).code).toBe(0);
    const { code, stderr } = await runCli([...args, '444455556666']);
    expect([code, stderr]).toEqual([
      2,
      `trailproof: --account 444455556666: ${file} is of account 111122223333\nIt is for recordings that do not say it: leave it out.\n`,
    ]);
  });

  test('collected for one rule, the rules that need more say unknown and name the operation', async () => {
    const file = join(folder, 'calls.jsonl');
    const partial = join(folder, 'partial.json');
    expect((await runCli(['collect', '--replay', file, '--only', 'trail-is-logging', '--output', partial])).code).toBe(
      0,
    );
    const run = await runCli(['check', partial, '--only', 'trail', '--format', 'json']);
    expect(run.code).toBe(1);
    const { findings } = JSON.parse(run.stdout);
    const ofStatus = (wanted: string): readonly string[] =>
      findings.flatMap(({ rule, status }: { readonly rule: string; readonly status: string }) =>
        status === wanted ? [rule] : [],
      );
    // What these ask, the one collection has asked too.
    expect(ofStatus('pass')).toEqual([
      'global-service-events-not-duplicated',
      'region-coverage-complete',
      'trail-enabled',
      'trail-is-logging',
    ]);
    expect(ofStatus('unknown')).toEqual([
      'cloudtrail-delegated-admin-registered',
      'global-service-events-logged',
      'management-event-copies-not-redundant',
      'management-events-all',
      'management-events-sources-not-excluded',
      'organization-trail-enabled',
      'trail-has-tags',
      'trail-insights-enabled',
      'trail-trusted-access-enabled',
    ]);
    expect(run.stdout).toContain('"operation": "cloudtrail:GetEventSelectors"');
  });
});
