import { describe, expect, test } from 'vitest';
import { trailArn } from '../../rules/judging.ts';
import { alarm, alarmArn, allow, ask, filter, group, type Item, type Setting, stop, topicArn } from './asking.ts';
import {
  account,
  at,
  filterArn,
  from,
  inAlarm,
  inFilter,
  inGroup,
  inTrail,
  keyArn,
  parent,
  silent,
  status,
} from './paths.ts';

describe('evidence says what it is about, what decided, and who says so', () => {
  test.each<[string, Setting, Item]>([
    ['alerts', { filters: [] }, { resource: account, note: 'nobody learns of cloudtrail:StopLogging in us-east-1' }],
    [`${inFilter}FilterPattern`, {}, { resource: filterArn, from: from.filters, note: 'matches such events' }],
    [
      `${inFilter}FilterPattern`,
      { filters: [filter('{ $.eventName == x }')] },
      { resource: filterArn, note: 'the filter is not valid at column 16: a value is wanted, not = x }' },
    ],
    [
      `${inFilter}FilterPattern`,
      { filters: [filter(stop, { FilterPattern: undefined })] },
      { resource: filterArn, note: 'what it matches is not said' },
    ],
    [
      `${inFilter}FilterPattern`,
      { filters: [filter('Stop')] },
      {
        resource: filterArn,
        from: from.filters,
        note: 'it cannot be said whether it would match cloudtrail:StopLogging in us-east-1',
      },
    ],
    [
      `${inTrail}EventSelectors`,
      {},
      { resource: trailArn('main'), from: 'cloudtrail:GetEventSelectors', note: 'records such events' },
    ],
    [`${inTrail}Status.IsLogging`, {}, { resource: trailArn('main'), from: from.status, expected: true, actual: true }],
    [`${inTrail}Status.LatestCloudWatchLogsDeliveryError`, {}, { resource: trailArn('main'), from: from.status }],
    [
      `${inTrail}Status.LatestCloudWatchLogsDeliveryError`,
      status({ LatestCloudWatchLogsDeliveryError: 'x' }),
      { resource: trailArn('main'), from: from.status, actual: 'x' },
    ],
    [
      `${inTrail}Status.LatestCloudWatchLogsDeliveryTime`,
      status({ LatestCloudWatchLogsDeliveryTime: '2026-11-01T00:00:00Z' }),
      {
        resource: trailArn('main'),
        from: from.status,
        actual: '2026-11-01T00:00:00Z',
        note: 'nothing has arrived for more than a day',
      },
    ],
    [
      `${inTrail}Status.LatestCloudWatchLogsDeliveryTime`,
      status({ StartLoggingTime: '2026-11-01T00:00:00Z' }),
      { resource: trailArn('main'), from: from.status, note: 'nothing has arrived since the trail began to log' },
    ],
    [
      `${inTrail}logGroup`,
      { groups: [] },
      { resource: trailArn('main'), actual: group, note: 'the log group does not exist' },
    ],
    [`${inTrail}logGroup.LogGroupClass`, {}, { resource: group, from: from.groups, expected: 'STANDARD' }],
    [
      `${inTrail}logGroup.LogGroupClass`,
      inGroup({ LogGroupClass: 'DELIVERY' }),
      { resource: group, from: from.groups, expected: 'STANDARD', actual: 'DELIVERY' },
    ],
    [
      `${inTrail}logGroup.key`,
      inGroup({ KmsKeyId: keyArn }),
      { resource: group, actual: keyArn, note: 'the key does not exist' },
    ],
    [
      `${inTrail}logGroup.key.KeyState`,
      {
        ...inGroup({ KmsKeyId: keyArn }),
        keys: [{ Arn: keyArn, KeyState: 'Enabled', Policy: allow('logs.us-east-1.amazonaws.com', 'kms:*') }],
      },
      { resource: keyArn, from: 'kms:DescribeKey', expected: 'Enabled', actual: 'Enabled' },
    ],
    [
      `${inTrail}logGroup.key.KeyState`,
      { ...inGroup({ KmsKeyId: keyArn }), keys: [{ Arn: keyArn, KeyState: 'Creating' }] },
      {
        resource: keyArn,
        from: 'kms:DescribeKey',
        expected: 'Enabled',
        actual: 'Creating',
        note: 'a key whose KeyState is Creating may not be usable',
      },
    ],
    [
      `${inTrail}logGroup.key.Policy`,
      { ...inGroup({ KmsKeyId: keyArn }), keys: [{ Arn: keyArn, KeyState: 'Enabled' }] },
      { resource: keyArn, note: 'every key has a policy, and none is here' },
    ],
    [
      `${inFilter}alarms`,
      { alarms: [] },
      { resource: filterArn, from: from.alarms, actual: 0, note: 'no alarm watches its metric' },
    ],
    [`${inAlarm}ActionsEnabled`, {}, { resource: alarmArn(), from: from.alarms, expected: true, actual: true }],
    [
      `${inAlarm}ActionsEnabled`,
      { alarms: [alarm({ ActionsEnabled: undefined })] },
      { resource: alarmArn(), from: from.alarms, expected: true, actual: true },
    ],
    [
      `${inAlarm}AlarmActions`,
      { alarms: [silent] },
      { resource: alarmArn(), from: from.alarms, actual: 0, note: 'it takes no action when it goes off' },
    ],
    [
      `${inAlarm}AlarmActions`,
      { alarms: [alarm({ AlarmActions: topicArn })] },
      { resource: alarmArn(), from: from.alarms, actual: 0, note: 'it takes no action when it goes off' },
    ],
    [
      `${inAlarm}MuteRules`,
      { alarms: [alarm({ MuteRules: [{ AlarmMuteRuleArn: 'arn:mute', Status: 'ACTIVE' }] })] },
      {
        resource: alarmArn(),
        from: 'cloudwatch:ListAlarmMuteRules',
        note: 'the mute rule mute, which is ACTIVE, may hold its actions back',
      },
    ],
    [
      `${inAlarm}action`,
      { alarms: [alarm({ AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] })] },
      {
        resource: alarmArn(),
        actual: 'arn:aws:automate:us-east-1:ec2:stop',
        note: 'it changes something, and tells nobody',
      },
    ],
    [
      `${inAlarm}parents[${alarmArn('any')}].AlarmRule`,
      { alarms: [silent, parent()] },
      { resource: alarmArn('any'), from: from.alarms, actual: 'ALARM(tampering)' },
    ],
    [
      `${inAlarm}parents[${alarmArn('any')}].ActionsSuppressor`,
      { alarms: [silent, parent({ ActionsSuppressor: 'x' })] },
      { resource: alarmArn('any'), from: from.alarms, actual: 'x', note: 'another alarm may hold its actions back' },
    ],
  ])('%s of %j', (path, setting, expected) => {
    expect(at(path, setting)).toEqual({ path, ...expected });
  });

  test('a prefix stands before every path', () => {
    const { evidence } = ask({ prefix: 'account.' });
    expect(evidence.map(({ path }) => path).filter((path) => !path.startsWith('account.'))).toEqual([]);
    expect(ask({ prefix: 'account.', filters: [] }).evidence[0]?.path).toBe('account.alerts');
  });
});
