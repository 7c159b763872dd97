import { describe, expect, test } from 'vitest';
import { recordsItself } from '../../src/proof/records-itself.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { viewTogether } from '../../src/snapshot/run.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail } from '../rules/judging.ts';
import { advanced, category, everywhere, type Item } from './asking-records.ts';
import { brief, resourceOf } from './viewing.ts';

const objects = { Field: 'resources.type', Equals: ['AWS::S3::Object'] };
const context = { now: undefined, thorough: 'no' } as const;
const recording = (more: object = {}, ...fields: readonly object[]): Item =>
  trail('main', { ...everywhere, S3BucketName: 'logs', ...advanced(category('Data'), objects, ...fields), ...more });
const leavingOut = (...names: readonly string[]) => ({
  Field: 'resources.ARN',
  NotStartsWith: names.map((name) => `arn:aws:s3:::${name}/`),
});
const within = (folder: string) => ({ Field: 'resources.ARN', StartsWith: [`arn:aws:s3:::logs/${folder}`] });
const ask = (it: Item, buckets: readonly object[] = [bucket('logs')], more: Partial<Snapshot> = {}) => {
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [it], 'AWS::S3::Bucket': buckets }, more);
  return recordsItself(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), '', context);
};
const logging = bucket('logs', { Logging: { LoggingEnabled: { TargetBucket: 'access' } } });
const both = [logging, bucket('access')];

describe('what is written to its bucket', () => {
  test.each<[string, Item, string]>([
    ['is recorded', recording(), 'yes'],
    ['is left out', recording({}, leavingOut('logs')), 'no'],
    ['is recorded and not made events of', recording({ RecursiveLogging: false }), 'no'],
    ['is recorded and made events of', recording({ RecursiveLogging: true }), 'yes'],
    ['is recorded by nobody while it is stopped', recording({ Status: { IsLogging: false } }), 'no'],
    ['is read alone', recording({}, { Field: 'readOnly', Equals: ['true'] }), 'no'],
    ['is deleted alone', recording({}, { Field: 'eventName', Equals: ['DeleteObject', 'DeleteObjects'] }), 'no'],
    [
      'is recorded but for how CloudTrail writes',
      recording({}, { Field: 'eventName', NotEquals: ['PutObject'] }),
      'no',
    ],
    ['is recorded where CloudTrail writes nothing', recording({}, within('shop/')), 'no'],
    ['is recorded where CloudTrail writes', recording({}, within('AWSLogs/')), 'yes'],
    ['is recorded where it wrote before', recording({ S3KeyPrefix: 'new' }, within('AWSLogs/')), 'no'],
    ['is recorded where it writes now', recording({ S3KeyPrefix: 'new' }, within('new/AWSLogs/')), 'yes'],
  ])('%s', (_, it, expected) => {
    expect(ask(it).truth).toBe(expected);
  });
});

test('its access logs are another way round', () => {
  expect(ask(recording({}, leavingOut('logs')), both).truth).toBe('yes');
  expect(ask(recording({}, leavingOut('logs', 'access')), both).truth).toBe('no');
  expect(ask(recording({ RecursiveLogging: false }), both).truth).toBe('yes');
  const named = (...Equals: readonly string[]) =>
    recording({ RecursiveLogging: false }, { Field: 'eventName', Equals });
  expect(['DeleteObject', 'DeleteObjects', 'CopyObject'].map((name) => ask(named(name), both).truth)).toEqual([
    ...['no', 'no', 'yes'],
  ]);
  expect(brief(ask(recording({}, leavingOut('logs', 'access')), both))).toContain('bucket.Logging: "access"');
});

test('a bucket that is gone, or nobody knows whose it is', () => {
  expect(brief(ask(recording(), []))).toEqual([
    'no',
    'S3BucketName: "logs"',
    'bucket: logs does not exist',
    'bucket: logs does not exist',
  ]);
  const gaps = [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }];
  expect(ask(recording(), [], { gaps }).truth).toBe('unknown');
  expect(ask(recording({ IsOrganizationTrail: true }), [], { gaps }).truth).toBe('yes');
});

test("what is written to another account's bucket happens there", () => {
  const mine = snapshotWith({ 'AWS::CloudTrail::Trail': [recording()] });
  const theirs = snapshotWith({ 'AWS::S3::Bucket': [bucket('logs')] }, { account: { id: other, partition: 'aws' } });
  const [view] = viewTogether([mine, theirs], { registry: resourceTypes });
  const [seen] = view?.byType.get('AWS::CloudTrail::Trail') ?? [];
  expect(seen && brief(recordsItself(seen, '', context))).toContain(
    `bucket[arn:aws:s3:::logs]: logs belongs to account ${other}`,
  );
  expect([seen?.accountId, seen && recordsItself(seen, '', context).truth]).toEqual([home, 'no']);
});

test('whether CloudTrail leaves them out could not be read', () => {
  const gaps = [
    { operation: 'cloudtrail:DescribeTrails', resource: recording().TrailARN as string, error: 'Throttled' },
  ];
  expect(ask(recording(), [bucket('logs')], { gaps }).truth).toBe('unknown');
});
