import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, findingOf, findingsOf, home, other, snapshotWith, trail, trailArn } from './judging.ts';

const keyArn = (id: string, account = home) => `arn:aws:kms:us-east-1:${account}:key/${id}`;
const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const asked: Snapshot['operations'] = [
  'cloudtrail:DescribeTrails',
  's3:ListBuckets',
  's3:HeadBucket',
  's3:GetBucketVersioning',
  'kms:DescribeKey',
];

const trails = (
  item: object,
  resources: Readonly<Record<string, readonly object[]>> = {},
  more: Partial<Snapshot> = {},
) => snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)], ...resources }, more);
const logs = { S3BucketName: 'logs' };
const there = { 'AWS::S3::Bucket': [bucket('logs', { Versioning: { Status: 'Enabled' } })] };

/** What a rule says when the bucket must exist, must not, must be versioned, and must not be. */
function ask(snapshot: Snapshot): string {
  const conditions = [
    { bucket: { exists: true } },
    { bucket: { exists: false } },
    { bucket: { Versioning: { Status: 'Enabled' } } },
    { not: { bucket: { Versioning: { Status: 'Enabled' } } } },
    { bucket: { exists: true, Versioning: { Status: 'Enabled' } } },
  ];
  return conditions.map((require) => findingOf({ require }, snapshot).status).join(' ');
}

describe('a to-one relation: exists, not exists, a condition, not the condition, both', () => {
  test.each<[string, Snapshot, string]>([
    ['found', trails(logs, there), 'pass fail pass fail pass'],
    ['found, and otherwise', trails(logs, { 'AWS::S3::Bucket': [bucket('logs')] }), 'pass fail fail pass fail'],
    ['nothing is pointed at', trails({}, there), 'fail pass fail pass fail'],
    ['dangling, in a file written by hand', trails(logs), 'fail pass fail pass fail'],
    [
      'dangling, because AWS says so',
      trails(
        logs,
        {},
        {
          operations: asked,
          absent: [{ resource: 'arn:aws:s3:::logs', operation: 's3:HeadBucket', error: 'NoSuchBucket' }],
        },
      ),
      'fail pass fail pass fail',
    ],
    [
      'absent under the name that points',
      trails(
        logs,
        {},
        { operations: asked, absent: [{ resource: 'logs', operation: 's3:HeadBucket', error: 'NoSuchBucket' }] },
      ),
      'fail pass fail pass fail',
    ],
    [
      'refused',
      trails(
        logs,
        {},
        { gaps: [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }] },
      ),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'refused under the name that points',
      trails(logs, {}, { gaps: [{ operation: 's3:HeadBucket', resource: 'logs', error: 'AccessDenied' }] }),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'buckets were not listed',
      trails(logs, {}, { gaps: [{ operation: 's3:ListBuckets', error: 'AccessDenied' }] }),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'not collected',
      trails(logs, {}, { operations: ['cloudtrail:DescribeTrails'] }),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'collected, and not among what there is',
      trails(logs, {}, { operations: asked }),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'the pointer is not known',
      trails({}, there, {
        gaps: [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('main'), error: 'AccessDenied' }],
      }),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'the whole account could not be read',
      trails(logs, {}, { gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] }),
      'unknown unknown unknown unknown unknown',
    ],
    [
      'there, and what is asked was refused',
      trails(
        logs,
        { 'AWS::S3::Bucket': [bucket('logs')] },
        { gaps: [{ operation: 's3:GetBucketVersioning', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }] },
      ),
      'pass fail unknown unknown unknown',
    ],
  ])('%s', (_, snapshot, said) => {
    expect(ask(snapshot)).toBe(said);
  });

  test('in another account: unknown, and names it', () => {
    const { status, evidence } = findingOf(
      { require: { key: { exists: true } } },
      trails({ KmsKeyId: keyArn('1', other) }),
    );
    expect([status, evidence[0]?.gap?.error, evidence[0]?.gap?.message]).toEqual([
      'unknown',
      'OtherAccount',
      'it is in account 999988887777, which this run has not read',
    ]);
  });

  test('the account of what nobody could read is not known: this one may not own it', () => {
    const require = { account: { PublicAccessBlock: { IgnorePublicAcls: true } } };
    const block = { 'AWS::Account': [{ PublicAccessBlock: { IgnorePublicAcls: true } }] };
    const refused = { operation: 's3:HeadBucket', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' };
    const named = trails(logs, block, { gaps: [refused] });
    const said = (snapshot: Snapshot) =>
      findingsOf({ resource: 'AWS::S3::Bucket', require }, snapshot).map(({ status, evidence }) => [
        status,
        evidence.map(({ path, gap }) => [path, gap?.error]),
      ]);
    expect(said(named)).toEqual([['unknown', [['account', 'AccessDenied']]]]);
    expect(said(trails(logs, { ...block, ...there }))).toEqual([
      ['pass', [['account.PublicAccessBlock.IgnorePublicAcls', undefined]]],
    ]);
  });

  test('that is wanted to be nothing says so', () => {
    const { status, message } = findingOf({ require: { bucket: { exists: false } } }, trails(logs, there));
    expect([status, message]).toEqual(['fail', 'S3BucketName is logs, expected not set']);
    expect(findingOf({ require: { bucket: { exists: true } } }, trails({}, there)).message).toBe(
      'S3BucketName is not set, expected set',
    );
  });

  test('that dangles names what does not exist, and who says so', () => {
    const absent = [{ resource: 'arn:aws:s3:::logs', operation: 's3:HeadBucket', error: 'NoSuchBucket' }];
    const { evidence, toPass } = findingOf(
      { require: { bucket: { exists: true } } },
      trails(logs, {}, { operations: asked, absent }),
    );
    expect(evidence).toEqual([
      { path: 'S3BucketName', from: 'cloudtrail:DescribeTrails', resource: trailArn('main'), actual: 'logs' },
      {
        path: 'bucket',
        expected: { exists: true },
        resource: 'arn:aws:s3:::logs',
        note: 'arn:aws:s3:::logs does not exist',
        from: 's3:HeadBucket',
      },
    ]);
    expect(toPass).toBeUndefined();
  });

  test('through two relations, a path for each step', () => {
    const encrypted = {
      Encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: keyArn('1') } }] },
    };
    const snapshot = trails(logs, {
      'AWS::S3::Bucket': [bucket('logs', encrypted)],
      'AWS::KMS::Key': [{ Arn: keyArn('1'), KeyId: '1', KeyState: 'Disabled' }],
    });
    const { status, evidence } = findingOf({ require: { bucket: { key: { KeyState: 'Enabled' } } } }, snapshot);
    expect([status, evidence.map(({ path }) => path)]).toEqual([
      'fail',
      [
        'S3BucketName',
        'bucket[arn:aws:s3:::logs]',
        'bucket.Encryption.Rules.0.ApplyServerSideEncryptionByDefault.KMSMasterKeyID',
        `bucket.key[${keyArn('1')}]`,
        'bucket.key.KeyState',
      ],
    ]);
  });

  test('a key by its bare id, a log group by an ARN that ends in :*', () => {
    const snapshot = trails(
      { KmsKeyId: '1', CloudWatchLogsLogGroupArn: `${group}:*` },
      {
        'AWS::KMS::Key': [{ Arn: keyArn('1'), KeyId: '1', KeyState: 'Enabled' }],
        'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', RetentionInDays: 1 }],
      },
    );
    expect(
      findingOf({ require: { key: { KeyState: 'Enabled' }, logGroup: { RetentionInDays: 1 } } }, snapshot).status,
    ).toBe('pass');
  });

  test('an alias names no key that could be looked at', () => {
    const alias = `arn:aws:kms:us-east-1:${home}:alias/trails`;
    expect(
      findingOf({ require: { key: { KeyState: 'Enabled' } } }, trails({ KmsKeyId: alias }, {}, { operations: asked }))
        .status,
    ).toBe('unknown');
  });

  test('the account is always there', () => {
    const snapshot = trails({}, { 'AWS::Account': [{ PublicAccessBlock: { BlockPublicAcls: true } }] });
    expect(
      findingOf(
        { require: { account: { PublicAccessBlock: { BlockPublicAcls: true }, id: `arn:aws:iam::${home}:root` } } },
        snapshot,
      ).status,
    ).toBe('pass');
  });
});

describe('a way back', () => {
  const named = (resources: readonly object[], more: Partial<Snapshot> = {}) =>
    snapshotWith({ 'AWS::CloudTrail::Trail': resources, 'AWS::S3::Bucket': [bucket('logs')] }, more);
  const count = (snapshot: Snapshot, asked: object) =>
    findingOf({ resource: 'AWS::S3::Bucket', require: { trails: asked } }, snapshot, 'logs').status;
  const refused = {
    gaps: [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('main'), error: 'AccessDenied' }],
  };

  test('holds those that point here', () => {
    const snapshot = named([trail('main', logs), trail('second', logs), trail('third', { S3BucketName: 'x' })]);
    expect(count(snapshot, { count: 2 })).toBe('pass');
    expect(count(snapshot, { every: { Name: { in: ['main', 'second'] } } })).toBe('pass');
    expect(count(snapshot, { some: { Name: 'third' } })).toBe('fail');
  });

  test('may hold one whose pointer is not known', () => {
    const snapshot = named([trail('main'), trail('second', logs)], refused);
    expect(count(snapshot, { count: { atLeast: 1 } })).toBe('pass');
    expect(count(snapshot, { count: { atLeast: 3 } })).toBe('fail');
    expect(count(snapshot, { count: 2 })).toBe('unknown');
    expect(count(snapshot, { some: { Name: 'main' } })).toBe('unknown');
    expect(count(snapshot, { none: { Name: 'main' } })).toBe('unknown');
    expect(count(snapshot, { every: { Name: 'second' } })).toBe('unknown');
    expect(count(snapshot, { every: { Name: 'x' } })).toBe('fail');
  });

  test('may hold the bucket itself', () => {
    const gaps = [{ operation: 's3:GetBucketLogging', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }];
    const rule = { resource: 'AWS::S3::Bucket', require: { accessLogSources: { exists: false } } };
    expect(findingOf(rule, snapshotWith({ 'AWS::S3::Bucket': [bucket('logs')] }, { gaps }), 'logs').status).toBe(
      'unknown',
    );
    expect(findingOf(rule, snapshotWith({ 'AWS::S3::Bucket': [bucket('logs')] }), 'logs').status).toBe('pass');
    const itself = { Logging: { LoggingEnabled: { TargetBucket: 'logs' } } };
    expect(findingOf(rule, snapshotWith({ 'AWS::S3::Bucket': [bucket('logs', itself)] }), 'logs').status).toBe('fail');
  });

  test('of a bucket that only a trail names: unknown, not forgotten', () => {
    const snapshot = trails(
      logs,
      {},
      { gaps: [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }] },
    );
    const rule = {
      resource: 'AWS::S3::Bucket',
      when: { trails: { exists: true } },
      require: { Versioning: { Status: 'Enabled' } },
    };
    const [finding, ...rest] = findingsOf(rule, snapshot);
    expect([finding?.resource.id, finding?.status, rest]).toEqual(['arn:aws:s3:::logs', 'unknown', []]);
    expect(finding?.message).toBe('Versioning is not known: s3:HeadBucket of arn:aws:s3:::logs gave AccessDenied');
    expect(
      findingOf({ ...rule, require: { name: 'logs', trails: { some: { Name: 'main' } } } }, snapshot, 'logs').status,
    ).toBe('pass');
    expect(findingOf({ ...rule, require: { region: 'us-east-1' } }, snapshot, 'logs').status).toBe('unknown');
    expect(findingOf({ ...rule, require: { key: { exists: true } } }, snapshot, 'logs').status).toBe('unknown');
  });

  test('nobody knows where a store points: there may be a key that nobody saw', () => {
    const store = `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`;
    const snapshot = snapshotWith(
      { 'AWS::CloudTrail::EventDataStore': [{ EventDataStoreArn: store, Name: 'lake' }] },
      { gaps: [{ operation: 'cloudtrail:GetEventDataStore', resource: store, error: 'AccessDenied' }] },
    );
    const rule = {
      resource: 'AWS::KMS::Key',
      when: { any: [{ trails: { exists: true } }, { eventDataStores: { exists: true } }] },
      require: { KeyState: 'Enabled' },
    };
    expect(findingsOf(rule, snapshot).map(({ status, message }) => [status, message])).toEqual([
      [
        'unknown',
        `there may be others: AWS::KMS::Key is not known: cloudtrail:GetEventDataStore of ${store} gave AccessDenied`,
      ],
    ]);
    expect(findingsOf({ ...rule, when: { trails: { exists: true } } }, snapshot).map(({ status }) => status)).toEqual([
      'not-applicable',
    ]);
  });
});

describe('the trails of a region', () => {
  const rule = (asked: object) => ({ resource: 'AWS::Region', require: { trails: asked } });
  const regions = { regions: ['us-east-1', 'eu-west-1'] };
  const status = (resources: readonly object[], asked: object, more: Partial<Snapshot> = {}) =>
    findingOf(rule(asked), snapshotWith({ 'AWS::CloudTrail::Trail': resources }, { ...regions, ...more }), 'eu-west-1');

  test('its own, and the multi-Region ones; the others are said to be elsewhere', () => {
    const local = trail('local');
    expect(status([local], { exists: true }).status).toBe('fail');
    expect(status([local], { exists: true }).evidence.at(-1)).toMatchObject({
      path: `trails[${trailArn('local')}].IsMultiRegionTrail`,
      note: 'it works in us-east-1',
    });
    expect(status([trail('all', { IsMultiRegionTrail: true })], { exists: true }).status).toBe('pass');
    expect(status([trail('own', { HomeRegion: 'eu-west-1' })], { exists: true }).status).toBe('pass');
  });

  test('one of which nobody knows whether it is multi-Region', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('local'), error: 'AccessDenied' }];
    expect(status([trail('local')], { exists: true }, { gaps }).status).toBe('unknown');
  });

  test('an organization trail that lives where this account is not does not reach it (T8)', () => {
    const organization = {
      ...trail('org', { IsMultiRegionTrail: true, HomeRegion: 'ap-east-1' }),
      TrailARN: trailArn('org', 'ap-east-1', other),
    };
    const { status: said, evidence } = status([organization], { exists: true });
    expect([said, evidence.at(-1)?.note]).toEqual([
      'fail',
      `${trailArn('org', 'ap-east-1', other)} lives in ap-east-1, which this account has not enabled`,
    ]);
    const gaps = [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }];
    expect(status([organization], { exists: true }, { gaps }).status).toBe('unknown');
  });
});
