import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule, whyNot } from '../../src/rules/compile.ts';
import type { Parameter, RuleDefinition } from '../../src/rules/rule.ts';
import { bucket, findingOf, findingsOf, home, ruleWith, snapshotWith, trail, trailArn } from './judging.ts';

const compile = (
  rule: Partial<RuleDefinition>,
  parameters: Readonly<Record<string, unknown>> = {},
  criticalTags = false,
) => compileRule(ruleWith(rule), { registry: resourceTypes, parameters, criticalTags });
const problems = (rule: Partial<RuleDefinition>, parameters = {}) =>
  compile(rule, parameters).problems.map(({ pointer, message }) => `${pointer.join('.')}: ${message}`);
const needs = (rule: Partial<RuleDefinition>, criticalTags = false) =>
  Object.fromEntries(compile(rule, {}, criticalTags).rule.operations);

const one = (item: object) => snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)] });

describe('parameters', () => {
  const rule: Partial<RuleDefinition> = {
    parameters: { prefix: { type: 'string', default: 'a' }, on: { type: 'boolean', default: true } },
    require: { S3KeyPrefix: '$prefix', LogFileValidationEnabled: '$on' },
  };
  const item = (S3KeyPrefix: string, LogFileValidationEnabled: boolean) =>
    one({ S3KeyPrefix, LogFileValidationEnabled });

  test('have their defaults, unless somebody sets them', () => {
    expect(findingOf(rule, item('a', true)).status).toBe('pass');
    expect(findingOf(rule, item('b', true)).status).toBe('fail');
    expect(findingOf(rule, item('b', true), 'main', { values: { prefix: 'b' } }).status).toBe('pass');
    expect(findingOf(rule, item('a', true), 'main', { values: { on: false } }).status).toBe('fail');
  });

  test('stand for a whole value, never for a part of one', () => {
    expect(findingOf({ ...rule, require: { S3KeyPrefix: 'x$prefix' } }, item('x$prefix', true)).status).toBe('pass');
  });

  test('without a default that nobody sets make the rule not-applicable, and say why they are wanted', () => {
    const unset: Partial<RuleDefinition> = {
      parameters: { bucket: { type: 'string', why: 'where logs belong' } as never, other: { type: 'string' } as never },
      whenNone: 'fail',
      require: { S3BucketName: { in: ['$bucket', '$other'] } },
    };
    const { status, message } = findingOf(unset, one({}));
    expect([status, message]).toEqual([
      'not-applicable',
      'needs the parameter bucket (where logs belong) and other: set it in the config under parameters, or with --parameter',
    ]);
    expect(findingOf(unset, snapshotWith({}), home).status).toBe('not-applicable');
    const values = { bucket: 'logs', other: 'x' };
    expect(findingOf(unset, one({ S3BucketName: 'logs' }), 'main', { values }).status).toBe('pass');
  });

  test('of the name of something inherited are none', () => {
    expect(problems({ require: { S3KeyPrefix: '$constructor' } })).toEqual([
      'require.S3KeyPrefix: $constructor is not a parameter of this rule; the rule declares none',
    ]);
    const own = JSON.parse('{ "toString": { "type": "string", "default": "a" } }') as Record<string, Parameter>;
    expect(problems({ parameters: own, require: { S3KeyPrefix: '$toString' } })).toEqual([]);
  });

  test.each<[string, Partial<RuleDefinition>, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'unknown',
      { require: { S3KeyPrefix: '$b' } },
      {},
      ['require.S3KeyPrefix: $b is not a parameter of this rule; the rule declares $a'],
    ],
    [
      'of a wrong type',
      { require: { LogFileValidationEnabled: '$a' } },
      {},
      ['require.LogFileValidationEnabled: $a is of type string; here stands boolean'],
    ],
    [
      'of a wrong type, in a list',
      { require: { LogFileValidationEnabled: { in: ['$a'] } } },
      {},
      ['require.LogFileValidationEnabled.in.0: $a is of type string; here stands boolean'],
    ],
    [
      'of a wrong type, in not',
      { require: { all: [{ LogFileValidationEnabled: { not: '$a' } }] } },
      {},
      ['require.all.0.LogFileValidationEnabled.not: $a is of type string; here stands boolean'],
    ],
    [
      'of a wrong type, in a verb',
      { require: { keeps: { atLeast: '$a' } } },
      {},
      ['require.keeps.atLeast: $a is of type string; here stands integer or number'],
    ],
    [
      'of a wrong type, for a class',
      { require: { records: '$a' } },
      {},
      ['require.records: $a is of type string; here stands events'],
    ],
    [
      'of a wrong type, as places',
      { require: { keeps: { atLeast: 1, in: '$a' } } },
      {},
      ['require.keeps.in: $a is of type string; here stands list'],
    ],
    [
      'of a wrong type, as a duration',
      { require: { Status: { LatestDeliveryTime: { within: '$a' } } } },
      {},
      ['require.Status.LatestDeliveryTime.within: $a is of type string; here stands duration'],
    ],
    [
      'of a wrong type, as a count',
      { resource: 'AWS::Account', require: { trails: { count: '$a' } } },
      {},
      ['require.trails.count: $a is of type string; here stands integer'],
    ],
    [
      'of a wrong type, in a bound',
      { resource: 'AWS::Account', require: { trails: { count: { atMost: '$a' } } } },
      {},
      ['require.trails.count.atMost: $a is of type string; here stands integer'],
    ],
    [
      'set to what it cannot be',
      { require: { S3KeyPrefix: '$a' } },
      { a: 5 },
      ['parameters.a: $a must be of type string, not 5'],
    ],
    ['a text in a list in an event class', { require: { records: { eventName: { in: ['$a', 'b'] } } } }, {}, []],
    ['a text in an event class', { require: { records: { eventName: '$a' } } }, {}, []],
    ['a list of globs', { require: { S3KeyPrefix: { like: '$a' } } }, {}, []],
  ])('a problem has its place: %s', (_, rule, parameters, expected) => {
    expect(problems({ parameters: { a: { type: 'string', default: 'x' } }, ...rule }, parameters)).toEqual(expected);
  });

  test.each([
    ['integer', 1, undefined],
    ['integer', 1.5, 'must be of type integer, not 1.5'],
    ['number', 1.5, undefined],
    ['number', '1', 'must be of type number, not "1"'],
    ['string', 'a', undefined],
    ['string', ['a'], 'must be of type string, not ["a"]'],
    ['boolean', false, undefined],
    ['boolean', 'false', 'must be of type boolean, not "false"'],
    ['duration', '7d', undefined],
    ['duration', '7 days', 'must be of type duration, not "7 days"'],
    ['events', { eventName: 'a' }, undefined],
    ['events', 'a', 'must be of type events, not "a"'],
    ['list', ['a'], undefined],
    ['list', 'a', 'must be of type list, not "a"'],
  ] as const)('%s %j', (type, value, wrong) => {
    expect(whyNot({ type, default: undefined }, value)).toBe(wrong);
  });

  test('have bounds', () => {
    const days = { type: 'integer', default: 1, minimum: 1, maximum: 9 } as const;
    expect([0, 1, 9, 10].map((value) => whyNot(days, value))).toEqual([
      'must be at least 1, not 0',
      undefined,
      undefined,
      'must be at most 9, not 10',
    ]);
  });

  test('stand in verbs, lists and durations', () => {
    const rule: Partial<RuleDefinition> = {
      parameters: {
        events: { type: 'events', default: { eventCategory: 'Management' } },
        names: { type: 'list', default: ['main', 'other'] },
        age: { type: 'duration', default: '1h' },
        sources: { type: 'list', default: ['kms.amazonaws.com'] },
      },
      require: {
        records: ['$events', { eventCategory: 'Management', eventSource: { in: '$sources' } }],
        name: { in: '$names' },
        Status: { LatestDeliveryTime: { within: '$age' } },
      },
    };
    const item = { IsMultiRegionTrail: true, Status: { IsLogging: true, LatestDeliveryTime: '2026-11-20T08:30:00Z' } };
    expect(findingOf(rule, one(item)).status).toBe('pass');
    expect(findingOf(rule, one(item), 'main', { values: { age: '10m' } }).status).toBe('unknown');
    expect(findingOf(rule, one(item), 'main', { values: { names: ['x'] } }).status).toBe('fail');
    expect(findingOf(rule, one(item), 'main', { values: { events: { eventCategory: 'Data' } } }).status).toBe('fail');
  });
});

describe('texts', () => {
  test.each([
    ['$$a is a dollar', '$$a', '$a'],
    ['$ alone is itself', '$', '$'],
    ['$5 is itself', '$5', '$5'],
    ['{{ is a brace', 'a{{b}', 'a{b}'],
    ['a lone brace is itself', 'a{ b', 'a{ b'],
    ['{name} is a fact of the judged resource', 'logs/{name}', 'logs/main'],
    ['{HomeRegion} is a property of it', '{HomeRegion}/{{x', 'us-east-1/{x'],
    ['{IsMultiRegionTrail} as JSON writes it', '{IsMultiRegionTrail}', 'true'],
  ])('%s', (_, written, meant) => {
    expect(
      findingOf({ require: { S3KeyPrefix: written } }, one({ S3KeyPrefix: meant, IsMultiRegionTrail: true })).status,
    ).toBe('pass');
    expect(findingOf({ require: { S3KeyPrefix: written } }, one({ S3KeyPrefix: `${meant}.` })).status).toBe('fail');
  });

  test('{Name} is the judged resource also deep inside a relation', () => {
    const snapshot = snapshotWith({
      'AWS::CloudTrail::Trail': [trail('logs', { S3BucketName: 'logs' }), trail('main', { S3BucketName: 'logs' })],
      'AWS::S3::Bucket': [bucket('logs')],
    });
    const rule = { require: { bucket: { trails: { some: { not: { Name: '{Name}' } } }, Name: '{Name}' } } };
    expect(findingOf(rule, snapshot, 'logs').status).toBe('pass');
    expect(findingOf(rule, snapshot, 'main').status).toBe('fail');
  });

  test.each<[string, RuleDefinition['require'], object, string]>([
    ['equals nothing', { S3KeyPrefix: '{KmsKeyId}' }, { S3KeyPrefix: 'a' }, 'fail'],
    ['equals nothing, not even what is not there', { S3KeyPrefix: '{KmsKeyId}' }, {}, 'fail'],
    ['is other than all that is', { S3KeyPrefix: { not: '{KmsKeyId}' } }, { S3KeyPrefix: 'a' }, 'pass'],
    ['is like nothing', { S3KeyPrefix: { like: '*{KmsKeyId}' } }, { S3KeyPrefix: 'undefined' }, 'fail'],
    ['is like nothing, in a list', { S3KeyPrefix: { like: ['{KmsKeyId}'] } }, { S3KeyPrefix: '' }, 'fail'],
    ['is none of a list', { S3KeyPrefix: { in: ['b', '{KmsKeyId}'] } }, {}, 'fail'],
    ['leaves the others of a list', { S3KeyPrefix: { in: ['a', '{KmsKeyId}'] } }, { S3KeyPrefix: 'a' }, 'pass'],
  ])('what the resource lacks %s', (_, require, item, expected) => {
    const { status, evidence, toPass } = findingOf({ require }, one(item));
    expect(status).toBe(expected);
    expect(evidence.at(-1)).toEqual({
      path: 'KmsKeyId',
      from: 'cloudtrail:DescribeTrails',
      resource: trailArn('main'),
    });
    expect((toPass ?? []).flat().filter(({ set }) => set !== 'b')).toEqual([]);
  });

  test('of what the resource lacks no verb asks', () => {
    const asked = (item: object) =>
      findingOf(
        { require: { records: { eventCategory: 'Management', userName: '{LogFileValidationEnabled}{KmsKeyId}' } } },
        one(item),
      );
    expect(asked({ LogFileValidationEnabled: true }).evidence).toEqual([
      {
        path: 'KmsKeyId',
        from: 'cloudtrail:DescribeTrails',
        resource: trailArn('main'),
        note: 'it is not set, so nothing can be asked of it',
      },
    ]);
    expect(asked({}).status).toBe('unknown');
  });

  describe('with a name that could not be read', () => {
    const gap = { operation: 'cloudtrail:GetTrailStatus', resource: trailArn('main'), error: 'AccessDenied' };
    const unread = (item: object = {}) =>
      snapshotWith(
        {
          'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs', ...item })],
          'AWS::S3::Bucket': [bucket('logs')],
        },
        { gaps: [gap] },
      );
    const evidence = [
      {
        path: 'Status',
        from: 'cloudtrail:GetTrailStatus',
        resource: trailArn('main'),
        gap: { ...gap, action: 'cloudtrail:GetTrailStatus' },
      },
    ];

    test.each<[string, RuleDefinition['require']]>([
      ['a value', { S3BucketName: '{Status}' }],
      ['not', { S3BucketName: { not: '{Status}' } }],
      ['a list', { S3BucketName: { in: ['logs', '{Status}'] } }],
      ['a glob', { S3BucketName: { like: '*{Status}' } }],
      ['deep inside a relation', { bucket: { Name: { not: 'x{Status}' } } }],
      ['a quantifier', { bucket: { trails: { none: { S3BucketName: '{Status}' } } } }],
      ['a verb', { records: { eventName: '{Status}' } }],
      ['a resource of a policy', { bucket: { limits: { action: 's3:GetObject', resource: '{id}/{Status}' } } }],
    ])('nobody knows the answer: %s', (_, require) => {
      const judged = findingOf({ require }, unread());
      expect([judged.status, judged.evidence.filter((it) => 'gap' in it)]).toEqual(['unknown', evidence]);
      expect(findingOf({ when: require, require: {} }, unread()).status).toBe('unknown');
      expect(findingOf({ when: { not: require }, require: {} }, unread()).status).toBe('unknown');
    });

    test('of a value that a recording leaves out only that it is there is known', () => {
      const { status, message } = findingOf(
        { require: { S3BucketName: { not: '{S3KeyPrefix}' } } },
        one({ S3BucketName: 'logs', S3KeyPrefix: '(redacted)' }),
      );
      expect(status).toBe('unknown');
      expect(message).toContain('S3KeyPrefix is not known');
    });
  });

  test('what a name says is evidence, where it is not what the resource is known by', () => {
    const prefix = `main/eu-west-1/${trailArn('main')}/key`;
    const item = { S3KeyPrefix: prefix, KmsKeyId: 'key', HomeRegion: 'eu-west-1' };
    const rule = { require: { S3KeyPrefix: '{Name}/{HomeRegion}/{TrailARN}/{KmsKeyId}' } };
    const from = { from: 'cloudtrail:DescribeTrails', resource: trailArn('main') };
    expect(findingOf(rule, one(item)).evidence).toEqual([
      { path: 'S3KeyPrefix', expected: prefix, actual: prefix, ...from },
      { path: 'KmsKeyId', actual: 'key', ...from },
    ]);
  });

  test.each<[string, Partial<RuleDefinition>, string]>([
    [
      'a condition',
      { require: { Status: { LatestDeliveryError: { not: '{Nam}' } } } },
      'require.Status.LatestDeliveryError.not: {Nam} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'a relation: the judged type counts',
      { require: { bucket: { Name: '{BucketRegion}' } } },
      'require.bucket.Name: {BucketRegion} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'a list',
      { require: { Name: { in: ['a', '{b}'] } } },
      'require.Name.in.1: {b} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'a remediation',
      { remediation: { text: 'x {b}' } },
      'remediation.text: {b} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'a parameter in a remediation',
      { remediation: { text: 'x {$days}' } },
      'remediation.text: $days is not a parameter of this rule; the rule declares none',
    ],
    ['a message', { message: 'x {b}' }, 'message: {b} is neither a property nor a fact of AWS::CloudTrail::Trail'],
    [
      'an event class',
      { require: { records: { eventName: '{b}' } } },
      'require.records.eventName: {b} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'a fact that is proven: it is no text',
      { require: { S3KeyPrefix: '{delivering}' } },
      'require.S3KeyPrefix: {delivering} is proven, not read: it has no text',
    ],
  ])('a name that there is not: %s', (_, rule, expected) => {
    expect(problems(rule)).toEqual([expected]);
  });
});

describe('the operations that a rule needs', () => {
  const key = 'AWS::KMS::Key';
  test.each<[string, Partial<RuleDefinition>, Readonly<Record<string, string>>]>([
    ['a property of the item', { require: { LogFileValidationEnabled: true } }, { 'cloudtrail:DescribeTrails': 'all' }],
    [
      'a property of another call',
      { require: { Status: { IsLogging: true } } },
      { 'cloudtrail:DescribeTrails': 'all', 'cloudtrail:GetTrailStatus': 'all' },
    ],
    [
      'a property that a text names',
      { require: { S3KeyPrefix: { not: '{Status}' } } },
      { 'cloudtrail:DescribeTrails': 'all', 'cloudtrail:GetTrailStatus': 'all' },
    ],
    [
      'a property that a verb names, of the named alone',
      {
        resource: 'AWS::S3::Bucket',
        when: { trails: { exists: true } },
        require: { permits: { principal: '*', action: 's3:GetObject', context: { 'aws:x': '{Encryption}' } } },
      },
      {
        's3:HeadBucket': 'referenced',
        's3:GetBucketPolicy': 'referenced',
        's3:GetBucketEncryption': 'referenced',
        'cloudtrail:DescribeTrails': 'all',
      },
    ],
    ['a property that a text only shows', { message: '{Status}' }, { 'cloudtrail:DescribeTrails': 'all' }],
    [
      'through a relation: of the named alone',
      { require: { bucket: { Versioning: { Status: 'Enabled' } } } },
      { 'cloudtrail:DescribeTrails': 'all', 's3:HeadBucket': 'referenced', 's3:GetBucketVersioning': 'referenced' },
    ],
    [
      'the account',
      { require: { account: { PublicAccessBlock: { exists: true } } } },
      { 'cloudtrail:DescribeTrails': 'all', 's3control:GetPublicAccessBlock': 'all' },
    ],
    [
      'every bucket',
      { resource: 'AWS::S3::Bucket', require: { Versioning: { Status: 'Enabled' } } },
      { 's3:ListBuckets': 'all', 's3:GetBucketVersioning': 'all' },
    ],
    [
      'the buckets that trails name',
      {
        resource: 'AWS::S3::Bucket',
        when: { trails: { exists: true } },
        require: { Versioning: { Status: 'Enabled' } },
      },
      { 's3:HeadBucket': 'referenced', 's3:GetBucketVersioning': 'referenced', 'cloudtrail:DescribeTrails': 'all' },
    ],
    [
      'log groups: what names them is needed too',
      { resource: 'AWS::Logs::LogGroup', require: { RetentionInDays: 365 } },
      { 'logs:DescribeLogGroups': 'referenced', 'cloudtrail:DescribeTrails': 'all' },
    ],
    [
      'keys that one of several ways back leads to',
      {
        resource: key,
        when: { any: [{ trails: { exists: true } }, { eventDataStores: { some: { Name: 'a' } } }] },
        require: { KeyState: 'Enabled' },
      },
      {
        'kms:DescribeKey': 'referenced',
        'cloudtrail:DescribeTrails': 'all',
        'cloudtrail:ListEventDataStores': 'all',
        'cloudtrail:GetEventDataStore': 'all',
      },
    ],
  ])('%s', (_, rule, expected) => {
    expect(needs(rule)).toEqual(expected);
  });

  test('keys, if nothing narrows them: all that may name one', () => {
    expect(Object.keys(needs({ resource: key, require: { KeyState: 'Enabled' } })).toSorted()).toEqual([
      'athena:GetWorkGroup',
      'athena:ListWorkGroups',
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventDataStore',
      'cloudtrail:ListEventDataStores',
      'cloudwatch:DescribeAlarms',
      'config:DescribeConfigurationRecorders',
      'config:DescribeDeliveryChannels',
      'events:ListRules',
      'events:ListTargetsByRule',
      'kms:DescribeKey',
      'logs:DescribeLogGroups',
      's3:GetBucketEncryption',
      's3:GetBucketLogging',
      's3:HeadBucket',
      'sns:GetTopicAttributes',
    ]);
  });

  test('tags only where the config names critical buckets by tag', () => {
    const rule = { resource: 'AWS::S3::Bucket', when: { critical: true }, require: { Versioning: { exists: true } } };
    expect(needs(rule)['s3:GetBucketTagging']).toBeUndefined();
    expect(needs(rule, true)['s3:GetBucketTagging']).toBe('all');
  });

  const recorders = ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'];
  const stores = ['cloudtrail:ListEventDataStores', 'cloudtrail:GetEventDataStore'];
  const kept = ['s3:GetBucketLifecycleConfiguration', 's3:GetBucketVersioning'];
  const folders = ['cloudtrail:DescribeTrails', 'cloudtrail:GetEventSelectors', 'organizations:DescribeOrganization'];
  const arriving = [
    ...['s3:HeadBucket', 's3:GetBucketPolicy', 's3:GetBucketRequestPayment', 's3:GetBucketEncryption'],
    ...['kms:DescribeKey', 'kms:GetKeyPolicy'],
  ];
  const management = { eventCategory: 'Management' };
  // The key of an event data store: without it the store takes nothing in.
  const itsKey = 'kms:DescribeKey';
  test.each<[string, string, Record<string, unknown>, readonly string[]]>([
    [
      'records, account',
      'AWS::Account',
      { records: management },
      [...recorders, ...stores, 'ec2:DescribeRegions', itsKey],
    ],
    [
      'records, region',
      'AWS::Region',
      { records: management },
      [...recorders, ...stores, 'ec2:DescribeRegions', itsKey],
    ],
    ['records, trail', 'AWS::CloudTrail::Trail', { records: management }, [...recorders, 'ec2:DescribeRegions']],
    [
      'records, store',
      'AWS::CloudTrail::EventDataStore',
      { records: management },
      [...stores, 'ec2:DescribeRegions', itsKey],
    ],
    [
      'records, bucket',
      'AWS::S3::Bucket',
      { records: management },
      [...recorders, ...stores, 'ec2:DescribeRegions', itsKey, 's3:ListBuckets'],
    ],
    [
      'keeps, log group',
      'AWS::Logs::LogGroup',
      { keeps: { atLeast: 1 } },
      ['cloudtrail:DescribeTrails', 'logs:DescribeLogGroups'],
    ],
    ['keeps, store', 'AWS::CloudTrail::EventDataStore', { keeps: { atLeast: 1 } }, stores],
    [
      'keeps, bucket',
      'AWS::S3::Bucket',
      { keeps: { atLeast: 1 } },
      [...folders, 's3:GetBucketLogging', 's3:ListBuckets', ...kept],
    ],
    [
      'keeps, permanently',
      'AWS::S3::Bucket',
      { keeps: { atLeast: 1, measure: 'permanent' } },
      [...folders, 's3:GetBucketLogging', 's3:GetObjectLockConfiguration', 's3:ListBuckets', ...kept],
    ],
    [
      'keeps, undeletable',
      'AWS::S3::Bucket',
      { keeps: { atLeast: 1, measure: 'undeletable' } },
      ['cloudtrail:DescribeTrails', 's3:GetBucketLogging', 's3:GetObjectLockConfiguration', 's3:ListBuckets'],
    ],
    [
      'keeps, trail',
      'AWS::CloudTrail::Trail',
      { keeps: { atLeast: 1 } },
      [...folders, 'logs:DescribeLogGroups', 's3:HeadBucket', ...kept],
    ],
    [
      'keeps, account',
      'AWS::Account',
      { keeps: { atLeast: 1 } },
      [...recorders, ...stores, ...folders, ...arriving, 'ec2:DescribeRegions', 'logs:DescribeLogGroups', ...kept],
    ],
    [
      'keeps, account, Insights events',
      'AWS::Account',
      { keeps: { atLeast: 1, events: { eventCategory: 'Insight' } } },
      [
        ...[...recorders, ...stores, ...folders, ...arriving, 'ec2:DescribeRegions', 'logs:DescribeLogGroups', ...kept],
        'cloudtrail:GetInsightSelectors',
      ],
    ],
  ])('of a verb: %s', (_, resource, require, expected) => {
    expect(Object.keys(needs({ resource, require })).toSorted()).toEqual([...new Set(expected)].toSorted());
  });

  test('a log bucket that a trail must name needs no look at access logs', () => {
    const rule = {
      resource: 'AWS::S3::Bucket',
      when: { trails: { some: { Name: 'a' } } },
      require: { keeps: { atLeast: 1 } },
    };
    expect(needs(rule)['s3:GetBucketLogging']).toBeUndefined();
  });

  test('all beats some, whichever is said first', () => {
    const rule = (first: object, second: object) =>
      needs({ resource: 'AWS::S3::Bucket', require: { all: [first, second] } as never })['s3:GetBucketVersioning'];
    const own = { Versioning: { exists: true } };
    const others = { accessLogBucket: { Versioning: { exists: true } } };
    expect([rule(own, others), rule(others, own)]).toEqual(['all', 'all']);
  });
});

describe('what cannot be compiled is a bug of ours, not a problem of the rule', () => {
  test('a type that there is not', () => {
    expect(() => compile({ resource: 'AWS::Nothing' })).toThrow('no resource type AWS::Nothing');
  });
  test('a word that there is not', () => {
    expect(() => compile({ require: { Nothing: true } })).toThrow('Nothing is not a word of AWS::CloudTrail::Trail');
    expect(() => compile({ require: { Name: { nothing: true } } })).toThrow('no operator nothing');
  });
});

test('several findings of one rule, each about its resource', () => {
  const snapshot = snapshotWith({
    'AWS::CloudTrail::Trail': [trail('b'), trail('a', { LogFileValidationEnabled: true })],
  });
  expect(
    findingsOf({ require: { LogFileValidationEnabled: true } }, snapshot).map(({ resource, status }) => [
      resource.id,
      status,
    ]),
  ).toEqual([
    [trailArn('a'), 'pass'],
    [trailArn('b'), 'fail'],
  ]);
});
