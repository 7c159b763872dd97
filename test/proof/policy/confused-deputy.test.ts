import { describe, expect, test } from 'vitest';
import { confusedDeputy } from '../../../src/proof/policy/confused-deputy.ts';
import { bucket, home, snapshotWith, trailArn } from '../../rules/judging.ts';
import { acl, deny, policyOf, put, type Statement, unread } from '../delivering.ts';
import { brief, resourceOf } from '../viewing.ts';
import { variable } from './asking.ts';

const logs = 'arn:aws:s3:::logs';
const ask = (policy: readonly Statement[] | undefined, more = {}) => {
  const snapshot = snapshotWith({ 'AWS::S3::Bucket': [bucket('logs', { Policy: policy && policyOf(policy) })] }, more);
  return confusedDeputy(resourceOf(snapshot, 'AWS::S3::Bucket'), 'at.');
};
const own = { StringEquals: { 'aws:SourceArn': trailArn('main') } };
const readsAcl = { ...acl, Condition: own };
const writes = (Condition: object | undefined, more: Statement = {}) => [readsAcl, put({ Condition, ...more })];
const { Resource: _resource, ...nowhere } = put({ Condition: undefined });
const like = (pattern: string) => ({ ArnLike: { 'aws:SourceArn': pattern } });

describe("whether CloudTrail is let in for a stranger's trail (aws-semantics §4.3)", () => {
  test.each<[string, readonly Statement[] | undefined, string]>([
    ['for this trail alone', writes(own), 'no'],
    ['for any trail', writes(undefined), 'yes'],
    ['to read the ACL', [acl, put()], 'yes'],
    ['for this account', writes({ StringEquals: { 'aws:SourceAccount': home } }), 'no'],
    ['for an organization', writes({ StringEquals: { 'aws:SourceOrgID': 'o-1' } }), 'no'],
    ['for all but an organization', writes({ StringNotEquals: { 'aws:SourceOrgID': 'o-1' } }), 'yes'],
    [
      'for a unit of an organization',
      writes({ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-1/r-1/*' } }),
      'no',
    ],
    ['for trails of any account', writes(like('arn:aws:cloudtrail:*:*:trail/*')), 'yes'],
    ['for whatever begins so', writes({ StringLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*' } }), 'yes'],
    ['for trails of a name in a region', writes(like('arn:aws:cloudtrail:eu-west-1:*:trail/m*')), 'yes'],
    ['for accounts whose numbers begin so', writes(like('arn:aws:cloudtrail:*:1234*:trail/*')), 'yes'],
    ['for accounts of some digits', writes(like('arn:aws:cloudtrail:*:1111????????:trail/*')), 'yes'],
    ['for accounts by their end', writes({ StringLike: { 'aws:SourceAccount': '*33' } }), 'yes'],
    ['for no account at all', writes({ StringLike: { 'aws:SourceAccount': '12345678901234*' } }), 'no'],
    [
      'on a condition of the ACL alone',
      writes({ StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } }),
      'yes',
    ],
    ['into the folder of an account', writes(undefined, { Resource: `${logs}/AWSLogs/${home}/*` }), 'yes'],
    [
      'into its own folder',
      writes(undefined, { Resource: `${logs}/AWSLogs/${variable('aws:SourceAccount')}/*` }),
      'yes',
    ],
    ['into buckets that begin so', writes(undefined, { Resource: 'arn:aws:s3:::l*' }), 'yes'],
    ['into folders of buckets that begin so', writes(undefined, { Resource: 'arn:aws:s3:::l*/AWSLogs/*' }), 'yes'],
    ['into everything', writes(undefined, { Resource: '*' }), 'yes'],
    ['into another bucket', writes(undefined, { Resource: 'arn:aws:s3:::other/*' }), 'no'],
    ['into the bucket without its objects', writes(undefined, { Resource: logs }), 'no'],
    ['into all but another bucket', [readsAcl, { ...nowhere, NotResource: 'arn:aws:s3:::other/*' }], 'yes'],
    ['as anybody', writes(undefined, { Principal: '*' }), 'yes'],
    ['to read objects', writes(undefined, { Action: 's3:GetObject' }), 'no'],
    [
      'and the rest is denied',
      [...writes(undefined), deny({ Condition: { StringNotEquals: own.StringEquals } })],
      'no',
    ],
    [
      'and some of the rest is denied',
      [...writes(undefined), deny({ Resource: `${logs}/AWSLogs/${home}/a/*` })],
      'unknown',
    ],
    ['if a tag says so', writes({ StringEquals: { 's3:RequestObjectTag/x': 'y' } }), 'unknown'],
    ['only denials', [deny({ Action: 's3:DeleteObject' })], 'no'],
    ['no policy', undefined, 'no'],
  ])('%s', (_, policy, expected) => {
    expect(ask(policy).truth).toBe(expected);
  });

  test('says whose trail', () => {
    expect(brief(ask(writes(like('arn:aws:cloudtrail:eu-west-1:*:trail/main'))))).toEqual([
      'yes',
      `at.Policy: for ${trailArn('main', 'eu-west-1', '000000000000')}, a trail of any account: ` +
        `statement 2 allows s3:PutObject on ${logs}/AWSLogs/${home}/*`,
    ]);
    expect(brief(ask(undefined))).toEqual(['no', 'at.Policy: it has no policy, which lets nobody in']);
  });

  test('a policy that was refused', () => {
    expect(brief(ask(undefined, unread('s3:GetBucketPolicy', logs)))).toEqual(['unknown', 'at.Policy: AccessDenied']);
  });

  test('a policy that names a thousand trails is read all the same', () => {
    const many = Array.from({ length: 1000 }, (_, index) => trailArn(`t${index}`));
    expect(ask(writes({ StringEquals: { 'aws:SourceArn': many } })).truth).toBe('no');
    const ofAnybody = many.map((arn) => arn.replace(home, '*'));
    expect(brief(ask(writes({ StringEquals: { 'aws:SourceArn': ofAnybody } })))).toEqual([
      'unknown',
      'at.Policy: it asks for more than 50 names of trails of any account',
    ]);
  });
});
