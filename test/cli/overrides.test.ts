import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../../src/api/check.ts';
import { configOf } from '../../src/cli/config.ts';
import { readLayers } from '../../src/cli/config-files.ts';
import { compileOverrides, needsOf } from '../../src/cli/overrides.ts';
import { registry, rulesUnder } from '../../src/cli/rule-set.ts';
import { AppError } from '../../src/errors.ts';
import { validate } from '../../src/generated/validate-report.js';
import type { WholeReport } from '../../src/reporters/report.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-overrides-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const retention = 'log-bucket-retention-minimum';
const only = `only: [${retention}, trail-enabled]\n`;
const healthy = 'examples/healthy-account.yaml';
const home = '111122223333';

const ruleIn = (report: WholeReport, id: string) => report.scope.rules.find((rule) => rule.id === id);
/** What is judged, and what is skipped: of buckets without a trail nothing is. */
const said = (report: WholeReport) =>
  report.findings
    .flatMap((finding) => (finding.message.startsWith('does not apply') ? [] : [finding]))
    .map(({ rule, status, severity }) => `${rule} ${status} ${severity}`);

describe('overrides of a config', () => {
  test('change parameters, severities and what runs where they hold, and the report says how it judged', async () => {
    const config = write(
      'a.yaml',
      `${only}overrides:
  - name: long
    match: { accounts: ['${home}'] }
    parameters: { ${retention}: { minimumDays: 4000 } }
    severities: { ${retention}: low }
  - match: { regions: [global] }
    skip: [trail]
`,
    );
    const report = await check(healthy, { config });
    expect(said(report)).toEqual([`${retention} fail low`, 'trail-enabled not-applicable critical']);
    expect(ruleIn(report, retention)).toMatchObject({
      severity: 'high',
      parameters: { minimumDays: 365 },
      variants: [{ by: ['long'], severity: 'low', parameters: { minimumDays: 4000 } }],
    });
    expect(ruleIn(report, 'trail-enabled')?.variants).toEqual([
      { by: ['overrides[1]'], severity: 'critical', skipped: true },
    ]);
    expect(validate(JSON.parse(JSON.stringify(report)))).toBe(true);
  });

  test('survive that another config extends theirs, and stand under its own', async () => {
    const base = `overrides:
  - match: { accounts: ['${home}'] }
    parameters: { ${retention}: { minimumDays: 4000 } }
    severities: { ${retention}: low }
`;
    write('base.yaml', base);
    const extending = write('extending.yaml', `extends: base.yaml\n${only}`);
    expect(said(await check(healthy, { config: extending }))[0]).toBe(`${retention} fail low`);
    const over = `extends: [base.yaml]\n${only}${base.replace('4000', '30').replace('    severities: { log-bucket-retention-minimum: low }\n', '')}`;
    expect(said(await check(healthy, { config: write('over.yaml', over) }))[0]).toBe(`${retention} pass low`);
  });

  test('are no less than the floors of a framework, which looks at each', async () => {
    const config = write(
      'floor.yaml',
      `overrides:\n  - { match: { accounts: ['${home}'] }, parameters: { ${retention}: { minimumDays: 30 } } }\n  - { match: { accounts: ['${home}'] }, skip: [trail-log-file-validation-enabled] }\n`,
    );
    const report = await check(healthy, { config, frameworks: ['pci-dss-4.0.1'] });
    const results = report.frameworks?.flatMap(({ requirements }) => requirements.flatMap(({ rules }) => rules)) ?? [];
    expect(results.find(({ rule, floors }) => rule === retention && floors)).toMatchObject({
      status: 'fail',
      floors: [{ parameter: 'minimumDays', value: 30, floor: 365, holds: 'no' }],
    });
    expect(results.find(({ rule }) => rule === 'trail-log-file-validation-enabled')).toMatchObject({
      status: 'unknown',
      reason: 'overrides[1] skips it',
    });
    expect(report.summary.exitCode).toBe(1);
  });

  test('of units and tags ask AWS Organizations, and nothing does without them', async () => {
    const operations = async (name: string, match: string) => {
      const config = configOf(await readLayers(write(name, `overrides: [{ match: ${match}, skip: [trail] }]\n`)));
      const { known } = await rulesUnder(config, 'recommended');
      const options = { registry, criticalTags: false, rules: known, parameters: {} };
      const overrides = compileOverrides(config.overrides, options);
      return overrides && needsOf(overrides, []).map((needs) => [...needs.operations.keys(), ...needs.reads]);
    };
    expect(await operations('no.yaml', `{ regions: ['eu-*'] }`)).toEqual([]);
    const listing = [
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
      'AWS::Organizations::Organization.MasterAccountId',
      'AWS::Organizations::Account.Paths',
    ];
    expect(await operations('ou.yaml', '{ ous: [r-ab12] }')).toEqual([listing]);
    expect(await operations('tag.yaml', '{ tags: { env: prod } }')).toEqual([
      listing,
      ['organizations:ListTagsForResource', 'AWS::Organizations::Account.tags.env'],
    ]);
    expect(compileOverrides([], { registry, criticalTags: false, rules: [], parameters: {} })).toBeUndefined();
  });

  test('compile a rule once for each set of values, and not at all for another severity', async () => {
    const config = configOf(
      await readLayers(
        write(
          'sets.yaml',
          `overrides:
  - { match: { accounts: ['${home}'] }, parameters: { ${retention}: { minimumDays: 30 } } }
  - { match: { regions: ['eu-*'] }, parameters: { ${retention}: { minimumDays: 30 } } }
  - { match: { regions: ['us-*'] }, severities: { ${retention}: low } }
`,
        ),
      ),
    );
    const { readyToJudge } = await import('../../src/cli/rule-set.ts');
    const { rules, overrides } = readyToJudge(await rulesUnder(config, 'all'), undefined);
    const rule = rules.find(({ definition }) => definition.id === retention);
    const [ours, eu, us] = overrides?.list ?? [];
    if (!rule || !overrides || !ours || !eu || !us) throw new Error('no rule or no overrides');
    expect(overrides.variant(rule, [ours])).toBe(overrides.variant(rule, [eu]));
    expect(overrides.variant(rule, [ours, eu])).toBe(overrides.variant(rule, [eu]));
    const other = overrides.variant(rule, [us]);
    expect(other.require).toBe(rule.require);
    expect(other.definition.severity).toBe('low');
    expect(overrides.variant(rule, [ours, us])).toMatchObject({
      parameters: { minimumDays: 30 },
      definition: { severity: 'low' },
    });
  });

  test('decide as they are in a run of several accounts', async () => {
    const config = write(
      'run.yaml',
      `only: [trail-enabled]
overrides:
  - { name: sandboxes, match: { ous: [ou-ab12-99999999] }, severities: { trail-enabled: info } }
  - { name: prod, match: { tags: { env: prod } }, severities: { trail-enabled: high } }
`,
    );
    const organization = {
      Id: 'o-a',
      Arn: 'arn:aws:organizations::111111111111:organization/o-a',
      MasterAccountId: '111111111111',
    };
    const account = (id: string, resources: Snapshot['resources'] = {}): Snapshot => ({
      trailproof: 'snapshot/1',
      account: { id, partition: 'aws' },
      regions: ['us-east-1'],
      resources: { 'AWS::Organizations::Organization': [organization], ...resources },
    });
    const listed = (Id: string, unit: string, tags: object) => ({
      Id,
      Arn: `arn:aws:organizations::111111111111:account/o-a/${Id}`,
      Paths: [`o-a/r-ab12/${unit}/${Id}/`],
      tags,
    });
    const snapshots = [
      account('111111111111', {
        'AWS::Organizations::Account': [
          listed('111111111111', 'ou-ab12-11111111', {}),
          listed('222222222222', 'ou-ab12-99999999', { env: 'dev' }),
          listed('333333333333', 'ou-ab12-99999999', { env: 'prod' }),
        ],
      }),
      account('222222222222'),
      account('333333333333'),
    ];
    const severities = async (given: readonly Snapshot[]) =>
      (await check(given, { config })).findings.map(({ status, severity }) => `${status} ${severity}`);
    expect(await severities(snapshots)).toEqual(['fail critical', 'fail info', 'fail high']);
    // Without the management account nobody knows.
    expect(
      await severities(
        snapshots.slice(1).map((one) => ({ ...one, operations: ['organizations:DescribeOrganization'] })),
      ),
    ).toEqual(['unknown critical', 'unknown critical']);
  });
});

describe('an override that cannot be is refused, with the place', () => {
  test.each([
    ['[{ match: {}, skip: [low] }]', '1:22 overrides[0].match must not be empty'],
    ['[{ skip: [low] }]', '1:13 match is missing; an override needs it'],
    [`[{ match: { regions: ['*'] } }]`, '1:13 the override changes nothing; it needs parameters, severities or skip'],
    ['[{ match: { account: [] }, skip: [low] }]', '1:24 account is not a property of match; did you mean accounts?'],
    [
      '[{ match: { accounts: [111122223333] }, skip: [low] }]',
      '1:35 overrides[0].match.accounts[0] must be a string of 12 digits, not the number 111122223333; quote it',
    ],
    [
      '[{ match: { ous: [production] }, skip: [low] }]',
      '1:30 overrides[0].match.ous[0] must be the id of a root or an organizational unit such as ou-ab12-11111111, not "production"',
    ],
    [
      '[{ match: { ous: [r-ab12] }, failOn: low }]',
      '1:41 failOn is not a property of an override; it has name, match, parameters, severities, skip',
    ],
    ['{ match: { ous: [r-ab12] } }', '1:12 overrides must be a list, not an object'],
    [
      '[{ match: { ous: [r-ab12] }, skip: [trial-enabled] }]',
      '1:48 no rule is called trial-enabled, nor a severity, family or control; did you mean trail-enabled?',
    ],
    [
      '[{ match: { ous: [r-ab12] }, parameters: { trial-enabled: {} } }]',
      '1:55 no rule is called trial-enabled; did you mean trail-enabled?',
    ],
    [
      `[{ match: { ous: [r-ab12] }, parameters: { ${retention}: { minimumDay: 3 } } }]`,
      `1:87 ${retention} has no parameter minimumDay; did you mean minimumDays?`,
    ],
    [
      `[{ match: { ous: [r-ab12] }, parameters: { ${retention}: { minimumDays: 0 } } }]`,
      '1:100 minimumDays must be at least 1, not 0',
    ],
    [
      '[{ match: { ous: [r-ab12] }, severities: { trail-enabled: hihg } }]',
      '1:70 overrides[0].severities.trail-enabled cannot be "hihg"; did you mean high?',
    ],
  ])('%s', async (overrides, expected) => {
    const config = write('bad.yaml', `overrides: ${overrides}\n`);
    const thrown = await check(healthy, { config }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AppError);
    if (thrown instanceof AppError)
      expect([thrown.code, ...thrown.details]).toEqual(['config', `${config}:${expected}`]);
  });
});

test('standard error says which overrides change nothing, of rules that were run', async () => {
  const match = `match: { accounts: ['123456789012'] }`;
  const config = write(
    'idle.yaml',
    `${only}overrides:\n  - { name: away, ${match}, skip: [trail-enabled] }\n  - { ${match}, skip: [${retention}] }\n  - { name: unasked, ${match}, skip: [trail-is-logging] }\n`,
  );
  const { stderr, code } = await runCli(['check', healthy, '--config', config]);
  expect(stderr).toContain(
    'trailproof: away, overrides[1] change nothing: no account or region of this run is meant\n',
  );
  expect(code).toBe(0);
  expect((await runCli(['check', healthy, '--config', config, '--quiet'])).stderr).toBe('');
});
