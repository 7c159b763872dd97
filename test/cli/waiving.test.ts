import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baselineText, readBaseline } from '../../src/cli/baseline-file.ts';
import { readConfig } from '../../src/cli/config.ts';
import { planOf, valuesRead } from '../../src/cli/plan.ts';
import { readyToJudge, rulesUnder } from '../../src/cli/rule-set.ts';
import type { Baseline } from '../../src/evaluation/baseline.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-waiving-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const config = (text: string) => readConfig(file('trailproof.yaml', text));
const waiver = `
waivers:
  - rule: log-bucket-*
    match:
      account: '111122223333'
      region: [us-east-1, 'eu-*']
      resource: arn:aws:s3:::ci-*
      tags: { env: dev, team: [a, b] }
    reason: It holds nothing.
    owner: ci-team
    expires: 2026-12-31
`;

describe('waivers in a config', () => {
  test('are read with lists, and the baseline from beside the config', async () => {
    const policy = 'waiverPolicy: { maximumDays: 90, never: [trail-is-logging] }\nbaseline: known.yaml\n';
    const { waiving } = await config(`${waiver}${policy}`);
    expect([...waiving.places]).toEqual([[waiving.waivers[0], `${join(folder, 'trailproof.yaml')}:3:5`]]);
    expect(waiving).toEqual({
      places: waiving.places,
      waivers: [
        {
          rule: 'log-bucket-*',
          match: {
            account: ['111122223333'],
            region: ['us-east-1', 'eu-*'],
            resource: ['arn:aws:s3:::ci-*'],
            tags: { env: ['dev'], team: ['a', 'b'] },
          },
          reason: 'It holds nothing.',
          owner: 'ci-team',
          expires: '2026-12-31',
        },
      ],
      policy: { maximumDays: 90, never: ['trail-is-logging'] },
      baseline: join(folder, 'known.yaml'),
    });
  });

  test.each([
    ['owner', waiver.replace(/ +owner.*\n/, ''), '3:5 owner is missing; a waiver needs it'],
    [
      'reason',
      waiver.replace('It holds nothing.', "''"),
      '9:13 waivers[0].reason must be a text that says something, not ""',
    ],
    [
      'expires',
      waiver.replace('2026-12-31', 'never'),
      '11:14 waivers[0].expires must be a day such as 2026-12-31, not "never"',
    ],
    ['a day that there is not', waiver.replace('12-31', '11-31'), '11:14 there is no day 2026-11-31'],
    ['an account without quotes', waiver.replaceAll("'", '').replace('eu-*', 'eu'), '5:16 waivers[0].match.account'],
    [
      'a slip in a key',
      waiver.replace('resource:', 'resurce:'),
      '7:7 resurce is not a property of match; did you mean resource?',
    ],
    ['a key twice', waiver.replace('reason:', 'owner: me\n    reason:'), '11:5 duplicate key owner'],
  ])('a mistake has its place: %s', async (_, text, said) => {
    const mistake = await config(text)
      .then((given) => rulesUnder(given, 'all'))
      .catch((error: { details: readonly string[] }) => error.details.join('\n'));
    expect(String(mistake).replace(`${join(folder, 'trailproof.yaml')}:`, '')).toContain(said);
  });

  test.each([
    ['waiver', waiver.replace('log-bucket-*', 'log-buckt-encrypted-*'), 'log-buckt-encrypted-*'],
    ['policy', 'waiverPolicy: { never: [trail-is-loging] }', 'trail-is-loging; did you mean trail-is-logging?'],
  ])('a rule that there is not is a mistake in a %s', async (_, text, said) => {
    const rules = rulesUnder(await config(text), 'recommended');
    await expect(rules).rejects.toMatchObject({
      code: 'config',
      details: [expect.stringContaining(`no rule is called ${said}`)],
    });
  });

  test('make the rules that they name read tags, and a recording keep them', async () => {
    const written = waiver.replace('log-bucket-*', 'log-bucket-mfa-delete-enabled');
    const only = async (id: string) => {
      const given = await config(`only: [${id}]\n${written}`);
      return readyToJudge(await rulesUnder(given, 'all'), undefined).needs;
    };
    const without = await only('log-bucket-server-access-logging');
    expect([...planOf(without).operations.keys()]).not.toContain('s3:GetBucketTagging');
    const named = await only('log-bucket-mfa-delete-enabled');
    expect(planOf(named).operations.get('s3:GetBucketTagging')).toBe('referenced');
    expect([...valuesRead(named, [])]).toEqual(
      expect.arrayContaining(['AWS::S3::Bucket.tags.env', 'AWS::S3::Bucket.tags.team']),
    );
  });
});

describe('two configs', () => {
  const written = (owner: string, policy: string): string =>
    `waivers: [{ rule: '*', reason: A reason., owner: ${owner}, expires: 2026-12-31 }]\nwaiverPolicy: ${policy}\n`;

  test('have the waivers of both, under the stricter policy of both', async () => {
    file('under.yaml', `${written('one', '{ maximumDays: 30, never: [a, b] }')}baseline: one.yaml\n`);
    const over = written('two', '{ maximumDays: 365, never: [b, c] }');
    const { waiving } = await config(`extends: under.yaml\n${over}baseline: two.yaml\n`);
    expect(waiving.waivers.map(({ owner }) => owner)).toEqual(['one', 'two']);
    expect([...waiving.places.values()].map((place) => place.replace(`${folder}/`, ''))).toEqual([
      'under.yaml:1:11',
      'trailproof.yaml:2:11',
    ]);
    expect(waiving).toMatchObject({
      policy: { maximumDays: 30, never: ['a', 'b', 'c'] },
      baseline: join(folder, 'two.yaml'),
    });
  });

  test('that say nothing say nothing', async () => {
    expect((await config('failOn: high\n')).waiving).toEqual({ waivers: [], policy: {}, places: new Map() });
    file('under.yaml', 'baseline: one.yaml\n');
    expect((await config('extends: under.yaml\n')).waiving.baseline).toBe(join(folder, 'one.yaml'));
  });
});

describe('the file of a baseline', () => {
  const entry = {
    fingerprint: '1234567890123456',
    rule: 'trail-is-logging',
    account: '111122223333',
    region: 'us-east-1',
    resource: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
    firstSeen: '2026-11-20',
  };
  const baseline: Baseline = {
    trailproof: 'baseline/1',
    entries: [
      entry,
      { ...entry, fingerprint: '12345678901234e5', resource: `${entry.resource}: # "${'x'.repeat(200)}` },
    ],
  };

  test.each(['known.yaml', 'known.json'])('comes back from %s as it was', async (name) => {
    const path = file(name, await baselineText(baseline, name));
    expect(await readBaseline(path)).toEqual({ file: path, entries: baseline.entries });
  });

  test('is read by people, an entry a block', async () => {
    expect(await baselineText({ ...baseline, entries: [entry] }, 'known.yaml')).toBe(`trailproof: baseline/1
entries:
  - fingerprint: "1234567890123456"
    rule: trail-is-logging
    account: "111122223333"
    region: us-east-1
    resource: arn:aws:cloudtrail:us-east-1:111122223333:trail/main
    firstSeen: 2026-11-20
`);
  });

  test.each([
    ['a number', (text: string) => text.replaceAll('"', ''), /:3:18 .*quote it/],
    [
      'a day that there is not',
      (text: string) => text.replaceAll('11-20', '11-31'),
      /:8:16 there is no day 2026-11-31/,
    ],
    ['a slip in a key', (text: string) => text.replace('region', 'regin'), /:6:5 regin is not.*did you mean region/],
    ['nothing', () => '', /:1:1 the file is empty; it should hold a baseline/],
    ['something else', () => 'trailproof: snapshot/1\n', /trailproof must be "baseline\/1", not "snapshot\/1"/],
  ])('has a mistake with its place: %s', async (_, edit, said) => {
    const path = file('edited.yaml', edit(await baselineText({ ...baseline, entries: [entry] }, 'known.yaml')));
    await expect(readBaseline(path)).rejects.toMatchObject({
      details: expect.arrayContaining([expect.stringMatching(said)]),
    });
  });
});
