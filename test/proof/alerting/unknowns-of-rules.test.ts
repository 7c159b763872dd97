import { describe, expect, test } from 'vitest';
import { trail, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  ask,
  byRule,
  filter,
  type Item,
  main,
  named,
  refused,
  rule,
  ruleArn,
  type Setting,
  topic,
  topicArn,
  truth,
  wanted,
  without,
} from './asking.ts';
import { inRule, inTopic, inTrail } from './paths.ts';

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
      `${inTrail}Status.IsLogging: AccessDenied cloudtrail:GetTrailStatus`,
    ],
    [
      'what a trail selects',
      byRule(rules, refused('cloudtrail:GetEventSelectors', trailArn('main'))),
      `${inTrail}EventSelectors: AccessDenied cloudtrail:GetEventSelectors`,
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
      `${inRule}EventPattern: AccessDenied events:ListRules`,
    ],
    [
      'the state of a rule',
      byRule([without(rule(named('StopLogging')), 'State')], refused('events:ListRules', ruleArn())),
      `${inRule}State: AccessDenied events:ListRules`,
    ],
    [
      'the state of a rule, of which reads depend',
      byRule([without(rule(named('ListTrails')), 'State')], {
        events: { eventSource: 'cloudtrail.amazonaws.com', eventName: 'ListTrails' },
        ...refused('events:ListRules', ruleArn()),
      }),
      `${inRule}State: AccessDenied events:ListRules`,
    ],
    [
      'the bus of a rule',
      byRule([without(rule(named('StopLogging')), 'EventBusName')], refused('events:ListRules', ruleArn())),
      `${inRule}EventBusName: AccessDenied events:ListRules`,
    ],
    [
      'the targets of a rule',
      byRule([without(rule(named('StopLogging')), 'Targets')], refused('events:ListTargetsByRule', ruleArn())),
      `${inRule}Targets: AccessDenied events:ListTargetsByRule`,
    ],
  ])('%s', (_, setting, expected) => {
    const [answer, ...gaps] = wanted(setting);
    expect(answer).toBe('unknown');
    expect(gaps).toContain(expected);
  });
});

describe('a list that nobody could read may have what is missing', () => {
  const lists = ['cloudtrail:DescribeTrails', 'logs:DescribeMetricFilters', 'events:ListRules'];
  const nothing = { trails: [], filters: [] };
  test.each<[Setting['via'], readonly string[]]>([
    ['any', ['unknown', 'unknown', 'unknown']],
    ['metric-filter', ['unknown', 'unknown', 'no']],
    ['eventbridge', ['unknown', 'no', 'unknown']],
  ])('by %s', (via, expected) => {
    expect(lists.map((list) => truth({ ...nothing, ...(via && { via }), ...refused(list) }))).toEqual(expected);
  });

  test('filters of any region, for a trail of all writes to one', () => {
    expect(wanted({ filters: [], ...refused('logs:DescribeMetricFilters', undefined, 'eu-west-1') })).toEqual([
      'unknown',
      'metricFilters: AccessDenied logs:DescribeMetricFilters',
    ]);
  });
});

describe('what is not known does not matter', () => {
  test.each<[string, Setting]>([
    ['alarms of another region', { alarms: [], ...refused('cloudwatch:DescribeAlarms', undefined, 'eu-west-1') }],
    ['rules of another region', { filters: [], ...refused('events:ListRules', undefined, 'eu-west-1') }],
    ['rules, where they do not count', { filters: [], via: 'metric-filter', ...refused('events:ListRules') }],
    ['filters, where they do not count', { filters: [], via: 'eventbridge', ...refused('logs:DescribeMetricFilters') }],
    [
      'an alarm of another region that is read in part',
      { alarms: [{ AlarmArn: alarmArn('x', 'eu-west-1') }], ...refused('cloudwatch:DescribeAlarms', alarmArn('x')) },
    ],
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
    const path = `${inTopic}SubscriptionsConfirmed`;
    expect(ask(counted('0')).evidence.find((item) => item.path === path)).toEqual({
      path,
      actual: '0',
      from: 'sns:GetTopicAttributes',
      resource: topicArn,
    });
    expect(wanted(counted('2'))).toEqual([
      'unknown',
      `${inTopic}Subscriptions: AccessDenied sns:ListSubscriptionsByTopic`,
    ]);
  });
});

describe('regions that nobody could list', () => {
  const of = (events: Item) => truth({ events, filters: [filter('')], ...refused('ec2:DescribeRegions') });
  test('matter where events may happen in any', () => {
    expect(of({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' })).toBe('unknown');
    expect(wanted(refused('ec2:DescribeRegions'))).toEqual(['unknown', 'regions: AccessDenied ec2:DescribeRegions']);
    const stopping = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' };
    const classes = [{ ...stopping, regions: ['us-east-1'] }, stopping];
    expect(truth({ classes, ...refused('ec2:DescribeRegions') })).toBe('unknown');
    expect(truth({ classes: classes.slice(0, 1), ...refused('ec2:DescribeRegions') })).toBe('yes');
  });
  test('do not matter where they happen in one', () => {
    expect(of({ eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' })).toBe('yes');
    expect(of({ eventName: 'StopLogging', regions: ['us-east-1'] })).toBe('yes');
    expect(truth({ of: 'AWS::Region', ...refused('ec2:DescribeRegions') })).toBe('yes');
  });
});
