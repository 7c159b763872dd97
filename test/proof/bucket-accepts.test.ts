import { describe, expect, test } from 'vitest';
import { home, trailArn } from '../rules/judging.ts';
import {
  acl,
  deny,
  keyArn,
  keyPolicy,
  link,
  put,
  type Setting,
  type Statement,
  said,
  service,
  truth,
} from './delivering.ts';

const source = (operator: string, value: string) => ({ Condition: { [operator]: { 'aws:SourceArn': value } } });
const anyTrail = `arn:aws:cloudtrail:*:${home}:trail/*`;
const variable = ['$', '{aws:SourceAccount}'].join('');
const unlessOrganization = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } };
const encrypted = (operator: string) =>
  deny({
    Action: 's3:PutObject',
    Condition: { [operator]: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  });

describe('the tricky policies (aws-semantics §4.3)', () => {
  test.each<[string, Setting, string]>([
    ['P1: the standard two statements', {}, 'yes'],
    ['P2: of another trail', { policy: [acl, put(source('StringEquals', trailArn('former')))] }, 'no'],
    [
      'P2: of the same name in another region',
      { policy: [acl, put(source('StringEquals', trailArn('main', 'eu-west-1')))] },
      'no',
    ],
    ['P3: a wildcard that is none', { policy: [acl, put(source('StringEquals', anyTrail))] }, 'no'],
    ['P3: in StringLike it is one', { policy: [acl, put(source('StringLike', anyTrail))] }, 'yes'],
    ['P3: in ArnLike it is one', { policy: [acl, put(source('ArnLike', anyTrail))] }, 'yes'],
    ['P3: in ArnEquals too', { policy: [acl, put(source('ArnEquals', anyTrail))] }, 'yes'],
    ['P4: without the prefix', { trail: { S3KeyPrefix: 'p' } }, 'no'],
    [
      'P4: with it',
      { trail: { S3KeyPrefix: 'p' }, policy: [acl, put({ Resource: `arn:aws:s3:::logs/p/AWSLogs/${home}/*` })] },
      'yes',
    ],
    ['P5: everything in the bucket', { policy: [acl, put({ Resource: 'arn:aws:s3:::logs/*' })] }, 'yes'],
    ['P6: an organization trail writes elsewhere', { trail: { IsOrganizationTrail: true }, organization: 'o-a' }, 'no'],
    [
      'P7: not without TLS',
      { policy: [acl, put(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
      'yes',
    ],
    [
      'P7: not with an old version of TLS',
      { policy: [acl, put(), deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } })] },
      'yes',
    ],
    [
      'P7: not with a version that AWS may use',
      { policy: [acl, put(), deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.3' } } })] },
      'unknown',
    ],
    [
      'P7: not with any version that AWS uses',
      { policy: [acl, put(), deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.4' } } })] },
      'no',
    ],
    ['P8: the organization alone', { policy: [acl, put(), deny({ Condition: unlessOrganization })] }, 'no'],
    [
      'P8: the organization and services',
      {
        policy: [
          acl,
          put(),
          deny({ Condition: { ...unlessOrganization, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }),
        ],
      },
      'yes',
    ],
    [
      'P8: the organization and services, the service key left out where there is none',
      {
        policy: [
          acl,
          put(),
          deny({ Condition: { ...unlessOrganization, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }),
        ],
      },
      'yes',
    ],
    [
      'P8: the organization, if there is one',
      { policy: [acl, put(), deny({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })] },
      'no',
    ],
    [
      'P9: SSE-KMS or nothing, of a trail without key',
      { policy: [acl, put(), encrypted('StringNotEquals')] },
      'unknown',
    ],
    ['P9: of a trail with one', { policy: [acl, put(), encrypted('StringNotEquals')], key: keyPolicy() }, 'yes'],
    [
      'P9: of a trail with one, files of digests too',
      {
        policy: [acl, put(), encrypted('StringNotEquals')],
        key: keyPolicy(),
        trail: { LogFileValidationEnabled: true },
      },
      'yes',
    ],
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
      'P11: NotPrincipal that leaves CloudTrail out',
      { policy: [acl, put(), { ...deny({}), Principal: undefined, NotPrincipal: service }] },
      'yes',
    ],
    [
      'P12: the accounts of former days',
      { policy: [acl, put({ Principal: { AWS: ['arn:aws:iam::903692715234:root'] } })] },
      'unknown',
    ],
    ['P13: without GetBucketAcl', { policy: [put()] }, 'no'],
    ['P13: without PutObject', { policy: [acl] }, 'no'],
    ['P14: without a condition', { policy: [acl, put({ Condition: undefined })] }, 'yes'],
    [
      'P15: of one account',
      { policy: [acl, put({ Condition: { StringEquals: { 'aws:SourceAccount': home } } })] },
      'yes',
    ],
    ['P16: anybody, from this trail', { policy: [{ ...acl, Principal: '*' }, put({ Principal: '*' })] }, 'yes'],
    ['P17: nobody may delete', { policy: [acl, put(), deny({ Action: 's3:DeleteObject*' })] }, 'yes'],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });
});

describe('a bucket policy', () => {
  const both = {
    ...put(),
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
  };
  test.each<[string, Setting, string]>([
    ['one statement, not in a list', { policy: { ...acl, Action: 's3:*', Resource: '*' } }, 'yes'],
    ['actions in any case, questions in them', { policy: [acl, put({ Action: ['S3:put?bject'] })] }, 'yes'],
    ['NotAction', { policy: [acl, put({ Action: undefined, NotAction: 's3:Delete*' })] }, 'yes'],
    ['NotResource', { policy: [acl, put({ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' })] }, 'yes'],
    ['a folder in another case', { policy: [acl, put({ Resource: `arn:aws:s3:::logs/awslogs/${home}/*` })] }, 'no'],
    [
      'an operator that nobody knows',
      { policy: [acl, put({ Condition: { StringResembles: { a: 'b' } } })] },
      'unknown',
    ],
    ['a key that nobody knows', { policy: [acl, put({ Condition: { StringEquals: { 'aws:New': 'b' } } })] }, 'unknown'],
    ['a variable', { policy: [acl, put({ Resource: `arn:aws:s3:::logs/AWSLogs/${variable}/*` })] }, 'yes'],
    ['the ACL asked of the request that reads the ACL', { policy: [both] }, 'no'],
    [
      'an encryption asked of the request that reads the ACL',
      { policy: [acl, put(), { ...encrypted('StringNotEquals'), Action: 's3:*' }], key: keyPolicy() },
      'no',
    ],
    [
      'no encryption by another key',
      {
        policy: [
          acl,
          put(),
          deny({
            Action: 's3:PutObject',
            Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:other' } },
          }),
        ],
      },
      'no',
    ],
    [
      'no encryption by another key, if by any',
      {
        policy: [
          acl,
          put(),
          deny({
            Action: 's3:PutObject',
            Condition: { Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' } },
          }),
        ],
      },
      'yes',
    ],
    [
      'no encryption by another key than its own',
      {
        key: keyPolicy(),
        policy: [
          acl,
          put(),
          deny({
            Action: 's3:PutObject',
            Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn } },
          }),
        ],
      },
      'yes',
    ],
    [
      'a key asked of the request that reads the ACL',
      {
        key: keyPolicy(),
        policy: [
          acl,
          put(),
          deny({ Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn } } }),
        ],
      },
      'no',
    ],
    [
      'of its own organization',
      { organization: 'o-a', policy: [acl, put({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a' } } })] },
      'yes',
    ],
    [
      'of another organization',
      { organization: 'o-b', policy: [acl, put({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a' } } })] },
      'no',
    ],
    [
      'of an organization, of a trail in none',
      { policy: [acl, put({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a' } } })] },
      'no',
    ],
    [
      'below a part of an organization, of a trail in none',
      { policy: [acl, put({ Condition: { StringLike: { 'aws:SourceOrgPaths': '*' } } })] },
      'no',
    ],
    [
      'of an organization, where nobody may ask for it',
      {
        policy: [acl, put({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a' } } })],
        more: { gaps: [{ operation: 'organizations:DescribeOrganization', error: 'AccessDenied' }] },
      },
      'unknown',
    ],
    [
      'from an address',
      { policy: [acl, put({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })] },
      'unknown',
    ],
    [
      'to a region',
      { policy: [acl, put({ Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } })] },
      'unknown',
    ],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });

  test('the statement that decides is named', () => {
    const file = `arn:aws:s3:::logs/AWSLogs/${home}/CloudTrail/us-east-1/2030/01/01/file.json.gz`;
    expect(said({})).toEqual([
      'yes',
      'Status.IsLogging: true',
      'Status.LatestDeliveryError: undefined',
      'bucket.RequestPayment.Payer: undefined',
      'bucket.Policy: statement 1 allows s3:GetBucketAcl on arn:aws:s3:::logs',
      `bucket.Policy: statement 2 allows s3:PutObject on ${file}`,
      'KmsKeyId: SSE-S3, without a key of its own',
    ]);
    expect(said({ policy: [acl, put(), deny({ Sid: 'OnlyUs', Condition: unlessOrganization })] })).toEqual([
      'no',
      'bucket.Policy: statement 3 (OnlyUs) denies s3:GetBucketAcl on arn:aws:s3:::logs',
      `bucket.Policy: statement 3 (OnlyUs) denies s3:PutObject on ${file}`,
    ]);
    expect(said({ policy: [acl, put(), encrypted('StringNotEquals')] })).toEqual([
      'unknown',
      `bucket.Policy: whether statement 3 applies to s3:PutObject on ${file} depends on ` +
        'StringNotEquals s3:x-amz-server-side-encryption',
    ]);
    expect(said({ policy: '{' })).toEqual([
      'unknown',
      'bucket.Policy: the policy is not valid JSON at column 2: the file ends where a property name in double quotes ' +
        'or } should stand',
    ]);
  });

  test('evidence says which resource, by which operation', () => {
    const [answer] = [link('delivered to', { policy: [acl] })];
    expect(answer.evidence).toEqual([
      {
        path: 'bucket.Policy',
        from: 's3:GetBucketPolicy',
        resource: 'arn:aws:s3:::logs',
        note: `no statement allows s3:PutObject on arn:aws:s3:::logs/AWSLogs/${home}/CloudTrail/us-east-1/2030/01/01/file.json.gz`,
      },
    ]);
    expect(answer.changes).toEqual([]);
  });
});

describe('a day on which the policy is read', () => {
  const now = '2026-11-20T09:00:00Z';
  const at = (policy: readonly Statement[], today?: string) => link('delivered to', { policy }, today).truth;
  const until = (day: string) => ({ Condition: { DateLessThan: { 'aws:CurrentTime': `${day}T00:00:00Z` } } });
  const root = `arn:aws:s3:::logs/AWSLogs/${home}/CloudTrail/*`;
  test.each<[string, readonly Statement[], string]>([
    ['a permission that has run out', [{ ...acl, ...until('2026-01-01') }, put(until('2026-01-01'))], 'no'],
    ['one that will run out', [acl, put(until('2027-01-01'))], 'unknown'],
    [
      'a denial that has begun',
      [acl, put(), deny({ Condition: { DateGreaterThan: { 'aws:EpochTime': '1700000000' } } })],
      'no',
    ],
    ['a denial of the files of this year', [acl, put(), deny({ Resource: `${root}/2026/*` })], 'no'],
    ['a permission for the files of this year', [acl, put({ Resource: `${root}/2026/*` })], 'no'],
    ['a denial of the files of another year', [acl, put(), deny({ Resource: `${root}/2020/*` })], 'yes'],
  ])('%s', (_, policy, expected) => {
    expect(at(policy, now)).toBe(expected);
  });

  test('where nobody knows the day, a permission that may have run out is not known', () => {
    expect(at([acl, put(until('2026-01-01'))])).toBe('unknown');
  });
});
