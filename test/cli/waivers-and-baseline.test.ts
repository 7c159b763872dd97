import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { check, type Finding, render, type WholeReport } from '../../src/api/index.ts';
import { addWaiver, type NewWaiver } from '../../src/cli/add-waiver.ts';
import { readBaseline } from '../../src/cli/baseline-file.ts';
import { readConfig } from '../../src/cli/config.ts';
import { lintText, lintWaivers } from '../../src/cli/lint-waivers.ts';
import { readReport } from '../../src/cli/read-report.ts';
import { createBaseline, revisionText, updateBaseline } from '../../src/cli/revise-baseline.ts';
import { rulesToJudge } from '../../src/cli/rule-set.ts';
import { tallyOf, totalsOf } from '../../src/evaluation/tally.ts';
import { root, runShell } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-accepted-'));
const broken = `${root}examples/broken-account.yaml`;
const at = (name: string): string => join(folder, name);

function file(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

/** Judged once: every test starts from this report. */
let report: WholeReport;
const only = ['trail-is-logging', 'trail-log-file-validation-enabled', 'log-bucket-retention-minimum'];

function save(name: string, part: Partial<WholeReport> = {}): string {
  const changed = { ...report, ...part };
  const summary = { ...totalsOf(tallyOf(changed.findings)), exitCode: changed.summary.exitCode };
  return file(name, render({ ...changed, summary }, 'json'));
}

beforeAll(async () => {
  report = await check(broken, { only });
  save('report.json');
});

const failing = (): Finding => {
  const found = report.findings.find(({ status }) => status === 'fail');
  if (!found) throw new Error('nothing fails');
  return found;
};

const given = (part: Partial<NewWaiver> = {}): NewWaiver => ({
  fingerprint: failing().fingerprint,
  report: at('report.json'),
  reason: 'It goes away.',
  owner: 'me',
  expires: '2026-12-31',
  config: at('trailproof.yaml'),
  ...part,
});

describe('waivers add', () => {
  test('writes a config from which the finding is waived, and no other', async () => {
    await addWaiver(given({ config: at('new.yaml') }));
    const { findings } = await check(broken, { only, config: at('new.yaml') });
    expect(findings.filter(({ waiver }) => waiver).map(({ fingerprint }) => fingerprint)).toEqual([
      failing().fingerprint,
    ]);
  });

  test.each(['reason', 'owner'])('wants a %s that says something, before anything is written', async (key) => {
    const nothing = given({ [key]: ' ', config: at('nothing.yaml') });
    await expect(addWaiver(nothing)).rejects.toThrow(`--${key} says nothing`);
  });

  test('writes no second waiver beside one that holds, though the report knows of none', async () => {
    const again = given({ config: at('twice.yaml') });
    await addWaiver(again);
    await expect(addWaiver(again)).rejects.toThrow('me has waived it already, until 2026-12-31');
    expect((await readConfig(at('twice.yaml'))).waiving.waivers).toHaveLength(1);
    file('ended.yaml', readFileSync(at('twice.yaml'), 'utf8').replace('2026-12-31', '2026-01-31'));
    await addWaiver({ ...again, config: at('ended.yaml') });
  });

  test('keeps what is in the config', async () => {
    const text = '# Ours\nfailOn: high # for now\n';
    await addWaiver(given({ config: file('ours.yaml', text) }));
    expect(readFileSync(at('ours.yaml'), 'utf8').startsWith(`${text}\nwaivers:\n`)).toBe(true);
    expect((await readConfig(at('ours.yaml'))).waiving.waivers).toHaveLength(1);
  });

  test('names by fingerprint too what shares its resource with another finding, or whose id is a glob', async () => {
    const twin = { ...failing(), fingerprint: 'f'.repeat(16) };
    const twins = save('twins.json', { findings: [...report.findings, twin] });
    const of = given({ report: twins, config: at('twins.yaml') });
    expect((await addWaiver(of)).match.fingerprint).toBe(failing().fingerprint);
    const star = { ...failing(), resource: { ...failing().resource, id: 'arn:aws:logs:::x:*' } };
    const stars = save('stars.json', { findings: [star] });
    expect((await addWaiver(given({ report: stars, config: at('stars.yaml') }))).match.fingerprint).toBeDefined();
  });

  test.each<[string, () => Partial<NewWaiver>, RegExp]>([
    ['no such finding', () => ({ fingerprint: '0'.repeat(16) }), /no finding of the report has the fingerprint/],
    [
      'what passes',
      () => ({ fingerprint: report.findings.find(({ status }) => status === 'pass')?.fingerprint ?? '' }),
      /neither fails nor is unknown/,
    ],
    ['no day', () => ({ expires: '2026-02-30' }), /there is no such day/],
    ['a day that is over', () => ({ expires: '2026-01-01' }), /that is over, as of 20/],
    ['a day too far away', () => ({ expires: '2036-01-01' }), /waiverPolicy allows 90 days/],
    ['a rule that nobody may waive', () => ({ config: never() }), /nobody may waive/],
    ['a config with a mistake', () => ({ config: file('wrong.yaml', 'failon: high\n') }), /1 mistake in/],
  ])('refuses %s, and writes nothing', async (_, part, said) => {
    const config = file('strict.yaml', 'waiverPolicy: { maximumDays: 90 }\n');
    const text = readFileSync(config, 'utf8');
    await expect(addWaiver(given({ config, ...part() }))).rejects.toThrow(said);
    expect(readFileSync(config, 'utf8')).toBe(text);
  });

  test('refuses what is waived already', async () => {
    const waiver = { state: 'active', reason: 'A reason.', owner: 'somebody', expires: '2027-02-28' } as const;
    const waived = save('waived.json', { findings: [{ ...failing(), waiver }] });
    await expect(addWaiver(given({ report: waived }))).rejects.toThrow('somebody has waived it already');
  });
});

function never(): string {
  return file('never.yaml', `waiverPolicy: { never: ['${failing().rule}'] }\n`);
}

describe('waivers lint', () => {
  const linted = async (text: string, ...paths: readonly string[]) => {
    const config = file('lint.yaml', text);
    const flags = { only, config } as unknown as Parameters<typeof lintWaivers>[1]['flags'];
    const lints = await lintWaivers(paths.length > 0 ? paths : [at('report.json')], {
      ...(await rulesToJudge(flags)),
      flags,
      version: '1.2.3',
    });
    return lintText(lints).replaceAll(`${folder}/`, '');
  };
  const waiver = (rule: string, more = ''): string =>
    `  - { rule: ${rule}, reason: why, owner: me, expires: 2027-06-30${more} }\n`;

  test('says of each what it hides and what is the matter', async () => {
    const text = [
      'waiverPolicy: { maximumDays: 365, never: [log-bucket-retention-minimum] }\nwaivers:\n',
      waiver('trail-is-logging', ", match: { account: '444455556666' }"),
      waiver('trail-*'),
      waiver('trail-log-file-validation-enabled', ', match: { resource: none }'),
      waiver('log-bucket-retention-minimum', ", match: { account: '444455556666' }"),
      waiver('trail-is-logging', ', match: { tags: { env: dev } }'),
      waiver('trail-is-logging', ", match: { account: '444455556666' }").replace('2027', '2025'),
      waiver('trail-is-logging', ", match: { account: '444455556666' }").replace('2027', '2037'),
    ].join('');
    expect(await linted(text)).toBe(`lint.yaml:3:5 trail-is-logging, me, until 2027-06-30: hides 1 finding
  overlaps: another waiver hides 1 of them too
lint.yaml:4:5 trail-*, me, until 2027-06-30: hides 2 findings
  is over-broad: nothing narrows what it names
  overlaps: another waiver hides 1 of them too
lint.yaml:5:5 trail-log-file-validation-enabled, me, until 2027-06-30: hides 0 findings
  is unused: nothing that it names fails or is unknown
lint.yaml:6:5 log-bucket-retention-minimum, me, until 2027-06-30: hides 0 findings
  names what nobody may waive
lint.yaml:7:5 trail-is-logging, me, until 2027-06-30: hides 0 findings
  names by tags, which no report holds: name the snapshots to see what it hides
lint.yaml:8:5 trail-is-logging, me, until 2025-06-30: hides 0 findings
  ended on 2025-06-30
lint.yaml:9:5 trail-is-logging, me, until 2037-06-30: hides 0 findings
  does not hold: until 2037-06-30 is longer than waiverPolicy allows
7 waivers, 6 to look at
`);
  });

  test('says the same of the accounts themselves, and of tags what they say', async () => {
    const text = `waivers:\n${waiver('trail-is-logging', ", match: { account: '444455556666' }")}${waiver('trail-is-logging', ', match: { tags: { env: dev } }')}`;
    expect(await linted(text, broken)).toBe(`lint.yaml:2:5 trail-is-logging, me, until 2027-06-30: hides 1 finding
lint.yaml:3:5 trail-is-logging, me, until 2027-06-30: hides 0 findings
  is unused: nothing that it names fails or is unknown
2 waivers, 1 to look at
`);
  });

  test('judges as a check does: under overrides, and beside the record of an organization', async () => {
    const skip = "overrides: [{ match: { accounts: ['444455556666'] }, skip: [trail-is-logging] }]\n";
    expect(await linted(`${skip}waivers:\n${waiver('trail-is-logging', ", match: { region: 'eu-*' }")}`, broken)).toBe(
      `lint.yaml:3:5 trail-is-logging, me, until 2027-06-30: hides 0 findings
1 waiver, all sound
`,
    );
    const accounts = "[{ id: '999988887777', state: ACTIVE }]";
    const record = `trailproof: organization/1\nid: o-exampleorgid\nmanagementAccount: '999988887777'\naccounts: ${accounts}\n`;
    const text = `waivers:\n${waiver('trail-is-logging', ", match: { account: '999988887777' }")}`;
    expect(await linted(text, file('organization.yaml', record), broken)).toBe(
      `lint.yaml:2:5 trail-is-logging, me, until 2027-06-30: hides 1 finding\n1 waiver, all sound\n`,
    );
  });

  test('strictly ends with 4, as a run does, if there is something to mend, else with 0', async () => {
    const narrow = ", match: { account: '444455556666' }";
    file('sound.yaml', `waivers:\n${waiver('trail-is-logging', narrow)}`);
    file('unsound.yaml', `waivers:\n${waiver('trail-is-logging')}`);
    const codeOf = async (flags: string) =>
      (await runShell(`trailproof waivers lint report.json --only ${only} ${flags}`, { cwd: folder })).code;
    const codes = ['--strict --config sound.yaml', '--strict --config unsound.yaml', '--config unsound.yaml'].map(
      codeOf,
    );
    expect(await Promise.all(codes)).toEqual([0, 4, 0]);
  });

  test('of no waivers says so', async () => {
    expect(await linted('failOn: high\n')).toBe('0 waivers, all sound\n');
  });
});

test('a report that lost findings on its way is none', async () => {
  const [first, ...rest] = report.findings;
  const path = file('lost.json', render({ ...report, findings: rest }, 'json'));
  await expect(readReport(path)).rejects.toMatchObject({
    code: 'input',
    details: [expect.stringMatching(`the summary counts \\d+ findings as ${first?.status}, and there are \\d+`)],
  });
});

describe('baseline', () => {
  const fails = () => report.findings.filter(({ status }) => status === 'fail');

  test('create writes what fails, sorted, with the day of the report, and never what is unknown', async () => {
    const unknown = { ...failing(), status: 'unknown', fingerprint: 'e'.repeat(16) } as const;
    const path = save('first.json', { findings: [...report.findings.toReversed(), unknown] });
    const created = await createBaseline({ report: path, baseline: at('first.yaml') });
    const { entries } = await readBaseline(at('first.yaml'));
    expect(entries.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(
      fails()
        .map(({ fingerprint }) => fingerprint)
        .toSorted(),
    );
    expect(entries.map(({ rule }) => rule)).toEqual(entries.map(({ rule }) => rule).toSorted());
    expect(new Set(entries.map(({ firstSeen }) => firstSeen))).toEqual(new Set(['2026-11-20']));
    expect(revisionText({ ...created, file: 'first.yaml' })).toBe(
      `first.yaml: ${fails().length} known failures, ${fails().length} added, 0 removed\n` +
        'Left out: 1 unknown finding; a baseline hides nothing that is not known.\n',
    );
  });

  test('create takes the place of no baseline', async () => {
    const baseline = file('there.yaml', 'trailproof: baseline/1\nentries: []\n');
    await expect(createBaseline({ report: at('report.json'), baseline })).rejects.toThrow('is there already');
  });

  test('a run with it passes; what is mended is stale, goes, and what is new comes only if it may', async () => {
    await createBaseline({ report: at('report.json'), baseline: at('known.yaml') });
    const config = file('known-config.yaml', 'baseline: known.yaml\n');
    const again = await check(broken, { only, config, unknown: 'ignore' });
    expect(again.summary).toMatchObject({ fail: 0, known: fails().length, exitCode: 0 });
    const [mended, ...rest] = fails();
    const findings = [
      ...rest,
      { ...failing(), fingerprint: 'd'.repeat(16) },
      { ...failing(), ...mended, status: 'pass' as const },
    ];
    const path = save('later.json', { findings, scope: { ...report.scope, now: '2027-01-01T00:00:00Z' } });
    const named = { report: path, baseline: at('known.yaml') };
    const shrunk = await updateBaseline(named, 'shrink');
    expect([shrunk.entries, shrunk.revision.added, shrunk.revision.removed.length]).toEqual([rest.length, 0, 1]);
    const grown = await updateBaseline(named, 'grow');
    expect([grown.entries, grown.revision.added]).toEqual([rest.length + 1, 1]);
    const { entries } = await readBaseline(at('known.yaml'));
    expect(entries.find(({ fingerprint }) => fingerprint === 'd'.repeat(16))?.firstSeen).toBe('2027-01-01');
  });

  test('what need not change is not written anew', async () => {
    const created = { report: at('report.json'), baseline: at('same.yaml') };
    await createBaseline(created);
    const text = `# by hand\n${readFileSync(at('same.yaml'), 'utf8')}`;
    writeFileSync(at('same.yaml'), text);
    await updateBaseline(created, 'grow');
    expect(readFileSync(at('same.yaml'), 'utf8')).toBe(text);
  });

  test('nothing is concluded from a run in which a rule crashed', async () => {
    const path = save('crashed.json', { summary: { ...report.summary, exitCode: 2 } });
    await expect(createBaseline({ report: path, baseline: at('x.yaml') })).rejects.toThrow('a rule crashed');
  });
});
