import { describe, expect, test } from 'vitest';
import { delivers } from '../../src/proof/delivery.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

type Statement = Readonly<Record<string, unknown>>;
const service = { Service: 'cloudtrail.amazonaws.com' };
const acl: Statement = {
  Effect: 'Allow',
  Principal: service,
  Action: 's3:GetBucketAcl',
  Resource: 'arn:aws:s3:::logs',
};
const put = (more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: service,
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::logs/AWSLogs/${home}/*`,
  Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trailArn('main') } },
  ...more,
});
const deny = (more: Statement): Statement => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
  ...more,
});
const source = (operator: string, value: string) => ({
  Condition: { [operator]: { 'aws:SourceArn': value } },
});

const variable = ['$', '{aws:SourceAccount}'].join('');
const keyArn = `arn:aws:kms:us-east-1:${home}:key/k`;
interface Setting {
  readonly trail?: object;
  readonly bucket?: object;
  readonly policy?: readonly Statement[] | string | Statement;
  readonly key?: object;
  readonly more?: Partial<Snapshot>;
}

function ask({ trail: ofTrail = {}, bucket: ofBucket = {}, policy = [acl, put()], key, more = {} }: Setting) {
  const text = typeof policy === 'string' ? policy : JSON.stringify({ Version: '2012-10-17', Statement: policy });
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': [
        trail('main', {
          S3BucketName: 'logs',
          Status: { IsLogging: true },
          ...(key && { KmsKeyId: keyArn }),
          ...ofTrail,
        }),
      ],
      'AWS::S3::Bucket': [bucket('logs', { Policy: text, ...ofBucket })],
      'AWS::KMS::Key': key ? [{ Arn: keyArn, KeyId: 'k', KeyState: 'Enabled', ...key }] : [],
    },
    more,
  );
  return delivers(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), '', { now: undefined, thorough: 'no' });
}
const said = (setting: Setting) => brief(ask(setting));
const truth = (setting: Setting) => ask(setting).truth;

describe('the tricky policies (aws-semantics §4.3)', () => {
  const organization = { IsOrganizationTrail: true };
  const member = 'o-exampleorgid';
  const encryption = deny({
    Action: 's3:PutObject',
    Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  });
  const keyPolicy = JSON.stringify({
    Statement: { Effect: 'Allow', Principal: service, Action: 'kms:GenerateDataKey*', Resource: '*' },
  });
  const unlessOrg = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } };
  test.each<[string, Setting, string]>([
    ['P1: the standard two statements', {}, 'yes'],
    ['P2: of another trail', { policy: [acl, put(source('StringEquals', trailArn('former')))] }, 'no'],
    [
      'P3: a wildcard that is none',
      { policy: [acl, put(source('StringEquals', `arn:aws:cloudtrail:*:${home}:trail/*`))] },
      'no',
    ],
    [
      'P3: in StringLike it is one',
      { policy: [acl, put(source('StringLike', `arn:aws:cloudtrail:*:${home}:trail/*`))] },
      'yes',
    ],
    [
      'P3: in ArnEquals too',
      { policy: [acl, put(source('ArnEquals', `arn:aws:cloudtrail:*:${home}:trail/*`))] },
      'yes',
    ],
    ['P4: without the prefix', { trail: { S3KeyPrefix: 'p' } }, 'no'],
    [
      'P4: with it',
      { trail: { S3KeyPrefix: 'p' }, policy: [acl, put({ Resource: `arn:aws:s3:::logs/p/AWSLogs/${home}/*` })] },
      'yes',
    ],
    ['P5: everything in the bucket', { policy: [acl, put({ Resource: 'arn:aws:s3:::logs/*' })] }, 'yes'],
    ['P6: an organization trail writes elsewhere', { trail: organization }, 'no'],
    [
      'P6: below an id that may be its own',
      { trail: organization, policy: [acl, put({ Resource: `arn:aws:s3:::logs/AWSLogs/${member}/*` })] },
      'unknown',
    ],
    [
      'P6: wherever it writes',
      { trail: organization, policy: [acl, put({ Resource: 'arn:aws:s3:::logs/AWSLogs/*' })] },
      'yes',
    ],
    [
      'P7: not without TLS',
      { policy: [acl, put(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
      'yes',
    ],
    ['P8: the organization alone', { policy: [acl, put(), deny({ Condition: unlessOrg })] }, 'no'],
    [
      'P8: the organization and services',
      { policy: [acl, put(), deny({ Condition: { ...unlessOrg, Bool: { 'aws:PrincipalIsAWSService': 'false' } } })] },
      'yes',
    ],
    [
      'P8: the organization, if there is one',
      { policy: [acl, put(), deny({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })] },
      'no',
    ],
    ['P9: SSE-KMS or nothing, of a trail without key', { policy: [acl, put(), encryption] }, 'unknown'],
    ['P9: of a trail with one', { policy: [acl, put(), encryption], key: { Policy: keyPolicy } }, 'yes'],
    [
      'P10: from one endpoint alone',
      { policy: [acl, put(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })] },
      'no',
    ],
    [
      'P11: NotPrincipal',
      {
        policy: [
          acl,
          put(),
          { ...deny({}), Principal: undefined, NotPrincipal: { AWS: [`arn:aws:iam::${home}:root`] } },
        ],
      },
      'no',
    ],
    [
      'P12: the accounts of former days',
      { policy: [acl, put({ Principal: { AWS: ['arn:aws:iam::903692715234:root'] } })] },
      'unknown',
    ],
    ['P13: without GetBucketAcl', { policy: [put()] }, 'no'],
    ['P14: without a condition', { policy: [acl, put({ Condition: undefined })] }, 'yes'],
    [
      'P15: of one account',
      { policy: [acl, put({ Condition: { StringEquals: { 'aws:SourceAccount': home } } })] },
      'yes',
    ],
    ['P16: anybody, from this trail', { policy: [{ ...acl, Principal: '*' }, put({ Principal: '*' })] }, 'yes'],
    ['P17: nobody may delete', { policy: [acl, put(), deny({ Action: 's3:DeleteObject*' })] }, 'yes'],
    ['one statement, not in a list', { policy: { ...acl, Action: 's3:*', Resource: '*' } }, 'yes'],
    ['actions in any case, questions in them', { policy: [acl, put({ Action: ['S3:put?bject'] })] }, 'yes'],
    ['NotAction', { policy: [acl, put({ Action: undefined, NotAction: 's3:Delete*' })] }, 'yes'],
    [
      'an operator that nobody knows',
      { policy: [acl, put({ Condition: { StringResembles: { a: 'b' } } })] },
      'unknown',
    ],
    ['a key that nobody knows', { policy: [acl, put({ Condition: { StringEquals: { 'aws:New': 'b' } } })] }, 'unknown'],
    ['a variable', { policy: [acl, put({ Resource: `arn:aws:s3:::logs/AWSLogs/${variable}/*` })] }, 'yes'],
    ['no JSON', { policy: '{' }, 'unknown'],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });

  test('the statement that decides is named', () => {
    const sid = { Sid: 'OnlyUs', Condition: unlessOrg };
    expect(said({ policy: [acl, put(), deny(sid)] }).slice(0, 2)).toEqual([
      'no',
      'bucket.Policy: statement 3 (OnlyUs) denies s3:GetBucketAcl on arn:aws:s3:::logs',
    ]);
    expect(said({ policy: [acl, put(), encryption] })).toEqual([
      'unknown',
      'bucket.Policy: whether statement 3 applies to s3:PutObject on ' +
        `arn:aws:s3:::logs/AWSLogs/${home}/CloudTrail/us-east-1/2030/01/01/file.json.gz depends on ` +
        'StringNotEquals s3:x-amz-server-side-encryption',
    ]);
    expect(said({ policy: '{' })).toEqual([
      'unknown',
      'bucket.Policy: the policy is not valid JSON at column 2: the file ends where a property name in double quotes ' +
        'or } should stand',
    ]);
  });
});

describe('trails (aws-semantics §1.7)', () => {
  const unread = (operation: string, resource: string): Partial<Snapshot> => ({
    gaps: [{ operation, resource, error: 'AccessDenied' }],
  });
  test.each<[string, Setting, readonly string[]]>([
    ['T5: stopped', { trail: { Status: { IsLogging: false } } }, ['no', 'Status.IsLogging: false']],
    [
      'T6: the last delivery failed',
      { trail: { Status: { IsLogging: true, LatestDeliveryError: 'AccessDenied' } } },
      ['no', 'Status.LatestDeliveryError: "AccessDenied"'],
    ],
    ['T7: the bucket is gone', { trail: { S3BucketName: 'gone' } }, ['no', 'bucket: the bucket does not exist']],
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
  ])('%s', (_, setting, expected) => {
    expect(said(setting)).toEqual(expected);
  });

  test('in another partition', () => {
    const arn = `arn:aws-us-gov:cloudtrail:us-gov-west-1:${home}:trail/main`;
    const policy = { Effect: 'Allow', Principal: service, Action: 's3:*', Resource: ['arn:aws-us-gov:s3:::logs*'] };
    const more = { account: { id: home, partition: 'aws-us-gov' }, regions: ['us-gov-west-1'] };
    expect(truth({ trail: { TrailARN: arn, HomeRegion: 'us-gov-west-1' }, policy, more })).toBe('yes');
    expect(truth({ trail: { TrailARN: arn, HomeRegion: 'us-gov-west-1' }, policy: [acl, put()], more })).toBe('no');
  });
});

describe('keys (aws-semantics §8)', () => {
  const allowed = (more: Statement = {}) => ({
    Policy: JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: service, Action: 'kms:GenerateDataKey*', Resource: '*', ...more }],
    }),
  });
  const context = (operator: string) => ({
    Condition: {
      [operator]: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${home}:trail/*` },
    },
  });
  test.each<[string, Setting, string]>([
    ['an enabled key whose policy allows it', { key: allowed() }, 'yes'],
    ['K1: disabled', { key: { ...allowed(), KeyState: 'Disabled' } }, 'no'],
    ['pending deletion', { key: { ...allowed(), KeyState: 'PendingDeletion' } }, 'no'],
    ['being made', { key: { ...allowed(), KeyState: 'Creating' } }, 'unknown'],
    ['asymmetric', { key: { ...allowed(), KeySpec: 'RSA_2048' } }, 'no'],
    ['K2: in another region than the bucket', { key: allowed(), bucket: { BucketRegion: 'eu-west-1' } }, 'no'],
    ['K3: a wildcard that is none', { key: allowed(context('StringEquals')) }, 'no'],
    ['K3: in StringLike it is one', { key: allowed(context('StringLike')) }, 'yes'],
    ['of another trail', { key: allowed({ Condition: { StringEquals: { 'aws:SourceArn': trailArn('x') } } }) }, 'no'],
    ['that nobody lets CloudTrail use', { key: allowed({ Principal: { AWS: `arn:aws:iam::${home}:root` } }) }, 'no'],
    [
      'a bucket key without Decrypt',
      { key: allowed(), bucket: { Encryption: { Rules: [{ BucketKeyEnabled: true }] } } },
      'no',
    ],
    [
      'a bucket key with Decrypt',
      {
        key: allowed({ Action: ['kms:GenerateDataKey*', 'kms:Decrypt'] }),
        bucket: { Encryption: { Rules: [{ BucketKeyEnabled: true }] } },
      },
      'yes',
    ],
    ['without a policy', { key: {} }, 'unknown'],
    ['in another account', { trail: { KmsKeyId: `arn:aws:kms:us-east-1:${other}:key/k` } }, 'unknown'],
    ['that is gone', { trail: { KmsKeyId: keyArn } }, 'no'],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });
});
