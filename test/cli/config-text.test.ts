import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../../src/api/check.ts';
import { configOf } from '../../src/cli/config.ts';
import { layerOfFlags } from '../../src/cli/config-flags.ts';
import type { Layer } from '../../src/cli/config-layers.ts';
import { configText } from '../../src/cli/config-text.ts';
import { rulesUnder } from '../../src/cli/rule-set.ts';
import { targetsAsConfig } from '../../src/cli/targets.ts';
import { root, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-config-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const healthy = 'examples/healthy-account.yaml';
const home = '111122223333';

describe('the printed config', () => {
  writeFileSync(
    join(folder, 'base.yaml'),
    `rules: [hipaa, soc2]
parameters:
  log-bucket-retention-minimum: { minimumDays: 400 }
critical: ['arn:aws:s3:::payments-*', { tag: { data-class: restricted } }]
overrides:
  - { name: europe, match: { accounts: ['${home}'], regions: [eu-*] }, skip: [log-group] }
`,
  );
  writeFileSync(
    join(folder, 'trailproof.yaml'),
    `extends: base.yaml
rules: ./own
skip: [trail-has-tags]
severities: { trail-enabled: low }
overrides:
  - match: { accounts: ['${home}'] }
    parameters: { log-bucket-retention-minimum: { minimumDays: 4000 } }
frameworks: [hipaa]
unknown: warn
outputs: { json: out.json, sarif: out.sarif }
`,
  );
  const rule = 'log-bucket-region-allowed';
  const flags = [
    '--parameter',
    `${rule}.allowedRegions=us-east-1,eu-west-1`,
    '--fail-on',
    'high',
    '--skip',
    'query',
    '--severity',
    'low',
  ];

  test('says where each value comes from, and says the same when it is the config', async () => {
    mkdirSync(join(folder, 'own'));
    copyFileSync(`${root}examples/custom-rule/${rule}.yaml`, join(folder, `own/${rule}.yaml`));
    copyFileSync(`${root}${healthy}`, join(folder, 'account.yaml'));
    const printed = await runCli(['check', '--print-config', ...flags], { cwd: folder });
    expect(printed).toMatchObject({ stderr: '', code: 0 });
    for (const line of [
      'rules:\n  - hipaa # base.yaml:1\n  - soc2 # base.yaml:1\n  - own # trailproof.yaml:2\n',
      'skip:\n  - trail-has-tags # trailproof.yaml:3\n  - query # --skip\n  - info # --severity\n',
      'frameworks:\n  - hipaa # trailproof.yaml:8\n',
      '  log-bucket-region-allowed:\n    allowedRegions: [us-east-1, eu-west-1] # --parameter\n',
      '  log-bucket-retention-minimum:\n    minimumDays: 400 # base.yaml:3\n',
      '    window: 24h # default\n',
      'severities:\n  trail-enabled: low # trailproof.yaml:4\n',
      'critical:\n  - arn:aws:s3:::payments-* # base.yaml:4\n  # base.yaml:4\n  - tag:\n      data-class: restricted\n',
      `overrides:\n  # base.yaml:6\n  - name: europe\n    match:\n      accounts:\n        - '${home}'\n`,
      'failOn: high # --fail-on\nunknown: warn # trailproof.yaml:9\n',
      'outputs:\n  json: out.json # trailproof.yaml:10\n  sarif: out.sarif # trailproof.yaml:10\n',
    ])
      expect(printed.stdout).toContain(line);
    writeFileSync(join(folder, 'printed.yaml'), printed.stdout);
    const first = await runCli(['check', 'account.yaml', ...flags], { cwd: folder });
    const reports = () => ['out.json', 'out.sarif'].map((name) => readFileSync(join(folder, name), 'utf8'));
    const before = reports();
    expect(before[0]).toContain('"overrides[1]"');
    const second = await runCli(['check', 'account.yaml', '--config', 'printed.yaml'], { cwd: folder });
    expect([second.stdout, second.code]).toEqual([first.stdout, first.code]);
    expect(reports()).toEqual(before);
  });

  /** The text for what a layer says, and the report for that text as the config. */
  const printedFor = async (
    written: Layer['written'],
    flags: Parameters<typeof layerOfFlags>[0] = { rules: undefined },
  ) => {
    const layer: Layer = { written, by: 'file', origin: () => 'a.yaml:1' };
    const config = configOf([layer, layerOfFlags(flags)]);
    return configText(await rulesUnder(config, config.only.length > 0 ? 'all' : 'recommended'), {
      severity: undefined,
    });
  };

  test('names what runs where nobody does: the default, the frameworks, or all that only leaves', async () => {
    expect(await printedFor({})).toMatch(/^rules:\n {2}- recommended # default\n/m);
    expect(await printedFor({}, { rules: undefined, framework: ['hipaa'] })).toMatch(
      /^rules:\n {2}- hipaa # --framework\n/m,
    );
    const only = await printedFor({ only: ['trail-enabled'] });
    expect(only).not.toContain('rules:');
    expect(only).toContain('only: [trail-enabled] # a.yaml:1\n');
  });

  test('says the same in a report', async () => {
    const written = { only: ['trail-insights-enabled', 'log-bucket-retention-minimum'] };
    const file = join(folder, 'same.yaml');
    writeFileSync(file, await printedFor(written));
    expect(await check(healthy, { config: file })).toEqual(await check(healthy, written));
  });

  test('takes the values of packs, where they disagree the strictest', async () => {
    const text = await printedFor({ rules: ['pci-dss-4.0.1', 'hipaa'] });
    expect(text).toContain('    minimumDays: 2190 # pack hipaa\n');
  });

  test('names the parameters that nobody set', async () => {
    const text = await printedFor({ only: ['trail-uses-designated-bucket'] });
    expect(
      text.endsWith('\n# Not set, so that these rules judge nothing:\n# trail-uses-designated-bucket.buckets\n'),
    ).toBe(true);
  });

  test('keeps a name that would act where it can only show', async () => {
    const layer: Layer = { written: { skip: ['low'] }, by: 'file', origin: () => 'a\nfailOn: never\u001b[2J.yaml:1' };
    const text = configText(await rulesUnder(configOf([layer]), 'recommended'), { severity: undefined });
    expect(text).toContain('  - low # a\\nfailOn: never\\x1b[2J.yaml:1\n');
  });
});

describe('targets as a config', () => {
  const none = {
    ...{ organization: false, resume: false },
    ...{ 'role-arn': undefined, 'external-id': undefined, replay: undefined, record: undefined, ou: undefined },
    ...{ 'account-tag': undefined, 'account-id': undefined, 'exclude-account': undefined, 'role-name': undefined },
    ...{ 'account-concurrency': undefined, checkpoint: undefined, json: undefined },
  };
  const config = {
    organization: { ous: ['r-ab12'], exclude: [home] },
    accounts: ['444455556666'],
    roleName: 'audit',
  } as const;

  test('are as they are written where no flag has a say', () => {
    expect(targetsAsConfig(none, config)).toEqual([]);
    expect(targetsAsConfig(none, undefined)).toEqual([]);
  });

  test('are what flags make of them', () => {
    const excluding = { ...none, 'exclude-account': ['444455556666'], 'external-id': 'x' };
    expect(targetsAsConfig(excluding, config)).toEqual([
      { name: 'organization', value: { ous: ['r-ab12'], exclude: [home, '444455556666'] }, by: ['--exclude-account'] },
      { name: 'roleName', value: 'audit', by: [] },
      { name: 'externalId', value: 'x', by: ['--external-id'] },
    ]);
    expect(
      targetsAsConfig({ ...none, organization: true, 'role-arn': `arn:aws:iam::${home}:role/hub` }, config),
    ).toEqual([
      { name: 'organization', value: true, by: ['--organization'] },
      { name: 'roleName', value: 'audit', by: [] },
      { name: 'roleArn', value: `arn:aws:iam::${home}:role/hub`, by: ['--role-arn'] },
    ]);
    expect(targetsAsConfig({ ...none, 'account-id': [home], 'account-tag': ['env=prod'] }, undefined)).toEqual([
      { name: 'organization', value: { tags: { env: ['prod'] } }, by: ['--account-tag'] },
      { name: 'accounts', value: [home], by: ['--account-id'] },
      { name: 'roleName', value: 'trailproof', by: [] },
    ]);
  });
});
