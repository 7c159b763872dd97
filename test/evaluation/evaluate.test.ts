import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule, type Rule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { view } from '../proof/viewing.ts';
import { bucket, findingOf, findingsOf, home, ruleWith, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const compile = (rule: Partial<RuleDefinition>): Rule => compileRule(ruleWith(rule), { registry: resourceTypes }).rule;
const validation = { require: { LogFileValidationEnabled: true } };
const on = (name: string, more = {}) => trail(name, { LogFileValidationEnabled: true, ...more });
const said = (rule: Partial<RuleDefinition>, snapshot: Snapshot) =>
  findingsOf(rule, snapshot).map(({ resource, status, message }) => [resource.id, status, message]);

describe('a finding', () => {
  const rule: Partial<RuleDefinition> = {
    ...validation,
    id: 'trail-log-file-validation-enabled',
    controls: { cis: ['3.2'] },
    remediation: { cli: 'aws cloudtrail update-trail --name {TrailARN}' },
  };
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main')] });

  test('says everything', () => {
    expect(findingsOf(rule, snapshot)).toEqual([
      {
        rule: 'trail-log-file-validation-enabled',
        status: 'fail',
        severity: 'medium',
        title: 'Made up',
        message: 'LogFileValidationEnabled is not set, expected true',
        resource: {
          type: 'AWS::CloudTrail::Trail',
          id: trailArn('main'),
          name: 'main',
          account: home,
          partition: 'aws',
          region: 'us-east-1',
        },
        evidence: [
          {
            path: 'LogFileValidationEnabled',
            expected: true,
            from: 'cloudtrail:DescribeTrails',
            resource: trailArn('main'),
          },
        ],
        toPass: [[{ resource: trailArn('main'), path: 'LogFileValidationEnabled', set: true }]],
        controls: { cis: ['3.2'] },
        remediation: { cli: `aws cloudtrail update-trail --name ${trailArn('main')}` },
        fingerprint: '4c9ade679e0767a1',
      },
    ]);
  });

  test('has a fingerprint of what it is about, and of nothing else', () => {
    const at = (more: Partial<Snapshot>) => findingOf(rule, { ...snapshot, ...more }).fingerprint;
    expect(at({})).toBe(
      fingerprint('trail-log-file-validation-enabled', {
        type: '',
        id: trailArn('main'),
        name: '',
        account: home,
        partition: 'aws',
        region: 'us-east-1',
      }),
    );
    expect(at({ collectedAt: '2020-01-01T00:00:00Z', regions: [] })).toBe(at({}));
    expect(findingOf({ ...rule, title: 'Other', severity: 'low' }, snapshot).fingerprint).toBe(at({}));
    expect(findingOf({ ...rule, id: 'other' }, snapshot).fingerprint).not.toBe(at({}));
    expect(at({ account: { id: home, partition: 'aws-cn' } })).not.toBe(at({}));
  });

  test('has the same bytes twice', () => {
    const rules = [compile(rule), compile({ id: 'a', resource: 'AWS::Region', require: { trails: { exists: true } } })];
    const bytes = () => JSON.stringify(evaluate(rules, view(snapshot), snapshot.collectedAt));
    expect(bytes()).toBe(bytes());
  });

  test('of a pass names no remedy; a message of its own is for failures', () => {
    const own = { ...rule, message: '{Name} is not validated' };
    expect(findingOf(own, snapshot).message).toBe('main is not validated');
    const passed = findingOf(own, snapshotWith({ 'AWS::CloudTrail::Trail': [on('main')] }));
    expect([passed.status, passed.message, passed.remediation, passed.toPass]).toEqual([
      'pass',
      'LogFileValidationEnabled is true',
      undefined,
      undefined,
    ]);
  });

  test('of something without a region is global', () => {
    expect(
      findingOf({ resource: 'AWS::Account', require: { name: home } }, snapshotWith({}), home).resource.region,
    ).toBe('global');
    expect(
      findingOf(
        { resource: 'AWS::S3::Bucket', require: { name: 'b' } },
        snapshotWith({ 'AWS::S3::Bucket': [{ Name: 'b' }] }),
        'b',
      ).resource.region,
    ).toBe('global');
  });
});

describe('when', () => {
  const rule = { when: { IsMultiRegionTrail: true }, ...validation };
  const refused = {
    gaps: [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('main'), error: 'AccessDenied' }],
  };
  test.each([
    ['yes', { IsMultiRegionTrail: true }, {}, 'pass'],
    ['no', { IsMultiRegionTrail: false }, {}, 'not-applicable'],
    ['unknown', {}, refused, 'unknown'],
  ])('%s', (_, item, more, status) => {
    const finding = findingOf(rule, snapshotWith({ 'AWS::CloudTrail::Trail': [on('main', item)] }, more));
    expect(finding.status).toBe(status);
    expect(finding.evidence[0]).toMatchObject({ path: 'IsMultiRegionTrail', when: true });
  });
  test('the same evidence once', () => {
    const twice = { require: { all: [{ LogFileValidationEnabled: true }, { LogFileValidationEnabled: true }] } };
    expect(findingOf(twice, snapshotWith({ 'AWS::CloudTrail::Trail': [on('main')] })).evidence).toHaveLength(1);
  });
});

describe('no resource of the type', () => {
  test.each<[Partial<RuleDefinition>, string]>([
    [validation, 'not-applicable'],
    [{ ...validation, whenNone: 'not-applicable' }, 'not-applicable'],
    [{ ...validation, whenNone: 'fail', message: '{Name} x', remediation: { text: 'create one' } }, 'fail'],
  ])('%j: %s, said once for the account', (rule, status) => {
    const [finding, ...more] = findingsOf(rule, snapshotWith({}));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      status,
      message: 'there is no AWS::CloudTrail::Trail in the account',
      resource: { type: 'AWS::Account', id: `arn:aws:iam::${home}:root` },
      evidence: [
        { path: 'AWS::CloudTrail::Trail', expected: 'at least one', actual: 0, from: 'cloudtrail:DescribeTrails' },
      ],
    });
    expect(finding?.toPass).toBeUndefined();
  });

  test('what it says to do without naming a resource is said, with the parameters of the rule', () => {
    const rule: Partial<RuleDefinition> = {
      whenNone: 'fail',
      parameters: { days: { type: 'integer', default: 400 } },
      remediation: { text: 'keep for {$days} days', cli: 'aws x --name {Name} --days {$days}' },
    };
    const [finding] = findingsOf({ ...validation, ...rule }, snapshotWith({}));
    expect(finding?.remediation).toEqual({ text: 'keep for 400 days' });
  });

  test('that nobody could list: unknown, whatever whenNone says', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }];
    for (const whenNone of ['fail', 'not-applicable'] as const) {
      expect(said({ ...validation, whenNone }, snapshotWith({}, { gaps }))).toEqual([
        [
          home,
          'unknown',
          'there may be others: AWS::CloudTrail::Trail is not known: cloudtrail:DescribeTrails gave AccessDenied',
        ],
      ]);
    }
  });

  test('and nothing that would show one: who says so is everybody who could name one', () => {
    expect(
      findingsOf({ resource: 'AWS::KMS::Key', require: { KeyState: 'Enabled' } }, snapshotWith({}))[0]?.evidence.map(
        ({ from }) => from,
      ),
    ).toEqual([
      ...['cloudtrail:DescribeTrails', 'cloudtrail:ListEventDataStores', 's3:ListBuckets'],
      ...['cloudwatch:DescribeAlarms', 'events:ListRules'],
    ]);
  });
});

describe('a listing that was refused', () => {
  test('is said once for each region, beside what was seen', () => {
    const gaps = ['us-east-1', 'eu-west-1'].map((region) => ({
      operation: 'cloudtrail:DescribeTrails',
      region,
      error: 'AccessDenied',
    }));
    const snapshot = snapshotWith(
      { 'AWS::CloudTrail::Trail': [on('main')] },
      { gaps, regions: ['us-east-1', 'eu-west-1'] },
    );
    expect(said(validation, snapshot)).toEqual([
      [
        `${home}/eu-west-1`,
        'unknown',
        'there may be others in eu-west-1: AWS::CloudTrail::Trail is not known: cloudtrail:DescribeTrails in eu-west-1 gave AccessDenied',
      ],
      [
        `${home}/us-east-1`,
        'unknown',
        'there may be others in us-east-1: AWS::CloudTrail::Trail is not known: cloudtrail:DescribeTrails in us-east-1 gave AccessDenied',
      ],
      [trailArn('main'), 'pass', 'LogFileValidationEnabled is true'],
    ]);
    const [first] = findingsOf(validation, snapshot);
    expect(first?.resource).toEqual({
      type: 'AWS::CloudTrail::Trail',
      id: `${home}/eu-west-1`,
      name: 'eu-west-1',
      account: home,
      partition: 'aws',
      region: 'eu-west-1',
    });
    expect(first?.evidence[0]?.gap?.action).toBe('cloudtrail:DescribeTrails');
  });

  test('a region that was not scanned, a whole account', () => {
    const enabled = { 'AWS::Region': [{ RegionName: 'us-east-1' }, { RegionName: 'ap-east-1' }] };
    expect(said(validation, snapshotWith(enabled))).toEqual([
      [
        `${home}/ap-east-1`,
        'unknown',
        'there may be others in ap-east-1: AWS::CloudTrail::Trail is not known: in ap-east-1 gave NotScanned',
      ],
    ]);
    expect(
      said(validation, snapshotWith({}, { gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] })),
    ).toEqual([
      [home, 'unknown', 'there may be others: AWS::CloudTrail::Trail is not known: sts:AssumeRole gave AccessDenied'],
    ]);
  });

  test('of what a rule does not ask about is not said', () => {
    const gaps = [{ operation: 's3:ListBuckets', error: 'AccessDenied' }];
    expect(said(validation, snapshotWith({ 'AWS::CloudTrail::Trail': [on('main')] }, { gaps }))).toHaveLength(1);
    const named = {
      resource: 'AWS::S3::Bucket',
      when: { trails: { exists: true } },
      require: { Versioning: { Status: 'Enabled' } },
    };
    expect(
      said(named, snapshotWith({ 'AWS::S3::Bucket': [bucket('x')] }, { gaps })).map(([, status]) => status),
    ).toEqual(['not-applicable']);
  });
});

describe('a rule that crashes', () => {
  const broken = (thrown: unknown): Rule => ({
    ...compile({ id: 'broken' }),
    require: () => {
      throw thrown;
    },
  });
  test.each([
    ['an error', new Error('boom'), 'boom'],
    ['something else', 'boom', 'boom'],
  ])('%s: its findings are unknown, the others are there', (_, thrown, message) => {
    const { findings, crashes } = evaluate(
      [broken(thrown), compile(validation)],
      view(snapshotWith({ 'AWS::CloudTrail::Trail': [on('main')] })),
      undefined,
    );
    expect(findings.map(({ rule, status, message: text }) => [rule, status, text])).toEqual([
      ['broken', 'unknown', `broken: the rule crashed: ${message}`],
      ['made-up', 'pass', 'LogFileValidationEnabled is true'],
    ]);
    expect(crashes.map(({ rule, error }) => [rule, error.message])).toEqual([['broken', message]]);
  });
});

test('findings are ordered by rule, then by resource', () => {
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [on('b'), on('a'), on('B')] });
  const { findings } = evaluate(
    [compile({ ...validation, id: 'z' }), compile({ ...validation, id: 'a' })],
    view(snapshot),
    undefined,
  );
  expect(findings.map(({ rule, resource }) => `${rule} ${resource.name}`)).toEqual([
    'a B',
    'a a',
    'a b',
    'z B',
    'z a',
    'z b',
  ]);
});

test('every rule says something: no rule is taken for a pass in silence', () => {
  for (const resource of Object.keys(resourceTypes)) {
    expect(findingsOf({ resource, require: { name: 'x' } }, snapshotWith({}, { regions: [] })).length).toBeGreaterThan(
      0,
    );
  }
});
