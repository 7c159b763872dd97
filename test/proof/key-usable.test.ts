import { describe, expect, test } from 'vitest';
import { home, other, trailArn } from '../rules/judging.ts';
import { keyArn, keyPolicy, link, policyOf, type Setting, type Statement, service, unread } from './delivering.ts';
import { brief } from './viewing.ts';

const usable = (setting: Setting) => link('encrypted with', setting);
const said = (setting: Setting) => brief(usable(setting));
/** The key of a trail, with a policy that admits CloudTrail. */
const keyWith = (more: object): Setting => ({ key: { ...keyPolicy(), ...more } });
const admitting = (more: Statement): Setting => ({ key: keyPolicy(more) });
const context = (operator: string, value: string) => ({
  Condition: { [operator]: { 'kms:EncryptionContext:aws:cloudtrail:arn': value } },
});
const anyTrail = `arn:aws:cloudtrail:*:${home}:trail/*`;

describe('key states (aws-semantics §8)', () => {
  test.each([
    ['Enabled', 'yes'],
    ['Disabled', 'no'],
    ['PendingDeletion', 'no'],
    ['PendingReplicaDeletion', 'no'],
    ['PendingImport', 'no'],
    ['Unavailable', 'no'],
    ['Creating', 'unknown'],
    ['Updating', 'unknown'],
    ['SomethingNew', 'unknown'],
    [undefined, 'unknown'],
  ])('%s', (KeyState, expected) => {
    expect(usable(keyWith({ KeyState })).truth).toBe(expected);
  });

  test('K1: disabled, whatever the last delivery said: and what would mend it', () => {
    const disabled = usable(keyWith({ KeyState: 'Disabled' }));
    expect([disabled.evidence, disabled.changes]).toEqual([
      [{ path: 'key.KeyState', expected: 'Enabled', actual: 'Disabled', from: 'kms:DescribeKey', resource: keyArn }],
      [[{ resource: keyArn, path: 'KeyState', set: 'Enabled' }]],
    ]);
  });

  test('what is not known is said', () => {
    expect(said(keyWith({ KeyState: 'Creating' }))).toEqual([
      'unknown',
      'key.KeyState: a key whose KeyState is Creating may not be usable',
    ]);
    expect(said(keyWith({ KeyState: undefined }))).toEqual([
      'unknown',
      'key.KeyState: a key whose KeyState is not said may not be usable',
    ]);
  });
});

describe('what a key is', () => {
  test.each([
    [{ KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', KeyManager: 'CUSTOMER' }, 'yes'],
    [{ KeySpec: 'RSA_2048' }, 'no'],
    [{ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, 'no'],
    [{ KeySpec: 'SYMMETRIC_NEXT' }, 'unknown'],
    [{ KeyUsage: 'SIGN_VERIFY' }, 'no'],
    [{ KeyUsage: 'SOMETHING_NEW' }, 'unknown'],
    [{ KeyManager: 'AWS' }, 'no'],
  ])('%j', (more, expected) => {
    expect(usable(keyWith(more)).truth).toBe(expected);
  });

  test('K4: one of AWS is named as such, and nobody can change it', () => {
    const ofAws = usable(keyWith({ KeyManager: 'AWS' }));
    expect([ofAws.evidence, ofAws.changes]).toEqual([
      [{ path: 'key.KeyManager', expected: 'CUSTOMER', actual: 'AWS', from: 'kms:DescribeKey', resource: keyArn }],
      [],
    ]);
  });
});

describe('where a key is', () => {
  const elsewhere = { bucket: { BucketRegion: 'eu-west-1' } };

  test('K2: in another region than the bucket', () => {
    const far = usable({ ...keyWith({}), ...elsewhere });
    expect([far.truth, far.evidence]).toEqual([
      'no',
      [{ path: 'key.region', expected: 'eu-west-1', actual: 'us-east-1', resource: keyArn }],
    ]);
  });

  test('a bucket whose region is not known', () => {
    const bucket = { BucketRegion: undefined };
    expect(usable({ ...keyWith({}), bucket }).truth).toBe('yes');
    const more = unread('s3:HeadBucket', 'arn:aws:s3:::logs');
    expect(said({ ...keyWith({}), bucket, more })).toEqual(['unknown', 'bucket.BucketRegion: AccessDenied']);
  });

  test.each<[string, Setting, readonly string[]]>([
    [
      'K5: in another account',
      { trail: { KmsKeyId: `arn:aws:kms:us-east-1:${other}:key/k` } },
      ['unknown', 'key: OtherAccount'],
    ],
    ['gone', { trail: { KmsKeyId: keyArn } }, ['no', 'key: the key does not exist']],
    ['an alias', { trail: { KmsKeyId: 'alias/trail' } }, ['unknown', 'key: AliasNotResolved']],
    ['none', {}, ['yes', 'KmsKeyId: SSE-S3, without a key of its own']],
    [
      'that nobody may describe',
      { trail: { KmsKeyId: keyArn }, more: unread('kms:DescribeKey', keyArn) },
      ['unknown', 'key: AccessDenied'],
    ],
    [
      'described in part',
      { key: { ...keyPolicy(), KeyState: undefined }, more: unread('kms:DescribeKey', keyArn) },
      ['unknown', ...['KeyState', 'KeySpec', 'KeyUsage', 'KeyManager'].map((name) => `key.${name}: AccessDenied`)],
    ],
  ])('%s', (_, setting, expected) => {
    expect(said(setting)).toEqual(expected);
  });

  test('what the trail says of it is evidence, and what refused it', () => {
    const from = 'cloudtrail:DescribeTrails';
    expect(usable({}).evidence).toEqual([
      { path: 'KmsKeyId', from, resource: trailArn('main'), note: 'SSE-S3, without a key of its own' },
    ]);
    const refused = unread('kms:DescribeKey', keyArn);
    const gap = { ...refused.gaps?.[0], action: 'kms:DescribeKey' };
    expect(usable({ trail: { KmsKeyId: keyArn }, more: refused }).evidence).toEqual([
      { path: 'key', from, resource: trailArn('main'), gap },
    ]);
    const inPart = { key: { ...keyPolicy(), KeyState: undefined }, more: refused };
    expect(usable(inPart).evidence[0]).toEqual({
      path: 'key.KeyState',
      from: 'kms:DescribeKey',
      resource: keyArn,
      gap,
    });
  });

  test('one that is gone is named by the trail', () => {
    expect(usable({ trail: { KmsKeyId: keyArn } }).evidence).toEqual([
      {
        path: 'key',
        actual: keyArn,
        from: 'cloudtrail:DescribeTrails',
        resource: trailArn('main'),
        note: 'the key does not exist',
      },
    ]);
  });
});

describe('key policies', () => {
  test.each<[string, Setting, string]>([
    ['that admits CloudTrail', admitting({}), 'yes'],
    ['K3: a wildcard that is none', admitting(context('StringEquals', anyTrail)), 'no'],
    ['K3: in StringLike it is one', admitting(context('StringLike', anyTrail)), 'yes'],
    ['of this trail', admitting(context('StringEquals', trailArn('main'))), 'yes'],
    ['of another trail', admitting({ Condition: { StringEquals: { 'aws:SourceArn': trailArn('x') } } }), 'no'],
    ['of this account', admitting({ Condition: { StringEquals: { 'aws:SourceAccount': home } } }), 'yes'],
    ['of its own account alone', admitting({ Principal: { AWS: `arn:aws:iam::${home}:root` } }), 'no'],
    ['of another key', admitting({ Resource: `${keyArn}2` }), 'no'],
    [
      'whoever calls: as whom CloudTrail does is not documented',
      admitting({ Condition: { StringEquals: { 'kms:CallerAccount': home } } }),
      'unknown',
    ],
    ['that says nothing of DescribeKey', { key: keyPolicy({}, ['kms:GenerateDataKey*', 'kms:ReEncrypt*']) }, 'unknown'],
    ['that names its actions in full', { key: keyPolicy({}, ['kms:GenerateDataKey', 'kms:DescribeKey']) }, 'yes'],
    ['that denies what AWS requires beside', admitting({ Action: ['kms:*'], Effect: 'Deny' }), 'no'],
    [
      'that lets describe for an encryption context, which that request does not have',
      {
        key: {
          Policy: policyOf({
            Effect: 'Allow',
            Principal: service,
            Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
            Resource: '*',
            ...context('StringLike', anyTrail),
          }),
        },
      },
      'unknown',
    ],
    [
      'without Version, and one statement',
      {
        key: { Policy: JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } }) },
      },
      'yes',
    ],
    [
      'that lets describe without an encryption context',
      {
        key: {
          Policy: policyOf([
            { Effect: 'Allow', Principal: service, Action: 'kms:GenerateDataKey', Resource: '*' },
            {
              Effect: 'Allow',
              Principal: service,
              Action: 'kms:DescribeKey',
              Resource: '*',
              Condition: { Null: { 'kms:EncryptionContextKeys': 'true' } },
            },
          ]),
        },
      },
      'yes',
    ],
    ['none', { key: {} }, 'unknown'],
  ])('%s', (_, setting, expected) => {
    expect(usable(setting).truth).toBe(expected);
  });

  test('the statement is named, or why there is none', () => {
    expect(said(admitting({}))).toEqual([
      'yes',
      'key.KeyState: "Enabled"',
      'key.KeySpec: undefined',
      'key.KeyUsage: undefined',
      'key.KeyManager: undefined',
      'key.region: "us-east-1"',
      `key.Policy: statement 1 allows kms:GenerateDataKey on ${keyArn}`,
      'bucket.Encryption.Rules: no S3 Bucket Key',
      `key.Policy: statement 2 allows kms:DescribeKey on ${keyArn}`,
    ]);
    expect(said({ key: {} })).toEqual(['unknown', 'key.Policy: every key has a policy, and none is here']);
    expect(said({ key: { Policy: '[]' } })).toEqual(['unknown', 'key.Policy: the policy is not a JSON object']);
    expect(said({ key: {}, more: unread('kms:GetKeyPolicy', keyArn) })).toEqual([
      'unknown',
      'key.Policy: AccessDenied',
    ]);
    expect(said({ key: keyPolicy({}, ['kms:GenerateDataKey*', 'kms:ReEncrypt*']) })).toEqual([
      'unknown',
      `key.Policy: no statement allows kms:DescribeKey on ${keyArn}`,
    ]);
  });
});

describe('with an S3 Bucket Key CloudTrail decrypts as well (aws-semantics §4.1)', () => {
  const withKey = { Encryption: { Rules: [{ BucketKeyEnabled: true }] } };
  const decrypting = { key: keyPolicy({}, ['kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:Decrypt']) };
  const encryptionRefused = unread('s3:GetBucketEncryption', 'arn:aws:s3:::logs');

  test.each<[string, Setting, string]>([
    ['which the policy does not allow', { ...admitting({}), bucket: withKey }, 'no'],
    ['which it allows', { ...decrypting, bucket: withKey }, 'yes'],
    [
      'in its second rule',
      { ...admitting({}), bucket: { Encryption: { Rules: [{}, ...withKey.Encryption.Rules] } } },
      'no',
    ],
    ['without one', { ...admitting({}), bucket: { Encryption: { Rules: [{ BucketKeyEnabled: false }] } } }, 'yes'],
    ['rules of another kind than a list', { ...admitting({}), bucket: { Encryption: { Rules: 'none' } } }, 'yes'],
    ['a rule that is none', { ...admitting({}), bucket: { Encryption: { Rules: [null] } } }, 'yes'],
    ['nobody may ask, and it allows it', { ...decrypting, more: encryptionRefused }, 'yes'],
    ['nobody may ask, and it does not', { ...admitting({}), more: encryptionRefused }, 'unknown'],
    ['no bucket: its own link tells', { ...admitting({}), trail: { S3BucketName: 'gone' } }, 'yes'],
  ])('%s', (_, setting, expected) => {
    expect(usable(setting).truth).toBe(expected);
  });

  test('where there is no bucket nothing is said of it', () => {
    const { truth, evidence } = usable({ ...admitting({}), trail: { S3BucketName: 'gone' } });
    expect([truth, evidence.map(({ path }) => path).filter((path) => path.startsWith('bucket'))]).toEqual(['yes', []]);
  });

  test('it is said what would tell', () => {
    const from = 's3:GetBucketEncryption';
    expect(usable({ ...admitting({}), more: encryptionRefused }).evidence).toEqual([
      {
        path: 'bucket.Encryption.Rules',
        from,
        resource: 'arn:aws:s3:::logs',
        gap: { ...encryptionRefused.gaps?.[0], action: 's3:GetEncryptionConfiguration' },
      },
    ]);
    expect(usable({ ...admitting({}), bucket: withKey }).evidence.at(-1)).toEqual({
      path: 'bucket.Encryption.Rules',
      from,
      resource: 'arn:aws:s3:::logs',
      note: 'an S3 Bucket Key',
    });
    const central = unread('s3:HeadBucket', 'arn:aws:s3:::central');
    expect(said({ ...admitting({}), trail: { S3BucketName: 'central' }, more: central })).toEqual([
      'unknown',
      'bucket: AccessDenied',
    ]);
    expect(said({ ...admitting({}), bucket: withKey })).toEqual([
      'no',
      `key.Policy: no statement allows kms:Decrypt on ${keyArn}`,
      'bucket.Encryption.Rules: an S3 Bucket Key',
    ]);
  });
});
