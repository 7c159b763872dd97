import { describe, expect, test } from 'vitest';
import type { Gap } from '../../../src/snapshot/snapshot.ts';
import { home, trail, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  allow,
  byRule,
  filter,
  group,
  type Item,
  main,
  named,
  rule,
  ruleArn,
  type Setting,
  stop,
  topic,
  topicArn,
  truth,
  wanted,
} from './asking.ts';

const refused = (operation: string, resource?: string, region?: string): Pick<Setting, 'more'> => {
  const gap: Gap = { operation, error: 'AccessDenied', ...(resource && { resource }), ...(region && { region }) };
  return { more: { gaps: [gap] } };
};
const filterArn = `${group}:metric-filter:tampering`;
const at = {
  trail: `trails[${trailArn('main')}].`,
  filter: `metricFilters[${filterArn}].`,
  alarm: `metricFilters[${filterArn}].alarms[${alarmArn()}].`,
  topic: `metricFilters[${filterArn}].alarms[${alarmArn()}].topic[${topicArn}].`,
  rule: `eventRules[${ruleArn()}].`,
};
const without = (item: Item, ...names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
const keyArn = `arn:aws:kms:us-east-1:${home}:key/k`;
const functionArn = `arn:aws:lambda:us-east-1:${home}:function:f`;
const subscription = `${topicArn}:1`;

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
      `${at.trail}Status.IsLogging: AccessDenied cloudtrail:GetTrailStatus`,
    ],
    [
      'what a trail selects',
      refused('cloudtrail:GetEventSelectors', trailArn('main')),
      `${at.trail}EventSelectors: AccessDenied cloudtrail:GetEventSelectors`,
    ],
    [
      'which log group a trail writes to',
      {
        trails: [without(main(), 'CloudWatchLogsLogGroupArn')],
        ...refused('cloudtrail:DescribeTrails', trailArn('main')),
      },
      `${at.trail}logGroup: AccessDenied cloudtrail:DescribeTrails`,
    ],
    [
      'the log group',
      { groups: [], ...refused('logs:DescribeLogGroups', group) },
      `${at.trail}logGroup: AccessDenied logs:DescribeLogGroups`,
    ],
    [
      'the class of the log group',
      refused('logs:DescribeLogGroups', group),
      `${at.trail}logGroup.LogGroupClass: AccessDenied logs:DescribeLogGroups`,
    ],
    [
      'the key of the log group',
      { groups: [{ LogGroupArn: group, KmsKeyId: keyArn }], ...refused('kms:DescribeKey', keyArn) },
      `${at.trail}logGroup.key: AccessDenied kms:DescribeKey`,
    ],
    [
      'the state of that key',
      {
        groups: [{ LogGroupArn: group, KmsKeyId: keyArn }],
        keys: [{ Arn: keyArn }],
        ...refused('kms:DescribeKey', keyArn),
      },
      `${at.trail}logGroup.key.KeyState: AccessDenied kms:DescribeKey`,
    ],
    [
      'the filters',
      { filters: [], ...refused('logs:DescribeMetricFilters') },
      'metricFilters: AccessDenied logs:DescribeMetricFilters',
    ],
    [
      'the pattern of a filter',
      { filters: [without(filter(stop), 'FilterPattern')], ...refused('logs:DescribeMetricFilters', filterArn) },
      `${at.filter}FilterPattern: AccessDenied logs:DescribeMetricFilters`,
    ],
    [
      'whether a filter is on what is transformed first',
      refused('logs:DescribeMetricFilters', filterArn),
      `${at.filter}ApplyOnTransformedLogs: AccessDenied logs:DescribeMetricFilters`,
    ],
    [
      'the alarms',
      { alarms: [], ...refused('cloudwatch:DescribeAlarms') },
      `${at.filter}alarms: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'the alarms of the region',
      { alarms: [], ...refused('cloudwatch:DescribeAlarms', undefined, 'us-east-1') },
      `${at.filter}alarms: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'what of an alarm is not set',
      refused('cloudwatch:DescribeAlarms', alarmArn()),
      `${at.alarm}Metrics: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'which metric an alarm is on',
      { alarms: [{ AlarmArn: alarmArn() }], ...refused('cloudwatch:DescribeAlarms', alarmArn()) },
      `${at.alarm}MetricName: AccessDenied cloudwatch:DescribeAlarms`,
    ],
    [
      'the topic',
      { topics: [], ...refused('sns:GetTopicAttributes', topicArn) },
      `${at.alarm}topic: AccessDenied sns:GetTopicAttributes`,
    ],
    [
      'the policy of a topic',
      { topics: [topic({ KmsMasterKeyId: '' })], ...refused('sns:GetTopicAttributes', topicArn) },
      `${at.topic}Policy: AccessDenied sns:GetTopicAttributes`,
    ],
    [
      'whether a topic is encrypted',
      {
        topics: [topic({ Policy: allow('cloudwatch.amazonaws.com') })],
        ...refused('sns:GetTopicAttributes', topicArn),
      },
      `${at.topic}KmsMasterKeyId: AccessDenied sns:GetTopicAttributes`,
    ],
    [
      'the key of a topic',
      { topics: [topic({ KmsMasterKeyId: keyArn })], ...refused('kms:DescribeKey', keyArn) },
      `${at.topic}KmsMasterKeyId: AccessDenied kms:DescribeKey`,
    ],
    [
      'the policy of that key',
      { topics: [topic({ KmsMasterKeyId: keyArn })], keys: [{ Arn: keyArn }], ...refused('kms:GetKeyPolicy', keyArn) },
      `${at.topic}key.Policy: AccessDenied kms:GetKeyPolicy`,
    ],
    [
      'who listens',
      { topics: [without(topic(), 'Subscriptions')], ...refused('sns:ListSubscriptionsByTopic', topicArn) },
      `${at.topic}Subscriptions: AccessDenied sns:ListSubscriptionsByTopic`,
    ],
    [
      'what a subscription lets through',
      refused('sns:GetSubscriptionAttributes', subscription),
      `${at.topic}Subscriptions[${subscription}]: AccessDenied sns:GetSubscriptionAttributes`,
    ],
    [
      'the filter policy of one that is there',
      { subscriptions: [{ SubscriptionArn: subscription }], ...refused('sns:GetSubscriptionAttributes', subscription) },
      `${at.topic}Subscriptions[${subscription}].FilterPolicy: AccessDenied sns:GetSubscriptionAttributes`,
    ],
    [
      'a function',
      { alarms: [alarm({ AlarmActions: [functionArn] })], ...refused('lambda:ListFunctions') },
      `${at.alarm}function: AccessDenied lambda:ListFunctions`,
    ],
    [
      'the policy of a function',
      {
        alarms: [alarm({ AlarmActions: [functionArn] })],
        functions: [{ FunctionArn: functionArn, FunctionName: 'f' }],
        ...refused('lambda:GetPolicy', functionArn),
      },
      `${at.alarm}function[${functionArn}].Policy: AccessDenied lambda:GetPolicy`,
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
      `${at.alarm}parents[${alarmArn('any')}].ActionsEnabled: AccessDenied cloudwatch:DescribeAlarms`,
      `${at.filter}alarms[${alarmArn('any')}].MetricName: AccessDenied cloudwatch:DescribeAlarms`,
    ]);
  });
});

describe('a gap on the way of a rule is unknown, and names the IAM action', () => {
  const rules = [rule(named('StopLogging'))];
  test.each<[string, Setting, string]>([
    [
      'the trails',
      byRule(rules, { trails: [], ...refused('cloudtrail:DescribeTrails') }),
      'trails: AccessDenied cloudtrail:DescribeTrails',
    ],
    [
      'whether a trail is logging',
      byRule(rules, {
        trails: [without(main(), 'Status')],
        via: 'eventbridge',
        ...refused('cloudtrail:GetTrailStatus', trailArn('main')),
      }),
      `${at.trail}Status.IsLogging: AccessDenied cloudtrail:GetTrailStatus`,
    ],
    [
      'what a trail selects',
      byRule(rules, refused('cloudtrail:GetEventSelectors', trailArn('main'))),
      `${at.trail}EventSelectors: AccessDenied cloudtrail:GetEventSelectors`,
    ],
    ['the rules', byRule([], refused('events:ListRules')), 'eventRules: AccessDenied events:ListRules'],
    [
      'the rules of the region',
      byRule([], refused('events:ListRules', undefined, 'us-east-1')),
      'eventRules: AccessDenied events:ListRules',
    ],
    [
      'the pattern of a rule',
      byRule([without(rule({}), 'EventPattern')], refused('events:ListRules', ruleArn())),
      `${at.rule}EventPattern: AccessDenied events:ListRules`,
    ],
    [
      'the state of a rule',
      byRule([without(rule(named('StopLogging')), 'State')], refused('events:ListRules', ruleArn())),
      `${at.rule}State: AccessDenied events:ListRules`,
    ],
    [
      'the state of a rule, of which reads depend',
      byRule([without(rule(named('ListTrails')), 'State')], {
        events: { eventSource: 'cloudtrail.amazonaws.com', eventName: 'ListTrails' },
        ...refused('events:ListRules', ruleArn()),
      }),
      `${at.rule}State: AccessDenied events:ListRules`,
    ],
    [
      'the bus of a rule',
      byRule([without(rule(named('StopLogging')), 'EventBusName')], refused('events:ListRules', ruleArn())),
      `${at.rule}EventBusName: AccessDenied events:ListRules`,
    ],
    [
      'the targets of a rule',
      byRule([without(rule(named('StopLogging')), 'Targets')], refused('events:ListTargetsByRule', ruleArn())),
      `${at.rule}Targets: AccessDenied events:ListTargetsByRule`,
    ],
  ])('%s', (_, setting, expected) => {
    const [answer, ...gaps] = wanted(setting);
    expect(answer).toBe('unknown');
    expect(gaps).toContain(expected);
  });
});

describe('what is not known does not matter', () => {
  test.each<[string, Setting]>([
    ['alarms of another region', { alarms: [], ...refused('cloudwatch:DescribeAlarms', undefined, 'eu-west-1') }],
    ['rules of another region', { filters: [], ...refused('events:ListRules', undefined, 'eu-west-1') }],
    ['rules, where they do not count', { filters: [], via: 'metric-filter', ...refused('events:ListRules') }],
    ['filters, where they do not count', { filters: [], via: 'eventbridge', ...refused('logs:DescribeMetricFilters') }],
    [
      'an alarm on another metric',
      { alarms: [alarm({ MetricName: 'Other' })], ...refused('cloudwatch:DescribeAlarms', alarmArn()) },
    ],
    [
      'what a trail selects that is not logging',
      {
        trails: [main({ Status: { IsLogging: false } })],
        ...refused('cloudtrail:GetEventSelectors', trailArn('main')),
      },
    ],
  ])('where it is no anyway: %s', (_, setting) => {
    expect(truth(setting)).toBe('no');
  });

  test.each<[string, Setting]>([
    ['further alarms', refused('cloudwatch:DescribeAlarms')],
    ['further filters', refused('logs:DescribeMetricFilters')],
    ['further trails', refused('cloudtrail:DescribeTrails')],
    ['rules', refused('events:ListRules')],
    [
      'another trail',
      { trails: [main(), trail('second')], ...refused('cloudtrail:GetTrailStatus', trailArn('second')) },
    ],
  ])('where it is yes anyway: %s', (_, setting) => {
    expect(truth(setting)).toBe('yes');
  });

  test('a topic counts who has confirmed: none is none, and of some nobody knows what they let through', () => {
    const counted = (SubscriptionsConfirmed: string) => ({
      topics: [without(topic({ SubscriptionsConfirmed }), 'Subscriptions')],
      ...refused('sns:ListSubscriptionsByTopic', topicArn),
    });
    expect(['0', '2', 'some'].map((count) => truth(counted(count)))).toEqual(['no', 'unknown', 'unknown']);
    expect(wanted(counted('2'))).toEqual([
      'unknown',
      `${at.topic}Subscriptions: AccessDenied sns:ListSubscriptionsByTopic`,
    ]);
  });
});

describe('regions that nobody could list', () => {
  const of = (events: Item) => truth({ events, filters: [filter('')], ...refused('ec2:DescribeRegions') });
  test('matter where events may happen in any', () => {
    expect(of({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' })).toBe('unknown');
    expect(wanted(refused('ec2:DescribeRegions'))).toEqual(['unknown', 'regions: AccessDenied ec2:DescribeRegions']);
  });
  test('do not matter where they happen in one', () => {
    expect(of({ eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' })).toBe('yes');
    expect(of({ eventName: 'StopLogging', regions: ['us-east-1'] })).toBe('yes');
    expect(truth({ of: 'AWS::Region', ...refused('ec2:DescribeRegions') })).toBe('yes');
  });
});
