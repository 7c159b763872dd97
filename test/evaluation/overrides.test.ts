import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { goneFrom } from '../../src/evaluation/gone.ts';
import { type OverrideMatch, type Overrides, rulingIn } from '../../src/evaluation/overrides.ts';
import { noteVariants } from '../../src/evaluation/rule-variants.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule, type Rule } from '../../src/rules/compile.ts';
import type { Severity } from '../../src/rules/rule.ts';
import { viewTogether } from '../../src/snapshot/run.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, ruleWith, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const rule = compileRule(
  ruleWith({
    resource: 'AWS::S3::Bucket',
    parameters: { wanted: { type: 'string', default: 'base' } },
    require: { Name: '$wanted' },
  }),
  { registry: resourceTypes },
).rule;

interface Written {
  readonly name: string;
  readonly match: OverrideMatch;
  readonly wanted?: string;
  readonly severity?: Severity;
  readonly skips?: true;
}

/** Overrides of the rule above, which want another name. */
function overridesOf(...written: readonly Written[]): Overrides {
  const list = written.map(({ name, match, severity, skips }) => ({
    name,
    match,
    rules: new Set([rule.definition.id]),
    skips: new Set(skips ? [rule.definition.id] : []),
    severities: severity ? { [rule.definition.id]: severity } : {},
  }));
  return {
    list,
    variant: (written_, by) => {
      const names = by.map(({ name }) => written.find((one) => one.name === name));
      const wanted = names.findLast((one) => one?.wanted !== undefined)?.wanted;
      const severity = names.findLast((one) => one?.severity !== undefined)?.severity ?? written_.definition.severity;
      const definition = { ...rule.definition, severity };
      return compileRule(definition, { registry: resourceTypes, ...(wanted && { parameters: { wanted } }) }).rule;
    },
  };
}

interface Judged {
  readonly rules?: readonly Rule[];
  readonly snapshots?: readonly Snapshot[];
}

const buckets = snapshotWith({
  'AWS::S3::Bucket': [bucket('base'), bucket('eu', { BucketRegion: 'eu-west-1' })],
});

/** The findings of the first snapshot. */
function findingsUnder(
  overrides: Overrides,
  { rules = [rule], snapshots = [buckets] }: Judged = {},
): readonly Finding[] {
  const [view] = viewTogether(snapshots, { registry: resourceTypes });
  if (!view) throw new Error('no snapshot');
  return evaluate(rules, view, undefined, rulingIn(view, overrides)).findings;
}

const brief = (findings: readonly Finding[]) =>
  findings.map(({ resource, status, severity, message }) => `${resource.name} ${status} ${severity}: ${message}`);
const statuses = (findings: readonly Finding[]) => findings.map(({ resource, status }) => `${resource.name} ${status}`);

describe('an override', () => {
  test('judges by other values where it holds', () => {
    const overrides = overridesOf({ name: 'ours', match: { accounts: [other, home] }, wanted: 'eu' });
    expect(statuses(findingsUnder(overrides))).toEqual(['base fail', 'eu pass']);
  });

  test('of another account is none', () => {
    const [view] = viewTogether([buckets], { registry: resourceTypes });
    const overrides = overridesOf({ name: 'theirs', match: { accounts: [other] }, wanted: 'eu' });
    expect(view && rulingIn(view, overrides)).toBeUndefined();
    expect(statuses(findingsUnder(overrides))).toEqual(['base pass', 'eu fail']);
  });

  test('of rules that are not run changes nothing', () => {
    const overrides = overridesOf({ name: 'ours', match: { accounts: [home] }, wanted: 'eu' });
    const another = { ...rule, definition: { ...rule.definition, id: 'another' } };
    expect(statuses(findingsUnder(overrides, { rules: [another] }))).toEqual(['base pass', 'eu fail']);
  });

  test('holds where all that it names does', () => {
    const both = { accounts: [home], regions: ['eu-*'] };
    expect(statuses(findingsUnder(overridesOf({ name: 'a', match: both, wanted: 'eu' })))).toEqual([
      'base pass',
      'eu pass',
    ]);
    const neither = { accounts: [other], regions: ['eu-*'] };
    expect(statuses(findingsUnder(overridesOf({ name: 'a', match: neither, wanted: 'eu' })))).toEqual([
      'base pass',
      'eu fail',
    ]);
  });

  test('gives way to the later one, value by value', () => {
    const first = { name: 'first', match: { accounts: [home] }, wanted: 'eu', severity: 'low' } as const;
    const second = { name: 'second', match: { regions: ['eu-west-1'] }, severity: 'high' } as const;
    expect(brief(findingsUnder(overridesOf(first, second)))).toEqual([
      'base fail low: Name is base, expected eu',
      'eu pass high: Name is eu',
    ]);
    expect(brief(findingsUnder(overridesOf(second, first)))[1]).toBe('eu pass low: Name is eu');
  });

  test('keeps fingerprints: what is found is the same thing', () => {
    const under = findingsUnder(
      overridesOf({ name: 'a', match: { accounts: [home] }, wanted: 'eu', severity: 'high' }),
    );
    const plain = findingsUnder(overridesOf());
    expect(under.map(({ fingerprint }) => fingerprint)).toEqual(plain.map(({ fingerprint }) => fingerprint));
  });
});

describe('a rule that is skipped', () => {
  const skipping = (match: OverrideMatch) => overridesOf({ name: 'sandboxes', match, skips: true });

  test('is not judged, and each finding says so', () => {
    const marks = findingsUnder(skipping({ regions: ['eu-*'] })).map(({ notJudged }) => notJudged);
    expect(marks).toEqual([undefined, 'skipped']);
    expect(brief(findingsUnder(skipping({ regions: ['eu-*'] })))).toEqual([
      'base pass medium: Name is base',
      'eu not-applicable medium: not judged here: sandboxes skips it',
    ]);
  });

  test('is skipped though nobody knows whether another override holds', () => {
    const unsure = { name: 'unsure', match: { ous: ['ou-ab12-11111111'] }, wanted: 'eu' };
    const asked = { ...buckets, operations: ['s3:ListBuckets', 's3:GetBucketLocation'] };
    const both = overridesOf(unsure, { name: 'sandboxes', match: { accounts: [home] }, skips: true });
    expect(statuses(findingsUnder(both, { snapshots: [asked] })).slice(0, 2)).toEqual([
      'base not-applicable',
      'eu not-applicable',
    ]);
  });

  test('says nothing of what could not be listed', () => {
    const denied = [{ operation: 's3:ListBuckets', error: 'AccessDenied' }];
    const unlisted = snapshotWith({}, { gaps: denied });
    expect(statuses(findingsUnder(overridesOf(), { snapshots: [unlisted] }))).toEqual([`${home} unknown`]);
    expect(brief(findingsUnder(skipping({ accounts: [home] }), { snapshots: [unlisted] }))).toEqual([
      `${home} not-applicable medium: not judged here: sandboxes skips it`,
    ]);
  });

  test('leaves open what could not be listed there, and there alone', () => {
    const denied = [{ operation: 's3:ListBuckets', error: 'AccessDenied' }];
    const found = findingsUnder(skipping({ accounts: [home] }), { snapshots: [snapshotWith({}, { gaps: denied })] });
    expect(found.map(({ notJudged }) => notJudged)).toEqual(['skipped']);
    // Once, and only if nothing else says it.
    const eu = { operation: 's3:ListBuckets', region: 'eu-west-1', error: 'AccessDenied' };
    const both = [...denied, eu];
    const more = { ...buckets, gaps: both };
    expect(statuses(findingsUnder(skipping({ accounts: [home] }), { snapshots: [more] }))).toEqual([
      'base not-applicable',
      'eu not-applicable',
    ]);
    const scope = { rules: [{ id: rule.definition.id }], accounts: [home, other], regions: ['us-east-1'] };
    const missing = { rule: rule.definition.id, region: 'us-east-1' };
    const isGone = goneFrom(scope, found);
    expect([isGone({ ...missing, account: home }), isGone({ ...missing, account: other })]).toEqual([false, true]);
  });

  test('is said once where there is none', () => {
    const empty = snapshotWith({});
    expect(brief(findingsUnder(skipping({ regions: ['global'] }), { snapshots: [empty] }))).toEqual([
      `${home} not-applicable medium: not judged here: sandboxes skips it`,
    ]);
  });
});

describe('a region', () => {
  const account = compileRule(
    ruleWith({
      resource: 'AWS::Account',
      parameters: { wanted: { type: 'string', default: home } },
      require: { id: { like: '*' }, accountId: '$wanted' },
    }),
    { registry: resourceTypes },
  ).rule;
  const skipIn = (...regions: readonly string[]) => overridesOf({ name: 'regions', match: { regions }, skips: true });
  const underRegions = (...regions: readonly string[]) =>
    statuses(findingsUnder(skipIn(...regions), { rules: [account] }));

  test('of what belongs to the whole account is global, and no pattern of a region means it', () => {
    expect(underRegions('us-*', 'eu-west-1')).toEqual([`${home} pass`]);
    expect(underRegions('global')).toEqual([`${home} not-applicable`]);
    expect(underRegions('us-*', '*')).toEqual([`${home} not-applicable`]);
  });

  test('is anchored', () => {
    expect(statuses(findingsUnder(skipIn('us-east')))).toEqual(['base pass', 'eu fail']);
    expect(statuses(findingsUnder(skipIn('us-east-?')))).toEqual(['base not-applicable', 'eu fail']);
  });

  test('that nobody knows is never taken for one that is meant or not', () => {
    const nowhere = snapshotWith({
      'AWS::S3::Bucket': [{ Name: 'base' }],
    });
    expect(brief(findingsUnder(skipIn('us-*'), { snapshots: [nowhere] }))).toEqual([
      'base unknown medium: nobody knows whether regions holds here: region: nobody knows in which region it is',
    ]);
    expect(statuses(findingsUnder(skipIn('*'), { snapshots: [nowhere] }))).toEqual(['base not-applicable']);
  });
});

describe('units and tags of accounts', () => {
  const organizationArn = `arn:aws:organizations::${other}:organization/o-exampleorgid`;
  const organization = { Id: 'o-exampleorgid', Arn: organizationArn, MasterAccountId: other };
  const listed = (more: object) => ({
    Arn: `arn:aws:organizations::${other}:account/o-exampleorgid/${home}`,
    Id: home,
    ...more,
  });
  const member = snapshotWith({ ...buckets.resources, 'AWS::Organizations::Organization': [organization] });
  const management = (more: object, rest: Partial<Snapshot> = {}) =>
    snapshotWith(
      { 'AWS::Organizations::Organization': [organization], 'AWS::Organizations::Account': [listed(more)] },
      { account: { id: other, partition: 'aws' }, ...rest },
    );
  const Paths = [`o-exampleorgid/r-ab12/ou-ab12-11111111/ou-ab12-22222222/${home}/`];
  const ous = (...units: readonly string[]) =>
    overridesOf({ name: 'unit', match: { ous: units }, wanted: 'eu', severity: 'high' });
  const tags = (wanted: NonNullable<OverrideMatch['tags']>) =>
    overridesOf({ name: 'tag', match: { tags: wanted }, wanted: 'eu' });
  const holding = ['base fail', 'eu pass'];
  const plain = ['base pass', 'eu fail'];

  test.each([
    ['r-ab12', holding],
    ['ou-ab12-11111111', holding],
    ['ou-ab12-22222222', holding],
    ['ou-ab12-33333333', plain],
  ])('an account is below %s: %j', (unit, expected) => {
    expect(
      statuses(findingsUnder(ous('ou-zz99-99999999', unit), { snapshots: [member, management({ Paths })] })),
    ).toEqual(expected);
  });

  test.each([
    [{ env: 'prod' }, holding],
    [{ env: ['stage', 'prod'] }, holding],
    [{ env: 'prod', team: 'a' }, holding],
    [{ env: 'prod', team: 'b' }, plain],
    [{ env: 'pro' }, plain],
    [{ owner: 'a' }, plain],
    [{ constructor: 'a' }, plain],
  ])('an account has the tags %j: %j', (wanted, expected) => {
    const seen = management({ Paths, tags: { env: 'prod', team: 'a' } });
    expect(statuses(findingsUnder(tags(wanted), { snapshots: [member, seen] }))).toEqual(expected);
  });

  test('an account that is in no organization is in no unit and has no tags', () => {
    expect(statuses(findingsUnder(ous('r-ab12')))).toEqual(plain);
    expect(statuses(findingsUnder(tags({ env: 'prod' })))).toEqual(plain);
  });

  const nobody = (why: string) => [
    `base unknown high: nobody knows whether unit holds here: ${why}`,
    `eu unknown high: nobody knows whether unit holds here: ${why}`,
  ];

  test.each<[string, readonly Snapshot[], string]>([
    [
      'a run without the management account',
      [{ ...member, gaps: [{ operation: 'organizations:ListAccounts', error: 'AccessDeniedException' }] }],
      'AWS::Organizations::Account is not known: organizations:ListAccounts gave AccessDeniedException',
    ],
    [
      'a management account that does not say where it is',
      [member, management({})],
      `AWS::Organizations::Account[${home}].Paths: it does not say where in the organization the account is`,
    ],
    [
      'an organization that does not list it',
      [member, management({ Id: '123456789012', Paths })],
      `AWS::Organizations::Account: the organization does not list account ${home}`,
    ],
    [
      'an organization that nobody may describe',
      [{ ...buckets, gaps: [{ operation: 'organizations:DescribeOrganization', error: 'AccessDeniedException' }] }],
      'AWS::Organizations::Organization is not known: organizations:DescribeOrganization gave AccessDeniedException',
    ],
  ])('of %s nobody knows, and neither passes nor fails', (_, snapshots, why) => {
    const findings = findingsUnder(ous('r-ab12'), { snapshots });
    expect(brief(findings)).toEqual(nobody(why));
    expect(findings.every(({ evidence }) => evidence.length > 0)).toBe(true);
  });

  test('of which one is ruled out anyway nobody has to know', () => {
    const unsure = overridesOf({ name: 'unit', match: { accounts: [other], ous: ['r-ab12'] }, skips: true });
    const elsewhere = overridesOf({ name: 'unit', match: { regions: ['ap-*'], ous: ['r-ab12'] }, skips: true });
    const snapshots = [
      { ...member, gaps: [{ operation: 'organizations:ListAccounts', error: 'AccessDeniedException' }] },
    ];
    expect(statuses(findingsUnder(unsure, { snapshots }))).toEqual(plain);
    expect(statuses(findingsUnder(elsewhere, { snapshots }))).toEqual(plain);
  });

  test.each<[string, Snapshot]>([
    [
      'could not be read',
      management(
        { Paths },
        { gaps: [{ operation: 'organizations:ListTagsForResource', error: 'AccessDeniedException' }] },
      ),
    ],
    ['a recording leaves out', management({ Paths, tags: { env: '(redacted)' } })],
  ])('a tag that %s is not known', (_, seen) => {
    const findings = findingsUnder(tags({ env: 'prod' }), { snapshots: [member, seen] });
    expect(statuses(findings)).toEqual(['base unknown', 'eu unknown']);
  });
});

describe('the variants of a rule', () => {
  const seenIn = (overrides: Overrides, snapshots: readonly Snapshot[]) => {
    const variants = noteVariants();
    for (const view of viewTogether(snapshots, { registry: resourceTypes })) {
      evaluate([rule], view, undefined, variants.noted(rulingIn(view, overrides)));
    }
    return { of: variants.of(rule), names: [...variants.names] };
  };
  const elsewhere = snapshotWith(
    { 'AWS::S3::Bucket': [bucket('theirs')] },
    { account: { id: other, partition: 'aws' } },
  );

  test('are those that something was judged by', () => {
    const overrides = overridesOf(
      { name: 'ours', match: { accounts: [home] }, wanted: 'eu', severity: 'low' },
      { name: 'asia', match: { regions: ['ap-*'] }, skips: true },
      { name: 'europe', match: { regions: ['eu-*'] }, skips: true },
    );
    expect(seenIn(overrides, [buckets])).toEqual({
      of: [
        { by: ['ours'], severity: 'low', parameters: { wanted: 'eu' } },
        { by: ['europe'], severity: 'medium', skipped: true },
      ],
      names: ['ours', 'europe'],
    });
    expect(seenIn(overrides, [buckets, elsewhere]).of[0]).toEqual({
      by: [],
      severity: 'medium',
      parameters: { wanted: 'base' },
    });
  });

  test('are none where no override holds', () => {
    expect(seenIn(overridesOf({ name: 'asia', match: { regions: ['ap-*'] }, skips: true }), [buckets])).toEqual({
      of: [],
      names: [],
    });
    expect(
      seenIn(overridesOf({ name: 'other', match: { accounts: ['123456789012'] }, skips: true }), [buckets]),
    ).toEqual({ of: [], names: [] });
  });

  test('where nobody knows by which it is judged are none', () => {
    const unsure = overridesOf({ name: 'unit', match: { ous: ['r-ab12'] }, wanted: 'eu' });
    const asked = { ...buckets, gaps: [{ operation: 'organizations:DescribeOrganization', error: 'AccessDenied' }] };
    expect(seenIn(unsure, [asked])).toEqual({ of: [], names: ['unit'] });
  });
});

test('a rule that waits for a parameter is judged where an override sets it', () => {
  const waiting = compileRule(
    ruleWith({ parameters: { wanted: { type: 'string', default: undefined } }, require: { Name: '$wanted' } }),
    { registry: resourceTypes },
  ).rule;
  const sets: Overrides = {
    list: [
      { name: 'ours', match: { accounts: [home] }, rules: new Set(['made-up']), skips: new Set(), severities: {} },
    ],
    variant: () => compileRule(waiting.definition, { registry: resourceTypes, parameters: { wanted: 'main' } }).rule,
  };
  const trails = snapshotWith({
    'AWS::CloudTrail::Trail': [trail('main'), trail('side', { TrailARN: trailArn('side') })],
  });
  expect(statuses(findingsUnder(overridesOf(), { rules: [waiting], snapshots: [trails] }))).toEqual([
    'main not-applicable',
    'side not-applicable',
  ]);
  expect(statuses(findingsUnder(sets, { rules: [waiting], snapshots: [trails] }))).toEqual(['main pass', 'side fail']);
});
