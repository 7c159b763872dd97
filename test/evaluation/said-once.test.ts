import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import type { AccountView } from '../../src/snapshot/resource-view.ts';
import type { Gap } from '../../src/snapshot/snapshot.ts';
import { view } from '../proof/viewing.ts';
import { bucket, findingsOf, home, ruleWith, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const root = `arn:aws:iam::${home}:root`;
const refused = (operation: string, more: Partial<Gap> = {}): Gap => ({ operation, error: 'AccessDenied', ...more });

describe('a parameter that nobody set', () => {
  const rule: Partial<RuleDefinition> = {
    parameters: {
      bucket: { type: 'string', default: undefined, why: 'where logs belong.' },
      other: { type: 'string', default: undefined },
    },
    require: { S3BucketName: '$bucket', S3KeyPrefix: '$other' },
    whenNone: 'fail',
    message: 'wrong bucket',
    remediation: { cli: 'aws x {Name}' },
  };
  const message =
    'needs the parameter bucket (where logs belong) and other: set it in the config under parameters, or with --parameter';
  const bare = { status: 'not-applicable', message, evidence: [] };

  test('is said of every resource', () => {
    const findings = findingsOf(rule, snapshotWith({ 'AWS::CloudTrail::Trail': [trail('a'), trail('b')] }));
    expect(findings).toMatchObject([
      { ...bare, resource: { id: trailArn('a') } },
      { ...bare, resource: { id: trailArn('b') } },
    ]);
    expect(findings.map(({ remediation, toPass }) => [remediation, toPass])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
  test('is said of the account where there is no resource, whatever whenNone says', () => {
    expect(findingsOf(rule, snapshotWith({}))).toMatchObject([{ ...bare, resource: { id: root } }]);
  });
  test('is all that is said: what others there may be does not matter', () => {
    const gaps = [refused('cloudtrail:DescribeTrails')];
    expect(findingsOf(rule, snapshotWith({}, { gaps }))).toMatchObject([{ ...bare, resource: { id: root } }]);
    expect(findingsOf(rule, snapshotWith({ 'AWS::CloudTrail::Trail': [trail('a')] }, { gaps }))).toMatchObject([
      { ...bare, resource: { id: trailArn('a') } },
    ]);
  });
});

describe('where there is no resource', () => {
  const rule: Partial<RuleDefinition> = { require: { LogFileValidationEnabled: true }, whenNone: 'fail' };
  const none = (more: Partial<RuleDefinition>) => findingsOf({ ...rule, ...more }, snapshotWith({}))[0];

  test('a remedy that names one is left out, what holds of any stays', () => {
    const remediation = {
      text: 'Create a trail.',
      cli: 'aws cloudtrail update-trail --name {name}',
      terraform: 'x = {{ y }',
      cloudformation: 'Name: {Name}',
    };
    expect(none({ remediation })?.remediation).toEqual({ text: 'Create a trail.', terraform: 'x = { y }' });
    expect(none({ remediation: { cli: 'aws x {name}' } })).not.toHaveProperty('remediation');
    expect(none({})).not.toHaveProperty('remediation');
  });

  test('a message about one is left out', () => {
    expect(none({ message: '{Name} is not validated' })?.message).toBe(
      'there is no AWS::CloudTrail::Trail in the account',
    );
  });

  test('what is not applicable has no remedy', () => {
    const finding = none({ whenNone: 'not-applicable', remediation: { text: 'Create a trail.' } });
    expect([finding?.status, finding?.remediation]).toEqual(['not-applicable', undefined]);
  });

  test('each listing that could have shown one is evidence', () => {
    const key = { resource: 'AWS::KMS::Key', require: { KeyState: 'Enabled' }, whenNone: 'fail' } as const;
    const said = { path: 'AWS::KMS::Key', expected: 'at least one', actual: 0 };
    expect(none(key)?.evidence).toEqual([
      { ...said, from: 'cloudtrail:DescribeTrails' },
      { ...said, from: 'cloudtrail:ListEventDataStores' },
      { ...said, from: 's3:ListBuckets' },
      { ...said, from: 'cloudwatch:DescribeAlarms' },
      { ...said, from: 'events:ListRules' },
    ]);
  });

  test('its fingerprint is of the account', () => {
    const [finding] = findingsOf(rule, snapshotWith({}));
    expect(finding?.fingerprint).toBe(
      fingerprint('made-up', { type: '', name: '', id: root, account: home, partition: 'aws', region: 'global' }),
    );
  });
});

describe('what may be there besides', () => {
  test('is one finding for each region, and one for the account', () => {
    const gaps = [
      refused('cloudtrail:DescribeTrails'),
      refused('cloudtrail:DescribeTrails', { region: 'eu-west-1' }),
      refused('cloudtrail:DescribeTrails', { region: 'eu-west-1', error: 'ThrottlingException' }),
    ];
    const findings = findingsOf({ require: { Name: 'x' } }, snapshotWith({}, { gaps }));
    expect(findings.map(({ resource, evidence }) => [resource.id, resource.region, evidence.length])).toEqual([
      [home, 'global', 1],
      [`${home}/eu-west-1`, 'eu-west-1', 2],
    ]);
    const [first] = findings;
    expect(first?.resource).toEqual({
      type: 'AWS::CloudTrail::Trail',
      id: home,
      name: home,
      account: home,
      partition: 'aws',
      region: 'global',
    });
    expect(first?.fingerprint).toBe(first && fingerprint('made-up', first.resource, 'unlisted'));
    expect(first?.evidence).toEqual([
      {
        path: 'AWS::CloudTrail::Trail',
        resource: root,
        gap: { ...refused('cloudtrail:DescribeTrails'), action: 'cloudtrail:DescribeTrails' },
      },
    ]);
  });

  test('of topics, which no relation leads to, is what names them', () => {
    const rule: Partial<RuleDefinition> = { resource: 'AWS::SNS::Topic', require: { Owner: home }, whenNone: 'fail' };
    const status = (gaps: readonly Gap[]) => findingsOf(rule, snapshotWith({}, { gaps })).map((it) => it.status);
    expect(status([])).toEqual(['fail']);
    expect(status([refused('cloudwatch:DescribeAlarms')])).toEqual(['unknown']);
    expect(status([refused('events:ListRules')])).toEqual(['unknown']);
    expect(status([refused('cloudtrail:DescribeTrails')])).toEqual(['unknown']);
    expect(status([refused('lambda:ListFunctions')])).toEqual(['fail']);
    const { operations } = compileRule(ruleWith(rule), { registry: resourceTypes }).rule;
    expect([...operations.keys()]).toEqual([
      'sns:GetTopicAttributes',
      'cloudtrail:DescribeTrails',
      'cloudwatch:DescribeAlarms',
      'events:ListRules',
      'events:ListTargetsByRule',
    ]);
  });
});

describe('an account that cannot be judged', () => {
  test('without a view of itself is a bug', () => {
    const account: AccountView = { ...view(snapshotWith({})), byType: new Map() };
    expect(() => evaluate([], account, undefined)).toThrow('an account has no view of itself');
  });

  test('a type that nobody knows has no resources', () => {
    const { rule } = compileRule(ruleWith({ require: { Name: 'x' } }), { registry: resourceTypes });
    const unheard = { ...rule, definition: { ...rule.definition, resource: 'AWS::Nothing' } };
    const { findings } = evaluate([unheard], view(snapshotWith({})), undefined);
    expect(findings).toMatchObject([
      {
        status: 'not-applicable',
        message: 'there is no AWS::Nothing in the account',
        evidence: [{ path: 'AWS::Nothing', expected: 'at least one', actual: 0 }],
      },
    ]);
    expect(Object.keys(findings[0]?.evidence[0] ?? {})).toEqual(['path', 'expected', 'actual']);
  });
});

describe('a rule that crashes', () => {
  const snapshot = snapshotWith({ 'AWS::S3::Bucket': [bucket('a'), bucket('b')] });
  const { rule } = compileRule(ruleWith({ id: 'broken', resource: 'AWS::S3::Bucket', require: { Name: 'a' } }), {
    registry: resourceTypes,
  });
  const boom = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  test.each([
    ['in require', { ...rule, require: boom }],
    ['in when', { ...rule, when: boom }],
  ])('%s: one unknown finding of the account, with the error, and no remedy', (_, broken) => {
    const { findings, crashes } = evaluate([broken], view(snapshot), undefined);
    const note = 'the rule crashed: Maximum call stack size exceeded';
    expect(findings).toEqual([
      {
        rule: 'broken',
        status: 'unknown',
        severity: 'medium',
        title: 'Made up',
        message: `broken: ${note}`,
        resource: { type: 'AWS::Account', id: root, name: home, account: home, partition: 'aws', region: 'global' },
        evidence: [{ path: 'broken', note }],
        controls: {},
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
    expect(crashes.map((it) => [it.rule, it.error.name])).toEqual([['broken', 'RangeError']]);
  });

  test('does not hide what others found, and their order is that of their ids', () => {
    const other = compileRule(ruleWith({ id: 'a', resource: 'AWS::S3::Bucket', require: { Name: 'a' } }), {
      registry: resourceTypes,
    }).rule;
    const { findings } = evaluate([{ ...rule, require: boom }, other], view(snapshot), undefined);
    expect(findings.map((it) => [it.rule, it.status])).toEqual([
      ['a', 'pass'],
      ['a', 'fail'],
      ['broken', 'unknown'],
    ]);
  });
});

describe('why a rule applies', () => {
  const rule: Partial<RuleDefinition> = {
    when: { IsMultiRegionTrail: true },
    require: { LogFileValidationEnabled: true },
  };
  const one = (item: object, gaps: readonly Gap[] = []) =>
    findingsOf(rule, snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)] }, { gaps }))[0];
  test('is marked as such, and is no part of the verdict', () => {
    const finding = one({ IsMultiRegionTrail: true, LogFileValidationEnabled: false });
    expect(finding?.evidence.map(({ path, when }) => [path, when])).toEqual([
      ['IsMultiRegionTrail', true],
      ['LogFileValidationEnabled', undefined],
    ]);
    expect(finding?.message).toBe('LogFileValidationEnabled is false, expected true');
  });
  test('why it does not, is the message', () => {
    const finding = one({ IsMultiRegionTrail: false, LogFileValidationEnabled: false });
    expect([finding?.status, finding?.message, finding?.toPass]).toEqual([
      'not-applicable',
      'does not apply: IsMultiRegionTrail is false, expected true',
      undefined,
    ]);
  });
  test('where nobody knows, neither does it fail', () => {
    const gap = refused('cloudtrail:DescribeTrails', { resource: trailArn('main') });
    const finding = one({ LogFileValidationEnabled: false }, [gap]);
    expect([finding?.status, finding?.message]).toEqual([
      'unknown',
      `IsMultiRegionTrail is not known: cloudtrail:DescribeTrails of ${trailArn('main')} gave AccessDenied`,
    ]);
  });
});

test('different facts of one path are both evidence, the same fact is said once', () => {
  const rule: Partial<RuleDefinition> = {
    require: {
      all: [{ S3BucketName: { not: 'a' } }, { S3BucketName: { like: 'l*' } }, { S3BucketName: { not: 'a' } }],
    },
  };
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs' })] });
  expect(findingsOf(rule, snapshot)[0]?.evidence.map(({ expected }) => expected)).toEqual([
    { not: 'a' },
    { like: 'l*' },
  ]);
});
