import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { WholeReport } from '../../src/reporters/report.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-packs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const healthy = 'examples/healthy-account.yaml';
const broken = 'examples/broken-account.yaml';
const empty = join(folder, 'empty.yaml');
writeFileSync(
  empty,
  "trailproof: snapshot/1\naccount: { id: '111122223333', partition: aws }\ncollectedAt: 2026-11-20T09:00:00Z\nregions: [us-east-1]\nresources: {}\n",
);

const text = async (...args: readonly string[]) => {
  const { stdout, stderr, code } = await runCli(args);
  return { said: stdout.replaceAll(/\s+/g, ' '), stderr, code };
};
async function reportOf(...args: readonly string[]): Promise<WholeReport> {
  const { stdout, stderr } = await runCli([...args, '--format', 'json']);
  expect(stderr).not.toContain('Error');
  return JSON.parse(stdout);
}
const rulesIn = ({ scope }: WholeReport) => scope.rules.map(({ id }) => id);
const requirementIn = ({ frameworks = [] }: WholeReport, framework: string, id: string) =>
  frameworks.find(({ name }) => name === framework)?.requirements.find((it) => it.id === id);

describe('which rules run', () => {
  test('the recommended ones, and the summary says so', async () => {
    const { said, code } = await text('check', healthy);
    expect(code).toBe(0);
    expect(said).toMatch(/ recommended: \d+ of \d+ built-in rules; --rules everything runs all\./);
    const report = await reportOf('check', healthy);
    const [pack] = report.scope.packs ?? [];
    expect(pack?.name).toBe('recommended');
    expect(pack?.rules).toBe(report.scope.rules.length);
    expect(pack?.rules).toBeLessThan(pack?.of ?? 0);
    expect(rulesIn(report)).not.toContain('trail-has-tags');
  });

  test('all of them with everything', async () => {
    const report = await reportOf('check', healthy, '--rules', 'everything');
    expect(report.scope.packs).toEqual([
      { name: 'everything', rules: report.scope.rules.length, of: report.scope.rules.length },
    ]);
    const { said } = await text('check', healthy, '--rules', 'everything');
    expect(said).not.toContain('runs all');
  });

  test('those that --only names, among all', async () => {
    const report = await reportOf('check', healthy, '--only', 'trail-has-tags');
    expect(rulesIn(report)).toEqual(['trail-has-tags']);
    expect(report.scope).not.toHaveProperty('packs');
  });

  test('those that answer a requirement', async () => {
    const report = await reportOf('check', healthy, '--only', 'cis-aws-foundations-3.0.0:3.2');
    expect(rulesIn(report)).toEqual(['trail-log-file-validation-enabled']);
    expect(report.findings[0]?.controls['cis-aws-foundations-3.0.0']).toEqual(['3.2']);
  });

  test('--skip may name one that would not have run', async () => {
    const { code } = await text('check', healthy, '--skip', 'trail-has-tags,trail-enabled');
    expect(code).toBe(0);
  });

  test('several packs together', async () => {
    const [one, other, both] = await Promise.all([
      reportOf('check', healthy, '--rules', 'cis-aws-foundations-3.0.0'),
      reportOf('check', healthy, '--rules', 'aws-config'),
      reportOf('check', healthy, '--rules', 'cis-aws-foundations-3.0.0', '--rules', 'aws-config'),
    ]);
    expect(rulesIn(both)).toEqual([...new Set([...rulesIn(one), ...rulesIn(other)])].toSorted());
    expect(both.scope.packs?.map(({ name }) => name)).toEqual(['cis-aws-foundations-3.0.0', 'aws-config']);
  });

  test('a pack and a folder of rules of somebody', async () => {
    const report = await reportOf('check', healthy, '--rules', 'recommended', '--rules', 'examples/custom-rule');
    expect(rulesIn(report)).toEqual(expect.arrayContaining(['trail-enabled', 'log-bucket-region-allowed']));
  });

  test('those of a pack of somebody, which may hold rules of theirs', async () => {
    const pack = join(folder, 'ours.yaml');
    writeFileSync(pack, 'pack: ours\ntitle: Ours\nabout: Few.\nrules: [trail-enabled]\n');
    expect(rulesIn(await reportOf('check', healthy, '--rules', pack))).toEqual(['trail-enabled']);
  });

  test('those that a config names', async () => {
    const config = join(folder, 'trailproof.yaml');
    writeFileSync(config, 'rules: cis-aws-foundations-1.4.0\n');
    const report = await reportOf('check', healthy, '--config', config);
    expect(report.scope.packs?.map(({ name }) => name)).toEqual(['cis-aws-foundations-1.4.0']);
  });

  test.each([
    [
      ['--rules', 'recomended'],
      'no pack is called recomended, and there is no such file or folder',
      'Did you mean recommended?',
    ],
    [['--framework', 'pci-dss-4.0'], 'no pack is called pci-dss-4.0', 'Did you mean pci-dss-4.0.1?'],
    [
      ['--framework', 'everything'],
      'everything is a set of rules and no framework: it has no requirements',
      'Choose it with --rules everything.',
    ],
    [
      ['--rules', 'cis-aws-foundations-3.0.0', '--only', 'trail-has-tags'],
      'trail-has-tags names none of the rules that --rules or the config chose',
      '--rules everything has all that are built in.',
    ],
  ])('%j is a mistake that says what to do', async (args, message, hint) => {
    const { stderr, code } = await text('check', healthy, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });
});

describe('parameters of packs', () => {
  const daysIn = (report: WholeReport) =>
    report.scope.rules.find(({ id }) => id === 'log-bucket-retention-minimum')?.parameters;

  test('stand under those of the config and of --parameter', async () => {
    expect(daysIn(await reportOf('check', healthy, '--rules', 'hipaa'))).toEqual({ minimumDays: 2190 });
    const config = join(folder, 'kept.yaml');
    writeFileSync(config, 'parameters:\n  log-bucket-retention-minimum: { minimumDays: 400 }\n');
    expect(daysIn(await reportOf('check', healthy, '--rules', 'hipaa', '--config', config))).toEqual({
      minimumDays: 400,
    });
    const set = ['--parameter', 'log-bucket-retention-minimum.minimumDays=500'];
    const over = await reportOf('check', healthy, '--rules', 'hipaa', '--config', config, ...set);
    expect(daysIn(over)).toEqual({ minimumDays: 500 });
  });

  test('of packs that disagree: the stricter, and standard error says so', async () => {
    const packs = ['--rules', 'pci-dss-4.0.1', '--rules', 'hipaa'];
    expect(daysIn(await reportOf('check', healthy, ...packs))).toEqual({ minimumDays: 2190 });
    const { stderr } = await text('check', healthy, ...packs);
    expect(stderr).toContain(
      'the packs disagree on log-bucket-retention-minimum.minimumDays: 365 (pci-dss-4.0.1), 2190 (hipaa); the strictest is used, 2190',
    );
    const decided = await text(
      'check',
      healthy,
      ...packs,
      '--parameter',
      'log-bucket-retention-minimum.minimumDays=2190',
    );
    expect(decided.stderr).not.toContain('disagree on log-bucket-retention-minimum');
  });
});

describe('what a framework asks for', () => {
  const cis = 'cis-aws-foundations-3.0.0';

  test("runs the framework's rules where none are chosen", async () => {
    const report = await reportOf('check', broken, '--framework', cis);
    expect(report.scope.packs?.map(({ name }) => name)).toEqual([cis]);
    expect(requirementIn(report, cis, '3.1')?.status).toBe('fail');
    expect(requirementIn(report, cis, '2.1.3')).toMatchObject({ status: 'manual', coverage: 'manual', rules: [] });
    expect(report.summary.exitCode).toBe(1);
  });

  test('is unknown where its rules were not run', async () => {
    const report = await reportOf('check', healthy, '--only', 'trail-log-file-validation-enabled', '--framework', cis);
    expect(requirementIn(report, cis, '3.2')?.status).toBe('pass');
    expect(requirementIn(report, cis, '3.5')).toMatchObject({
      status: 'unknown',
      rules: [{ reason: 'it was not run' }],
    });
  });

  test('is not met by an empty account', async () => {
    const report = await reportOf('check', empty, '--framework', cis);
    expect(requirementIn(report, cis, '3.1')?.status).toBe('fail');
    const passed = report.frameworks?.[0]?.requirements.filter(({ status }) => status === 'pass');
    expect(passed).toEqual([]);
  });

  test('of several frameworks, in the order asked for', async () => {
    const report = await reportOf('check', healthy, '--framework', cis, '--framework', 'soc2');
    expect(report.frameworks?.map(({ name }) => name)).toEqual([cis, 'soc2']);
  });

  test('is said in text, what is met in part as such', async () => {
    const { said } = await text('check', healthy, '--framework', cis);
    expect(said).toContain('3.2 pass Log file validation is on');
    expect(said).toContain('2.1.4 pass (partial) Buckets block public access');
    expect(said).toContain('where that is needed Which data is sensitive is for people, or Amazon Macie, to say.');
    expect(said).toMatch(
      /\d+ requirements: \d+ failed, \d+ unknown, \d+ passed \(\d+ in part\), \d+ not applicable, \d+ manual\./,
    );
  });

  test('is a table in Markdown and a row a requirement in CSV', async () => {
    const markdown = await runCli(['check', healthy, '--framework', cis, '--format', 'markdown']);
    expect(markdown.stdout).toContain('| <code>3&#46;2</code> | ✅ pass | Log file validation is on |  |\n');
    expect(markdown.stdout).toContain('| <code>2&#46;1.4</code> | ✅ pass (partial) |');
    const { stdout } = await runCli(['check', healthy, '--framework', cis, '--format', 'csv']);
    const rows = stdout.split('\r\n').map((row) => row.replaceAll('"', ''));
    expect(rows[0]).toMatch(/^framework,requirement,title,status,coverage,failed,unknown,passed,not_applicable,rules,/);
    expect(rows.filter((row) => row.startsWith(`${cis},`))).toHaveLength(rows.length - 2);
    expect(rows.find((row) => row.startsWith(`${cis},2.1.4,`))).toContain(',pass (partial),partial,');
  });

  test('is answered from a saved report, as far as that holds the rules', async () => {
    const file = join(folder, 'report.json');
    await runCli(['check', broken, '--rules', 'everything', '--output', `json=${file}`]);
    const fresh = await reportOf('check', broken, '--rules', 'everything', '--framework', 'pci-dss-4.0.1');
    const saved = await runCli(['report', file, '--framework', 'pci-dss-4.0.1', '--format', 'json']);
    expect(saved.code).toBe(1);
    expect(JSON.parse(saved.stdout).frameworks).toEqual(fresh.frameworks);
    await runCli(['check', healthy, '--output', `json=${file}`]);
    const less = JSON.parse((await runCli(['report', file, '--framework', 'soc2', '--format', 'json'])).stdout);
    expect(less.frameworks[0].summary.unknown).toBeGreaterThan(0);
  });

  test('stays in a report that is said again', async () => {
    const file = join(folder, 'framework.json');
    await runCli(['check', healthy, '--framework', cis, '--output', `json=${file}`]);
    expect((await runCli(['report', file])).stdout).toContain('Log file validation is on');
  });
});

describe('a floor', () => {
  const below = ['--parameter', 'log-bucket-retention-minimum.minimumDays=90'];

  test('fails the requirement of a parameter below it, and the run, though every finding passes', async () => {
    const args = ['check', healthy, '--framework', 'pci-dss-4.0.1', '--only', 'log-bucket-retention-minimum', ...below];
    const report = await reportOf(...args);
    const rule = requirementIn(report, 'pci-dss-4.0.1', '10.5.1')?.rules.find(
      (it) => it.rule === 'log-bucket-retention-minimum',
    );
    expect(rule).toMatchObject({
      status: 'fail',
      findings: { fail: 0, unknown: 0 },
      floors: [{ parameter: 'minimumDays', value: 90, floor: 365, stricter: 'higher', holds: 'no' }],
    });
    expect(report.summary).toMatchObject({ fail: 0, exitCode: 1 });
    const { said, code } = await text(...args);
    expect(code).toBe(1);
    expect(said).toContain('log-bucket-retention-minimum: minimumDays is 90, and has to be at least 365');
  });

  test('counts for those alone who ask about the framework', async () => {
    const { code } = await text('check', healthy, '--only', 'log-bucket-retention-minimum', ...below);
    expect(code).toBe(0);
  });

  test('counts where a saved report is decided anew', async () => {
    const file = join(folder, 'below.json');
    const only = ['--only', 'log-bucket-retention-minimum', ...below];
    await runCli(['check', healthy, '--framework', 'pci-dss-4.0.1', ...only, '--output', `json=${file}`]);
    expect((await runCli(['report', file, '--fail-on', 'high'])).code).toBe(1);
    expect((await runCli(['report', file, '--fail-on', 'critical'])).code).toBe(0);
    // What else is asked takes nothing back.
    const other = await runCli(['report', file, '--framework', 'soc2', '--format', 'json']);
    expect(JSON.parse(other.stdout).frameworks.map(({ name }: { name: string }) => name)).toEqual([
      'pci-dss-4.0.1',
      'soc2',
    ]);
    expect(other.code).toBe(1);
  });
});

test('a framework that is called like a built-in one is not taken for it', async () => {
  const pack = join(folder, 'soc2.yaml');
  const requirements = '[{ id: CC1, title: Easy, coverage: full, rules: [{ rule: trail-enabled }] }]';
  writeFileSync(pack, `pack: soc2\ntitle: Ours\nabout: Ours.\nrequirements: ${requirements}\n`);
  const { code, stderr } = await runCli(['check', healthy, '--rules', pack, '--fail-on-framework', 'soc2']);
  expect([code, stderr]).toEqual([
    2,
    'trailproof: two packs are called soc2: one that is built in, and one of your own\nRename yours.\n',
  ]);
});

test('a framework that a rule of ones own answers in the place of a built-in one says so', async () => {
  const rule = join(folder, 'trail-enabled.yaml');
  writeFileSync(
    rule,
    'id: trail-enabled\ntitle: Easy\nseverity: low\nresource: AWS::Account\nwhy: So.\nrequire: { id: { exists: true } }\n',
  );
  const args = ['check', healthy, '--rules', rule, '--output', 'json=/dev/null', '--framework'];
  const remark = (framework: string) =>
    `trailproof: ${framework} is answered by ${rule} in the place of the built-in trail-enabled\n`;
  const { stderr } = await runCli([...args, 'aws-fsbp,cis-aws-foundations-1.2.0']);
  expect(stderr.endsWith(`\n${remark('aws-fsbp')}`)).toBe(true);
});

describe('a framework of somebody', () => {
  const pack = join(folder, 'house.yaml');
  writeFileSync(
    pack,
    `pack: house
title: House rules
about: Ours alone.
requirements:
  - { id: H-1, title: A trail is there, coverage: full, rules: [{ rule: trail-enabled }] }
  - { id: H-2, title: People are trained, coverage: manual }
`,
  );

  test('is asked about by its name', async () => {
    const report = await reportOf('check', healthy, '--rules', pack, '--framework', 'house');
    expect(rulesIn(report)).toEqual(['trail-enabled']);
    expect(report.frameworks?.[0]?.requirements.map(({ id, status }) => [id, status])).toEqual([
      ['H-1', 'pass'],
      ['H-2', 'manual'],
    ]);
  });

  test('has its mistakes told with their place', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'pack: wrong\ntitle: W\nabout: W.\nrules: [trail-enabeld]\n');
    const { stderr, code } = await text('check', healthy, '--rules', wrong);
    expect(code).toBe(2);
    expect(stderr).toContain('wrong.yaml:4:9 no rule is called trail-enabeld; did you mean trail-enabled?');
  });
});
