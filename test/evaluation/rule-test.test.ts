import { describe, expect, test } from 'vitest';
import { type RuleCase, snapshotOf } from '../../src/evaluation/case-snapshot.ts';
import { testRule, without } from '../../src/evaluation/rule-test.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { ruleWith, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const type = 'AWS::CloudTrail::Trail';
const good: RuleCase = {
  name: 'good',
  resources: { [type]: [trail('main', { Status: { IsLogging: true } })] },
  expect: 'pass',
};
const stopped: RuleCase = { name: 'stopped', patch: { main: { Status: { IsLogging: false } } }, expect: 'fail' };
const refused: RuleCase = {
  name: 'refused',
  patch: { [trailArn('main')]: { Status: null } },
  gaps: [{ operation: 'cloudtrail:GetTrailStatus', resource: trailArn('main'), error: 'AccessDenied' }],
  expect: { main: 'unknown' },
  because: 'GetTrailStatus',
};
const none: RuleCase = { name: 'none', resources: {}, expect: 'not-applicable' };
const complete = [good, stopped, refused, none];

function run(
  cases: readonly RuleCase[],
  rule: Partial<RuleDefinition> = {},
  mutate: 'mutate' | 'as-written' = 'as-written',
) {
  const definition = ruleWith({ require: { Status: { IsLogging: true } }, ...rule });
  const first = cases[0] && snapshotOf(cases[0], undefined, resourceTypes);
  const ready = cases.map((written) => ({
    written,
    snapshot: snapshotOf(written, first, resourceTypes) as unknown as Snapshot,
  }));
  return testRule(definition, ready, { registry: resourceTypes, mutate });
}
const wrongIn = (...args: Parameters<typeof run>) =>
  run(...args).cases.flatMap(({ name, wrong }) => wrong.map((it) => `${name}: ${it}`));

describe('a rule and its cases', () => {
  test('that hold', () => {
    expect(wrongIn(complete)).toEqual([]);
    expect(run(complete, {}, 'mutate')).toMatchObject({ rule: 'made-up', survivors: [], mutants: 2 });
    expect(run(complete).mutants).toBe(0);
  });

  test.each<[string, RuleCase, string]>([
    [
      'another status',
      { ...stopped, expect: 'pass' },
      'stopped: main is fail, expected pass: Status.IsLogging is false, expected true',
    ],
    [
      'another status, by name',
      { ...stopped, expect: { main: 'unknown' } },
      'stopped: main is fail, expected unknown: Status.IsLogging is false, expected true',
    ],
    [
      'by id',
      { ...stopped, expect: { [trailArn('main')]: 'pass' } },
      'stopped: main is fail, expected pass: Status.IsLogging is false, expected true',
    ],
    [
      'a finding that nothing expects',
      { ...stopped, add: { [type]: [trail('second', { Status: { IsLogging: true } })] }, expect: { main: 'fail' } },
      `stopped: ${trailArn('second')} is pass, and nothing expects it: Status.IsLogging is true`,
    ],
    [
      'an expectation that nothing meets',
      { ...stopped, expect: { main: 'fail', second: 'pass' } },
      'stopped: no finding for second',
    ],
    [
      'another reason',
      { ...stopped, because: 'KmsKeyId' },
      'stopped: nothing mentions KmsKeyId: Status.IsLogging is false, expected true',
    ],
  ])('is wrong: %s', (_, written, message) => {
    expect(wrongIn([good, stopped, refused, written])).toEqual([message]);
  });

  test.each([
    ['pass', [{ ...stopped, resources: { [type]: [trail('main', { Status: { IsLogging: false } })] } }, refused]],
    ['fail', [good, refused]],
    ['unknown', [good, stopped]],
  ])('must show a %s', (status, cases) => {
    expect(wrongIn(cases)).toEqual([`shows a pass, a fail and an unknown: no case shows ${status}`]);
  });

  test('because may stand in the evidence', () => {
    expect(wrongIn([good, { ...stopped, because: 'cloudtrail:GetTrailStatus' }, refused])).toEqual([]);
  });

  test("parameters and critical buckets are the case's", () => {
    const rule: Partial<RuleDefinition> = {
      resource: 'AWS::S3::Bucket',
      when: { critical: true },
      parameters: { status: { type: 'string', default: 'Enabled' } },
      require: { Versioning: { Status: '$status' } },
    };
    const buckets = {
      name: 'a',
      critical: ['logs'],
      resources: { 'AWS::S3::Bucket': [{ Name: 'logs', Versioning: { Status: 'Enabled' } }] },
      expect: 'pass',
    };
    expect(
      wrongIn(
        [
          buckets,
          { name: 'b', expect: 'not-applicable' },
          { ...buckets, name: 'c', parameters: { status: 'Suspended' }, expect: 'fail' },
          {
            name: 'd',
            critical: ['logs'],
            patch: { logs: { Versioning: null } },
            gaps: [{ operation: 's3:GetBucketVersioning', error: 'x' }],
            expect: 'unknown',
          },
        ],
        rule,
      ),
    ).toEqual([]);
  });

  test('a rule with a problem is no rule', () => {
    expect(() => run(complete, { require: { Name: '$nothing' } })).toThrow(
      '$nothing is not a parameter of this rule; the rule declares none',
    );
  });
});

describe('mutants', () => {
  test('a condition that no case tests survives', () => {
    const rule = { require: { Status: { IsLogging: true }, HomeRegion: 'us-east-1' } };
    expect(run(complete, rule, 'mutate').survivors).toEqual(['require.HomeRegion dropped']);
    const elsewhere: RuleCase = {
      name: 'elsewhere',
      patch: { main: { HomeRegion: 'eu-west-1' } },
      regions: ['us-east-1', 'eu-west-1'],
      expect: 'fail',
    };
    expect(run([...complete, elsewhere], rule, 'mutate').survivors).toEqual([]);
  });
  test('a mutant that is no rule any more is noticed', () => {
    const rule: Partial<RuleDefinition> = {
      parameters: { least: { type: 'integer', default: 1, minimum: 1, maximum: 1 } },
      require: { all: [{ Status: { IsLogging: true } }] },
    };
    expect(run(complete, rule, 'mutate').survivors).toEqual([]);
  });
  test('whenNone is one', () => {
    expect(run([good, stopped, refused], {}, 'mutate').survivors).toEqual(['whenNone → fail']);
  });
});

test('an account where AWS refused one operation everywhere', () => {
  const snapshot = snapshotWith({
    [type]: [trail('main', { Status: {}, EventSelectors: [] })],
    'AWS::Nothing': [{ a: 1 }],
  });
  expect(without(snapshot, 'cloudtrail:GetTrailStatus', resourceTypes)).toEqual({
    ...snapshot,
    resources: { [type]: [trail('main', { EventSelectors: [] })], 'AWS::Nothing': [{ a: 1 }] },
    gaps: [{ operation: 'cloudtrail:GetTrailStatus', error: 'AccessDeniedException' }],
  });
});

describe('what a test of a rule says', () => {
  const names = (cases: readonly RuleCase[]) => run(cases).cases.map(({ name }) => name);
  test('each case by its name, then the statuses', () => {
    expect(names(complete)).toEqual(['good', 'stopped', 'refused', 'none', 'shows a pass, a fail and an unknown']);
  });

  test('every slip of a case, not the first alone', () => {
    const wrong: RuleCase = { ...stopped, expect: { other: 'pass' }, because: 'KmsKeyId' };
    expect(wrongIn([good, stopped, refused, wrong])).toEqual([
      `stopped: ${trailArn('main')} is fail, and nothing expects it: Status.IsLogging is false, expected true`,
      'stopped: no finding for other',
      'stopped: nothing mentions KmsKeyId: Status.IsLogging is false, expected true',
    ]);
  });

  test('of several findings each that is not as expected', () => {
    const second = trail('second', { Status: { IsLogging: true } });
    const both: RuleCase = { ...stopped, add: { [type]: [second] }, expect: 'fail', because: 'IsLogging is true' };
    expect(wrongIn([good, stopped, refused, both])).toEqual([
      'stopped: second is pass, expected fail: Status.IsLogging is true',
    ]);
  });

  test('no status at all is shown by no case at all', () => {
    expect(wrongIn([])).toEqual(
      ['pass', 'fail', 'unknown'].map((it) => `shows a pass, a fail and an unknown: no case shows ${it}`),
    );
  });

  test('inherited names are no expectations', () => {
    const named: RuleCase = {
      name: 'named',
      resources: { [type]: [trail('constructor', { Status: { IsLogging: true } })] },
      expect: { constructor: 'pass' },
    };
    expect(wrongIn([...complete, named])).toEqual([]);
    const unnamed: RuleCase = { ...named, expect: { main: 'pass' } };
    expect(wrongIn([...complete, unnamed])).toEqual([
      `named: ${trailArn('constructor')} is pass, and nothing expects it: Status.IsLogging is true`,
      'named: no finding for main',
    ]);
  });

  test('a mutant is noticed by its verdicts, not by its words', () => {
    const said: RuleCase = { ...stopped, because: 'IsLogging is false' };
    expect(run([good, said, refused], {}, 'mutate').survivors).toEqual(['whenNone → fail']);
    expect(run([good, said, refused], {}, 'mutate').mutants).toBe(2);
  });
});

describe('which conditions the cases show both ways', () => {
  const sides = (rule: Partial<RuleDefinition>, cases = complete) =>
    run(cases, rule).conditions.map(({ path, neverSeen }) => [path, ...neverSeen]);

  test('a leaf, seen true and false', () => {
    expect(sides({})).toEqual([['require.Status.IsLogging']]);
  });

  test('a refused call shows neither', () => {
    expect(sides({}, [good, refused])).toEqual([['require.Status.IsLogging', 'no']]);
  });

  test('one that is never asked', () => {
    const require = { EventSelectors: { some: { IncludeManagementEvents: true } } };
    expect(sides({ require })).toEqual([
      ['require.EventSelectors.some.IncludeManagementEvents', 'yes', 'no'],
      ['require.EventSelectors.some', 'yes'],
    ]);
  });

  test('what an absent element would have to be is no case', () => {
    const item = trail('main', { EventSelectors: [{ IncludeManagementEvents: false }] });
    const first = { ...good, resources: { [type]: [item] } };
    expect(sides({ require: { EventSelectors: { some: { IncludeManagementEvents: false } } } }, [first])).toEqual([
      ['require.EventSelectors.some.IncludeManagementEvents', 'no'],
      ['require.EventSelectors.some', 'no'],
    ]);
  });

  test('verbs, proven facts, relations and what stands in when', () => {
    const rule = {
      when: { ownedByThisAccount: true },
      require: {
        records: { eventCategory: 'Management' },
        not: { bucket: { exists: true } },
        any: [{ IsMultiRegionTrail: true }, { Status: { LatestDeliveryTime: { within: '1h' } } }],
      },
    };
    expect(sides(rule, [good]).map(([path]) => path)).toEqual([
      'when.ownedByThisAccount',
      'require.records',
      'require.not.bucket.exists',
      'require.any[0].IsMultiRegionTrail',
      'require.any[1].Status.LatestDeliveryTime.within',
    ]);
  });

  test('a condition that never says no is shown undecided instead', () => {
    const require = { Status: { LatestDeliveryTime: { within: '1h' } } };
    expect(sides({ require }, [stopped, good])).toEqual([['require.Status.LatestDeliveryTime.within', 'yes']]);
  });
});
