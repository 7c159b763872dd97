import { describe, expect, test } from 'vitest';
import { digestsPermitted } from '../../src/proof/digests-permitted.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith, trail } from '../rules/judging.ts';
import { acl, deny, keyArn, policyOf, put, type Statement, unread } from './delivering.ts';
import { brief, resourceOf } from './viewing.ts';

const header = 's3:x-amz-server-side-encryption';
const writes = (more: Statement): Statement =>
  deny({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*', ...more });
const unless = (value: unknown, operator = 'StringNotEquals') =>
  writes({ Condition: { [operator]: { [header]: value } } });

function ask(policy: readonly Statement[] | undefined, item: object = {}, more: Partial<Snapshot> = {}) {
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs', ...item })],
      'AWS::S3::Bucket': [bucket('logs', { Policy: policy && policyOf(policy) })],
    },
    more,
  );
  return digestsPermitted(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), 'at.');
}
const withKey = { KmsKeyId: keyArn };
const organization = { IsOrganizationTrail: true };

describe('digest files, as they are encrypted (aws-semantics §4.1)', () => {
  test.each<[string, readonly Statement[] | undefined, object, string]>([
    ['nothing is asked', [acl, put()], {}, 'yes'],
    ['there is no policy', undefined, {}, 'yes'],
    ['SSE-KMS is asked for, without a key', [acl, put(), unless('aws:kms')], {}, 'no'],
    ['SSE-KMS is asked for, with a key', [acl, put(), unless('aws:kms')], withKey, 'yes'],
    ['SSE-S3 is asked for, without a key, and perhaps not named', [acl, put(), unless('AES256')], {}, 'unknown'],
    [
      'SSE-S3 is asked for where any is named',
      [acl, put(), unless('AES256', 'StringNotEqualsIfExists')],
      {},
      'unknown',
    ],
    ['SSE-S3 is asked for, with a key', [acl, put(), unless('AES256')], withKey, 'no'],
    [
      'some encryption is to be named',
      [acl, put(), writes({ Condition: { Null: { [header]: 'true' } } })],
      {},
      'unknown',
    ],
    [
      'another key is asked for',
      [acl, put(), writes({ Condition: { StringNotEquals: { [`${header}-aws-kms-key-id`]: 'other' } } })],
      withKey,
      'no',
    ],
    [
      'this key is asked for',
      [acl, put(), writes({ Condition: { StringNotEquals: { [`${header}-aws-kms-key-id`]: keyArn } } })],
      withKey,
      'yes',
    ],
    ['SSE-KMS alone is allowed', [acl, put({ Condition: { StringEquals: { [header]: 'aws:kms' } } })], {}, 'no'],
    [
      'SSE-KMS alone is allowed, with a key',
      [acl, put({ Condition: { StringEquals: { [header]: 'aws:kms' } } })],
      withKey,
      'yes',
    ],
    [
      'SSE-KMS alone is allowed here, and anything there',
      [acl, put({ Condition: { StringEquals: { [header]: 'aws:kms' } } }), put()],
      {},
      'yes',
    ],
    [
      'SSE-KMS is asked for elsewhere',
      [acl, put(), { ...unless('aws:kms'), Resource: 'arn:aws:s3:::logs/shop/*' }],
      {},
      'yes',
    ],
    [
      'SSE-KMS is asked for in digests',
      [acl, put(), { ...unless('aws:kms'), Resource: 'arn:aws:s3:::logs/*/CloudTrail-Digest/*' }],
      {},
      'no',
    ],
    [
      'SSE-KMS is asked for below an organization',
      [acl, put(), { ...unless('aws:kms'), Resource: `arn:aws:s3:::logs/AWSLogs/o-0000000000/${home}/*` }],
      organization,
      'no',
    ],
    ['something else keeps all files out', [acl], {}, 'yes'],
    ['something else denies all files', [acl, put(), deny({})], {}, 'yes'],
    [
      'who asks for it is not known',
      [
        acl,
        put(),
        writes({
          Condition: { StringNotEquals: { [header]: 'aws:kms' }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
        }),
      ],
      {},
      'unknown',
    ],
    [
      'what is allowed is not known',
      [acl, put({ Condition: { StringEquals: { [header]: 'aws:kms' }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
      withKey,
      'yes',
    ],
  ])('%s', (_, policy, item, expected) => {
    expect(ask(policy, item).truth).toBe(expected);
  });

  test('what decided it is said', () => {
    const file = `arn:aws:s3:::logs/AWSLogs/${home}/CloudTrail-Digest/us-east-1/2030/01/01/digest.json.gz`;
    expect(brief(ask([acl, put(), unless('aws:kms')]))).toEqual([
      'no',
      'at.S3BucketName: "logs"',
      `at.bucket.Policy: statement 3 denies s3:PutObject on ${file}`,
    ]);
    expect(brief(ask([acl, put(), unless('AES256')]))[1]).toBe(
      `at.bucket.Policy: whether CloudTrail names SSE-S3 is not documented; if it does, or does not: statement 3 denies s3:PutObject on ${file}`,
    );
    expect(brief(ask([acl]))[2]).toBe(
      `at.bucket.Policy: no statement denies s3:PutObject on ${file} for how it is encrypted`,
    );
  });

  test('a bucket that is gone, and one that was refused', () => {
    expect(brief(ask(undefined, { S3BucketName: 'gone' }))).toEqual([
      'no',
      'at.S3BucketName: "gone"',
      'at.bucket: the bucket does not exist',
    ]);
    expect(brief(ask(undefined, { S3BucketName: undefined }))).toEqual([
      'no',
      'at.S3BucketName: the trail names no bucket',
    ]);
    expect(brief(ask(undefined, { S3BucketName: 'far' }, unread('s3:HeadBucket', 'arn:aws:s3:::far')))).toEqual([
      'unknown',
      'at.bucket: AccessDenied',
    ]);
    expect(brief(ask(undefined, {}, unread('s3:GetBucketPolicy', 'arn:aws:s3:::logs')))).toEqual([
      'unknown',
      'at.bucket.Policy: AccessDenied',
    ]);
  });
});
