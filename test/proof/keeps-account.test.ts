import { describe, expect, test } from 'vitest';
import { keeps } from '../../src/proof/keeps.ts';
import type { KeepsQuestion } from '../../src/proof/retention.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const management = { eventCategory: 'Management' };
const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const storeArn = `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`;
const folder = `AWSLogs/${home}/CloudTrail`;

const expiring = (Days: number, Prefix = '') => ({ Status: 'Enabled', Expiration: { Days }, Filter: { Prefix } });
const rules = (...Rules: readonly object[]) => ({ LifecycleConfiguration: { Rules } });
const short = rules(expiring(30));
const allow = (more: object) => ({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, ...more });
/** Lets CloudTrail in: without it nothing arrives that could be kept. */
const open = (name: string) => ({
  Policy: JSON.stringify({
    Statement: [
      allow({ Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${name}` }),
      allow({ Action: 's3:PutObject', Resource: `arn:aws:s3:::${name}/*` }),
    ],
  }),
});
const logging = { IsMultiRegionTrail: true, Status: { IsLogging: true } };
const writing = (name: string, more: object = {}) => trail(name, { S3BucketName: 'logs', ...logging, ...more });
const store = (more: object = {}) => ({
  EventDataStoreArn: storeArn,
  Name: 'lake',
  Status: 'ENABLED',
  MultiRegionEnabled: true,
  RetentionPeriod: 2557,
  ...more,
});

interface Asked extends Partial<KeepsQuestion> {
  readonly now?: string | undefined;
  readonly stores?: readonly object[];
  readonly logs?: object;
  readonly groupItem?: object;
  readonly resources?: Snapshot['resources'];
  readonly more?: Partial<Snapshot>;
}

function ask(trails: readonly object[], asked: Asked = {}) {
  const { stores = [], logs = {}, groupItem = {}, resources = {}, more = {}, now, ...question } = asked;
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': trails,
      'AWS::CloudTrail::EventDataStore': stores,
      'AWS::S3::Bucket': [bucket('logs', { ...open('logs'), ...logs })],
      'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', ...groupItem }],
      ...resources,
    },
    more,
  );
  const base = { atLeast: 365, measure: 'current', places: ['bucket'], events: [management], ...question } as const;
  return keeps(resourceOf(snapshot, 'AWS::Account'), base, '', { now, thorough: 'no' });
}
const truthOf = (...asked: Parameters<typeof ask>) => ask(...asked).truth;
const main = writing('main');

describe('one trail', () => {
  test('that records it all and keeps it', () => {
    expect(truthOf([main])).toBe('yes');
    expect(truthOf([main], { logs: short })).toBe('no');
    expect(truthOf([main], { events: [{ eventCategory: 'Data' }] })).toBe('no');
    expect(truthOf([])).toBe('no');
  });

  test('of no events in particular: management events', () => {
    expect(truthOf([main], { events: [] })).toBe('yes');
    expect(truthOf([writing('main', { EventSelectors: [{ IncludeManagementEvents: false }] })], { events: [] })).toBe(
      'no',
    );
    const insights = rules(expiring(30, `${folder}-Insight/`));
    expect(truthOf([writing('main', { HasInsightSelectors: true })], { events: [], logs: insights })).toBe('yes');
  });
});

describe('only what arrives is kept (aws-semantics §5.3: effective sources)', () => {
  test.each<[string, object, object, string]>([
    ['the last delivery failed', { Status: { IsLogging: true, LatestDeliveryError: 'AccessDenied' } }, {}, 'no'],
    ['the bucket lets nobody in', {}, { Policy: undefined }, 'no'],
    ['requesters pay', {}, { RequestPayment: { Payer: 'Requester' } }, 'no'],
    ['the key is gone', { KmsKeyId: `arn:aws:kms:us-east-1:${home}:key/1` }, {}, 'no'],
    ['it is not logging', { Status: { IsLogging: false } }, {}, 'no'],
  ])('%s', (_, item, logs, expected) => {
    expect(truthOf([writing('main', item)], { logs })).toBe(expected);
  });

  test('whether it does was refused', () => {
    const gaps = [{ operation: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }];
    expect(brief(ask([main], { logs: { Policy: undefined }, more: { gaps } }))).toEqual([
      'unknown',
      `trails[${trailArn('main')}].bucket.Policy: AccessDenied`,
    ]);
  });

  test('what does not arrive in the bucket may arrive in the log group, and the other way round', () => {
    const both = { CloudWatchLogsLogGroupArn: `${group}:*` };
    const failing = (member: string) => [
      writing('main', { ...both, Status: { IsLogging: true, [member]: 'AccessDenied' } }),
    ];
    const truths = (member: string) =>
      ([['bucket'], ['logGroup'], ['bucket', 'logGroup']] as const).map((places) =>
        truthOf(failing(member), { places }),
      );
    expect(truths('LatestDeliveryError')).toEqual(['no', 'yes', 'yes']);
    expect(truths('LatestCloudWatchLogsDeliveryError')).toEqual(['yes', 'no', 'yes']);
    expect(truths('LatestNotificationError')).toEqual(['yes', 'yes', 'yes']);
    expect(truthOf(failing('x'), { places: ['logGroup'], groupItem: { RetentionInDays: 30 } })).toBe('no');
    expect(truthOf([main], { places: ['logGroup'] })).toBe('no');
    const gaps = [{ operation: 'cloudtrail:GetTrailStatus', error: 'AccessDenied' }];
    const [{ Status: _, ...unread } = {}] = failing('x') as readonly { readonly Status?: unknown }[];
    expect(truthOf([unread], { places: ['logGroup'], more: { gaps } })).toBe('unknown');
  });
});

describe('what cannot be encrypted is not taken in', () => {
  const keyArn = `arn:aws:kms:us-east-1:${home}:key/1`;
  const keyed = (more: object) => ({ resources: { 'AWS::KMS::Key': [{ Arn: keyArn, KeyId: '1', ...more }] } });
  const admitting = { Policy: JSON.stringify({ Statement: allow({ Action: 'kms:*', Resource: '*' }) }) };
  const toItself = JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${home}:root` }, Action: 'kms:*', Resource: '*' },
  });

  test.each<[string, object, string]>([
    ['a key that is on and lets CloudTrail in', { KeyState: 'Enabled', ...admitting }, 'yes'],
    ['a key that is off', { KeyState: 'Disabled', ...admitting }, 'no'],
    ['a key that lets the account alone in', { KeyState: 'Enabled', Policy: toItself }, 'no'],
  ])('into an event data store: %s', (_, item, expected) => {
    const stores = [store({ KmsKeyId: keyArn })];
    expect(truthOf([], { places: ['eventDataStore'], stores, ...keyed(item) })).toBe(expected);
  });

  const toLogs = (arn: string): string =>
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'logs.us-east-1.amazonaws.com' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': arn } },
      },
    });

  test.each([
    ['lets it in', toLogs(group), 'yes'],
    ['lets another group in', toLogs(`${group}-other`), 'no'],
    ['lets the account alone in', toItself, 'no'],
    ['is not here', undefined, 'unknown'],
  ])('into a log group whose key has a policy that %s', (_, Policy, expected) => {
    const trails = [writing('main', { CloudWatchLogsLogGroupArn: `${group}:*` })];
    const key = keyed({ KeyState: 'Enabled', ...(Policy && { Policy }) });
    expect(truthOf(trails, { places: ['logGroup'], groupItem: { KmsKeyId: keyArn }, ...key })).toBe(expected);
  });

  test.each([
    ['Enabled', 'yes'],
    ['Disabled', 'no'],
    ['PendingDeletion', 'no'],
    ['Updating', 'unknown'],
  ])('into a log group whose key is %s: %s (aws-semantics §6.1)', (KeyState, expected) => {
    const trails = [writing('main', { CloudWatchLogsLogGroupArn: `${group}:*` })];
    const groupItem = { KmsKeyId: keyArn };
    const Policy = toLogs(group);
    expect(truthOf(trails, { places: ['logGroup'], groupItem, ...keyed({ KeyState, Policy }) })).toBe(expected);
  });
});

describe('the last delivery to the log group', () => {
  const of = (Status: object, now?: string) => {
    const trails = [
      writing('main', { CloudWatchLogsLogGroupArn: `${group}:*`, Status: { IsLogging: true, ...Status } }),
    ];
    return truthOf(trails, { places: ['logGroup'], now });
  };
  const time = (LatestCloudWatchLogsDeliveryTime: string) => ({ LatestCloudWatchLogsDeliveryTime });

  test('was long ago, as of the time that is asked about', () => {
    expect(of(time('2026-11-20T08:55:00Z'), '2026-11-20T09:00:00Z')).toBe('yes');
    expect(of(time('2026-11-20T08:55:00Z'), '2026-12-20T09:00:00Z')).toBe('unknown');
    expect(of(time('2026-11-20T08:55:00Z'))).toBe('yes');
  });

  test('never was, though the trail has been logging for long', () => {
    expect(of({ StartLoggingTime: '2026-01-01T00:00:00Z' }, '2026-11-20T09:00:00Z')).toBe('unknown');
  });
});

describe('what is said of the way to the log group', () => {
  const toGroup = { CloudWatchLogsLogGroupArn: `${group}:*` };
  const at = `trails[${trailArn('main')}]`;
  const asked = { places: ['logGroup'] } as const;
  const of = (LatestCloudWatchLogsDeliveryError?: string) =>
    ask([writing('main', { ...toGroup, Status: { IsLogging: true, LatestCloudWatchLogsDeliveryError } })], asked);
  const evidence = (actual?: string) => ({
    path: `${at}.Status.LatestCloudWatchLogsDeliveryError`,
    actual,
    from: 'cloudtrail:GetTrailStatus',
    resource: trailArn('main'),
  });

  test('it went well', () => {
    const answer = of();
    expect([answer.truth, of('').truth]).toEqual(['yes', 'yes']);
    expect(answer.evidence).toContainEqual(evidence());
    expect(answer.evidence).toContainEqual(
      expect.objectContaining({ path: `${at}.logGroup`, note: 'events of more than 256 KB do not reach it' }),
    );
    expect(answer.evidence).toContainEqual(expect.objectContaining({ path: `${at}.logGroup.RetentionInDays` }));
  });

  test('it failed, and what would change that', () => {
    const answer = of('AccessDenied');
    expect(answer.truth).toBe('no');
    expect(answer.evidence).toContainEqual(evidence('AccessDenied'));
    expect(answer.changes).toContainEqual([
      { resource: trailArn('main'), path: 'Status.LatestCloudWatchLogsDeliveryError', set: null },
    ]);
  });

  test('it was refused', () => {
    const gaps = [{ operation: 'cloudtrail:GetTrailStatus', error: 'AccessDenied' }];
    const unread = trail('main', { S3BucketName: 'logs', IsMultiRegionTrail: true, ...toGroup });
    expect(brief(ask([unread], { ...asked, more: { gaps } }))).toContain(
      `${at}.Status.LatestCloudWatchLogsDeliveryError: AccessDenied`,
    );
  });
});

describe('where nobody asks for it, it does not matter', () => {
  const gaps = (operation: string) => ({ more: { gaps: [{ operation, error: 'AccessDenied' }] } });
  test('which trails or event data stores there are', () => {
    expect(truthOf([], { places: ['eventDataStore'], ...gaps('cloudtrail:DescribeTrails') })).toBe('no');
    expect(truthOf([], { places: ['bucket'], ...gaps('cloudtrail:ListEventDataStores') })).toBe('no');
    expect(truthOf([], { places: ['bucket', 'eventDataStore'], ...gaps('cloudtrail:ListEventDataStores') })).toBe(
      'unknown',
    );
    expect(truthOf([], { places: ['logGroup', 'eventDataStore'], ...gaps('cloudtrail:DescribeTrails') })).toBe(
      'unknown',
    );
  });
});

describe('a trail of the organization', () => {
  const organization = [{ Arn: 'arn:aws:organizations::1:organization/o-abc', Id: 'o-abc' }];
  const resources = { 'AWS::Organizations::Organization': organization };
  const trails = [writing('main', { IsOrganizationTrail: true })];
  test.each([
    [`AWSLogs/o-abc/${home}/`, 'no'],
    ['AWSLogs/o-abc/999999999999/', 'yes'],
    ['AWSLogs/o-xyz/', 'yes'],
    ['AWSLogs/', 'no'],
  ])('keeps the files of this account, and what happens under %s does not matter to others: %s', (prefix, truth) => {
    expect(truthOf(trails, { logs: rules(expiring(30, prefix)), resources })).toBe(truth);
  });
});

describe('several trails', () => {
  test('that keep too little keep it no longer together', () => {
    expect(truthOf([main, writing('second')], { logs: short })).toBe('no');
  });

  test('that keep a part each keep it all together (aws-semantics §2.7)', () => {
    const reads = writing('reads', { EventSelectors: [{ ReadWriteType: 'ReadOnly' }] });
    const writes = writing('writes', { S3KeyPrefix: 'w', EventSelectors: [{ ReadWriteType: 'WriteOnly' }] });
    expect(truthOf([reads, writes])).toBe('yes');
    expect(truthOf([reads, writes], { logs: rules(expiring(30, 'w/')) })).toBe('no');
    expect(truthOf([reads])).toBe('no');
  });

  test('each class is kept by its own: logs by one, Insights events by another', () => {
    const insights = {
      HasInsightSelectors: true,
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
    };
    const one = writing('one', insights);
    const two = writing('two', { ...insights, S3KeyPrefix: 'two' });
    const logs = rules(expiring(30, `${folder}-Insight/`), expiring(30, `two/${folder}/`));
    const event = { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiCallRateInsight' };
    expect(truthOf([one, two], { logs, events: [management] })).toBe('yes');
    expect(truthOf([one], { logs, events: [event] })).toBe('no');
    expect(truthOf([two], { logs, events: [management] })).toBe('no');
    expect(truthOf([one, two], { logs, events: [management, event] })).toBe('yes');
    expect(
      truthOf([one, two], {
        logs: rules(expiring(30, `${folder}/`), expiring(30, 'two/')),
        events: [management, event],
      }),
    ).toBe('no');
  });

  test('of which not all are known', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }];
    expect(truthOf([], { more: { gaps } })).toBe('unknown');
    expect(truthOf([main], { more: { gaps } })).toBe('yes');
  });
});

describe('an event data store (aws-semantics §5.3)', () => {
  const lake = { places: ['eventDataStore'] } as const;
  const either = { places: ['bucket', 'eventDataStore'] } as const;
  test('counts where it is asked for', () => {
    expect(truthOf([], { ...lake, stores: [store()] })).toBe('yes');
    expect(truthOf([], { stores: [store()] })).toBe('no');
    expect(truthOf([main], { ...lake })).toBe('no');
  });

  test('keeps management events that the bucket loses, and not the data events of the trail', () => {
    const all = writing('main', {
      EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
    });
    const asked = { ...either, stores: [store()], logs: short };
    expect(truthOf([all], asked)).toBe('yes');
    const data = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object' };
    expect(truthOf([all], { ...asked, events: [data] })).toBe('no');
    expect(truthOf([all], { ...asked, events: [data], atLeast: 30 })).toBe('yes');
    expect(truthOf([all], { ...asked, events: [management, data] })).toBe('no');
  });

  test.each([
    ['STOPPED_INGESTION', 'no'],
    ['PENDING_DELETION', 'no'],
    ['CREATED', 'unknown'],
    ['ENABLED', 'yes'],
  ])('that is %s: %s', (Status, truth) => {
    expect(truthOf([], { ...lake, stores: [store({ Status })] })).toBe(truth);
  });

  test('the 90-day event history never counts', () => {
    expect(truthOf([], { ...lake, atLeast: 1 })).toBe('no');
    expect(truthOf([], { atLeast: 1 })).toBe('no');
  });
});
