import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../../src/api/check.ts';
import { readConfig } from '../../src/cli/config.ts';
import { layerOfFlags } from '../../src/cli/config-flags.ts';
import { type Layer, settingsOf, togetherIn } from '../../src/cli/config-layers.ts';
import { outputsOf } from '../../src/cli/publish.ts';
import { AppError } from '../../src/errors.ts';
import { root, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes files into a folder of their own, and answers the path of the first. */
function files(written: Readonly<Record<string, string>>): string {
  const own = mkdtempSync(join(folder, 'case-'));
  for (const [name, text] of Object.entries(written)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  return join(own, Object.keys(written)[0] ?? '');
}

/** The mistakes that a config is refused for, its folder left out. */
async function mistakesIn(config: string): Promise<readonly string[]> {
  const thrown = await readConfig(config).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  if (!(thrown instanceof AppError)) throw thrown;
  expect(thrown.code).toBe('config');
  return thrown.details.map((line) => line.replaceAll(`${dirname(config)}/`, ''));
}

const healthy = 'examples/healthy-account.yaml';

describe('what files and flags say of a key comes together', () => {
  const layer = (written: Layer['written'], by: Layer['by'] = 'file'): Layer => ({ written, by, origin: () => by });
  const together = (key: string, ...said: readonly unknown[]) =>
    togetherIn(settingsOf(said.map((value) => layer({ [key]: value }))))[key];
  const under = (key: string, file: unknown, flag: unknown) =>
    togetherIn(settingsOf([layer({ [key]: file }), layer({ [key]: flag }, 'given')]))[key];

  test.each([
    ['rules', ['recommended', './own'], 'hipaa', ['recommended', './own', 'hipaa']],
    ['rules', 'hipaa', ['soc2', 'hipaa'], ['hipaa', 'soc2']],
    ['only', ['trail-enabled'], ['high'], ['high']],
    ['skip', ['low'], ['info', 'low'], ['low', 'info']],
    ['frameworks', ['hipaa'], ['soc2'], ['hipaa', 'soc2']],
    ['parameters', { a: { x: 1, y: 1 }, b: { x: 1 } }, { a: { x: 2 } }, { a: { x: 2, y: 1 }, b: { x: 1 } }],
    ['severities', { a: 'low', b: 'low' }, { b: 'high' }, { a: 'low', b: 'high' }],
    ['critical', ['a', { tag: { k: 'v' } }], [{ tag: { k: 'v' } }, 'b'], ['a', { tag: { k: 'v' } }, 'b']],
    [
      'targets',
      { organization: { ous: ['r-ab12'], exclude: ['1'] }, roleName: 'audit' },
      { organization: true, roleArn: 'arn' },
      { organization: true, roleName: 'audit', roleArn: 'arn' },
    ],
    ['failOn', 'low', 'high', 'high'],
    ['unknown', 'warn', 'fail', 'fail'],
    ['outputs', { json: 'a', sarif: 'a' }, { json: 'b' }, { json: 'b', sarif: 'a' }],
  ])('%s of two files: %j and %j', (key, first, second, expected) => {
    expect(together(key, first, second)).toEqual(expected);
  });

  test.each([
    ['rules', ['hipaa'], ['soc2'], ['soc2']],
    ['only', ['low'], ['high'], ['high']],
    ['skip', ['low'], ['info'], ['low', 'info']],
    ['frameworks', ['hipaa'], ['soc2'], ['soc2']],
    ['parameters', { a: { x: 1, y: 1 } }, { a: { x: 2 } }, { a: { x: 2, y: 1 } }],
    ['critical', ['a'], ['b'], ['b']],
    ['critical', ['a'], [], undefined],
    ['failOn', 'low', 'never', 'never'],
    ['outputs', { json: 'a' }, { sarif: 'b' }, { json: 'a', sarif: 'b' }],
  ])('%s of a file, and of a flag over it: %j and %j', (key, file, flag, expected) => {
    expect(under(key, file, flag)).toEqual(expected);
  });

  test('a name that is no plain one is a name', () => {
    const said = JSON.parse('{ "constructor": { "toString": 1 }, "__proto__": { "x": 2 } }');
    const merged = together('parameters', said, { constructor: { valueOf: 3 } });
    expect(JSON.stringify(merged)).toBe('{"constructor":{"toString":1,"valueOf":3},"__proto__":{"x":2}}');
    expect(Object.getPrototypeOf({})).not.toHaveProperty('x');
  });

  test('each value knows who said it', () => {
    const settings = settingsOf([
      {
        ...layer({ parameters: { a: { x: 1, y: 1 } }, skip: ['low'] }),
        origin: (pointer) => `base ${pointer.join('.')}`,
      },
      layerOfFlags({ rules: ['hipaa'], skip: ['info'], output: ['json=a.json'] }),
      { ...layer({ parameters: { a: { y: 2 } } }, 'given'), origin: () => '--parameter' },
    ]);
    expect(settings.map(({ key, names, value, layer: by, own }) => [key, ...names, value, by.origin(own)])).toEqual([
      ['rules', 'hipaa', '--rules'],
      ['skip', 'low', 'base skip.0'],
      ['skip', 'info', '--skip'],
      ['parameters', 'a', 'x', 1, 'base parameters.a.x'],
      ['parameters', 'a', 'y', 2, '--parameter'],
      ['outputs', 'json', 'a.json', '--output'],
    ]);
  });
});

describe('a config that extends others', () => {
  test('holds what they hold, the nearer over the farther, with paths from the folder of whoever says them', async () => {
    const config = files({
      'trailproof.yaml':
        'extends: [recommended, shared/ours.yaml]\nfailOn: high\nskip: [info]\noutputs: { json: out/report.json }\n',
      'shared/ours.yaml':
        'extends: base/base.yaml\nfailOn: low\nunknown: warn\nrules: [./own, ./hipaa]\noutputs: { sarif: ours.sarif }\n',
      'shared/base/base.yaml': 'failOn: info\nskip: [low]\nrules: soc2\n',
      'shared/own/x.yaml': '',
      'shared/hipaa/x.yaml': '',
    });
    const own = dirname(config);
    const read = await readConfig(config);
    expect(read).toMatchObject({
      rules: ['recommended', 'soc2', join(own, 'shared/own'), join(own, 'shared/hipaa')],
      skip: ['low', 'info'],
      failOn: 'high',
      unknown: 'warn',
      outputs: { json: join(own, 'out/report.json'), sarif: join(own, 'shared/ours.sarif') },
    });
    const origins = read.settings.map(({ key, value, layer, own: at }) => [key, String(value), layer.origin(at)]);
    expect(origins.map((origin) => origin.map((text) => text.replaceAll(`${own}/`, '')))).toEqual([
      ['rules', 'recommended', 'trailproof.yaml:1'],
      ['rules', 'soc2', 'shared/base/base.yaml:3'],
      ['rules', 'shared/own', 'shared/ours.yaml:4'],
      ['rules', 'shared/hipaa', 'shared/ours.yaml:4'],
      ['skip', 'low', 'shared/base/base.yaml:2'],
      ['skip', 'info', 'trailproof.yaml:3'],
      ['failOn', 'high', 'trailproof.yaml:2'],
      ['unknown', 'warn', 'shared/ours.yaml:3'],
      ['outputs', 'shared/ours.sarif', 'shared/ours.yaml:5'],
      ['outputs', 'out/report.json', 'trailproof.yaml:4'],
    ]);
  });

  test('reads a file once that two of them extend: under both', async () => {
    const config = files({
      'a.yaml': 'extends: [b.yaml, c.yaml]\n',
      'b.yaml': 'extends: base.yaml\nfailOn: high\n',
      'c.yaml': 'extends: ./base.yaml\nskip: [low]\n',
      'base.yaml': 'failOn: low\n',
    });
    expect(await readConfig(config)).toMatchObject({ failOn: 'high', skip: ['low'] });
  });

  test('a framework that a run may fail on comes beside those of the files, one that is asked for instead', async () => {
    const said = ['soc2', 'hipaa'];
    const frameworks = (flags: Parameters<typeof layerOfFlags>[0]) => layerOfFlags(flags, said).written.frameworks;
    expect(frameworks({ rules: undefined })).toBeUndefined();
    expect(frameworks({ rules: undefined, framework: ['aws-fsbp'] })).toEqual(['aws-fsbp']);
    expect(frameworks({ rules: undefined, 'fail-on-framework': ['aws-fsbp'] })).toEqual([...said, 'aws-fsbp']);
    const both = { rules: undefined, framework: ['aws-fsbp'], 'fail-on-framework': ['soc2'] };
    expect(frameworks(both)).toEqual(['aws-fsbp', 'soc2']);
    const config = files({ 'a.yaml': 'frameworks: [soc2]\nonly: [trail-enabled]\n' });
    const report = await check(healthy, { config, failOnFrameworks: ['hipaa'] });
    expect(report.frameworks?.map(({ name }) => name)).toEqual(['soc2', 'hipaa']);
  });

  test.each(['trailproof.yml', '.trailproof.yaml'])('that is called %s is not passed over', async (name) => {
    const cwd = dirname(files({ [name]: 'failOn: never\n' }));
    const account = join(root, healthy);
    const { code, stderr } = await runCli(['check', account], { cwd });
    expect([code, stderr]).toEqual([
      2,
      `trailproof: ${name} is not read: the config is called trailproof.yaml\nRename it, or name it: --config ${name}.\n`,
    ]);
    expect((await runCli(['check', account, '--config', name], { cwd })).code).toBe(0);
  });

  test('takes its targets from one and their role from another', async () => {
    const config = files({
      'a.yaml': 'extends: b.yaml\ntargets: { organization: true }\n',
      'b.yaml': 'targets: { roleName: audit }\n',
    });
    expect((await readConfig(config)).targets).toEqual({ organization: true, roleName: 'audit' });
  });

  test.each([
    ['extends: ./a.yaml\n', '', ['a.yaml:1:10 it extends itself: a.yaml → a.yaml; leave one of them out']],
    [
      'extends: [soc2, b.yaml]\n',
      'skip: [low]\nextends: a.yaml\n',
      ['b.yaml:2:10 it extends itself: a.yaml → b.yaml → a.yaml; leave one of them out'],
    ],
    ['extends: rules\n', '', ['a.yaml:1:10 rules is a folder; name a config in it']],
    ['extends: b.yml\n', '', ['a.yaml:1:10 there is no pack and no file or folder b.yml; did you mean b.yaml?']],
    [
      'extends: recomended\n',
      '',
      ['a.yaml:1:10 there is no pack and no file or folder recomended; did you mean recommended?'],
    ],
    ['rules: [soc2, ruels]\n', '', ['a.yaml:1:15 there is no pack and no file or folder ruels; did you mean rules?']],
    [
      'extends: far/away.yaml\n',
      '',
      ['a.yaml:1:10 there is no pack and no file or folder far/away.yaml; paths start at this file'],
    ],
    ['extends: [b.yaml]\nfailOn: hihg\n', '', ['a.yaml:2:9 failOn cannot be "hihg"; did you mean high?']],
    [
      'extends: [b.yaml, c.yaml]\nskip: [low]\n',
      'severities: { a: hihg }\n',
      [
        'a.yaml:1:19 there is no pack and no file or folder c.yaml; did you mean a.yaml?',
        'b.yaml:1:18 severities.a cannot be "hihg"; did you mean high?',
      ],
    ],
    [
      'extends: b.yaml\n',
      'skip: [\n',
      ['b.yaml:2:1 not YAML: flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['extends: b.yaml\n', '', ['b.yaml:1:1 the file is empty; it should hold a config']],
    [
      'extends: 3\n',
      '',
      ['a.yaml:1:10 extends must be a pack or a config, or a list of them, not the number 3; quote it'],
    ],
    [
      'extend: b.yaml\nonly: []\n',
      '',
      ['a.yaml:1:1 extend is not a property of a config; did you mean extends?', 'a.yaml:2:7 only must not be empty'],
    ],
  ])('%j beside %j is refused, with the place', async (a, b, expected) => {
    expect(await mistakesIn(files({ 'a.yaml': a, 'b.yaml': b, 'rules/x.yaml': '' }))).toEqual(expected);
  });

  test('may come from standard input', async () => {
    const run = await runCli(['check', '--print-config', '--config', '-'], { stdin: 'extends: soc2\nfailOn: high\n' });
    expect(run.stdout).toMatch(/^rules:\n {2}- soc2 # <stdin>:1\n/m);
    expect(run.stdout).toContain('failOn: high # <stdin>:2\n');
  });

  test('is kept from a bomb that another file holds', async () => {
    const bomb = `skip: &a [x]\nonly: [${Array(101).fill('*a').join(', ')}]\n`;
    const config = files({ 'a.yaml': 'extends: b.yaml\n', 'b.yaml': bomb });
    expect(await mistakesIn(config)).toEqual(['b.yaml:2:408 more than 100 YAML aliases; write the values out']);
  });

  test('is not led in a circle by a link either', async () => {
    const config = files({ 'a.yaml': 'extends: down/a.yaml\n' });
    symlinkSync('.', join(dirname(config), 'down'));
    expect(await mistakesIn(config)).toEqual([
      'a.yaml:1:10 it extends itself: a.yaml → down/a.yaml; leave one of them out',
    ]);
  });
});

describe('rules under a config', () => {
  const idsUnder = async (config: string) => (await check(healthy, { config })).scope.rules.map(({ id }) => id);

  test('are those that only and skip leave, among all', async () => {
    const config = files({ 'a.yaml': "only: ['trail-*', log-group]\nskip: [trail-enabled, log-group, medium]\n" });
    const ids = await idsUnder(config);
    expect(ids).toContain('trail-has-tags');
    expect(ids.filter((id) => !id.startsWith('trail-') || id === 'trail-enabled')).toEqual([]);
  });

  test('have the severity that it gives them, also where rules are chosen by it', async () => {
    const severities = 'severities: { trail-enabled: low, trail-has-tags: critical }\n';
    const config = files({ 'a.yaml': `${severities}only: [trail-enabled, trail-has-tags]\nskip: [low]\n` });
    const report = await check(healthy, { config });
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['trail-has-tags', 'critical']]);
    expect(report.scope.rules.map(({ id, severity }) => [id, severity])).toEqual([['trail-has-tags', 'critical']]);
  });

  test.each([
    [
      'only: [trail-enabled, trial-is-logging]\n',
      'a.yaml:1:23 no rule is called trial-is-logging, nor a severity, family or control; did you mean trail-is-logging?',
    ],
    [
      'skip: [mediun]\n',
      'a.yaml:1:8 no rule is called mediun, nor a severity, family or control; did you mean medium?',
    ],
    ['severities: { trail-enable: low }\n', 'a.yaml:1:15 no rule is called trail-enable; did you mean trail-enabled?'],
    ['frameworks: [soc2, hippa]\n', 'a.yaml:1:20 no pack is called hippa; did you mean hipaa?'],
    ['parameters: { trail-enable: {} }\n', 'a.yaml:1:15 no rule is called trail-enable; did you mean trail-enabled?'],
    ['parameters: { trail-enabled: { days: 3 } }\n', 'a.yaml:1:32 trail-enabled has no parameter days; it has none'],
  ])('%j is refused, with the place', async (text, expected) => {
    const config = files({ 'a.yaml': text });
    const thrown = await check(healthy, { config }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AppError);
    if (thrown instanceof AppError)
      expect([thrown.code, ...thrown.details.map((line) => line.replaceAll(`${dirname(config)}/`, ''))]).toEqual([
        'config',
        expected,
      ]);
  });

  test('are answered for its frameworks, and gated as it says', async () => {
    const config = files({ 'a.yaml': 'frameworks: [soc2]\nunknown: ignore\nfailOn: never\n' });
    const report = await check('examples/broken-account.yaml', { config });
    expect(report.frameworks?.map(({ name }) => name)).toEqual(['soc2']);
    expect(report.summary.exitCode).toBe(0);
  });
});

describe('the outputs of a config', () => {
  const outputs = { json: 'a.json', sarif: 'a.sarif' };

  test('are written beside what flags ask for', () => {
    expect(outputsOf({ format: undefined, output: undefined }, outputs)).toEqual({
      stdout: 'text',
      files: [
        { format: 'json', path: 'a.json' },
        { format: 'sarif', path: 'a.sarif' },
      ],
    });
    expect(outputsOf({ format: ['json'], output: undefined }, outputs).stdout).toBe('json');
  });

  test('give way to a flag of their format', () => {
    expect(outputsOf({ format: undefined, output: ['sarif=b.sarif'] }, outputs)).toEqual({
      files: [
        { format: 'sarif', path: 'b.sarif' },
        { format: 'json', path: 'a.json' },
      ],
    });
  });

  test('may not go where a flag goes', () => {
    expect(() => outputsOf({ format: undefined, output: ['csv=a.json'] }, outputs)).toThrow(
      'csv and json both go to a.json',
    );
  });
});
