import { describe, expect, test } from 'vitest';
import { home, other } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  filter,
  group,
  type Item,
  main,
  type Setting,
  said,
  stop,
  topic,
  topicArn,
  truth,
} from './asking.ts';

describe('the worked examples of alarms (aws-semantics §6.8)', () => {
  const both = { eventSource: 'cloudtrail.amazonaws.com', eventName: ['StopLogging', 'DeleteTrail'] };
  const parent = {
    AlarmArn: alarmArn('any'),
    AlarmName: 'any',
    AlarmRule: 'ALARM("tampering") OR ALARM(other)',
    AlarmActions: [topicArn],
  };
  test.each<[string, Setting, string]>([
    ['A1: all links hold', {}, 'yes'],
    [
      'A2: only a pending subscription',
      { topics: [topic({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] })] },
      'no',
    ],
    ['A3: the alarm is in another region', { alarms: [alarm({ AlarmArn: alarmArn('tampering', 'eu-west-1') })] }, 'no'],
    ['A4: another namespace, to the letter', { alarms: [alarm({ Namespace: 'audit' })] }, 'no'],
    ['A5: a log group that keeps a day', { groups: [{ LogGroupArn: group, RetentionInDays: 1 }] }, 'yes'],
    [
      'A6: a class without metric filters',
      { groups: [{ LogGroupArn: group, LogGroupClass: 'INFREQUENT_ACCESS' }] },
      'no',
    ],
    [
      'A7: the trail does not reach its log group',
      { trails: [main({ Status: { IsLogging: true, LatestCloudWatchLogsDeliveryError: 'AccessDenied' } })] },
      'no',
    ],
    [
      'A8: two filters, half the names each',
      { events: both, filters: [filter(stop), filter('{ $.eventName = DeleteTrail }', { FilterName: 'second' })] },
      'yes',
    ],
    ['A8: one of the names alone', { events: both }, 'no'],
    [
      'A9: failed attempts are left out',
      { filters: [filter('{ $.eventName = StopLogging && $.errorCode NOT EXISTS }')] },
      'no',
    ],
    [
      'A9: and nobody asked for them',
      {
        events: { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', errorCode: { exists: false } },
        filters: [filter('{ $.eventName = StopLogging && $.errorCode NOT EXISTS }')],
      },
      'yes',
    ],
    [
      'A10: a filter on a group that no trail writes to',
      { filters: [filter(stop, { LogGroupArn: `${group}-other` })] },
      'no',
    ],
    ['A11: an alarm above it acts', { alarms: [alarm({ ActionsEnabled: false }), parent] }, 'yes'],
    [
      'A11: which takes more than one',
      { alarms: [alarm({ ActionsEnabled: false }), { ...parent, AlarmRule: 'ALARM(tampering) AND ALARM(x)' }] },
      'no',
    ],
    ['A13: the trail has stopped', { trails: [main({ Status: { IsLogging: false } })] }, 'no'],
    ['no filter at all', { filters: [] }, 'no'],
    ['no topic that exists', { topics: [] }, 'no'],
    ['a filter that matches everything', { filters: [filter('')] }, 'yes'],
    [
      'a filter that excludes one address',
      { filters: [filter('{ $.eventName = StopLogging && $.sourceIPAddress != "10.0.0.1" }')] },
      'no',
    ],
    [
      'a filter for this account alone',
      { filters: [filter(`{ $.eventName = StopLogging && $.recipientAccountId = ${home} }`)] },
      'yes',
    ],
    ['a filter that is not valid', { filters: [filter('{ $.eventName == StopLogging }')] }, 'unknown'],
    ['a filter on what is transformed first', { filters: [filter(stop, { ApplyOnTransformedLogs: true })] }, 'unknown'],
    ['a word that is the name of the event', { filters: [filter('StopLogging')] }, 'yes'],
    ['a word that may be part of another', { filters: [filter('Stop')] }, 'unknown'],
    ['quotes around nothing', { filters: [filter('""')] }, 'yes'],
    [
      'a trail that leaves the event out',
      { trails: [main({ EventSelectors: [{ ReadWriteType: 'ReadOnly' }] })] },
      'no',
    ],
    [
      'an event of every region, by a trail of one',
      { trails: [main({ IsMultiRegionTrail: false })], more: { regions: ['us-east-1', 'eu-west-1'] } },
      'no',
    ],
    [
      'filters that nobody may read',
      { filters: [], more: { gaps: [{ operation: 'logs:DescribeMetricFilters', error: 'AccessDenied' }] } },
      'unknown',
    ],
    [
      'alarms that nobody may read',
      { alarms: [], more: { gaps: [{ operation: 'cloudwatch:DescribeAlarms', error: 'AccessDenied' }] } },
      'unknown',
    ],
    [
      'a topic of another account',
      { alarms: [alarm({ AlarmActions: [`arn:aws:sns:us-east-1:${other}:t`] })] },
      'unknown',
    ],
    [
      'an action that tells nobody',
      { alarms: [alarm({ AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] })] },
      'no',
    ],
    ['only when it is OK again', { alarms: [alarm({ AlarmActions: [], OKActions: [topicArn] })] }, 'no'],
    ['an OpsItem', { alarms: [alarm({ AlarmActions: ['arn:aws:ssm:us-east-1:1:opsitem:1'] })] }, 'yes'],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });

  test('the first broken link is named', () => {
    const pending = [topic({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] })];
    expect(said({ topics: pending })).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in us-east-1',
      `metricFilters[${group}:metric-filter:tampering].alarms[${alarmArn()}].topic[${topicArn}].Subscriptions: ` +
        'nobody has confirmed a subscription',
    ]);
    expect(said({ filters: [filter('{ $.eventName == StopLogging }')] })).toEqual([
      'unknown',
      `metricFilters[${group}:metric-filter:tampering].FilterPattern: the filter is not valid at column 16: ` +
        'a value is wanted, not = StopLoggin',
    ]);
  });
});

describe('would one event set it off (aws-semantics §6.7)', () => {
  const withDefault = (DefaultValue: number) => [
    filter(stop, {
      MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '1', DefaultValue }],
    }),
  ];
  const above0 = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0 };
  test.each<[string, Item, readonly Item[] | undefined, string]>([
    ['Sum > 0', above0, undefined, 'yes'],
    ['Sum > 1', { ComparisonOperator: 'GreaterThanThreshold' }, undefined, 'no'],
    ['Maximum >= 1', { Statistic: 'Maximum' }, undefined, 'yes'],
    ['SampleCount >= 1', { Statistic: 'SampleCount' }, undefined, 'yes'],
    ['SampleCount >= 1 with a default', { Statistic: 'SampleCount' }, withDefault(0), 'no'],
    ['Average >= 1 with a default', { Statistic: 'Average' }, withDefault(0), 'no'],
    ['Average > 0 with a default', { ...above0, Statistic: 'Average' }, withDefault(0), 'yes'],
    ['Minimum >= 1 with a default', { Statistic: 'Minimum' }, withDefault(0), 'no'],
    ['p99', { Statistic: undefined, ExtendedStatistic: 'p99' }, undefined, 'yes'],
    ['p99 with a default', { Statistic: undefined, ExtendedStatistic: 'p99' }, withDefault(0), 'unknown'],
    ['two periods of two', { EvaluationPeriods: 2 }, undefined, 'no'],
    ['one period of three', { EvaluationPeriods: 3, DatapointsToAlarm: 1 }, undefined, 'yes'],
    ['missing data breaches', { TreatMissingData: 'breaching' }, undefined, 'no'],
    ['missing data is ignored', { TreatMissingData: 'ignore' }, undefined, 'no'],
    ['missing data is ignored, and there is a default', { TreatMissingData: 'ignore' }, withDefault(0), 'yes'],
    ['missing data does not breach', { TreatMissingData: 'notBreaching' }, undefined, 'yes'],
    ['less than', { ComparisonOperator: 'LessThanThreshold' }, undefined, 'no'],
    ['a comparison that nobody knows', { ComparisonOperator: 'ResemblesThreshold' }, undefined, 'unknown'],
    ['another unit', { Unit: 'Seconds' }, undefined, 'no'],
    ['a dimension of its own', { Dimensions: [{ Name: 'a', Value: 'b' }] }, undefined, 'no'],
    [
      'a metric written by dimensions',
      {},
      [
        filter(stop, {
          MetricTransformations: [
            { MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '1', Dimensions: { a: '$.x' } },
          ],
        }),
      ],
      'no',
    ],
    [
      'a value of 0',
      {},
      [
        filter(stop, {
          MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '0' }],
        }),
      ],
      'no',
    ],
    [
      'a value out of the event',
      {},
      [
        filter(stop, {
          MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '$.size' }],
        }),
      ],
      'unknown',
    ],
    [
      'the metric alone, as a query',
      {
        Namespace: undefined,
        MetricName: undefined,
        Metrics: [{ Id: 'm', MetricStat: { Stat: 'Sum', Metric: { Namespace: 'Audit', MetricName: 'Tampering' } } }],
      },
      undefined,
      'yes',
    ],
    [
      'an expression of it',
      {
        Namespace: undefined,
        MetricName: undefined,
        Metrics: [
          { Id: 'm', MetricStat: { Stat: 'Sum', Metric: { Namespace: 'Audit', MetricName: 'Tampering' } } },
          { Id: 'e', Expression: 'm*2' },
        ],
      },
      undefined,
      'unknown',
    ],
  ])('%s', (_, more, filters, expected) => {
    expect(truth({ alarms: [alarm(more)], ...(filters && { filters }) })).toBe(expected);
  });
});

describe('topics (aws-semantics §6.8)', () => {
  const allow = (service: string) =>
    JSON.stringify({
      Statement: { Effect: 'Allow', Principal: { Service: service }, Action: ['sns:Publish', 'kms:*'], Resource: '*' },
    });
  const own = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'SNS:Publish',
      Resource: topicArn,
      Condition: { StringEquals: { 'AWS:SourceOwner': home } },
    },
  });
  const key = `arn:aws:kms:us-east-1:${home}:key/k`;
  test.each<[string, Item, readonly Item[], string]>([
    ['the policy it was born with', { Policy: own }, [], 'yes'],
    ['a policy for alarms', { Policy: allow('cloudwatch.amazonaws.com') }, [], 'yes'],
    ['a policy for others', { Policy: allow('events.amazonaws.com') }, [], 'no'],
    ['a policy that is no JSON', { Policy: 'no' }, [], 'unknown'],
    ['the key of SNS', { KmsMasterKeyId: 'alias/aws/sns' }, [], 'no'],
    [
      'a key that lets alarms in',
      { KmsMasterKeyId: key },
      [{ Arn: key, KeyState: 'Enabled', Policy: allow('cloudwatch.amazonaws.com') }],
      'yes',
    ],
    [
      'a key that does not',
      { KmsMasterKeyId: key },
      [{ Arn: key, KeyState: 'Enabled', Policy: allow('events.amazonaws.com') }],
      'no',
    ],
    [
      'a disabled key',
      { KmsMasterKeyId: key },
      [{ Arn: key, KeyState: 'Disabled', Policy: allow('cloudwatch.amazonaws.com') }],
      'no',
    ],
    ['an alias that nobody resolves', { KmsMasterKeyId: 'alias/mine' }, [], 'unknown'],
  ])('%s', (_, more, keys, expected) => {
    expect(truth({ topics: [topic(more)], keys })).toBe(expected);
  });
});

describe('regions', () => {
  const regions = ['us-east-1', 'eu-west-1', 'eu-west-2'];
  test.each<[string, string, string]>([
    ['all', stop, 'yes'],
    [
      'those that it names',
      '{ $.eventName = StopLogging && ($.awsRegion = us-east-1 || $.awsRegion = eu-west-1) }',
      'no',
    ],
    ['all that it names', '{ $.eventName = StopLogging && $.awsRegion = * }', 'yes'],
    ['those that begin so', '{ $.eventName = StopLogging && $.awsRegion = eu-* }', 'no'],
  ])('a filter may be about some: %s', (_, pattern, expected) => {
    expect(truth({ filters: [filter(pattern)], more: { regions } })).toBe(expected);
  });

  test('where filters fall short, a rule of each region may do', () => {
    const policy = {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
      },
    };
    const rule = (region: string): Item => ({
      Arn: `arn:aws:events:${region}:${home}:rule/r`,
      Name: 'r',
      EventBusName: 'default',
      State: 'ENABLED',
      EventPattern: JSON.stringify({ source: ['aws.cloudtrail'], detail: { eventName: ['StopLogging'] } }),
      Targets: [{ Id: 't', Arn: topicArn }],
    });
    const with_ = (...of: readonly string[]) =>
      truth({
        filters: [filter('{ $.eventName = StopLogging && $.awsRegion = us-east-1 }')],
        topics: [topic(), topic({ Policy: JSON.stringify(policy) })].slice(of.length > 0 ? 1 : 0),
        rules: of.map(rule),
        more: { regions },
      });
    expect([with_(), with_('eu-west-1'), with_('us-east-1', 'eu-west-1', 'eu-west-2')]).toEqual(['no', 'no', 'yes']);
  });
});
