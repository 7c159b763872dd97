import { describe, expect, test } from 'vitest';
import { home, other, trail, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  allow,
  byRule,
  filter,
  group,
  type Item,
  main,
  named,
  rule,
  type Setting,
  said,
  stop,
  topic,
  truth,
} from './asking.ts';

const logging = { IsLogging: true };
const inGroup = (more: Item): Setting => ({ groups: [{ LogGroupArn: group, LogGroupName: 'trails', ...more }] });
const slips = 'alerts: nobody learns of cloudtrail:StopLogging in us-east-1';
const at = `trails[${trailArn('main')}].`;

describe('does an event arrive in the log group (aws-semantics §6.1)', () => {
  test.each<[string, Setting, string]>([
    ['A5: kept for a day', inGroup({ RetentionInDays: 1 }), 'yes'],
    ['of the standard class', inGroup({ LogGroupClass: 'STANDARD' }), 'yes'],
    ['A6: of infrequent access', inGroup({ LogGroupClass: 'INFREQUENT_ACCESS' }), 'no'],
    ['A6: of delivery', inGroup({ LogGroupClass: 'DELIVERY' }), 'no'],
    ['of a class that nobody knows', inGroup({ LogGroupClass: 'GLACIAL' }), 'unknown'],
    ['that does not exist', { groups: [] }, 'no'],
    ['of which the trail names none', { trails: [main({ CloudWatchLogsLogGroupArn: undefined })] }, 'no'],
    [
      'of the same name, in another region',
      { filters: [filter(stop, { LogGroupArn: group.replace('us-east-1', 'eu-west-1') })] },
      'no',
    ],
    ['of a name that goes on', { filters: [filter(stop, { LogGroupArn: `${group}-too` })] }, 'no'],
    ['that the trail names without its ending', { trails: [main({ CloudWatchLogsLogGroupArn: group })] }, 'yes'],
    [
      'of another account: nobody sees its filters',
      { trails: [main({ CloudWatchLogsLogGroupArn: `${group.replace(home, other)}:*` })] },
      'unknown',
    ],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });

  const Arn = `arn:aws:kms:us-east-1:${home}:key/k`;
  const logs = 'logs.us-east-1.amazonaws.com';
  test.each<[string, readonly Item[], string, string]>([
    ['which can be used', [{ Arn, KeyState: 'Enabled', Policy: allow(logs, 'kms:*') }], Arn, 'yes'],
    [
      'which lets CloudTrail in',
      [{ Arn, KeyState: 'Enabled', Policy: allow('cloudtrail.amazonaws.com', 'kms:*') }],
      Arn,
      'no',
    ],
    [
      'which lets the service of another region in',
      [{ Arn, KeyState: 'Enabled', Policy: allow('logs.eu-west-1.amazonaws.com', 'kms:*') }],
      Arn,
      'no',
    ],
    ...[
      ['for this log group', group, 'yes'],
      ['for another log group', `${group}-2`, 'no'],
    ].map(([what = '', arn, expected = '']): [string, readonly Item[], string, string] => [
      what,
      [
        {
          ...{ Arn, KeyState: 'Enabled' },
          Policy: allow(logs, 'kms:*', {
            Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': arn } },
          }),
        },
      ],
      Arn,
      expected,
    ]),
    ['which says nothing of its state', [{ Arn }], Arn, 'unknown'],
    ['which is disabled', [{ Arn, KeyState: 'Disabled' }], Arn, 'no'],
    ['which waits to be deleted', [{ Arn, KeyState: 'PendingDeletion' }], Arn, 'no'],
    ['which does not exist', [], Arn, 'no'],
    ['of another account', [], Arn.replace(home, other), 'unknown'],
  ])('encrypted with a key %s', (_, keys, KmsKeyId, expected) => {
    expect(truth({ ...inGroup({ KmsKeyId }), keys })).toBe(expected);
  });

  const delivered = (Status: Item) => truth({ trails: [main({ Status: { ...logging, ...Status } })] });
  test.each<[string, Item, string]>([
    ['A7: an error', { LatestCloudWatchLogsDeliveryError: 'AccessDenied' }, 'no'],
    ['no error, as an empty text', { LatestCloudWatchLogsDeliveryError: '' }, 'yes'],
    ['an error of S3, which is another way', { LatestDeliveryError: 'AccessDenied' }, 'yes'],
    ['minutes ago', { LatestCloudWatchLogsDeliveryTime: '2026-11-20T08:55:00Z' }, 'yes'],
    ['a day ago', { LatestCloudWatchLogsDeliveryTime: '2026-11-19T09:00:00Z' }, 'yes'],
    ['more than a day ago', { LatestCloudWatchLogsDeliveryTime: '2026-11-19T08:59:59Z' }, 'unknown'],
    [
      'an error, long ago',
      { LatestCloudWatchLogsDeliveryTime: '2026-01-01T00:00:00Z', LatestCloudWatchLogsDeliveryError: 'x' },
      'no',
    ],
    ['never, in the hour since it began', { StartLoggingTime: '2026-11-20T08:00:00Z' }, 'yes'],
    ['never, in more than an hour', { StartLoggingTime: '2026-11-20T07:59:59Z' }, 'unknown'],
    [
      'just now, long after it began',
      { StartLoggingTime: '2026-01-01T00:00:00Z', LatestCloudWatchLogsDeliveryTime: '2026-11-20T08:59:00Z' },
      'yes',
    ],
  ])('the last delivery: %s', (_, status, expected) => {
    expect(delivered(status)).toBe(expected);
  });

  test('when the facts were collected nobody says', () => {
    const status = { Status: { ...logging, LatestCloudWatchLogsDeliveryTime: '2020-01-01T00:00:00Z' } };
    expect(truth({ trails: [main(status)], more: { collectedAt: undefined } as Setting['more'] & object })).toBe('yes');
  });

  test.each<[Setting, string]>([
    [{ groups: [] }, `${at}logGroup: the log group does not exist`],
    [inGroup({ LogGroupClass: 'DELIVERY' }), `${at}logGroup.LogGroupClass: "DELIVERY"`],
    [{ ...inGroup({ KmsKeyId: 'k' }) }, `${at}logGroup.key: the key does not exist`],
    [
      { ...inGroup({ KmsKeyId: 'k' }), keys: [{ Arn: 'arn:k', KeyId: 'k', KeyState: 'Disabled' }] },
      `${at}logGroup.key.KeyState: "Disabled"`,
    ],
    [
      { trails: [main({ Status: { ...logging, LatestCloudWatchLogsDeliveryError: 'AccessDenied' } })] },
      `${at}Status.LatestCloudWatchLogsDeliveryError: "AccessDenied"`,
    ],
    [{ trails: [main({ Status: { IsLogging: false } })] }, `${at}Status.IsLogging: false`],
    [{ trails: [main({ Status: undefined })] }, `${at}Status.IsLogging: undefined`],
  ])('%j: %s', (setting, expected) => {
    expect(said(setting)).toEqual(['no', slips, expected]);
  });

  test.each<[Setting, string]>([
    [
      inGroup({ LogGroupClass: 'GLACIAL' }),
      `${at}logGroup.LogGroupClass: whether a group of this class has metric filters is not known`,
    ],
    [
      { trails: [main({ Status: { ...logging, LatestCloudWatchLogsDeliveryTime: '2026-01-01T00:00:00Z' } })] },
      `${at}Status.LatestCloudWatchLogsDeliveryTime: nothing has arrived for more than a day`,
    ],
    [
      { trails: [main({ Status: { ...logging, StartLoggingTime: '2026-01-01T00:00:00Z' } })] },
      `${at}Status.LatestCloudWatchLogsDeliveryTime: nothing has arrived since the trail began to log`,
    ],
    [
      { trails: [main({ CloudWatchLogsLogGroupArn: `${group.replace(home, other)}:*` })] },
      `${at}logGroup: OtherAccount`,
    ],
  ])('%j: %s', (setting, expected) => {
    expect(said(setting)).toEqual(['unknown', expected]);
  });

  test('all that keeps it from arriving is named', () => {
    const Status = { ...logging, LatestCloudWatchLogsDeliveryError: 'AccessDenied' };
    const keys = [{ Arn, KeyState: 'Disabled', Policy: allow('cloudtrail.amazonaws.com', 'kms:*') }];
    const broken = inGroup({ LogGroupClass: 'DELIVERY', KmsKeyId: Arn });
    expect(said({ ...broken, keys, trails: [main({ Status })] })).toEqual([
      'no',
      slips,
      `${at}Status.LatestCloudWatchLogsDeliveryError: "AccessDenied"`,
      `${at}logGroup.LogGroupClass: "DELIVERY"`,
      `${at}logGroup.key.KeyState: "Disabled"`,
      `${at}logGroup.key.Policy: no statement allows kms:GenerateDataKey on ${Arn}`,
      `${at}logGroup.key.Policy: no statement allows kms:Decrypt on ${Arn}`,
    ]);
  });

  test('what a pass rests on', () => {
    expect(said(inGroup({ LogGroupClass: 'STANDARD' }))).toEqual(
      [
        'yes',
        `${at}region: "us-east-1"`,
        `${at}Status.IsLogging: true`,
        `${at}Status.LatestCloudWatchLogsDeliveryError: undefined`,
        `${at}logGroup.LogGroupClass: "STANDARD"`,
        expect.stringContaining('Threshold'),
        expect.stringContaining('ActionsEnabled'),
        expect.stringContaining('Policy'),
        expect.stringContaining('Subscriptions'),
        expect.stringContaining('MuteRules: 0'),
        expect.stringContaining('FilterPattern: matches such events'),
        `${at}EventSelectors: records such events`,
      ].map((it) => (it === `${at}region: "us-east-1"` ? `${at}IsMultiRegionTrail: true` : it)),
    );
  });
});

describe('the trail of an organization', () => {
  const owned = (account: string): Item => ({
    ...main({ IsOrganizationTrail: true, CloudWatchLogsLogGroupArn: `${group.replace(home, account)}:*` }),
    TrailARN: trailArn('org', 'us-east-1', account),
    Name: 'org',
  });
  test('writes to a log group of its own account, where nobody looked', () => {
    expect(truth({ trails: [owned(other)] })).toBe('unknown');
    expect(truth({ trails: [owned(other)], filters: [] })).toBe('unknown');
    expect(truth({ trails: [{ ...owned(other), Status: { IsLogging: false } }] })).toBe('no');
    expect(truth({ trails: [{ ...owned(other), EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }] })).toBe('no');
    const withoutKeys = { IncludeManagementEvents: true, ExcludeManagementEventSources: ['kms.amazonaws.com'] };
    const events = { eventSource: ['kms.amazonaws.com', 'iam.amazonaws.com'], eventName: ['DisableKey', 'CreateUser'] };
    expect(said({ events, trails: [{ ...owned(other), EventSelectors: [withoutKeys] }] })).toEqual([
      'no',
      'alerts: nobody learns of kms:DisableKey in us-east-1',
      `trails[${trailArn('org', 'us-east-1', other)}].EventSelectors: does not record kms:DisableKey in us-east-1`,
    ]);
  });

  test('all that keeps it from getting there is named', () => {
    const TrailARN = trailArn('org', 'eu-west-1', other);
    const elsewhere = { TrailARN, HomeRegion: 'eu-west-1', IsMultiRegionTrail: false, Status: { IsLogging: false } };
    expect(said({ trails: [{ ...owned(other), ...elsewhere }] })).toEqual([
      'no',
      slips,
      `trails[${TrailARN}].IsMultiRegionTrail: it records eu-west-1 alone, not us-east-1`,
      `trails[${TrailARN}].Status.IsLogging: false`,
    ]);
  });

  test('but of a log group of this account that nobody read all filters are known', () => {
    const gaps = [{ operation: 'logs:DescribeLogGroups', resource: group, error: 'AccessDenied' }];
    const unread = { groups: [], more: { gaps } };
    expect([truth(unread), truth({ ...unread, filters: [] })]).toEqual(['unknown', 'no']);
  });

  test('is as good as any other where its log group is read', () => {
    expect(truth({ trails: [owned(home)] })).toBe('yes');
    expect(truth({ trails: [owned(other), main()] })).toBe('yes');
  });

  test('E9: a rule needs nothing of its log group', () => {
    expect(truth(byRule([rule(named('StopLogging'))], { trails: [owned(other)] }))).toBe('yes');
    expect(truth(byRule([rule(named('StopLogging'))], { trails: [owned(other)], via: 'eventbridge' }))).toBe('yes');
  });
});

describe('which events go on to the log group (aws-semantics §2.11)', () => {
  const category = (name: string): Item => ({ FieldSelectors: [{ Field: 'eventCategory', Equals: [name] }] });
  const activity: Item = {
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['NetworkActivity'] },
      { Field: 'eventSource', Equals: ['kms.amazonaws.com'] },
    ],
  };
  const events = { eventCategory: 'NetworkActivity', eventSource: 'kms.amazonaws.com' };
  const selecting = (...AdvancedEventSelectors: readonly Item[]) => [main({ AdvancedEventSelectors })];
  const objects: Item = {
    FieldSelectors: [
      ...(category('Data').FieldSelectors as readonly Item[]),
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
    ],
  };

  test('data events do, network activity perhaps', () => {
    const reading = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object' };
    const filters = [filter('')];
    expect(truth({ filters, events: reading, trails: selecting(objects) })).toBe('yes');
    expect(truth({ filters, events, trails: selecting(activity) })).toBe('unknown');
    expect(truth({ filters, events, trails: selecting(category('Management')) })).toBe('no');
    expect(said({ filters, events, trails: selecting(activity) })).toEqual([
      'unknown',
      expect.stringMatching(
        /^trails\[.*\]\.AdvancedEventSelectors: it cannot be said whether it would send to its log group /,
      ),
    ]);
  });

  test('a rule gets network activity', () => {
    const rules = [rule({ 'detail-type': ['AWS Network Activity Event via CloudTrail'] })];
    expect(truth(byRule(rules, { events, trails: selecting(activity) }))).toBe('yes');
    expect(truth(byRule([rule(named('Decrypt', 'kms.amazonaws.com'))], { events, trails: selecting(activity) }))).toBe(
      'no',
    );
  });
});

describe('trails together', () => {
  const second = `${group}-2`;
  const two = { eventSource: 'cloudtrail.amazonaws.com', eventName: ['StopLogging', 'DeleteTrail'] };
  test('A10: a filter counts on the group of a trail that records', () => {
    const stopped = trail('stopped', {
      ...main(),
      Name: 'stopped',
      TrailARN: trailArn('stopped'),
      CloudWatchLogsLogGroupArn: `${second}:*`,
      Status: { IsLogging: false },
    });
    const groups = [{ LogGroupArn: group }, { LogGroupArn: second }];
    const filters = [filter(stop, { LogGroupArn: second })];
    expect(truth({ groups, filters, trails: [main(), stopped] })).toBe('no');
    expect(truth({ groups, filters, trails: [main(), { ...stopped, Status: logging }] })).toBe('yes');
  });

  test('A8: half the names on each', () => {
    const other_ = { ...main(), Name: 'two', TrailARN: trailArn('two'), CloudWatchLogsLogGroupArn: `${second}:*` };
    const groups = [{ LogGroupArn: group }, { LogGroupArn: second }];
    const filters = [filter(stop), filter('{ $.eventName = DeleteTrail }', { LogGroupArn: second })];
    const both = { groups, filters, trails: [main(), other_], events: two };
    expect(truth(both)).toBe('yes');
    expect(truth({ ...both, trails: [main()] })).toBe('no');
    expect(truth({ ...both, alarms: [alarm()], topics: [topic({ Policy: allow('events.amazonaws.com') })] })).toBe(
      'no',
    );
  });
});
