import { describe, expect, test } from 'vitest';
import { openToAnybody } from '../../../src/proof/policy/open-to-anybody.ts';
import { bucket, home, other, snapshotWith } from '../../rules/judging.ts';
import { policyOf, type Statement, unread } from '../delivering.ts';
import { brief, resourceOf } from '../viewing.ts';
import { variable } from './asking.ts';

const logs = 'arn:aws:s3:::logs';
const ask = (policy: readonly Statement[] | string | undefined, more = {}) => {
  const Policy = typeof policy === 'string' ? policy : policy && policyOf(policy);
  const snapshot = snapshotWith({ 'AWS::S3::Bucket': [bucket('logs', { Policy })] }, more);
  return openToAnybody(resourceOf(snapshot, 'AWS::S3::Bucket'), 'at.');
};
const allow = (more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `${logs}/*`,
  ...more,
});
const deny = (more: Statement = {}): Statement => allow({ Effect: 'Deny', ...more });
const { Action: _action, ...ofNoAction } = allow();
const { Principal: _principal, ...ofNobody } = allow();
const { Resource: _resource, ...ofNothing } = allow();
const when = (operator: string, key: string, value: unknown): Statement => ({
  Condition: { [operator]: { [key]: value } },
});

describe('anybody, by the policy of a bucket (aws-semantics §4.2)', () => {
  test.each<[string, readonly Statement[] | undefined, string]>([
    ['reads', [allow()], 'yes'],
    ['does what few do', [allow({ Action: 's3:PutObjectAcl' })], 'yes'],
    ['does it with the bucket', [allow({ Action: 's3:PutLifecycleConfiguration', Resource: logs })], 'yes'],
    ['does everything', [allow({ Action: '*', Resource: '*' })], 'yes'],
    ['does what a pattern names', [allow({ Action: 'S3:Get?bject*' })], 'yes'],
    ['does all but one thing', [{ ...ofNoAction, NotAction: 's3:GetObject' }], 'yes'],
    ['is all but the account', [{ ...ofNobody, NotPrincipal: { AWS: home } }], 'yes'],
    ['is written in a list', [allow({ Principal: { AWS: ['*'] } })], 'yes'],
    ['reads one object', [allow({ Resource: `${logs}/index.html` })], 'yes'],
    ['reads one folder', [allow({ Resource: `${logs}/AWSLogs/*/CloudTrail/*` })], 'yes'],
    ['reads a folder of every bucket', [allow({ Resource: 'arn:aws:s3:::*/public/*' })], 'yes'],
    ['reads what ends so, in every bucket', [allow({ Resource: 'arn:aws:s3:::**.html' })], 'yes'],
    ['reads in all buckets of some name', [allow({ Resource: 'arn:aws:s3:::lo?s/*' })], 'yes'],
    ['reads all but a folder', [{ ...ofNothing, NotResource: `${logs}/AWSLogs/*` }], 'yes'],
    ['reads without TLS', [allow(when('Bool', 'aws:SecureTransport', 'false'))], 'yes'],
    ['reads, as no service', [allow(when('Bool', 'aws:PrincipalIsAWSService', 'false'))], 'yes'],
    ['reads through a service', [allow(when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:*'))], 'yes'],
    ['reads from some network', [allow(when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))], 'unknown'],
    ['reads one of their own', [allow({ Resource: `${logs}/${variable('aws:username')}x` })], 'unknown'],
    ['reads another bucket', [allow({ Resource: 'arn:aws:s3:::logs-of-others/*' })], 'no'],
    ['is of one account', [allow({ Principal: { AWS: other } })], 'no'],
    ['is of one account, by a condition', [allow(when('StringEquals', 'aws:PrincipalAccount', other))], 'no'],
    ['is of an organization', [allow(when('StringEquals', 'aws:PrincipalOrgID', 'o-abc'))], 'no'],
    ['is a service', [allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } })], 'no'],
    ['is denied', [deny()], 'no'],
    ['is denied all that is allowed', [allow(), deny({ Action: 's3:*' })], 'no'],
    ['is denied one folder', [allow(), deny({ Resource: `${logs}/AWSLogs/*` })], 'yes'],
    [
      'is denied all but one action',
      [allow({ Action: 's3:*' }), { ...ofNoAction, Effect: 'Deny', NotAction: 's3:GetObject' }],
      'yes',
    ],
    ['has no policy to ask', undefined, 'no'],
  ])('%s', (_name, policy, truth) => {
    expect(ask(policy).truth).toBe(truth);
  });

  test('says which statement, and of what request', () => {
    const silent = 'at.PolicyStatus.IsPublic: undefined';
    expect(brief(ask([allow({ Action: 's3:GetObjectVersion', Resource: `${logs}/a/*` })]))).toEqual([
      'yes',
      silent,
      `at.Policy: statement 1 allows s3:GetObjectVersion on ${logs}/a/Anything`,
    ]);
    expect(brief(ask([deny()]))).toEqual(['no', silent, 'at.Policy: it lets nobody in who may be anybody']);
    expect(brief(ask(undefined))).toEqual(['no', silent, 'at.Policy: it has no policy, which lets nobody in']);
  });

  test('what S3 calls it counts, where that is known', () => {
    const called = (IsPublic: boolean, policy: readonly Statement[]) => {
      const item = bucket('logs', { Policy: policyOf(policy), PolicyStatus: { IsPublic } });
      const snapshot = snapshotWith({ 'AWS::S3::Bucket': [item] });
      return brief(openToAnybody(resourceOf(snapshot, 'AWS::S3::Bucket'), 'at.'));
    };
    expect(called(false, [allow()])).toEqual(['no', 'at.PolicyStatus.IsPublic: false']);
    expect(called(true, [deny()])).toEqual(['yes', 'at.PolicyStatus.IsPublic: true']);
  });

  test('where that was refused, only a policy that lets anybody in tells', () => {
    const refused = unread('s3:GetBucketPolicyStatus', logs);
    expect(ask([allow()], refused).truth).toBe('yes');
    expect([[deny()], undefined].map((policy) => brief(ask(policy, refused)))).toEqual([
      ['unknown', 'at.PolicyStatus.IsPublic: AccessDenied'],
      ['unknown', 'at.PolicyStatus.IsPublic: AccessDenied'],
    ]);
  });

  test('a policy that was refused, or that nobody can read', () => {
    expect(brief(ask(undefined, unread('s3:GetBucketPolicy', logs)))).toEqual([
      'unknown',
      'at.PolicyStatus.IsPublic: undefined',
      'at.Policy: AccessDenied',
    ]);
    expect(ask('{').truth).toBe('unknown');
  });

  test('of a policy that was made to take time some is tried', () => {
    const folders = Array.from({ length: 101 }, (_, index) => `${logs}/${index}/*`);
    const closed = when('StringEquals', 'aws:PrincipalOrgID', 'o-abc');
    expect(brief(ask([allow({ Resource: folders, ...closed })]))).toEqual([
      'unknown',
      'at.PolicyStatus.IsPublic: undefined',
      'at.Policy: it tells more than 100 requests apart',
    ]);
    expect(ask([allow({ Resource: folders })]).truth).toBe('yes');
    expect(ask([allow({ Resource: `${logs}/${'a'.repeat(2500)}` })]).truth).toBe('no');
  });
});
