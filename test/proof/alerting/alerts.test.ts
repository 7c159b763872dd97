import { describe, expect, test } from 'vitest';
import { alerts, type Via } from '../../../src/proof/alerting/alerts.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith, trail, trailArn } from '../../rules/judging.ts';
import { brief, resourceOf } from '../viewing.ts';

type Item = Readonly<Record<string, unknown>>;
const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const topicArn = `arn:aws:sns:us-east-1:${home}:alerts`;
const alarmArn = (name = 'tampering', region = 'us-east-1') => `arn:aws:cloudwatch:${region}:${home}:alarm:${name}`;

const main = (more: Item = {}): Item =>
  trail('main', {
    IsMultiRegionTrail: true,
    CloudWatchLogsLogGroupArn: `${group}:*`,
    Status: { IsLogging: true },
    ...more,
  });
const filter = (FilterPattern: string, more: Item = {}): Item => ({
  FilterName: 'tampering',
  LogGroupName: 'trails',
  LogGroupArn: group,
  FilterPattern,
  MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '1' }],
  ...more,
});
const alarm = (more: Item = {}): Item => ({
  AlarmArn: alarmArn(),
  AlarmName: 'tampering',
  Namespace: 'Audit',
  MetricName: 'Tampering',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  ActionsEnabled: true,
  AlarmActions: [topicArn],
  ...more,
});
const topic = (more: Item = {}): Item => ({
  TopicArn: topicArn,
  Subscriptions: [{ SubscriptionArn: `${topicArn}:1`, Protocol: 'email' }],
  ...more,
});
const stop = '{ $.eventName = StopLogging }';

interface Setting {
  readonly trails?: readonly Item[];
  readonly groups?: readonly Item[];
  readonly filters?: readonly Item[];
  readonly alarms?: readonly Item[];
  readonly topics?: readonly Item[];
  readonly rules?: readonly Item[];
  readonly keys?: readonly Item[];
  readonly events?: Item;
  readonly via?: Via;
  readonly more?: Partial<Snapshot>;
}

function ask(setting: Setting) {
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': setting.trails ?? [main()],
      'AWS::Logs::LogGroup': setting.groups ?? [{ LogGroupArn: group, LogGroupName: 'trails' }],
      'AWS::Logs::MetricFilter': setting.filters ?? [filter(stop)],
      'AWS::CloudWatch::Alarm': setting.alarms ?? [alarm()],
      'AWS::SNS::Topic': setting.topics ?? [topic()],
      'AWS::Events::Rule': setting.rules ?? [],
      'AWS::KMS::Key': setting.keys ?? [],
    },
    setting.more ?? {},
  );
  const question = {
    classes: [setting.events ?? { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }],
    via: setting.via ?? 'any',
  } as const;
  return alerts(resourceOf(snapshot, 'AWS::Account'), question, '', { now: undefined, thorough: 'no' });
}
const truth = (setting: Setting) => ask(setting).truth;
const said = (setting: Setting) => brief(ask(setting));

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
    ['words', { filters: [filter('StopLogging')] }, 'unknown'],
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

describe('EventBridge (aws-semantics §7.5)', () => {
  const policy = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topicArn,
    },
  });
  const rule = (pattern: unknown, more: Item = {}, region = 'us-east-1'): Item => ({
    Arn: `arn:aws:events:${region}:${home}:rule/r`,
    Name: 'r',
    EventBusName: 'default',
    State: 'ENABLED',
    EventPattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
    Targets: [{ Id: 't', Arn: topicArn }],
    ...more,
  });
  const named = (eventName: string, eventSource = 'cloudtrail.amazonaws.com') => ({
    source: [`aws.${eventSource.split('.')[0]}`],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventSource: [eventSource], eventName: [eventName] },
  });
  const base: Setting = {
    trails: [trail('main', { IsMultiRegionTrail: true, Status: { IsLogging: true } })],
    filters: [],
    alarms: [],
    topics: [topic({ Policy: policy })],
  };
  const iam = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
  const decrypt = { eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' };
  const all = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  test.each<[string, Setting, string]>([
    [
      'E1: IAM does not arrive in eu-west-1',
      {
        events: iam,
        rules: [rule(named('CreateUser', 'iam.amazonaws.com'), {}, 'eu-west-1')],
        more: { regions: ['us-east-1', 'eu-west-1'] },
      },
      'no',
    ],
    [
      'E1: it arrives in us-east-1',
      {
        events: iam,
        rules: [rule(named('CreateUser', 'iam.amazonaws.com'))],
        more: { regions: ['us-east-1', 'eu-west-1'] },
      },
      'yes',
    ],
    ['E2: in its own region', { rules: [rule(named('StopLogging'))] }, 'yes'],
    [
      'E2: not in the others',
      { rules: [rule(named('StopLogging'))], more: { regions: ['us-east-1', 'eu-west-1'] } },
      'no',
    ],
    [
      'E3: no trail is logging',
      {
        trails: [trail('main', { IsMultiRegionTrail: true, Status: { IsLogging: false } })],
        rules: [rule(named('StopLogging'))],
      },
      'no',
    ],
    ['E4: on a bus of its own', { rules: [rule(named('StopLogging'), { EventBusName: 'audit' })] }, 'no'],
    [
      'E5: nobody records objects',
      {
        events: { eventSource: 's3.amazonaws.com', eventName: 'PutObject' },
        rules: [rule({ detail: { eventName: ['PutObject'] } })],
      },
      'no',
    ],
    [
      'E6: S3’s own notices are no records',
      {
        events: { eventSource: 's3.amazonaws.com', eventName: 'PutObject' },
        rules: [rule({ source: ['aws.s3'], 'detail-type': ['Object Created'] })],
      },
      'no',
    ],
    [
      'E7: reads, by a rule that is merely enabled',
      { events: decrypt, rules: [rule(named('Decrypt', 'kms.amazonaws.com'))] },
      'unknown',
    ],
    [
      'E7: by one that asks for them',
      { events: decrypt, rules: [rule(named('Decrypt', 'kms.amazonaws.com'), { State: all })] },
      'yes',
    ],
    [
      'reads by name are never delivered',
      {
        events: { eventSource: 'iam.amazonaws.com', eventName: 'ListUsers' },
        rules: [rule(named('ListUsers', 'iam.amazonaws.com'))],
      },
      'no',
    ],
    ['E8: the topic lets no rule in', { topics: [topic()], rules: [rule(named('StopLogging'))] }, 'no'],
    [
      'E9: a trail of the organization is enough',
      {
        trails: [
          {
            ...trail('org', { IsMultiRegionTrail: true, IsOrganizationTrail: true, Status: { IsLogging: true } }),
            TrailARN: trailArn('org', 'us-east-1', other),
          },
        ],
        rules: [rule(named('StopLogging'))],
      },
      'yes',
    ],
    ['E10: of another account', { rules: [rule({ ...named('StopLogging'), account: ['999999999999'] })] }, 'no'],
    ['of this one', { rules: [rule({ ...named('StopLogging'), account: [home], region: ['us-east-1'] })] }, 'yes'],
    ['disabled', { rules: [rule(named('StopLogging'), { State: 'DISABLED' })] }, 'no'],
    ['in a state that nobody knows', { rules: [rule(named('StopLogging'), { State: 'PAUSED' })] }, 'unknown'],
    ['of another service', { rules: [rule({ ...named('StopLogging'), source: ['aws.s3'] })] }, 'no'],
    [
      'a sign-in as an API call',
      {
        events: { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' },
        rules: [rule(named('ConsoleLogin', 'signin.amazonaws.com'))],
      },
      'no',
    ],
    [
      'a sign-in as what it is',
      {
        events: { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' },
        rules: [rule({ 'detail-type': ['AWS Console Sign In via CloudTrail'] })],
      },
      'yes',
    ],
    [
      'a sign-in, misspelt',
      {
        events: { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' },
        rules: [rule({ 'detail-type': ['AWS Console Signin via CloudTrail'] })],
      },
      'no',
    ],
    ['a pattern that is not valid', { rules: [rule('{"source":"aws.cloudtrail"}')] }, 'unknown'],
    [
      'a queue',
      { rules: [rule(named('StopLogging'), { Targets: [{ Arn: `arn:aws:sqs:us-east-1:${home}:q` }] })] },
      'no',
    ],
    [
      'another bus',
      { rules: [rule(named('StopLogging'), { Targets: [{ Arn: `arn:aws:events:us-east-1:${home}:event-bus/b` }] })] },
      'unknown',
    ],
    ['no target', { rules: [rule(named('StopLogging'), { Targets: [] })] }, 'no'],
    [
      'rules that nobody may read',
      { more: { gaps: [{ operation: 'events:ListRules', error: 'AccessDenied' }] } },
      'unknown',
    ],
    [
      'A14: a rule instead of a filter, where that counts',
      { rules: [rule(named('StopLogging'))], via: 'eventbridge' },
      'yes',
    ],
    ['A14: and where it does not', { rules: [rule(named('StopLogging'))], via: 'metric-filter' }, 'no'],
  ])('%s', (_, setting, expected) => {
    expect(truth({ ...base, ...setting })).toBe(expected);
  });

  test('a table deleted anywhere', () => {
    const events = { eventSource: 'dynamodb.amazonaws.com', eventName: 'DeleteTable' };
    expect(
      said({
        ...base,
        events,
        rules: [rule(named('DeleteTable', 'dynamodb.amazonaws.com'))],
        more: { regions: ['us-east-1', 'eu-west-1'] },
      }),
    ).toEqual(['no', 'alerts: nobody learns of dynamodb:DeleteTable in eu-west-1']);
  });
});
