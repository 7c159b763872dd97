import { describe, expect, test } from 'vitest';
import { objectsIn, read, readPath, saidBy } from '../../src/snapshot/resource-view.ts';
import { resourceOf, view } from '../proof/viewing.ts';
import { bucket, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const names = (snapshot: ReturnType<typeof snapshotWith>, type: string) =>
  view(snapshot)
    .byType.get(type)
    ?.map(({ name }) => name);

describe('the account and its regions are always there', () => {
  test('in a file that lists neither', () => {
    const empty = snapshotWith({}, { regions: ['us-east-1', 'eu-west-1'] });
    expect(names(empty, 'AWS::Account')).toEqual([home]);
    expect(names(empty, 'AWS::Region')).toEqual(['us-east-1', 'eu-west-1']);
    expect(view(empty).enabledRegions).toEqual(['us-east-1', 'eu-west-1']);
  });

  test('AWS says which regions are enabled', () => {
    const listed = snapshotWith({
      'AWS::Region': [
        { RegionName: 'us-east-1' },
        { RegionName: 'ap-east-1', OptInStatus: 'not-opted-in' },
        { RegionName: 'eu-south-1', OptInStatus: 'opted-in' },
      ],
    });
    expect(names(listed, 'AWS::Region')).toEqual(['us-east-1', 'eu-south-1']);
    expect(view(listed).enabledRegions).toEqual(['us-east-1', 'eu-south-1']);
    expect(resourceOf(listed, 'AWS::Region', 'eu-south-1').id).toBe(`${home}/eu-south-1`);
  });

  test('a list without names says nothing', () => {
    expect(view(snapshotWith({ 'AWS::Region': [{ RegionName: 5 as never }] })).enabledRegions).toEqual(['us-east-1']);
  });
});

test('a resource that stands there twice is one (T1)', () => {
  expect(
    names(
      snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main'), trail('main'), trail('second')] }),
      'AWS::CloudTrail::Trail',
    ),
  ).toEqual(['main', 'second']);
});

test('types that the snapshot does not have are empty; inherited names are none', () => {
  const { byType } = view(snapshotWith({}));
  expect(byType.get('AWS::KMS::Key')).toEqual([]);
  expect(byType.get('constructor')).toBeUndefined();
});

describe('who a resource is', () => {
  test.each([
    ['a bucket', 'AWS::S3::Bucket', bucket('logs'), ['arn:aws:s3:::logs', 'logs', 'us-east-1', home]],
    [
      'a log group',
      'AWS::Logs::LogGroup',
      { LogGroupName: 'trails', LogGroupArn: `arn:aws:logs:eu-west-1:${home}:log-group:trails` },
      [`arn:aws:logs:eu-west-1:${home}:log-group:trails`, 'trails', 'eu-west-1', home],
    ],
    [
      'a log group without its ARN',
      'AWS::Logs::LogGroup',
      { LogGroupName: 'trails' },
      [`arn:aws:logs::${home}:log-group:trails`, 'trails', '', home],
    ],
    [
      'a key without its id',
      'AWS::KMS::Key',
      { Arn: `arn:aws:kms:us-east-1:${home}:key/1` },
      [`arn:aws:kms:us-east-1:${home}:key/1`, `arn:aws:kms:us-east-1:${home}:key/1`, 'us-east-1', home],
    ],
    ['something that says nothing', 'AWS::KMS::Key', { KeyId: '1' }, [`${home}/AWS::KMS::Key/1`, '1', '', home]],
  ] as const)('%s', (_, type, item, expected) => {
    const { id, name, region, accountId } = resourceOf(snapshotWith({ [type]: [item] }), type);
    expect([id, name, region, accountId]).toEqual(expected);
  });
});

describe('reading a property', () => {
  const of = (item: object, more = {}) =>
    resourceOf(snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)] }, more), 'AWS::CloudTrail::Trail');
  const refused = (operation?: string) => ({
    gaps: [{ ...(operation && { operation }), resource: trailArn('main'), error: 'AccessDenied' }],
  });

  test('its value, and who said it', () => {
    expect(read(of({ Status: { IsLogging: true } }), 'Status')).toEqual({
      is: 'value',
      value: { IsLogging: true },
      from: 'cloudtrail:GetTrailStatus',
    });
    expect(read(of({}), 'Name')).toEqual({ is: 'value', value: 'main', from: 'cloudtrail:DescribeTrails' });
  });

  test('a value that is there is known, whatever the gaps say', () => {
    expect(read(of({ Status: {} }, refused()), 'Status').is).toBe('value');
    expect(read(of({ Status: {} }, { operations: [] }), 'Status').is).toBe('value');
  });

  test('what it says, where it says anything', () => {
    expect(saidBy(read(of({ Status: {} }), 'Status'))).toEqual({});
    expect(saidBy(read(of({}), 'Status'))).toBe(undefined);
    expect(saidBy(read(of({}, refused()), 'Status'))).toBe(undefined);
    expect(objectsIn([{ a: 1 }, null, 'x', 1, {}])).toEqual([{ a: 1 }, {}]);
    expect([objectsIn('x'), objectsIn({}), objectsIn(undefined)]).toEqual([[], [], []]);
  });

  test('absent is not refused, and null is absent', () => {
    expect(read(of({}), 'Status')).toEqual({ is: 'absent', from: 'cloudtrail:GetTrailStatus' });
    expect(read(of({ KmsKeyId: null }), 'KmsKeyId').is).toBe('absent');
    expect(read(of({}), 'constructor').is).toBe('absent');
    expect(read(of({}, refused('cloudtrail:GetTrailStatus')), 'Status').is).toBe('gap');
  });

  test.each([
    ['what describes it was refused of it', refused('cloudtrail:DescribeTrails'), 'gap'],
    ['everything about it was refused', refused(), 'gap'],
    ['something else was refused of it', refused('cloudtrail:GetTrailStatus'), 'absent'],
    ['nobody asked what describes it', { operations: ['cloudtrail:GetTrailStatus'] }, 'gap'],
    ['it was asked', { operations: ['cloudtrail:DescribeTrails'] }, 'absent'],
    [
      'it was listed elsewhere, though its region was not scanned',
      { gaps: [{ region: 'us-east-1', error: 'TimedOut' }] },
      'absent',
    ],
  ])('of the item itself: %s', (_, more, is) => {
    expect(read(of({}, more), 'KmsKeyId').is).toBe(is);
  });

  test('of a bucket, by whoever was asked', () => {
    const at = (operations: readonly string[]) =>
      read(
        resourceOf(snapshotWith({ 'AWS::S3::Bucket': [{ Name: 'logs' }] }, { operations }), 'AWS::S3::Bucket'),
        'BucketRegion',
      );
    expect(at(['s3:HeadBucket'])).toEqual({ is: 'absent', from: 's3:HeadBucket' });
    expect(at([])).toMatchObject({ is: 'gap', gaps: [{ error: 'NotCollected' }] });
  });

  test('along a path', () => {
    const logging = resourceOf(
      snapshotWith({
        'AWS::S3::Bucket': [bucket('b', { Encryption: { Rules: [{ BucketKeyEnabled: true }] }, Logging: {} })],
      }),
      'AWS::S3::Bucket',
    );
    expect(readPath(logging, 'Encryption.Rules.0.BucketKeyEnabled')).toEqual({
      is: 'value',
      value: true,
      from: 's3:GetBucketEncryption',
    });
    expect(readPath(logging, 'Encryption.Rules.1.BucketKeyEnabled')).toEqual({
      is: 'absent',
      from: 's3:GetBucketEncryption',
    });
    expect(readPath(logging, 'Logging.LoggingEnabled.TargetBucket').is).toBe('absent');
    expect(readPath(logging, 'Logging.constructor.name').is).toBe('absent');
    expect(readPath(logging, '').is).toBe('absent');
  });
});

test('the snapshot is not changed', () => {
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs' })] });
  const before = structuredClone(snapshot);
  view(snapshot);
  expect(snapshot).toEqual(before);
});
