import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AppError,
  type CheckOptions,
  check,
  collect,
  type Input,
  prove,
  render,
  type Snapshot,
  scan,
} from '../../src/api/index.ts';
import { parseDocument } from '../../src/documents/document.ts';
import { awsThatRefuses } from '../cli/aws-that-refuses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const broken = `${root}examples/broken-account.yaml`;
const recording = `${root}examples/recording.jsonl`;

const cli = (...args: readonly string[]) =>
  JSON.parse(
    execFileSync('bash', ['-c', '"$0" "$@" || true', process.execPath, `${root}dist/main.js`, ...args], {
      encoding: 'utf8',
    }),
  );

const snapshotIn = async (file: string): Promise<Snapshot> => {
  const { value } = await parseDocument(readFileSync(file, 'utf8'), { file, kind: 'snapshot' });
  return value as Snapshot;
};

/** A config with a waiver of the trail that is called so. */
function waiving(trail: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'trailproof-api-')), 'trailproof.yaml');
  const match = `{ resource: 'arn:aws:cloudtrail:*:trail/${trail}' }`;
  const waiver = `{ rule: trail-is-logging, match: ${match}, reason: why, owner: me, expires: 2027-06-30 }`;
  writeFileSync(file, `waivers: [${waiver}]\n`);
  return file;
}

const empty = (id: string): Snapshot => ({
  trailproof: 'snapshot/1',
  account: { id, partition: 'aws' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: {},
});

describe('check', () => {
  test.each([
    ['a snapshot', broken],
    ['a recording', recording],
  ])('of %s says what the command says', async (_, file) => {
    expect(await check(file)).toEqual(cli('check', file, '--format', 'json'));
  });

  test('of a value says what it says of the file that holds it, which it does not name', async () => {
    const { scope, findings, ...said } = await check(broken);
    const value = await check(await snapshotIn(broken));
    const nowhere = findings.map(({ source: _, ...finding }) => finding);
    expect(value).toEqual({ ...said, findings: nowhere, scope: { ...scope, inputs: [] } });
  });

  test('says what becomes of events where it is asked to, for the HTML report to show', async () => {
    const { coverage, ...said } = await check(broken, { coverage: true, only: ['trail-is-logging'] });
    expect(coverage?.accounts.map(({ account }) => account)).toEqual(['444455556666']);
    expect(await check(broken, { only: ['trail-is-logging'] })).toEqual(said);
    expect(render({ ...said, ...(coverage && { coverage }) }, 'html')).toContain('id="coverage-map"');
    expect(render(said, 'html')).toContain('This report holds no coverage');
  });

  test('keeps the order of its input, files and values', async () => {
    const { scope } = await check([empty('111111111111'), broken, empty('222222222222')]);
    expect(scope.accounts).toEqual(['111111111111', '444455556666', '222222222222']);
    expect(scope.inputs).toEqual([broken]);
  });

  test('leaves a value as it was', async () => {
    const value = empty('111111111111');
    const before = structuredClone(value);
    await check(Object.freeze(value));
    expect(value).toEqual(before);
  });

  test('answers frameworks, and runs their rules where none are chosen', async () => {
    const { frameworks, scope } = await check(broken, { frameworks: ['cis-aws-foundations-3.0.0'] });
    expect(scope.packs?.map(({ name }) => name)).toEqual(['cis-aws-foundations-3.0.0']);
    expect(frameworks?.[0]?.requirements.find(({ id }) => id === '3.2')?.status).toBe('fail');
    const mistake = check(broken, { frameworks: ['cis-aws-foundation-3.0.0'] });
    await expect(mistake).rejects.toMatchObject({ code: 'usage', hint: 'Did you mean cis-aws-foundations-3.0.0?' });
  });

  test.each<readonly [CheckOptions, number]>([
    [{}, 1],
    [{ failOn: 'never' }, 0],
    [{ rules: ['everything'], failOn: 'never' }, 3],
    [{ rules: ['everything'], failOn: 'never', unknown: 'ignore' }, 0],
    [{ only: ['trail-insights-enabled'] }, 3],
    [{ only: ['trail-insights-enabled'], unknown: 'warn' }, 0],
    [{ only: ['trail-insights-enabled'], failOn: 'critical' }, 0],
    [{ failOn: 'never', failOnFrameworks: ['cis-aws-foundations-3.0.0'] }, 1],
    [{ only: ['trail-is-logging'], config: waiving('europe'), strict: true }, 0],
    [{ only: ['trail-is-logging'], config: waiving('nothing'), failOn: 'never', strict: true }, 4],
  ])('%j ends with %i', async (options, code) => {
    expect((await check(broken, options)).summary.exitCode).toBe(code);
  });

  test('takes options over the config that it is told of, and no other', async () => {
    const config = `${root}examples/trailproof.yaml`;
    const only = ['log-bucket-retention-minimum'];
    const days = async (options: CheckOptions) =>
      (await check(broken, { only, ...options })).findings
        .flatMap(({ evidence }) => evidence)
        .flatMap(({ path, expected }) => (path === 'LifecycleConfiguration' ? [expected] : []));
    const parameters = { 'log-bucket-retention-minimum': { minimumDays: 12 } };
    expect(await days({})).toEqual([{ atLeast: 365 }]);
    expect(await days({ config })).toEqual([{ atLeast: 400 }]);
    expect(await days({ config, parameters })).toEqual([{ atLeast: 12 }]);
  });

  test('knows which buckets are critical', async () => {
    const judged = await check(broken, { only: ['s3-data-events-critical-buckets'], critical: ['globex-audit-*'] });
    const told = judged.findings.filter(({ status }) => status !== 'not-applicable');
    expect(told.map(({ resource, status }) => [resource.name, status])).toEqual([['globex-audit-logs', 'fail']]);
  });

  test('judges by rules in files', async () => {
    const { scope } = await check(broken, { rules: [`${root}examples/custom-rule`] });
    expect(scope.rules.map(({ id }) => id)).toEqual(['log-bucket-region-allowed']);
  });
});

describe('a mistake is an AppError that says what to do', () => {
  const wrong = (value: unknown): Input => value as Input;
  const options = (value: unknown): CheckOptions => value as CheckOptions;
  const retention = { only: ['log-bucket-retention-minimum'] };

  test.each<readonly [string, () => Promise<unknown>, Partial<AppError>]>([
    ['no account', () => check([]), { code: 'usage', hint: 'Name a file, or give a snapshot.' }],
    ['no such file', () => check('nowhere.yaml'), { code: 'input', hint: 'Check the path.' }],
    ['no snapshot', () => check(wrong({})), { code: 'input', message: '1 mistake in input' }],
    ['nothing', () => check(wrong(undefined)), { code: 'input', message: 'input cannot be written as JSON' }],
    ['a ring', () => check(ring()), { code: 'input', message: 'input cannot be written as JSON' }],
    [
      'a property that there is not',
      () => check([broken, { ...empty('111111111111'), resources: { 'AWS::S3::Bucket': [{ Nmae: 'a' }] } }]),
      { details: ['input[1]:14:9 Nmae is not a property of AWS::S3::Bucket; did you mean Name?'] },
    ],
    [
      'an account twice',
      () => check([empty('111111111111'), empty('111111111111')]),
      { code: 'input', message: 'account 111111111111 is there twice' },
    ],
    [
      'an option that there is not',
      () => check(broken, options({ failon: 'high' })),
      { code: 'usage', message: 'there is no option failon', hint: 'Did you mean failOn?' },
    ],
    [
      'a word that there is not',
      () => check(broken, options({ unknown: 'wran' })),
      { code: 'usage', message: 'option unknown cannot be "wran"', hint: 'Did you mean warn?' },
    ],
    [
      'an option of another kind',
      () => check(broken, options({ only: 'trail-is-logging' })),
      { code: 'usage', message: 'option only cannot be "trail-is-logging"', hint: 'It is a list of texts.' },
    ],
    [
      'an age of what nobody knows',
      () => check(broken, { maxAge: 30 }),
      { code: 'usage', message: 'option maxAge is about what a baseline knows, and there is none' },
    ],
    ['no rule of that name', () => check(broken, { only: ['trail-is-loging'] }), { code: 'usage' }],
    [
      'no time',
      () => check(broken, { now: 'yesterday' }),
      { code: 'usage', hint: 'Write it like 2026-11-20T09:00:00Z.' },
    ],
    [
      'a parameter that there is not',
      () => check(broken, { ...retention, parameters: { 'log-bucket-retention-minimum': { minimumDay: 1 } } }),
      {
        code: 'config',
        details: ['options:4:7 log-bucket-retention-minimum has no parameter minimumDay; did you mean minimumDays?'],
      },
    ],
    [
      'no selector',
      () => check(broken, { ...options({ critical: [3] }) }),
      { code: 'config', message: '1 mistake in options' },
    ],
    ['no event', () => prove('DeleteTable', broken), { code: 'usage' }],
    [
      'no class of events',
      () => prove({ eventCategory: 'Date' }, broken),
      { code: 'usage', details: ['event:2:20 eventCategory cannot be "Date"; did you mean Data?'] },
    ],
    ['no such region', () => prove('s3:GetObject', broken, { regions: ['us-east-9'] }), { code: 'usage' }],
    ['nothing to prove it in', () => prove('s3:GetObject', []), { code: 'usage' }],
    ['no rule to scan by', () => scan({ severity: 'critical', skip: ['critical'] }), { code: 'usage' }],
  ])('%s', async (_, act, error) => {
    const thrown = await act().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject(error);
  });

  const ring = (): Input => {
    const snapshot: Record<string, unknown> = { ...empty('111111111111') };
    snapshot.resources = snapshot;
    return wrong(snapshot);
  };
});

describe('prove', () => {
  test('of a call says what the command says', async () => {
    const event = 'cloudtrail:StopLogging';
    expect(await prove(event, broken)).toEqual(cli('prove', event, broken, '--format', 'json'));
  });

  test('of a class in a value says what the command says', async () => {
    const written = ['--class', 'category=Data access=Write', '--days', '400', '--region', 'us-east-1'];
    const proof = await prove({ eventCategory: 'Data', readOnly: false }, await snapshotIn(broken), {
      days: 400,
      regions: ['us-east-1'],
    });
    expect(proof).toEqual(cli('prove', broken, ...written, '--format', 'json'));
  });
});

describe('render', () => {
  test('says a report as the command does', async () => {
    const report = await check(broken);
    expect(JSON.parse(render(report, 'json'))).toEqual(report);
    const passed = render(report, 'text', { show: ['pass'], groupBy: 'rule' });
    expect(passed).not.toBe(render(report, 'text'));
    expect(passed).not.toContain('\u001b');
    expect(render(report, 'text', { color: true })).toContain('\u001b');
  });

  test('in a format that there is not is a mistake', async () => {
    const report = await check(broken);
    expect(() => render(report, 'srif' as 'sarif')).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'option format cannot be "srif"',
        hint: 'Did you mean sarif?',
      }),
    );
  });
});

describe('an account', () => {
  test.each<[string, unknown, string]>([
    ['fails', () => Promise.reject(new Error('the vault is sealed')), 'the vault is sealed'],
    ['gives none', async () => undefined, 'option credentials gave no accessKeyId and secretAccessKey'],
    ['is none', {}, 'option credentials gave no accessKeyId and secretAccessKey'],
  ])('of which what should give credentials %s is not concluded from', async (_, credentials, why) => {
    await expect(scan({ credentials: credentials as never, regions: ['us-east-1'] })).rejects.toMatchObject({
      name: 'AppError',
      code: 'credentials',
      message: `There are no usable AWS credentials (${why})`,
    });
  });

  test.each<[object | null, string]>([
    [{ concurrency: 1.5 }, 'option concurrency cannot be 1.5'],
    [{ timeout: 1e9 }, 'option timeout cannot be 1000000000'],
    [{ deadline: Number.NaN }, 'option deadline cannot be NaN'],
    [{ externalId: 'secret' }, 'option externalId is for a role'],
    [null, 'options cannot be null'],
  ])('is not asked with %j', async (options, message) => {
    await expect(scan(options as never)).rejects.toMatchObject({ name: 'AppError', code: 'usage', message });
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each([['scan', scan] as const, ['collect', collect] as const])(
    'is asked with the credentials that %s is given',
    async (_, read) => {
      const aws = await awsThatRefuses();
      vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
      vi.stubEnv('AWS_REGION', 'us-east-1');
      let asked = 0;
      const credentials = () => {
        asked += 1;
        return Promise.resolve({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' });
      };
      await expect(read({ credentials })).rejects.toMatchObject({
        name: 'AppError',
        code: 'credentials',
        message: expect.stringContaining('ExpiredToken'),
      });
      expect(asked).toBeGreaterThan(0);
      await aws.close();
    },
  );
});
