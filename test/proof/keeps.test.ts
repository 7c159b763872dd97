import { describe, expect, test } from 'vitest';
import { keeps } from '../../src/proof/keeps.ts';
import type { KeepsQuestion } from '../../src/proof/retention.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const management = { eventCategory: 'Management' };
const base: KeepsQuestion = { atLeast: 365, measure: 'current', places: ['bucket'], events: [management] };
const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const short = { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Expiration: { Days: 30 } }] } };

type Types = Parameters<typeof resourceOf>[1];
const ask = (snapshot: Snapshot, type: Types, question: Partial<KeepsQuestion> = {}, name?: string) =>
  keeps(resourceOf(snapshot, type, name), { ...base, ...question }, '', { now: undefined, thorough: 'no' });

describe('a trail', () => {
  const both = { S3BucketName: 'logs', CloudWatchLogsLogGroupArn: `${group}:*` };
  const of = (
    item: object,
    question: Partial<KeepsQuestion> = {},
    {
      bucketItem = {},
      groupItem = {},
      more = {},
    }: { readonly bucketItem?: object; readonly groupItem?: object; readonly more?: Partial<Snapshot> } = {},
  ) =>
    ask(
      snapshotWith(
        {
          'AWS::CloudTrail::Trail': [trail('main', item)],
          'AWS::S3::Bucket': [bucket('logs', bucketItem)],
          'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', ...groupItem }],
        },
        more,
      ),
      'AWS::CloudTrail::Trail',
      question,
    );
  test('its own files alone count, those of others in the bucket do not', () => {
    const filter = (Prefix: string) => ({
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Expiration: { Days: 30 }, Filter: { Prefix } }] },
    });
    expect(brief(of(both, {}, { bucketItem: filter('other/') }))).toEqual([
      'yes',
      'bucket: "arn:aws:s3:::logs"',
      'bucket.LifecycleConfiguration: kept for ever, at least 365 days are asked for',
    ]);
    expect(of({ ...both, S3KeyPrefix: 'other' }, {}, { bucketItem: filter('other/') }).truth).toBe('no');
    const organization = { ...both, IsOrganizationTrail: true };
    expect(brief(of(organization, {}, { bucketItem: filter('AWSLogs/o-a/') })).at(-1)).toBe(
      'IsOrganizationTrail: which organization it is of is not known',
    );
  });
  test('in its bucket, its log group, or either', () => {
    expect(of(both).truth).toBe('yes');
    expect(of(both, {}, { bucketItem: short }).truth).toBe('no');
    expect(of(both, { places: ['logGroup'] }, { bucketItem: short }).truth).toBe('yes');
    expect(of(both, { places: ['logGroup'] }, { groupItem: { RetentionInDays: 7 } }).truth).toBe('no');
    expect(of(both, { places: ['bucket', 'logGroup'] }, { bucketItem: short }).truth).toBe('yes');
    expect(
      of(both, { places: ['bucket', 'logGroup'] }, { bucketItem: short, groupItem: { RetentionInDays: 7 } }).truth,
    ).toBe('no');
  });
  test('in its log group go no large events, and perhaps no network activity (aws-semantics §2.11)', () => {
    const inGroup = (events: KeepsQuestion['events'], item: object = {}) =>
      brief(of({ ...both, ...item }, { places: ['logGroup'], events }));
    const network = {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['NetworkActivity'] }] }],
    };
    expect(inGroup([management])).toEqual([
      'yes',
      'logGroup: events of more than 256 KB do not reach it',
      'logGroup.RetentionInDays: "for ever"',
    ]);
    const conflict = 'logGroup: whether network activity reaches log groups the documents do not agree on';
    expect(inGroup([], network)).toEqual(['unknown', conflict]);
    expect(inGroup([{ eventCategory: 'NetworkActivity' }], network)).toEqual(['unknown', conflict]);
    expect(inGroup([management], network)[0]).toBe('yes');
    expect(inGroup([{ eventCategory: 'NetworkActivity' }])).toEqual([
      'no',
      'logGroup: the trail writes no such events',
    ]);
  });
  test('never in an event data store', () => {
    expect(brief(of(both, { places: ['eventDataStore'] }))).toEqual([
      'no',
      'eventDataStore: a trail writes to no event data store',
    ]);
    expect(of(both, { places: ['eventDataStore', 'bucket'] }).truth).toBe('yes');
  });
  test('that writes nowhere', () => {
    expect(of({}, { places: ['logGroup'] })).toEqual({
      truth: 'no',
      evidence: [
        {
          path: 'logGroup',
          expected: 'exists',
          actual: 'none',
          from: 'cloudtrail:DescribeTrails',
          resource: trailArn('main'),
        },
      ],
      changes: [],
    });
    expect(
      ask(
        snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'gone' })] }),
        'AWS::CloudTrail::Trail',
      ).truth,
    ).toBe('no');
  });
  test('whose bucket is not known', () => {
    const gaps = [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::far', error: 'AccessDenied' }];
    expect(of({ S3BucketName: 'far' }, {}, { more: { gaps } })).toEqual({
      truth: 'unknown',
      evidence: [
        {
          path: 'bucket',
          from: 'cloudtrail:DescribeTrails',
          resource: trailArn('main'),
          gap: { ...gaps[0], action: 's3:ListBucket' },
        },
      ],
      changes: [],
    });
  });
});

test('a log group, and an event data store, by what they are set to', () => {
  const snapshot = snapshotWith({
    'AWS::CloudTrail::Trail': [trail('main', { CloudWatchLogsLogGroupArn: `${group}:*` })],
    'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', RetentionInDays: 365 }],
    'AWS::CloudTrail::EventDataStore': [
      {
        EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`,
        Name: 'lake',
        RetentionPeriod: 364,
      },
    ],
  });
  expect(brief(ask(snapshot, 'AWS::Logs::LogGroup'))).toEqual(['yes', 'RetentionInDays: 365']);
  expect(brief(ask(snapshot, 'AWS::CloudTrail::EventDataStore'))).toEqual(['no', 'RetentionPeriod: 364']);
});

test('where the trail leads is what its pointer says', () => {
  const snapshot = snapshotWith({
    'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs' })],
    'AWS::S3::Bucket': [bucket('logs', short)],
  });
  const { evidence } = ask(snapshot, 'AWS::CloudTrail::Trail');
  expect(evidence[0]).toMatchObject({
    path: 'bucket.LifecycleConfiguration',
    expected: { atLeast: 365 },
    actual: 30,
    resource: 'arn:aws:s3:::logs',
  });
  expect(ask(snapshot, 'AWS::CloudTrail::Trail', { atLeast: 30 }).evidence[0]).toMatchObject({
    resource: trailArn('main'),
    from: 'cloudtrail:DescribeTrails',
  });
});
