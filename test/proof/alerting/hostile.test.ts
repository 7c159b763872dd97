import { describe, expect, test } from 'vitest';
import { home } from '../../rules/judging.ts';
import { alarm, ask, byRule, filter, group, main, named, rule, type Setting, stop, topic, topicArn } from './asking.ts';
import { parent, silent } from './paths.ts';

describe('what is not as AWS would say it breaks nothing', () => {
  test.each<[string, Setting]>([
    ['transformations', { filters: [filter(stop, { MetricTransformations: [null, 1] })] }],
    [
      'no namespace',
      {
        filters: [filter(stop, { MetricTransformations: [{}] })],
        alarms: [alarm({ Namespace: undefined, MetricName: undefined })],
      },
    ],
    [
      'queries',
      {
        alarms: [
          alarm({ Namespace: undefined, Metrics: [null, {}, { MetricStat: 1 }, { MetricStat: { Metric: null } }] }),
        ],
      },
    ],
    ['actions', { alarms: [alarm({ AlarmActions: [null, 1, ''] })] }],
    ['actions that are no list', { alarms: [alarm({ AlarmActions: topicArn })] }],
    ['subscriptions', { topics: [topic({ Subscriptions: [null, 'x', { SubscriptionArn: null }] })] }],
    ['a list of subscriptions that is none', { topics: [topic({ Subscriptions: 'arn:' })] }],
    ['targets', byRule([rule(named('StopLogging'), { Targets: [null, 'x'] })])],
    ['targets that are no list', byRule([rule(named('StopLogging'), { Targets: 'x' })])],
    ['a status', { trails: [main({ Status: 'fine' })] }],
    ['a rule of alarms', { alarms: [silent, parent({ AlarmRule: 1 })] }],
    ['an empty rule of alarms', { alarms: [silent, parent({ AlarmRule: '' })] }],
    ['a pattern', { filters: [filter(stop, { FilterPattern: '{ $.eventName = CreateUser }' })] }],
  ])('%s', (_, setting) => {
    expect(ask(setting).truth).toBe('no');
  });
});

describe('in other partitions', () => {
  const moved = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll('us-east-1', 'us-gov-west-1'),
    );
  const inGov = (setting: Setting) => {
    const whole = {
      trails: [main()],
      groups: [{ LogGroupArn: group }],
      filters: [filter(stop)],
      alarms: [alarm()],
      topics: [topic()],
      ...setting,
    };
    const gov = { account: { id: home, partition: 'aws-us-gov' }, regions: ['us-gov-west-1'] };
    return ask({ ...(moved(whole) as Setting), more: gov }).truth;
  };
  test.each<[Setting, string]>([
    [{}, 'yes'],
    [{ alarms: [silent] }, 'no'],
    [{ alarms: [silent, parent()] }, 'yes'],
    [{ topics: [topic({ KmsMasterKeyId: `arn:aws:kms:us-east-1:${home}:alias/aws/sns` })] }, 'no'],
    [byRule([rule(named('StopLogging'))]), 'yes'],
  ])('%j: %s', (setting, expected) => {
    expect(inGov(setting)).toBe(expected);
  });
});
