import { describe, expect, test } from 'vitest';
import { keeps } from '../../src/proof/keeps.ts';
import type { KeepsQuestion } from '../../src/proof/retention.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const management = { eventCategory: 'Management' };
const base: KeepsQuestion = { atLeast: 365, measure: 'current', places: ['bucket'], events: [management] };
const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const storeArn = `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`;
const short = { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Expiration: { Days: 30 } }] } };
const on = { IsMultiRegionTrail: true, Status: { IsLogging: true } };

type Types = Parameters<typeof resourceOf>[1];
const ask = (snapshot: Snapshot, type: Types, question: Partial<KeepsQuestion> = {}, name?: string) =>
  keeps(resourceOf(snapshot, type, name), { ...base, ...question }, '', { now: undefined, thorough: 'no' });

describe('a log group', () => {
  const of = (item: object, question: Partial<KeepsQuestion> = {}, more: Partial<Snapshot> = {}) =>
    ask(
      snapshotWith(
        {
          'AWS::CloudTrail::Trail': [trail('main', { CloudWatchLogsLogGroupArn: group })],
          'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', ...item }],
        },
        more,
      ),
      'AWS::Logs::LogGroup',
      question,
    );
  test('keeps for ever unless it says for how long', () => {
    expect(brief(of({}))).toEqual(['yes', 'RetentionInDays: "for ever"']);
    expect(brief(of({ RetentionInDays: 365 }))).toEqual(['yes', 'RetentionInDays: 365']);
    expect(brief(of({ RetentionInDays: 364 }))).toEqual(['no', 'RetentionInDays: 364']);
    expect(of({ RetentionInDays: 30 }).changes).toEqual([[{ resource: group, path: 'RetentionInDays', set: 365 }]]);
  });
  test('can be deleted', () => {
    expect(of({}, { measure: 'undeletable' })).toMatchObject({ truth: 'no', changes: [] });
    expect(of({}, { measure: 'undeletable', atLeast: 0 }).truth).toBe('yes');
  });
  test('that could not be read', () => {
    const gaps = [{ operation: 'logs:DescribeLogGroups', resource: group, error: 'AccessDenied' }];
    expect(brief(of({}, {}, { gaps }))).toEqual(['unknown', 'RetentionInDays: AccessDenied']);
  });
});

describe('an event data store', () => {
  const of = (item: object, question: Partial<KeepsQuestion> = {}, more: Partial<Snapshot> = {}) =>
    ask(
      snapshotWith(
        { 'AWS::CloudTrail::EventDataStore': [{ EventDataStoreArn: storeArn, Name: 'lake', ...item }] },
        more,
      ),
      'AWS::CloudTrail::EventDataStore',
      question,
    );
  test('keeps for as long as it says, and without a word not at all', () => {
    expect(of({ RetentionPeriod: 2557 }).truth).toBe('yes');
    expect(of({ RetentionPeriod: 90 }).truth).toBe('no');
    expect(of({}).truth).toBe('no');
    expect(of({ RetentionPeriod: 2557 }, { measure: 'undeletable' }).truth).toBe('no');
    expect(
      of({}, {}, { gaps: [{ operation: 'cloudtrail:GetEventDataStore', resource: storeArn, error: 'AccessDenied' }] })
        .truth,
    ).toBe('unknown');
  });
});

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
  test('never in an event data store', () => {
    expect(of(both, { places: ['eventDataStore'] }).truth).toBe('no');
  });
  test('that writes nowhere', () => {
    expect(of({}, { places: ['logGroup'] }).truth).toBe('no');
    expect(
      ask(
        snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'gone' })] }),
        'AWS::CloudTrail::Trail',
      ).truth,
    ).toBe('no');
  });
  test('whose bucket is not known', () => {
    const gaps = [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::far', error: 'AccessDenied' }];
    expect(of({ S3BucketName: 'far' }, {}, { more: { gaps } }).truth).toBe('unknown');
  });
});

describe('an account', () => {
  const store = (more: object = {}) => ({
    EventDataStoreArn: storeArn,
    Name: 'lake',
    Status: 'ENABLED',
    MultiRegionEnabled: true,
    RetentionPeriod: 2557,
    ...more,
  });
  const of = (
    trails: readonly object[],
    question: Partial<KeepsQuestion> = {},
    {
      stores = [],
      bucketItem = {},
      more = {},
    }: { readonly stores?: readonly object[]; readonly bucketItem?: object; readonly more?: Partial<Snapshot> } = {},
  ) =>
    ask(
      snapshotWith(
        {
          'AWS::CloudTrail::Trail': trails,
          'AWS::CloudTrail::EventDataStore': stores,
          'AWS::S3::Bucket': [bucket('logs', bucketItem)],
        },
        more,
      ),
      'AWS::Account',
      question,
    );
  const main = trail('main', { S3BucketName: 'logs', ...on });

  test('where one trail records it all and keeps it', () => {
    expect(of([main]).truth).toBe('yes');
    expect(of([main], {}, { bucketItem: short }).truth).toBe('no');
    expect(of([main], { events: [{ eventCategory: 'Data' }] }).truth).toBe('no');
    expect(of([]).truth).toBe('no');
  });
  test('two that keep too little keep it no longer together', () => {
    const answer = of([main, trail('second', { S3BucketName: 'logs', ...on })], {}, { bucketItem: short });
    expect(answer.truth).toBe('no');
  });
  test('two that keep a part each keep it all together (aws-semantics §2.7)', () => {
    const reads = { ...main, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] };
    const writes = trail('writes', { S3BucketName: 'logs', ...on, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] });
    expect(of([reads, writes], {}, {}).truth).toBe('yes');
    expect(of([reads, writes], {}, { bucketItem: short }).truth).toBe('no');
    expect(of([reads], {}, {}).truth).toBe('no');
  });
  test('an event data store counts where it is asked for', () => {
    expect(of([], { places: ['eventDataStore'] }, { stores: [store()] }).truth).toBe('yes');
    expect(of([], {}, { stores: [store()] }).truth).toBe('no');
    expect(of([main], { places: ['bucket', 'eventDataStore'] }, { stores: [store()], bucketItem: short }).truth).toBe(
      'yes',
    );
    expect(of([], { places: ['eventDataStore'] }, { stores: [store({ Status: 'STOPPED_INGESTION' })] }).truth).toBe(
      'no',
    );
  });
  test('of which not all trails are known', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }];
    expect(of([], {}, { more: { gaps } }).truth).toBe('unknown');
    expect(of([main], {}, { more: { gaps } }).truth).toBe('yes');
  });
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
