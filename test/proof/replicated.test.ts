import { describe, expect, test } from 'vitest';
import { replicated } from '../../src/proof/replicated.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { keyArn, unread } from './delivering.ts';
import { brief, resourceOf } from './viewing.ts';

const copyArn = 'arn:aws:s3:::copy';
const rule = (more: object = {}) => ({
  ID: 'all',
  Status: 'Enabled',
  Filter: {},
  Destination: { Bucket: copyArn },
  ...more,
});
const locked = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } };

interface Setting {
  readonly rules?: readonly object[];
  readonly trail?: object;
  readonly copy?: object;
  readonly source?: object;
  readonly more?: Partial<Snapshot>;
}

function ask({ rules = [rule()], trail: ofTrail = {}, copy = {}, source = {}, more = {} }: Setting) {
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs', ...ofTrail })],
      'AWS::S3::Bucket': [
        bucket('logs', { Replication: { Rules: rules }, ...source }),
        bucket('copy', { BucketRegion: 'eu-west-1', ObjectLock: locked, ...copy }),
      ],
    },
    more,
  );
  return replicated(resourceOf(snapshot, 'AWS::S3::Bucket', 'logs'), 'at.');
}
const truth = (setting: Setting) => ask(setting).truth;
const below = (Prefix: string) => rule({ Filter: { Prefix } });
const folder = (name: string) => `AWSLogs/${home}/${name}/`;
const byDefault = (SSEAlgorithm: string) => ({ Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] });
const kms = { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } };
const { Filter: _filter, ...older } = rule();

describe('what trails write is copied elsewhere (aws-semantics §4.4)', () => {
  test.each<[string, Setting, string]>([
    ['all of it', {}, 'yes'],
    ['nothing', { rules: [] }, 'no'],
    ['nothing, because nothing is written', { source: { Replication: undefined } }, 'no'],
    ['nothing, the rule is off', { rules: [rule({ Status: 'Disabled' })] }, 'no'],
    ['what lies below its folder', { rules: [below(`AWSLogs/${home}/`)] }, 'yes'],
    ['what lies below another folder', { rules: [below('shop/')] }, 'no'],
    ['what lies in a part of it', { rules: [below(`AWSLogs/${home}/CloudTrail/us-east-1/`)] }, 'no'],
    [
      'what lies below an organization that is perhaps another',
      { rules: [below('AWSLogs/o-a/')], trail: { IsOrganizationTrail: true } },
      'unknown',
    ],
    ['what an organization trail writes', { rules: [below('AWSLogs/')], trail: { IsOrganizationTrail: true } }, 'yes'],
    ['what has a tag', { rules: [rule({ Filter: { Tag: { Key: 'a', Value: 'b' } } })] }, 'no'],
    [
      'what has a tag and a prefix',
      { rules: [rule({ Filter: { And: { Prefix: 'AWSLogs/', Tags: [{ Key: 'a' }] } } })] },
      'no',
    ],
    ['what has a prefix in the longer form', { rules: [rule({ Filter: { And: { Prefix: 'AWSLogs/' } } })] }, 'yes'],
    ['with delete markers', { rules: [rule({ DeleteMarkerReplication: { Status: 'Enabled' } })] }, 'no'],
    ['with delete markers, by a rule of the older form', { rules: [older] }, 'no'],
    [
      'with delete markers, into another bucket',
      {
        rules: [
          rule({ ID: 'x', DeleteMarkerReplication: { Status: 'Enabled' }, Destination: { Bucket: 'arn:aws:s3:::c' } }),
          rule(),
        ],
      },
      'yes',
    ],
    ['without what a key encrypts', { trail: { KmsKeyId: keyArn } }, 'no'],
    ['with what a key encrypts', { trail: { KmsKeyId: keyArn }, rules: [rule(kms)] }, 'yes'],
    ['into the same Region', { copy: { BucketRegion: 'us-east-1' } }, 'no'],
    [
      'into the same Region of another account',
      { copy: { BucketRegion: 'us-east-1' }, rules: [rule({ Destination: { Bucket: copyArn, Account: other } })] },
      'yes',
    ],
    ['into a Region that nothing says', { copy: { BucketRegion: undefined } }, 'unknown'],
    ['into a bucket that locks nothing', { copy: { ObjectLock: undefined } }, 'no'],
    [
      'into a bucket whose lock nobody knows',
      { more: unread('s3:GetObjectLockConfiguration', copyArn), copy: { ObjectLock: undefined } },
      'unknown',
    ],
    [
      'into a bucket of a new mode',
      { copy: { ObjectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'NEW', Days: 3 } } } } },
      'unknown',
    ],
    ['into a bucket that is gone', { rules: [rule({ Destination: { Bucket: 'arn:aws:s3:::gone' } })] }, 'no'],
    [
      "into another account's bucket that nobody read",
      { rules: [rule({ Destination: { Bucket: 'arn:aws:s3:::far', Account: other } })] },
      'unknown',
    ],
    [
      'into a bucket that was refused',
      {
        rules: [rule({ Destination: { Bucket: 'arn:aws:s3:::far' } })],
        more: unread('s3:HeadBucket', 'arn:aws:s3:::far'),
      },
      'unknown',
    ],
    ['by one of two rules', { rules: [below('shop/'), rule()] }, 'yes'],
    [
      'each folder by a rule of its own',
      {
        trail: { LogFileValidationEnabled: true },
        rules: [below(folder('CloudTrail')), below(folder('CloudTrail-Digest'))],
      },
      'yes',
    ],
    [
      'each folder by a rule of its own, but for one',
      {
        trail: { LogFileValidationEnabled: true },
        rules: [below(folder('CloudTrail')), below(folder('CloudTrail-Insight'))],
      },
      'no',
    ],
    [
      'the folder of the logs, where nobody knows which others there are',
      {
        trail: { EventSelectors: undefined },
        more: unread('cloudtrail:GetEventSelectors', trailArn('main')),
        rules: [below(folder('CloudTrail'))],
      },
      'unknown',
    ],
    ['without what the bucket may encrypt by default', { source: { Encryption: byDefault('aws:kms') } }, 'unknown'],
    ['without what it may encrypt twice', { source: { Encryption: byDefault('aws:kms:dsse') } }, 'unknown'],
    ['with what it may encrypt', { source: { Encryption: byDefault('aws:kms') }, rules: [rule(kms)] }, 'yes'],
    ['where it encrypts with no key of its own', { source: { Encryption: byDefault('AES256') } }, 'yes'],
    ['where nobody knows how it encrypts', { more: unread('s3:GetBucketEncryption', 'arn:aws:s3:::logs') }, 'unknown'],
    [
      'elsewhere and locked, though nobody knows how it encrypts',
      { more: unread('s3:GetBucketEncryption', 'arn:aws:s3:::logs'), rules: [rule(kms)] },
      'yes',
    ],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });

  test('what decided it is said', () => {
    const writers = ['at.trails: 1', expect.stringMatching(/S3KeyPrefix: undefined$/)];
    expect(brief(ask({}))).toEqual([
      'yes',
      'at.Replication: replication rule all copies all of them',
      `at.Replication.destination[${copyArn}].ObjectLock: copy locks what arrives`,
      'at.Encryption: no key by default',
      ...writers,
    ]);
    expect(brief(ask({ rules: [rule({ ID: undefined, Filter: { Prefix: 'shop/' } })] }))).toEqual([
      'no',
      `at.Replication: replication rule 1 copies what is under shop/, and files are under AWSLogs/${home}/CloudTrail/`,
      ...writers,
    ]);
    expect(brief(ask({ copy: { BucketRegion: 'us-east-1' } }))[2]).toBe(
      'at.Replication.destination: replication rule all copies into the same Region and account',
    );
  });

  test('where rules are for some folders alone, the selectors say that there are no others', () => {
    const both = [below(folder('CloudTrail')), below(folder('CloudTrail-Digest'))];
    const others =
      'at.trails[arn:aws:cloudtrail:us-east-1:111122223333:trail/main].EventSelectors: it writes no network activity';
    const of = (rules: readonly object[]) => brief(ask({ trail: { LogFileValidationEnabled: true }, rules }));
    expect([of(both), of([rule()])].map((said) => said.includes(others))).toEqual([true, false]);
  });

  test('what was refused is not known', () => {
    const denied = (operation: string, resource: string) =>
      ask({ source: { Replication: undefined }, more: unread(operation, resource) });
    expect(brief(denied('s3:GetBucketReplication', 'arn:aws:s3:::logs'))).toEqual([
      'unknown',
      'at.Replication: AccessDenied',
    ]);
    const listing = { gaps: [{ operation: 'cloudtrail:DescribeTrails', region: 'us-east-1', error: 'AccessDenied' }] };
    expect(truth({ more: listing })).toBe('unknown');
    expect(truth({ more: listing, rules: [] })).toBe('no');
  });
});
