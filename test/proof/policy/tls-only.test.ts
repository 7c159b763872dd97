import { describe, expect, test } from 'vitest';
import { tlsOnly } from '../../../src/proof/policy/tls-only.ts';
import { bucket, home, other, snapshotWith } from '../../rules/judging.ts';
import { acl, deny, policyOf, put, type Statement, unread } from '../delivering.ts';
import { brief, resourceOf } from '../viewing.ts';

const logs = 'arn:aws:s3:::logs';
const plain = { Bool: { 'aws:SecureTransport': 'false' } };
const ask = (policy: readonly Statement[] | string | undefined, more = {}) => {
  const Policy = typeof policy === 'string' ? policy : policy && policyOf(policy);
  const snapshot = snapshotWith({ 'AWS::S3::Bucket': [bucket('logs', { Policy })] }, more);
  return tlsOnly(resourceOf(snapshot, 'AWS::S3::Bucket'), 'at.');
};
const only = (more: Statement) => [deny({ Condition: plain, ...more })];
const { Action: _action, ...ofNoAction } = deny({ Condition: plain });
const { Principal: _principal, ...ofNobody } = deny({ Condition: plain });

describe('requests without TLS (aws-semantics §4.3)', () => {
  test.each<[string, readonly Statement[] | undefined, string]>([
    ['are denied', only({}), 'yes'],
    ['are denied, every action of every service', only({ Action: '*', Resource: '*' }), 'yes'],
    [
      'are denied by a condition that holds without the key too',
      [deny({ Condition: { BoolIfExists: plain.Bool } })],
      'yes',
    ],
    ['are denied by two statements', [...only({ Resource: logs }), ...only({ Resource: `${logs}/*` })], 'yes'],
    [
      'are denied with all that is not of TLS 1.2',
      [deny({ Condition: { NumericLessThanIfExists: { 's3:TlsVersion': '1.2' } } })],
      'yes',
    ],
    ['no policy', undefined, 'no'],
    ['are allowed to nobody, which is no denial', [acl, put()], 'no'],
    ['of some actions', only({ Action: ['s3:Get*', 's3:Put*'] }), 'no'],
    ['of all actions but one', [{ ...ofNoAction, NotAction: 's3:GetBucketLocation' }], 'no'],
    ['of all actions but one, in another spelling', [{ ...ofNoAction, NotAction: 'S3:GETBUCKETLOCATION' }], 'no'],
    ['of all actions but some of a pattern', [{ ...ofNoAction, NotAction: 's3:GetBucketLoc*' }], 'unknown'],
    ['of other services', only({ Action: 'sqs:*' }), 'no'],
    ['to the bucket', only({ Resource: logs }), 'no'],
    ['to objects', only({ Resource: `${logs}/*` }), 'no'],
    ['to some objects', only({ Resource: [logs, `${logs}/AWSLogs/*`] }), 'no'],
    ['to objects of a pattern that examples match', only({ Resource: [logs, `${logs}/*f*`] }), 'unknown'],
    ['of the account itself', only({ Principal: { AWS: home } }), 'no'],
    [
      'of all but a role of the account',
      [{ ...ofNobody, NotPrincipal: { AWS: `arn:aws:iam::${home}:role/x` } }],
      'unknown',
    ],
    ['of all but the account', [{ ...ofNobody, NotPrincipal: { AWS: home } }], 'no'],
    ['of all but another account', [{ ...ofNobody, NotPrincipal: { AWS: `arn:aws:iam::${other}:root` } }], 'no'],
    [
      'of all but a service, which comes with TLS',
      [{ ...ofNobody, NotPrincipal: { Service: 's3.amazonaws.com' } }],
      'yes',
    ],
    [
      'of all but another account, by a condition',
      [deny({ Condition: { ...plain, StringNotEquals: { 'aws:PrincipalAccount': [other] } } })],
      'no',
    ],
    [
      'of all but one role, by a condition',
      [deny({ Condition: { ...plain, ArnNotLike: { 'AWS:PrincipalArn': `arn:aws:iam::${home}:role/x` } } })],
      'no',
    ],
    [
      'of all but a role of whichever account, by a condition',
      [deny({ Condition: { ...plain, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } } })],
      'no',
    ],
    [
      'of all but an organization, and of the account itself',
      [
        deny({ Condition: { ...plain, StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } } }),
        deny({ Condition: { ...plain, StringEquals: { 'aws:PrincipalAccount': home } } }),
      ],
      'no',
    ],
    [
      'to the bucket of all actions but one on objects',
      [...only({ Resource: `${logs}/*` }), { ...ofNoAction, NotAction: 's3:GetObject', Resource: logs }],
      'unknown',
    ],
    [
      'from some addresses',
      [deny({ Condition: { ...plain, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })],
      'unknown',
    ],
    [
      'of those that say so, which anonymous ones do not',
      [deny({ Condition: { Bool: { ...plain.Bool, 'aws:PrincipalIsAWSService': 'false' } } })],
      'no',
    ],
  ])('%s', (_, policy, expected) => {
    expect(ask(policy).truth).toBe(expected);
  });

  test('what decided it is said', () => {
    expect(brief(ask(only({})))).toEqual([
      'yes',
      `at.Policy: statement 1 denies s3:* on ${logs} without TLS; statement 1 denies s3:* on ${logs}/* without TLS`,
    ]);
    expect(brief(ask(only({ Resource: `${logs}/*` })))).toEqual([
      'no',
      `at.Policy: no statement denies s3:ListBucket on ${logs} without TLS`,
    ]);
    expect(brief(ask(undefined))).toEqual(['no', 'at.Policy: it has no policy, so nothing denies it']);
    expect(brief(ask([{ ...ofNoAction, NotAction: 's3:GetBucketLoc*' }]))).toEqual([
      'unknown',
      `at.Policy: whether every request without TLS is denied: whether statement 1 denies s3:* on ${logs} depends on its actions`,
    ]);
  });

  test('a policy that was refused, or that nobody can read', () => {
    expect(brief(ask(undefined, unread('s3:GetBucketPolicy', logs)))).toEqual(['unknown', 'at.Policy: AccessDenied']);
    expect(ask('{').truth).toBe('unknown');
  });
});
