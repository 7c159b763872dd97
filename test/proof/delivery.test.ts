import { describe, expect, test } from 'vitest';
import { trailArn } from '../rules/judging.ts';
import { acl, ask, keyPolicy, link, put, type Setting, said, truth, unread } from './delivering.ts';
import { brief } from './viewing.ts';

const now = '2026-11-20T09:00:00Z';

describe('what AWS says of the last delivery (aws-semantics §1.5, §1.7)', () => {
  const status = (more: object): Setting => ({ trail: { Status: { IsLogging: true, ...more } } });

  test.each<[string, Setting, readonly string[]]>([
    ['T5: stopped', { trail: { Status: { IsLogging: false } } }, ['no', 'Status.IsLogging: false']],
    [
      'T6: the last delivery failed',
      status({ LatestDeliveryError: 'AccessDenied' }),
      ['no', 'Status.LatestDeliveryError: "AccessDenied"'],
    ],
    [
      'an error decides, however late the last file came',
      status({ LatestDeliveryError: 'NoSuchBucket', LatestDeliveryTime: '2026-11-10T09:00:00Z' }),
      ['no', 'Status.LatestDeliveryError: "NoSuchBucket"'],
    ],
    [
      'a second more than a day ago',
      status({ LatestDeliveryTime: '2026-11-19T08:59:59Z', StartLoggingTime: '2026-11-20T08:59:00Z' }),
      ['unknown', 'Status.LatestDeliveryTime: no file came in the last 24 hours: perhaps nothing happened'],
    ],
    [
      'never, though it has been logging for more than an hour',
      status({ StartLoggingTime: '2026-11-20T07:59:59Z' }),
      ['unknown', 'Status.LatestDeliveryTime: no file came in the last hour, nor before: perhaps nothing happened'],
    ],
    [
      'a status that nobody may read',
      { trail: { Status: undefined }, more: unread('cloudtrail:GetTrailStatus', trailArn('main')) },
      ['unknown', 'Status.IsLogging: AccessDenied', 'Status.LatestDeliveryError: AccessDenied'],
    ],
  ])('%s', (_, setting, expected) => {
    expect(said(setting, now)).toEqual(expected);
  });

  test.each<[string, object]>([
    ['an empty error is none', { LatestDeliveryError: '' }],
    ['exactly a day ago', { LatestDeliveryTime: '2026-11-19T09:00:00Z' }],
    ['files came long ago and since', { LatestDeliveryTime: now, StartLoggingTime: '2020-01-01T00:00:00Z' }],
    ['logging for exactly an hour', { StartLoggingTime: '2026-11-20T08:00:00Z' }],
    ['neither is said', {}],
  ])('%s', (_, more) => {
    expect(ask(status(more), now).truth).toBe('yes');
  });

  test('a status that AWS does not give says nothing of deliveries', () => {
    expect(link('delivered to', { trail: { Status: undefined } }).truth).toBe('yes');
  });

  test('without a time of collection nothing is late', () => {
    expect(truth(status({ LatestDeliveryTime: '2001-01-01T00:00:00Z' }))).toBe('yes');
  });

  test('evidence, and what would mend it', () => {
    const failed = link('delivered to', status({ LatestDeliveryError: 'AccessDenied' }));
    expect([failed.evidence, failed.changes]).toEqual([
      [
        {
          path: 'Status.LatestDeliveryError',
          actual: 'AccessDenied',
          from: 'cloudtrail:GetTrailStatus',
          resource: trailArn('main'),
        },
      ],
      [[{ resource: trailArn('main'), path: 'Status.LatestDeliveryError', set: null }]],
    ]);
    const late = status({ LatestDeliveryTime: '2026-11-01T00:00:00Z' });
    expect(ask(late, now).evidence).toEqual([
      {
        path: 'Status.LatestDeliveryTime',
        actual: '2026-11-01T00:00:00Z',
        from: 'cloudtrail:GetTrailStatus',
        resource: trailArn('main'),
        note: 'no file came in the last 24 hours: perhaps nothing happened',
      },
    ]);
  });
});

test('every link has to hold, the first broken one first', () => {
  const broken: Setting = {
    trail: { Status: { IsLogging: false, LatestDeliveryError: 'AccessDenied' } },
    policy: [put()],
    key: { ...keyPolicy(), KeyState: 'Disabled' },
  };
  expect(said(broken)).toEqual([
    'no',
    'Status.IsLogging: false',
    'Status.LatestDeliveryError: "AccessDenied"',
    'bucket.Policy: no statement allows s3:GetBucketAcl on arn:aws:s3:::logs',
    'key.KeyState: "Disabled"',
  ]);
  expect(truth({ key: { ...keyPolicy(), KeyState: 'Disabled' } })).toBe('no');
  expect(truth({ policy: [acl] })).toBe('no');
  expect(truth({ key: keyPolicy() })).toBe('yes');
});

describe('the bucket (aws-semantics §4.3)', () => {
  test.each<[string, Setting, readonly string[]]>([
    ['T7: is gone', { trail: { S3BucketName: 'gone' } }, ['no', 'bucket: the bucket does not exist']],
    [
      'T7: and AWS says so',
      {
        trail: { S3BucketName: 'gone' },
        more: {
          operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 's3:HeadBucket'],
          absent: [{ resource: 'arn:aws:s3:::gone', operation: 's3:HeadBucket', error: 'NotFound' }],
        },
      },
      ['no', 'bucket: the bucket does not exist'],
    ],
    ['none is named', { trail: { S3BucketName: undefined } }, ['no', 'bucket: the trail names no bucket']],
    [
      'that nobody may look up',
      { trail: { S3BucketName: 'central' }, more: unread('s3:HeadBucket', 'arn:aws:s3:::central') },
      ['unknown', 'bucket: AccessDenied'],
    ],
    [
      'a policy that nobody may read',
      { bucket: { Policy: undefined }, more: unread('s3:GetBucketPolicy', 'arn:aws:s3:::logs') },
      ['unknown', 'bucket.Policy: AccessDenied'],
    ],
    [
      'no policy',
      { bucket: { Policy: undefined } },
      ['no', 'bucket.Policy: without a bucket policy CloudTrail may not write'],
    ],
    [
      'requesters pay',
      { bucket: { RequestPayment: { Payer: 'Requester' } } },
      ['no', 'bucket.RequestPayment.Payer: "Requester"'],
    ],
    [
      'nobody may ask who pays',
      { more: unread('s3:GetBucketRequestPayment', 'arn:aws:s3:::logs') },
      ['unknown', 'bucket.RequestPayment.Payer: AccessDenied'],
    ],
  ])('%s', (_, setting, expected) => {
    expect(said(setting)).toEqual(expected);
  });

  test('that is gone is named by the trail', () => {
    expect(link('delivered to', { trail: { S3BucketName: 'gone' } }).evidence).toEqual([
      {
        path: 'bucket',
        actual: 'gone',
        from: 'cloudtrail:DescribeTrails',
        resource: trailArn('main'),
        note: 'the bucket does not exist',
      },
    ]);
    expect(link('delivered to', { trail: { S3BucketName: undefined } }).evidence[0]?.actual).toBeUndefined();
  });

  test('which IAM actions would tell', () => {
    const lookup = unread('s3:HeadBucket', 'arn:aws:s3:::c');
    expect(ask({ trail: { S3BucketName: 'c' }, more: lookup }).evidence).toEqual([
      {
        path: 'bucket',
        from: 'cloudtrail:DescribeTrails',
        resource: trailArn('main'),
        gap: { ...lookup.gaps?.[0], action: 's3:ListBucket' },
      },
    ]);
    const payment = unread('s3:GetBucketRequestPayment', 'arn:aws:s3:::logs');
    expect(ask({ more: payment }).evidence[0]?.from).toBe('s3:GetBucketRequestPayment');
    const asked = (more: Setting['more'], extra: Setting = {}) =>
      ask({ ...extra, ...(more && { more }) }).evidence.map(({ gap }) => gap?.action);
    expect(asked(unread('s3:GetBucketRequestPayment', 'arn:aws:s3:::logs'))).toEqual(['s3:GetBucketRequestPayment']);
    expect(asked(unread('s3:GetBucketPolicy', 'arn:aws:s3:::logs'), { bucket: { Policy: undefined } })).toEqual([
      's3:GetBucketPolicy',
    ]);
    expect(asked(unread('s3:HeadBucket', 'arn:aws:s3:::c'), { trail: { S3BucketName: 'c' } })).toEqual([
      's3:ListBucket',
    ]);
  });

  test('who pays and who may write are both said', () => {
    expect(said({ policy: [put()], bucket: { RequestPayment: { Payer: 'Requester' } } })).toEqual([
      'no',
      'bucket.RequestPayment.Payer: "Requester"',
      'bucket.Policy: no statement allows s3:GetBucketAcl on arn:aws:s3:::logs',
    ]);
  });

  test('whose owner pays', () => {
    const owner = link('delivered to', { bucket: { RequestPayment: { Payer: 'BucketOwner' } } });
    expect(brief(owner)).toContain('bucket.RequestPayment.Payer: "BucketOwner"');
    const requester = link('delivered to', { bucket: { RequestPayment: { Payer: 'Requester' } } });
    expect(requester.evidence).toEqual([
      {
        path: 'bucket.RequestPayment.Payer',
        actual: 'Requester',
        from: 's3:GetBucketRequestPayment',
        resource: 'arn:aws:s3:::logs',
      },
    ]);
    expect(requester.changes).toEqual([
      [{ resource: 'arn:aws:s3:::logs', path: 'RequestPayment.Payer', set: 'BucketOwner' }],
    ]);
  });
});
