import { describe, expect, test } from 'vitest';
import { readRecords } from '../../src/proof/records.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, trail, trailArn } from '../rules/judging.ts';
import { ask, everywhere, type Item, management, on, regions, truth } from './asking-records.ts';
import { brief } from './viewing.ts';

test.each([
  ['a class', { eventName: 'a' }, { how: 'every', classes: [{ eventName: 'a' }] }],
  [
    'several',
    [{ eventName: 'a' }, { eventName: 'b' }],
    { how: 'every', classes: [{ eventName: 'a' }, { eventName: 'b' }] },
  ],
  ['every', { every: { eventName: 'a' } }, { how: 'every', classes: [{ eventName: 'a' }] }],
  ['some', { some: [{ eventName: 'a' }] }, { how: 'some', classes: [{ eventName: 'a' }] }],
  ['none', { none: { eventName: 'a' } }, { how: 'none', classes: [{ eventName: 'a' }] }],
  ['what is no class', null, { how: 'every', classes: [null] }],
  ['a word', 'every', { how: 'every', classes: ['every'] }],
])('reads %s', (_, written, question) => {
  expect(readRecords(written)).toEqual(question);
});

describe('one recorder alone', () => {
  const alone = (written: unknown, item: Item, more: Partial<Snapshot> = {}) =>
    ask(written, { of: 'AWS::CloudTrail::Trail', name: 'main', trails: [trail('main', item)], more });

  test('says every reason why not: reach, logging, selectors', () => {
    const answer = alone(management, { Status: { IsLogging: false }, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] });
    expect(brief(answer)).toEqual([
      'no',
      'IsMultiRegionTrail: it records us-east-1 alone, not eu-west-1',
      'Status.IsLogging: false',
      'EventSelectors: does not record Management writes: selector 1 refuses it (readOnly Equals)',
    ]);
    expect(answer.changes).toEqual([
      [
        { resource: trailArn('main'), path: 'IsMultiRegionTrail', set: true },
        { resource: trailArn('main'), path: 'Status.IsLogging', set: true },
        {
          resource: trailArn('main'),
          path: 'AdvancedEventSelectors',
          set: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
        },
      ],
    ]);
  });

  test('what makes it record data events is not guessed', () => {
    expect(alone({ eventCategory: 'Data' }, everywhere).changes).toEqual([]);
  });

  test('an event that it does not record is shown', () => {
    expect(brief(alone(management, { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }))).toEqual([
      'no',
      'EventSelectors: does not record Management reads: selector 1 refuses it (readOnly Equals)',
    ]);
  });

  test('some and none', () => {
    const item = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(brief(alone({ some: management }, item)).at(-1)).toBe('EventSelectors: records some such events');
    expect(alone({ none: management }, item).truth).toBe('no');
    expect(alone({ none: { ...management, readOnly: true } }, item).truth).toBe('yes');
    expect(alone({ none: { ...management, regions: 'ap-east-1' } }, on).truth).toBe('yes');
  });

  test('several classes must each hold', () => {
    const item = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(alone([{ ...management, readOnly: false }, management], item).truth).toBe('no');
    expect(alone([{ ...management, readOnly: false }], item).truth).toBe('yes');
  });

  test.each<[string, string, string]>([
    ['its status', 'cloudtrail:GetTrailStatus', 'Status.IsLogging'],
    ['its selectors', 'cloudtrail:GetEventSelectors', 'EventSelectors'],
  ])('%s refused', (_, operation, path) => {
    const gaps = [{ operation, resource: trailArn('main'), error: 'AccessDenied' }];
    const item = operation.endsWith('Status') ? { IsMultiRegionTrail: true } : everywhere;
    expect(brief(alone(management, item, { gaps }))).toEqual(['unknown', `${path}: AccessDenied`]);
  });

  test('selectors refused of a trail that has none of its own', () => {
    const gaps = [{ operation: 'cloudtrail:GetEventSelectors', resource: trailArn('main'), error: 'AccessDenied' }];
    expect(alone(management, { ...everywhere, HasCustomEventSelectors: false }, { gaps }).truth).toBe('yes');
    expect(alone(management, { ...everywhere, HasCustomEventSelectors: true }, { gaps }).truth).toBe('unknown');
  });

  test('selectors that AWS says are there and does not list', () => {
    expect(brief(alone(management, { ...everywhere, HasCustomEventSelectors: true }))).toEqual([
      'unknown',
      'EventSelectors: AWS says that there are selectors, and lists none',
    ]);
  });

  test('whether it is multi-Region refused', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('main'), error: 'AccessDenied' }];
    expect(brief(alone(management, on, { gaps }))).toEqual([
      'unknown',
      'IsMultiRegionTrail: AccessDenied',
      'IncludeGlobalServiceEvents: AccessDenied',
    ]);
    const global = { ...management, eventSource: 'iam.amazonaws.com' };
    expect(brief(alone(global, on, { gaps }))).toEqual(['unknown', 'IncludeGlobalServiceEvents: AccessDenied']);
  });

  test('names of calls whose direction decides', () => {
    const item = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(brief(alone({ ...management, eventName: 'StartQueryExecution' }, item))).toEqual([
      'unknown',
      'EventSelectors: it cannot be said what these selectors record: whether the named calls are reads or writes decides it',
    ]);
  });
});

describe('an account', () => {
  test.each<[string, Partial<Snapshot>, string]>([
    ['all trails are known', {}, 'no'],
    [
      'trails of a region were refused',
      { gaps: [{ operation: 'cloudtrail:DescribeTrails', region: 'eu-west-1', error: 'AccessDenied' }] },
      'unknown',
    ],
    [
      'event data stores were refused',
      { gaps: [{ operation: 'cloudtrail:ListEventDataStores', error: 'AccessDenied' }] },
      'unknown',
    ],
    ['regions were refused', { gaps: [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }] }, 'no'],
    ['a region was not scanned', { regions: ['us-east-1'], resources: {} }, 'no'],
    ['nothing was asked', { operations: [] }, 'unknown'],
  ])('without a trail, and %s', (_, more, expected) => {
    expect(truth(management, { more })).toBe(expected);
  });

  test('with a trail everywhere, the regions that are known are all there are', () => {
    const gaps = [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }];
    expect(truth(management, { trails: [trail('x', everywhere)], more: { gaps } })).toBe('yes');
    const local = [
      trail('us', on),
      { ...trail('eu', on), TrailARN: trailArn('eu', 'eu-west-1'), HomeRegion: 'eu-west-1' },
    ];
    const ec2 = { ...management, eventSource: 'ec2.amazonaws.com' };
    expect(truth(ec2, { trails: local, more: { gaps } })).toBe('unknown');
    expect(truth({ ...ec2, regions }, { trails: local, more: { gaps } })).toBe('yes');
    expect(truth({ none: { ...ec2, readOnly: true } }, { more: { gaps } })).toBe('unknown');
  });

  test('global events in a partition whose leader nobody knows: wherever they are', () => {
    const more = { account: { id: home, partition: 'aws-iso' }, regions: ['us-iso-east-1'] };
    const secret = {
      TrailARN: `arn:aws-iso:cloudtrail:us-iso-east-1:${home}:trail/x`,
      Name: 'x',
      HomeRegion: 'us-iso-east-1',
      ...on,
    };
    expect(truth({ ...management, eventSource: 'iam.amazonaws.com' }, { trails: [secret], more })).toBe('yes');
  });

  test('global events outside the regions that are asked about happen nowhere that is asked about', () => {
    const iam = { ...management, eventSource: 'iam.amazonaws.com' };
    expect(truth({ ...iam, regions: 'us-east-1' }, { trails: [trail('us', on)] })).toBe('yes');
  });
});

describe('a bucket', () => {
  const objects = (value: string) => ({
    EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: [value] }] }],
  });
  const data = { eventCategory: 'Data' };
  const of = { of: 'AWS::S3::Bucket', name: 'b', buckets: [bucket('b')] } as const;
  test.each([
    ['arn:aws:s3:::b/', 'yes'],
    ['arn:aws:s3:::bb/', 'no'],
    ['arn:aws:s3:::b/tmp/', 'no'],
  ])('whose objects are %s: %s', (value, expected) => {
    expect(truth(data, { ...of, trails: [trail('x', { ...everywhere, ...objects(value) })] })).toBe(expected);
  });

  test('is asked about its data events, unless the class says otherwise', () => {
    const item = { ...everywhere, ...objects('arn:aws:s3:::b/') };
    expect(truth({ readOnly: false }, { ...of, trails: [trail('x', item)] })).toBe('yes');
    expect(truth({ readOnly: false }, { ...of, trails: [trail('x', everywhere)] })).toBe('no');
    expect(truth({ eventCategory: 'NetworkActivity' }, { ...of, trails: [trail('x', item)] })).toBe('no');
    expect(truth({ eventCategory: ['Data', 'NetworkActivity'] }, { ...of, trails: [trail('x', item)] })).toBe('no');
  });

  test('of which nobody knows where it is', () => {
    expect(brief(ask(data, { ...of, buckets: [{ Name: 'b' }] }))).toEqual([
      'unknown',
      'BucketRegion: nothing says which region the bucket is in',
    ]);
    const gaps = [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::b', error: 'AccessDenied' }];
    expect(
      brief(
        ask(data, { of: 'AWS::S3::Bucket', name: 'b', trails: [trail('x', { S3BucketName: 'b' })], more: { gaps } }),
      ),
    ).toEqual(['unknown', 'region: AccessDenied']);
  });
});
