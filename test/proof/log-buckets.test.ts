import { expect, test } from 'vitest';
import { namingsOf } from '../../src/proof/log-buckets.ts';
import { readRecords } from '../../src/proof/records.ts';
import { bucket, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { type Asked, advanced, ask, category, everywhere, type Item, truth } from './asking-records.ts';
import { brief, resourceOf } from './viewing.ts';

const logging = (TargetBucket: string) => ({ Logging: { LoggingEnabled: { TargetBucket } } });
const replicating = (Bucket: string, Status = 'Enabled') => ({
  Replication: { Rules: [{ Status, Destination: { Bucket } }] },
});
const writes = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object', readOnly: false };
const question = { every: writes, except: 'logBuckets' };
const leavingOut = (...names: readonly string[]): Item =>
  trail('main', {
    ...everywhere,
    S3BucketName: 'logs',
    ...advanced(
      category('Data'),
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      {
        Field: 'resources.ARN',
        NotStartsWith: names.map((name) => `arn:aws:s3:::${name}`),
      },
    ),
  });
const asked = (trails: readonly Item[], logs: object = {}, more: Asked['more'] = {}): Asked => ({
  trails,
  buckets: [bucket('logs', logs)],
  more,
});
const denied = (operation: string) => ({ gaps: [{ operation, resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }] });

test('a question excepts only what it says', () => {
  expect(readRecords(question)).toEqual({ how: 'every', classes: [writes], except: 'logBuckets' });
  expect(readRecords({ every: writes })).toEqual({ how: 'every', classes: [writes] });
  expect(readRecords({ ...writes })).toEqual({ how: 'every', classes: [writes] });
});

test.each<[string, readonly string[], object, string]>([
  ['its own bucket', ['logs/'], {}, 'yes'],
  ['a folder of it', ['logs/AWSLogs/'], {}, 'yes'],
  ['whose name begins so', ['logs'], {}, 'no'],
  ['another bucket', ['payroll/'], {}, 'no'],
  ['another bucket besides', ['logs/', 'payroll/'], {}, 'no'],
  ['where access to it is logged', ['access/'], logging('access'), 'yes'],
  ['where it is copied', ['copies/'], replicating('arn:aws:s3:::copies'), 'yes'],
  ['where it was copied', ['copies/'], replicating('arn:aws:s3:::copies', 'Disabled'), 'no'],
  [
    'all of them',
    ['logs/', 'access/', 'copies/'],
    { ...logging('access'), ...replicating('arn:aws:s3:::copies') },
    'yes',
  ],
])('a trail that leaves out %s', (_, names, logs, expected) => {
  expect(truth(question, asked([leavingOut(...names)], logs))).toBe(expected);
  expect(truth({ every: writes }, asked([leavingOut(...names)], logs))).toBe('no');
});

test('what could not be read leaves it open, unless more is left out or it does not matter', () => {
  const said = (names: readonly string[], operation: string, logs: object = {}) =>
    brief(ask(question, asked([leavingOut(...names)], logs, denied(operation))));
  expect(said(['access/'], 's3:GetBucketLogging')).toEqual([
    'unknown',
    expect.stringContaining('bucket.Logging: AccessDenied'),
  ]);
  expect(said(['copies/'], 's3:GetBucketReplication')[0]).toBe('unknown');
  expect(said(['logs/'], 's3:GetBucketLogging')[0]).toBe('yes');
  expect(said(['access'], 's3:GetBucketLogging')[0]).toBe('no');
});

test('a trail that nobody could list may write to the bucket', () => {
  const gaps = [{ operation: 'cloudtrail:DescribeTrails', region: 'eu-west-1', error: 'AccessDenied' }];
  expect(truth(question, asked([leavingOut('payroll/')], {}, { gaps }))).toBe('unknown');
});

test('an answer rests on what shows that a bucket is one, or is none', () => {
  const paths = (names: readonly string[]) =>
    ask(question, asked([leavingOut(...names)])).evidence.map(({ path, from }) => [path, from]);
  expect(paths(['logs/'])).toContainEqual([`trails[${trailArn('main')}].S3BucketName`, 'cloudtrail:DescribeTrails']);
  expect(paths(['payroll/'])).toContainEqual([`trails[${trailArn('main')}].bucket.Logging`, 's3:GetBucketLogging']);
  expect(paths(['payroll/'])).toContainEqual(['trails', 'cloudtrail:DescribeTrails']);
});

test('the bucket that is named may be gone, or no more than named', () => {
  const namings = (more: object = {}) => {
    const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs' })] }, more);
    const found = namingsOf({ view: resourceOf(snapshot, 'AWS::CloudTrail::Trail'), prefix: '' });
    return found.map((naming) =>
      naming.is === 'named' ? [naming.evidence.path, ...naming.names] : brief(naming.answer),
    );
  };
  expect(namings()).toEqual([['S3BucketName', 'logs'], ['bucket']]);
  expect(namings(denied('s3:HeadBucket'))).toEqual([
    ['S3BucketName', 'logs'],
    ['unknown', 'bucket.Logging: AccessDenied'],
    ['unknown', 'bucket.Replication: AccessDenied'],
  ]);
});
