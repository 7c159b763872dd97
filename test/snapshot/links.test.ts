import { describe, expect, test } from 'vitest';
import { pointers, target } from '../../src/snapshot/links.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { resourceOf, view } from '../proof/viewing.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const leading = (
  item: object,
  resources: Readonly<Record<string, readonly object[]>> = {},
  more: Partial<Snapshot> = {},
) => snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)], ...resources }, more);
const follow = (snapshot: Snapshot, relation: string) =>
  target(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), relation);

describe('where a pointer leads', () => {
  const keyArn = `arn:aws:kms:us-east-1:${home}:key/1`;
  const key = { 'AWS::KMS::Key': [{ Arn: keyArn, KeyId: '1' }] };
  test.each<[string, Snapshot, string, string]>([
    ['by name', leading({ S3BucketName: 'logs' }, { 'AWS::S3::Bucket': [bucket('logs')] }), 'bucket', 'found'],
    ['by ARN', leading({ KmsKeyId: keyArn }, key), 'key', 'found'],
    ['by id', leading({ KmsKeyId: '1' }, key), 'key', 'found'],
    ['nowhere', leading({}, key), 'key', 'none'],
    ['nowhere, being no text', leading({ KmsKeyId: 5 }, key), 'key', 'none'],
    ['nowhere, an empty text of a hand-written file', leading({ KmsKeyId: 'x' }), 'key', 'dangling'],
    ['to another account', leading({ KmsKeyId: keyArn.replace(home, other) }), 'key', 'unknown'],
    [
      'to another account, of a log group',
      leading({ CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${other}:log-group:x:*` }),
      'logGroup',
      'unknown',
    ],
    [
      'to what AWS says is not there',
      leading(
        { KmsKeyId: keyArn },
        {},
        {
          operations: ['kms:DescribeKey'],
          absent: [{ resource: keyArn, operation: 'kms:DescribeKey', error: 'NotFoundException' }],
        },
      ),
      'key',
      'dangling',
    ],
    [
      'to what nobody asked about',
      leading({ KmsKeyId: keyArn }, {}, { operations: ['cloudtrail:DescribeTrails'] }),
      'key',
      'unknown',
    ],
    ['to what no relation is called', leading({}), 'nothing', 'unknown'],
  ])('%s', (_, snapshot, relation, is) => {
    expect(follow(snapshot, relation).is).toBe(is);
  });

  const roleArn = `arn:aws:iam::${home}:role/logs`;
  const listing = 'iam:GetAccountAuthorizationDetails';
  test.each<[string, string, Partial<Snapshot>, string, string | undefined]>([
    ['in this account, all of which were listed', roleArn, { operations: [listing] }, 'dangling', listing],
    ['where nobody listed them', roleArn, { operations: ['cloudtrail:DescribeTrails'] }, 'unknown', 'NotCollected'],
    [
      'where listing them was refused',
      roleArn,
      { operations: [listing], gaps: [{ operation: listing, error: 'AccessDenied' }] },
      'unknown',
      'AccessDenied',
    ],
    [
      'where the account could not be entered',
      roleArn,
      { operations: [listing], gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] },
      'unknown',
      'AccessDenied',
    ],
    ['in another account', roleArn.replace(home, other), { operations: [listing] }, 'unknown', 'OtherAccount'],
    ['in another partition', roleArn.replace('aws', 'aws-cn'), { operations: [listing] }, 'unknown', 'NotCollected'],
    ['by its name alone', 'logs', { operations: [listing] }, 'unknown', 'NotCollected'],
  ])('to a role that is not there: %s', (_, CloudWatchLogsRoleArn, more, is, why) => {
    const leads = follow(leading({ CloudWatchLogsRoleArn }, {}, more), 'logsRole');
    expect([leads.is, leads.is === 'dangling' ? leads.from : leads.is === 'unknown' && leads.gaps[0]?.error]).toEqual([
      is,
      why,
    ]);
  });

  test('two that name the same unknown share one', () => {
    const snapshot = snapshotWith(
      { 'AWS::CloudTrail::Trail': [trail('a', { S3BucketName: 'far' }), trail('b', { S3BucketName: 'far' })] },
      { gaps: [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::far', error: 'AccessDenied' }] },
    );
    const buckets = view(snapshot).byType.get('AWS::S3::Bucket') ?? [];
    expect(buckets.map(({ id, unread }) => [id, unread?.length])).toEqual([['arn:aws:s3:::far', 1]]);
    expect(buckets.map((it) => pointers(it, 'trails').sure.map(({ name }) => name))).toEqual([['a', 'b']]);
    const [far] = buckets;
    expect(far && target(far, 'key')).toMatchObject({ is: 'unknown', gaps: [{ error: 'AccessDenied' }] });
  });

  test('a type that the registry does not have is nowhere', async () => {
    const { viewAccount } = await import('../../src/snapshot/account-view.ts');
    const { resourceTypes } = await import('../../src/resource-types/index.ts');
    const registry = { 'AWS::CloudTrail::Trail': resourceTypes['AWS::CloudTrail::Trail'] };
    const account = viewAccount(leading({ S3BucketName: 'logs' }), { registry });
    const [main] = account.byType.get('AWS::CloudTrail::Trail') ?? [];
    expect(main && target(main, 'bucket').is).toBe('none');
  });
});

describe('who points here', () => {
  test('for sure, and perhaps', () => {
    const snapshot = snapshotWith(
      {
        'AWS::CloudTrail::Trail': [trail('a', { S3BucketName: 'logs' }), trail('b')],
        'AWS::S3::Bucket': [bucket('logs'), bucket('x')],
      },
      { gaps: [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('b'), error: 'AccessDenied' }] },
    );
    const of = (name: string) => {
      const { sure, possible } = pointers(resourceOf(snapshot, 'AWS::S3::Bucket', name), 'trails');
      return [sure.map((it) => it.name), possible.map((it) => [it.view.name, it.gaps.length])];
    };
    expect(of('logs')).toEqual([['a'], [['b', 1]]]);
    expect(of('x')).toEqual([[], [['b', 1]]]);
  });

  test('a bucket may be its own', () => {
    const snapshot = snapshotWith({
      'AWS::S3::Bucket': [bucket('logs', { Logging: { LoggingEnabled: { TargetBucket: 'logs' } } })],
    });
    expect(pointers(resourceOf(snapshot, 'AWS::S3::Bucket'), 'accessLogSources').sure.map(({ name }) => name)).toEqual([
      'logs',
    ]);
  });
});
