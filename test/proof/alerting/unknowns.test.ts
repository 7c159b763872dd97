import { describe, expect, test } from 'vitest';
import { trailArn } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  allow,
  filter,
  group,
  main,
  refused,
  type Setting,
  stop,
  topic,
  topicArn,
  wanted,
  without,
} from './asking.ts';
import { filterArn, functionArn, inAlarm, inFilter, inTopic, inTrail, keyArn, subscription } from './paths.ts';

describe('a gap on the way of a filter is unknown, and names the IAM action', () => {
  test.each<[string, Setting, string]>([
    [
      'the trails',
      { trails: [], ...refused('cloudtrail:DescribeTrails') },
      'trails: AccessDenied cloudtrail:DescribeTrails',
    ],
    [
      'whether a trail is logging',
      { trails: [without(main(), 'Status')], ...refused('cloudtrail:GetTrailStatus', trailArn('main')) },
      `${inTrail}Status.IsLogging: AccessDenied cloudtrail:GetTrailStatus`,
    ],
    [
      'the last delivery of a trail',
      { trails: [without(main(), 'Status')], ...refused('cloudtrail:GetTrailStatus', trailArn('main')) },
      `${inTrail}Status.LatestCloudWatchLogsDeliveryError: AccessDenied cloudtrail:GetTrailStatus`,
    ],
    [
      'what a trail selects',
      refused('cloudtrail:GetEventSelectors', trailArn('main')),
      `${inTrail}EventSelectors: AccessDenied cloudtrail:GetEventSelectors`,
    ],
    [
      'which log group a trail writes to',
      {
        trails: [without(main(), 'CloudWatchLogsLogGroupArn')],
        ...refused('cloudtrail:DescribeTrails', trailArn('main')),
      },
      `${inTrail}logGroup: AccessDenied cloudtrail:DescribeTrails`,
    ],
    [
      'the log group',
      { groups: [], ...refused('logs:DescribeLogGroups', group) },
      `${inTrail}logGroup: AccessDenied logs:DescribeLogGroups`,
    ],
    [
      'the class of the log group',
      refused('logs:DescribeLogGroups', group),
      `${inTrail}logGroup.LogGroupClass: AccessDenied logs:DescribeLogGroups`,
    ],
    [
      'the key of the log group',
      { groups: [{ LogGroupArn: group, KmsKeyId: keyArn }], ...refused('kms:DescribeKey', keyArn) },
      `${inTrail}logGroup.key: AccessDenied kms:DescribeKey`,
    ],
    [
      'the state of that key',
      {
        groups: [{ LogGroupArn: group, KmsKeyId: keyArn }],
        keys: [{ Arn: keyArn }],
        ...refused('kms:DescribeKey', keyArn),
      },
      `${inTrail}logGroup.key.KeyState: AccessDenied kms:DescribeKey`,
    ],
    [
      'the filters',
      { filters: [], ...refused('logs:DescribeMetricFilters') },
      'metricFilters: AccessDenied logs:DescribeMetricFilters',
    ],
    [
      'the pattern of a filter',
      { filters: [without(filter(stop), 'FilterPattern')], ...refused('logs:DescribeMetricFilters', filterArn) },
      `${inFilter}FilterPattern: AccessDenied logs:DescribeMetricFilters`,
    ],
    [
      'whether a filter is on what is transformed first',
      refused('logs:DescribeMetricFilters', filterArn),
      `${inFilter}ApplyOnTransformedLogs: AccessDenied logs:DescribeMetricFilters`,
    ],
    [
      'which metric a filter writes',
      {
        filters: [without(filter(stop), 'MetricTransformations')],
        ...refused('logs:DescribeMetricFilters', filterArn),
      },
      `${inFilter}MetricTransformations: AccessDenied logs:DescribeMetricFilters`,
    ],
    [
      'whether a filter is on what is selected first',
      {
        filters: [filter(stop, { ApplyOnTransformedLogs: false })],
        ...refused('logs:DescribeMetricFilters', filterArn),
      },
      `${inFilter}FieldSelectionCriteria: AccessDenied logs:DescribeMetricFilters`,
    ],
    [
      'which Insights events a trail records',
      {
        events: { eventCategory: 'Insight' },
        filters: [filter('')],
        ...refused('cloudtrail:GetInsightSelectors', trailArn('main')),
      },
      `${inTrail}InsightSelectors: AccessDenied cloudtrail:GetInsightSelectors`,
    ],
    [
      'whether a trail records global services',
      {
        events: { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' },
        filters: [filter('')],
        trails: [main({ IsMultiRegionTrail: false })],
        ...refused('cloudtrail:DescribeTrails', trailArn('main')),
      },
      `${inTrail}IncludeGlobalServiceEvents: AccessDenied cloudtrail:DescribeTrails`,
    ],
    [
      'the alarms',
      { alarms: [], ...refused('cloudwatch:DescribeAlarms') },
      `${inFilter}alarms: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'the alarms of the region',
      { alarms: [], ...refused('cloudwatch:DescribeAlarms', undefined, 'us-east-1') },
      `${inFilter}alarms: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'what of an alarm is not set',
      refused('cloudwatch:DescribeAlarms', alarmArn()),
      `${inAlarm}Metrics: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'which metric an alarm is on',
      { alarms: [{ AlarmArn: alarmArn() }], ...refused('cloudwatch:DescribeAlarms', alarmArn()) },
      `${inAlarm}MetricName: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'which of two metrics an alarm is on, of which a filter writes one',
      {
        alarms: [alarm({ MetricName: 'Other' })],
        filters: [
          filter(stop, {
            MetricTransformations: ['Tampering', 'Other'].map((MetricName) => ({
              ...{ MetricNamespace: 'Audit', MetricName },
              MetricValue: '1',
            })),
          }),
        ],
        ...refused('cloudwatch:DescribeAlarms', alarmArn()),
      },
      `${inAlarm}Metrics: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    ...['AlarmActions', 'ActionsSuppressor'].map((name, index): [string, Setting, string] => [
      `${name} of an alarm above`,
      {
        alarms: [
          alarm({ AlarmActions: [] }),
          {
            ...{ AlarmArn: alarmArn('any'), AlarmName: 'any', AlarmRule: 'ALARM(tampering)', ActionsEnabled: true },
            ...(index > 0 && { AlarmActions: [topicArn] }),
          },
        ],
        ...refused('cloudwatch:DescribeAlarms', alarmArn('any')),
      },
      `${inAlarm}parents[${alarmArn('any')}].${name}: AccessDenied cloudwatch:DescribeAlarms`,
    ]),
    [
      'the topic',
      { topics: [], ...refused('sns:GetTopicAttributes', topicArn) },
      `${inAlarm}topic: AccessDenied sns:GetTopicAttributes`,
    ],
    [
      'the policy of a topic',
      { topics: [topic({ KmsMasterKeyId: '' })], ...refused('sns:GetTopicAttributes', topicArn) },
      `${inTopic}Policy: AccessDenied sns:GetTopicAttributes`,
    ],
    [
      'whether a topic is encrypted',
      {
        topics: [topic({ Policy: allow('cloudwatch.amazonaws.com') })],
        ...refused('sns:GetTopicAttributes', topicArn),
      },
      `${inTopic}KmsMasterKeyId: AccessDenied sns:GetTopicAttributes`,
    ],
    [
      'the key of a topic',
      { topics: [topic({ KmsMasterKeyId: keyArn })], ...refused('kms:DescribeKey', keyArn) },
      `${inTopic}KmsMasterKeyId: AccessDenied kms:DescribeKey`,
    ],
    [
      'the policy of that key',
      { topics: [topic({ KmsMasterKeyId: keyArn })], keys: [{ Arn: keyArn }], ...refused('kms:GetKeyPolicy', keyArn) },
      `${inTopic}key.Policy: AccessDenied kms:GetKeyPolicy`,
    ],
    [
      'who listens',
      { topics: [without(topic(), 'Subscriptions')], ...refused('sns:ListSubscriptionsByTopic', topicArn) },
      `${inTopic}Subscriptions: AccessDenied sns:ListSubscriptionsByTopic`,
    ],
    [
      'what a subscription lets through',
      refused('sns:GetSubscriptionAttributes', subscription),
      `${inTopic}Subscriptions[${subscription}]: AccessDenied sns:GetSubscriptionAttributes`,
    ],
    [
      'the filter policy of one that is there',
      { subscriptions: [{ SubscriptionArn: subscription }], ...refused('sns:GetSubscriptionAttributes', subscription) },
      `${inTopic}Subscriptions[${subscription}].FilterPolicy: AccessDenied sns:GetSubscriptionAttributes`,
    ],
    [
      'a function',
      { alarms: [alarm({ AlarmActions: [functionArn] })], ...refused('lambda:ListFunctions') },
      `${inAlarm}function: AccessDenied lambda:ListFunctions`,
    ],
    [
      'the policy of a function',
      {
        alarms: [alarm({ AlarmActions: [functionArn] })],
        functions: [{ FunctionArn: functionArn, FunctionName: 'f' }],
        ...refused('lambda:GetPolicy', functionArn),
      },
      `${inAlarm}function[${functionArn}].Policy: AccessDenied lambda:GetPolicy`,
    ],
  ])('%s', (_, setting, expected) => {
    const [answer, ...gaps] = wanted(setting);
    expect(answer).toBe('unknown');
    expect(gaps).toContain(expected);
  });

  test('actions that are said of an alarm above, and whether they are on is not', () => {
    const parent = {
      AlarmArn: alarmArn('any'),
      AlarmName: 'any',
      AlarmRule: 'ALARM(tampering)',
      AlarmActions: [topicArn],
    };
    const setting = {
      alarms: [alarm({ AlarmActions: [] }), parent],
      ...refused('cloudwatch:DescribeAlarms', alarmArn('any')),
    };
    expect(wanted(setting)).toEqual([
      'unknown',
      `${inAlarm}parents[${alarmArn('any')}].ActionsEnabled: AccessDenied cloudwatch:DescribeAlarms`,
      `${inFilter}alarms[${alarmArn('any')}].MetricName: AccessDenied cloudwatch:DescribeAlarms`,
    ]);
  });
});
