import { describe, expect, test } from 'vitest';
import {
  actionsEnabled,
  heard,
  mayPublish,
  oneEventEnough,
  takesAction,
  watched,
} from '../../../src/proof/alerting/audit-alarms.ts';
import { auditing } from '../../../src/proof/alerting/auditing.ts';
import type { Answer } from '../../../src/proof/answer.ts';
import { resourceTypes } from '../../../src/resource-types/index.ts';
import { viewAccount } from '../../../src/snapshot/account-view.ts';
import type { Gap } from '../../../src/snapshot/snapshot.ts';
import { home, trail } from '../../rules/judging.ts';
import { brief, resourceOf } from '../viewing.ts';
import {
  alarm,
  alarmArn,
  allow,
  filter,
  group,
  type Item,
  main,
  type Setting,
  snapshotOf,
  stop,
  topic,
  topicArn,
  without,
} from './asking.ts';

type Proof = (view: ReturnType<typeof resourceOf>, prefix: string) => Answer;

const asking =
  (type: keyof typeof resourceTypes, proof: Proof) =>
  (setting: Setting, name?: string): Answer =>
    proof(resourceOf(snapshotOf(setting), type, name), 'at.');
const ofFilter = asking('AWS::Logs::MetricFilter', auditing);
const ofAlarm = asking('AWS::CloudWatch::Alarm', auditing);
const ofTopic = asking('AWS::SNS::Topic', auditing);

const t = trail('main').TrailARN;
const other = filter(stop, { FilterName: 'other', LogGroupName: 'app', LogGroupArn: group.replace('trails', 'app') });
const composite = (more: Item = {}): Item => ({
  AlarmArn: alarmArn('any'),
  AlarmName: 'any',
  AlarmRule: 'ALARM(tampering)',
  ActionsEnabled: true,
  AlarmActions: [topicArn],
  ...more,
});
const quiet = alarm({ AlarmActions: [] });
const refused = (...operations: readonly string[]): Setting => ({
  more: { gaps: operations.map((operation): Gap => ({ operation, error: 'AccessDenied' })) },
});
const listings = {
  trails: 'cloudtrail:DescribeTrails',
  metricFilters: 'logs:DescribeMetricFilters',
  alarms: 'cloudwatch:DescribeAlarms',
} as const;

/** What leads from a trail to a filter, to the alarm on it, to one above that, to a topic. */
const byTrail = `at.account.trails[${t}].CloudWatchLogsLogGroupArn: "${group}:*"`;
const filterId = `arn:aws:logs:us-east-1:${home}:log-group:trails:metric-filter:tampering`;
const byFilter = `at.account.metricFilters[${filterId}].MetricTransformations: "Audit Tampering"`;
const byAlarm = `at.account.alarms[${alarmArn()}].MetricName: "Tampering"`;
const byRule = `at.account.alarms[${alarmArn('any')}].AlarmRule: "ALARM(tampering)"`;
const byAction = (name: string) => `at.account.alarms[${alarmArn(name)}].AlarmActions: ["${topicArn}"]`;
const none = 'at.auditing: it keeps no watch over a trail';
const all = (relation: keyof typeof listings, count: number) => `at.account.${relation}: ${count}`;

describe('what belongs to the watch over a trail', () => {
  test.each<[string, Setting, readonly string[]]>([
    ['on its log group', {}, ['yes', byTrail]],
    [
      'on the log group of a trail that writes its ARN bare',
      { trails: [main({ CloudWatchLogsLogGroupArn: group })] },
      ['yes', byTrail.replace(':*"', '"')],
    ],
    ['on another log group', { filters: [other] }, ['no', none, all('trails', 1)]],
    ['where no trail has one', { trails: [trail('main')] }, ['no', none, all('trails', 1)]],
    ['where there is no trail', { trails: [] }, ['no', none, all('trails', 0)]],
    [
      'whose name alone is the same',
      { trails: [main({ CloudWatchLogsLogGroupArn: group.replace('us-east-1', 'eu-west-1') })] },
      ['no', none, all('trails', 1)],
    ],
  ])('a filter: %s', (_, setting, expected) => {
    expect(brief(ofFilter(setting))).toEqual(expected);
  });

  const nothing = ['no', none, all('trails', 1), all('metricFilters', 1), all('alarms', 1)];
  const queries = (Namespace: string) => [
    { Id: 'other', MetricStat: { Metric: { Namespace: 'Other', MetricName: 'Tampering' }, Stat: 'Sum' } },
    { Id: 'own', MetricStat: { Metric: { Namespace, MetricName: 'Tampering' }, Stat: 'Sum' } },
  ];
  test.each<[string, Setting, readonly string[]]>([
    ['on what such a filter writes', {}, ['yes', byTrail, byFilter, byAlarm]],
    [
      'on that among other metrics',
      { alarms: [alarm({ MetricName: undefined, Namespace: undefined, Metrics: queries('Audit') })] },
      ['yes', byTrail, byFilter, byAlarm.replace('"Tampering"', 'undefined')],
    ],
    ['on others', { alarms: [alarm({ MetricName: undefined, Namespace: undefined, Metrics: queries('X') })] }, nothing],
    ['in another namespace', { alarms: [alarm({ Namespace: 'audit' })] }, nothing],
    ['on another metric', { alarms: [alarm({ MetricName: 'Tamperings' })] }, nothing],
    ['in another region', { alarms: [alarm({ AlarmArn: alarmArn('tampering', 'eu-west-1') })] }, nothing],
    ['on what another filter writes', { filters: [other] }, nothing],
  ])('an alarm: %s', (_, setting, expected) => {
    expect(brief(ofAlarm(setting))).toEqual(expected);
  });

  test('an alarm: by the first of the filters that write its metric', () => {
    const second = filter(stop, { FilterName: 'second' });
    expect(brief(ofAlarm({ filters: [filter(stop), second] }))).toEqual(['yes', byTrail, byFilter, byAlarm]);
    expect(brief(ofAlarm({ filters: [other, filter(stop)] }))).toEqual(['yes', byTrail, byFilter, byAlarm]);
  });

  test('an alarm: above one that does, be it above another', () => {
    const highest = composite({ AlarmArn: alarmArn('highest'), AlarmName: 'highest', AlarmRule: 'ALARM(any)' });
    const alarms = [quiet, composite(), highest];
    expect(brief(ofAlarm({ alarms }, 'any'))).toEqual(['yes', byTrail, byFilter, byAlarm, byRule]);
    const rule = byRule.replace('alarm:any', 'alarm:highest').replace('tampering', 'any');
    expect(brief(ofAlarm({ alarms }, 'highest'))).toEqual(['yes', byTrail, byFilter, byAlarm, rule]);
    const second = alarm({ AlarmArn: alarmArn('second'), AlarmName: 'second' });
    const either = composite({ AlarmRule: 'ALARM(tampering) OR ALARM(second)' });
    expect(brief(ofAlarm({ alarms: [quiet, second, either] }, 'any'))[3]).toBe(byAlarm);
    const elsewhere = composite({ AlarmRule: 'ALARM(other)' });
    expect(ofAlarm({ alarms: [quiet, elsewhere] }, 'any').truth).toBe('no');
  });

  test.each<[string, Setting, readonly string[]]>([
    ['that such an alarm notifies', {}, ['yes', byTrail, byFilter, byAlarm, byAction('tampering')]],
    [
      'that one above it notifies',
      { alarms: [quiet, composite()] },
      ['yes', byTrail, byFilter, byAlarm, byRule, byAction('any')],
    ],
    ['that nobody notifies', { alarms: [quiet] }, nothing],
    ['that an alarm on something else notifies', { alarms: [alarm({ Namespace: 'X' })] }, nothing],
    ['another is notified', { alarms: [alarm({ AlarmActions: [`${topicArn}2`] })] }, nothing],
    ['not by what is no list', { alarms: [alarm({ AlarmActions: topicArn })] }, nothing],
  ])('a topic: %s', (_, setting, expected) => {
    expect(brief(ofTopic(setting))).toEqual(expected);
  });

  test('each carries the operations that show it, and nothing to change', () => {
    expect(ofTopic({}).changes).toEqual([]);
    expect(ofTopic({}).evidence.map(({ from, resource }) => [from, resource])).toEqual([
      ['cloudtrail:DescribeTrails', t],
      ['logs:DescribeMetricFilters', filterId],
      ['cloudwatch:DescribeAlarms', alarmArn()],
      ['cloudwatch:DescribeAlarms', alarmArn()],
    ]);
  });
});

describe('what nobody knows of the watch', () => {
  const strange = [alarm({ Namespace: 'X' })];
  test.each<[keyof typeof listings, string, string, string]>([
    ['trails', 'unknown', 'unknown', 'unknown'],
    ['metricFilters', 'no', 'unknown', 'unknown'],
    ['alarms', 'no', 'unknown', 'unknown'],
  ])('where %s could not be listed: a filter %s, an alarm %s, a topic %s', (relation, ...expected) => {
    const gap = refused(listings[relation]);
    const answers = [
      ofFilter({ filters: [other], ...gap }),
      ofAlarm({ alarms: strange, ...gap }),
      ofTopic({ alarms: strange, ...gap }),
    ];
    expect(answers.map(({ truth }) => truth)).toEqual(expected);
    const open = answers.filter(({ truth }) => truth === 'unknown');
    expect(new Set(open.flatMap(brief))).toEqual(new Set(['unknown', `at.account.${relation}: AccessDenied`]));
    // What is seen to belong does, whatever else there is.
    expect([ofFilter(gap), ofAlarm(gap), ofTopic(gap)].map(({ truth }) => truth)).toEqual(['yes', 'yes', 'yes']);
  });

  const gapOf = (operation: string, resource: unknown): Setting => ({
    more: { gaps: [{ operation, resource: String(resource), error: 'AccessDenied' }] },
  });
  test.each<[string, Setting, string]>([
    [
      'where a trail writes to',
      { trails: [trail('main')], ...gapOf(listings.trails, t) },
      `at.account.trails[${t}].CloudWatchLogsLogGroupArn`,
    ],
    [
      'what a filter writes',
      { filters: [without(filter(stop), 'MetricTransformations')], ...gapOf(listings.metricFilters, filterId) },
      `at.account.metricFilters[${filterId}].MetricTransformations`,
    ],
    ...(['MetricName', 'AlarmActions'] as const).map((name): [string, Setting, string] => [
      `an alarm's ${name}`,
      {
        alarms: [without(alarm({ Namespace: 'X' }), name, 'Metrics')],
        topics: [topic()],
        ...gapOf(listings.alarms, alarmArn()),
      },
      `at.account.alarms[${alarmArn()}].${name === 'AlarmActions' ? 'Metrics' : name}`,
    ]),
  ])('%s', (_, setting, path) => {
    expect(brief(ofTopic(setting))).toEqual(['unknown', `${path}: AccessDenied`]);
  });

  test('of an account that is not there', () => {
    const { 'AWS::Account': _, ...registry } = resourceTypes;
    const account = viewAccount(snapshotOf({}), { registry });
    const of = (type: string) => {
      const [view] = account.byType.get(type) ?? [];
      if (!view) throw new Error(type);
      return view;
    };
    const [itsFilter, itsAlarm] = [of('AWS::Logs::MetricFilter'), of('AWS::CloudWatch::Alarm')];
    const answers = [
      ...[auditing(itsFilter, ''), auditing(itsAlarm, ''), watched(itsFilter, ''), oneEventEnough(itsAlarm, '')],
      ...[takesAction(itsAlarm, ''), actionsEnabled(itsAlarm, '')],
    ];
    expect(answers).toEqual(answers.map(() => ({ truth: 'unknown', evidence: [], changes: [] })));
  });
});

describe('a filter is watched', () => {
  const ask = asking('AWS::Logs::MetricFilter', watched);
  const metrics = (...names: readonly string[]) =>
    filter(stop, {
      MetricTransformations: names.map((MetricName) => ({ MetricNamespace: 'Audit', MetricName, MetricValue: '1' })),
    });
  const on = (count: number) => `at.MetricTransformations: ${count}`;
  const found = (name: string, metric: string) => `at.account.alarms[${alarmArn(name)}].MetricName: "Audit ${metric}"`;
  const more = alarm({ AlarmArn: alarmArn('more'), AlarmName: 'more', MetricName: 'More' });
  test.each<[string, Setting, readonly string[]]>([
    ['by an alarm on its metric', {}, ['yes', on(1), found('tampering', 'Tampering')]],
    [
      'by one on each of its metrics',
      { filters: [metrics('Tampering', 'More')], alarms: [alarm(), more] },
      ['yes', on(2), found('tampering', 'Tampering'), found('more', 'More')],
    ],
    [
      'by none on one of them',
      { filters: [metrics('Tampering', 'More')] },
      ['no', on(2), 'at.account.alarms: no alarm is on Audit More'],
    ],
    [
      'by one of another namespace',
      { alarms: [alarm({ Namespace: 'X' }), more] },
      ['no', on(1), 'at.account.alarms: no alarm is on Audit Tampering; tampering is on X Tampering'],
    ],
    [
      'by one in another region',
      { alarms: [alarm({ AlarmArn: alarmArn('tampering', 'eu-west-1') })] },
      ['no', on(1), 'at.account.alarms: no alarm is on Audit Tampering'],
    ],
    [
      'by one that does not go off for one event',
      { alarms: [alarm({ Threshold: 5 })] },
      ['yes', on(1), found('tampering', 'Tampering')],
    ],
    ['not where it writes nothing', { filters: [metrics()] }, ['no', on(0), on(0)]],
    [
      'perhaps by one that was not listed',
      { alarms: [], ...refused(listings.alarms) },
      ['unknown', 'at.account.alarms: AccessDenied'],
    ],
    [
      'by one that was, whatever others there are',
      refused(listings.alarms),
      ['yes', on(1), found('tampering', 'Tampering')],
    ],
  ])('%s', (_, setting, expected) => {
    expect(brief(ask(setting))).toEqual(expected);
  });

  test('perhaps: what it writes was not read', () => {
    const { MetricTransformations: _, ...unread } = filter(stop);
    const gaps = [{ operation: listings.metricFilters, resource: filterId, error: 'AccessDenied' }];
    expect(brief(ask({ filters: [unread], more: { gaps } }))).toEqual([
      'unknown',
      'at.MetricTransformations: AccessDenied',
    ]);
  });

  test('with the operations that show it', () => {
    const shown = ask({}).evidence.map(({ from, resource, expected }) => [from, resource, expected]);
    expect(shown).toEqual([
      [listings.metricFilters, filterId, undefined],
      [listings.alarms, alarmArn(), 'Audit Tampering'],
    ]);
  });
});

describe('one event is enough', () => {
  const ask = asking('AWS::CloudWatch::Alarm', oneEventEnough);
  const counts = (value: unknown) => `at.account.metricFilters[${filterId}].MetricTransformations: ${value}`;
  test.each<[string, Setting, readonly string[]]>([
    ['for a threshold of one', {}, ['yes', counts(1), 'at.Threshold: 1']],
    [
      'not for one of five',
      { alarms: [alarm({ Threshold: 5 })] },
      ['no', counts(1), 'at.Threshold: one event makes 1, and the threshold is 5', all('metricFilters', 1)],
    ],
    [
      'where the filter counts five',
      {
        filters: [
          filter(stop, {
            MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '5' }],
          }),
        ],
        alarms: [alarm({ Threshold: 5 })],
      },
      ['yes', counts(5), 'at.Threshold: 5'],
    ],
    [
      'perhaps, if a field says how much is counted',
      {
        filters: [
          filter(stop, {
            MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '$.n' }],
          }),
        ],
      },
      ['unknown', counts(undefined), 'at.Threshold: a field of the event says what is added to the metric'],
    ],
    [
      'with what speaks against it for now',
      { alarms: [alarm({ StateValue: 'ALARM' })] },
      ['yes', counts(1), 'at.Threshold: it is in ALARM now, and tells nobody of another event before it has left it'],
    ],
    ['of no filter', { alarms: [alarm({ Namespace: 'X' })] }, ['no', all('metricFilters', 1)]],
    [
      'by dimensions that the filter does not write',
      { alarms: [alarm({ Dimensions: [{ Name: 'a', Value: 'b' }] })] },
      ['no', all('metricFilters', 1)],
    ],
    [
      'perhaps of a filter that was not listed',
      { alarms: [alarm({ Namespace: 'X' })], ...refused(listings.metricFilters) },
      ['unknown', 'at.account.metricFilters: AccessDenied'],
    ],
    [
      'of one that was, whatever others there are',
      refused(listings.metricFilters),
      ['yes', counts(1), 'at.Threshold: 1'],
    ],
  ])('%s', (_, setting, expected) => {
    expect(brief(ask(setting))).toEqual(expected);
  });

  test('with the operations that show it', () => {
    expect(ask({}).evidence.map(({ from, resource }) => [from, resource])).toEqual([
      [listings.metricFilters, filterId],
      [listings.alarms, alarmArn()],
    ]);
  });
});

describe('what an alarm does when it goes off', () => {
  const parent = `at.parents[${alarmArn('any')}].`;
  const rule = `${parent}AlarmRule: "ALARM(tampering)"`;
  /** An alarm that was read in part may be another's composite alarm. */
  const mayBeAbove = `at.account.alarms[${alarmArn()}].Metrics: AccessDenied`;
  const unread = (...names: readonly string[]): Setting => ({
    alarms: [Object.fromEntries(Object.entries(alarm()).filter(([name]) => !names.includes(name)))],
    more: { gaps: [{ operation: listings.alarms, resource: alarmArn(), error: 'AccessDenied' }] },
  });

  test.each<[string, Setting, readonly string[]]>([
    ['an action', {}, ['yes', 'at.AlarmActions: 1']],
    ['none', { alarms: [quiet] }, ['no', 'at.AlarmActions: 0', all('alarms', 1)]],
    [
      'none that is a list',
      { alarms: [alarm({ AlarmActions: topicArn })] },
      ['no', 'at.AlarmActions: 0', all('alarms', 1)],
    ],
    [
      'none, as the one above it neither does nor goes off',
      { alarms: [quiet, composite({ AlarmRule: 'OK(tampering)', AlarmActions: [] })] },
      [
        ...['no', 'at.AlarmActions: 0', `${parent}AlarmRule: "OK(tampering)"`, `${parent}AlarmActions: 0`],
        all('alarms', 2),
      ],
    ],
    ['that of one above it', { alarms: [quiet, composite()] }, ['yes', rule, `${parent}AlarmActions: 1`]],
    [
      'none, as has the one above it',
      { alarms: [quiet, composite({ AlarmActions: [] })] },
      ['no', 'at.AlarmActions: 0', `${parent}AlarmActions: 0`, all('alarms', 2)],
    ],
    [
      'perhaps that of one above it',
      { alarms: [quiet, composite({ AlarmRule: 'NOT OK(tampering)' })] },
      ['unknown', `${parent}AlarmRule: "NOT OK(tampering)"`],
    ],
    [
      'none by what does not go off with it',
      { alarms: [quiet, composite({ AlarmRule: 'ALARM(tampering) AND ALARM(x)' })] },
      ['no', 'at.AlarmActions: 0', `${parent}AlarmRule: "ALARM(tampering) AND ALARM(x)"`, all('alarms', 2)],
    ],
    [
      'perhaps that of one that was not listed',
      { alarms: [quiet], ...refused(listings.alarms) },
      ['unknown', 'at.account.alarms: AccessDenied'],
    ],
    ['perhaps: it was not read', unread('AlarmActions'), ['unknown', 'at.AlarmActions: AccessDenied', mayBeAbove]],
  ])('takes: %s', (_, setting, expected) => {
    expect(brief(asking('AWS::CloudWatch::Alarm', takesAction)(setting, 'tampering'))).toEqual(expected);
  });

  const enabled = asking('AWS::CloudWatch::Alarm', actionsEnabled);
  const on = ['at.AlarmActions: 1', 'at.ActionsEnabled: true', 'at.ActionsSuppressor: undefined', 'at.MuteRules: 0'];
  test.each<[string, Setting, readonly string[]]>([
    ['on', {}, ['yes', ...on]],
    ['on where nothing is said', { alarms: [alarm({ ActionsEnabled: undefined })] }, ['yes', ...on]],
    ['off', { alarms: [alarm({ ActionsEnabled: false })] }, ['no', 'at.ActionsEnabled: false', all('alarms', 1)]],
    ['not there', { alarms: [quiet] }, ['no', 'at.AlarmActions: 0', all('alarms', 1)]],
    [
      'held back by another alarm',
      { alarms: [alarm({ ActionsSuppressor: alarmArn('x') })] },
      ['no', `at.ActionsSuppressor: "${alarmArn('x')}"`, all('alarms', 1)],
    ],
    [
      'off and held back',
      { alarms: [alarm({ ActionsEnabled: false, ActionsSuppressor: alarmArn('x') })] },
      ['no', 'at.ActionsEnabled: false', `at.ActionsSuppressor: "${alarmArn('x')}"`, all('alarms', 1)],
    ],
    [
      'on above it',
      { alarms: [alarm({ ActionsEnabled: false }), composite()] },
      [
        ...['yes', rule, `${parent}AlarmActions: 1`, `${parent}ActionsEnabled: true`],
        `${parent}ActionsSuppressor: undefined`,
        `${parent}MuteRules: 0`,
      ],
    ],
    [
      'perhaps muted',
      { alarms: [alarm({ MuteRules: [{ AlarmMuteRuleArn: 'arn:mute', Status: 'ACTIVE' }] })] },
      ['unknown', 'at.MuteRules: the mute rule mute, which is ACTIVE, may hold its actions back'],
    ],
    ['perhaps on', unread('ActionsEnabled'), ['unknown', 'at.ActionsEnabled: AccessDenied', mayBeAbove]],
    ['perhaps held back', unread('ActionsSuppressor'), ['unknown', 'at.ActionsSuppressor: AccessDenied', mayBeAbove]],
  ])('its actions are %s', (_, setting, expected) => {
    expect(brief(enabled(setting, 'tampering'))).toEqual(expected);
  });

  test('where nothing holds them back, nothing is shown of it', () => {
    expect(enabled({}).evidence.slice(2)).toStrictEqual([
      { path: 'at.ActionsSuppressor', expected: { exists: false }, from: listings.alarms, resource: alarmArn() },
      { path: 'at.MuteRules', actual: 0, from: 'cloudwatch:ListAlarmMuteRules', resource: alarmArn() },
    ]);
  });

  test('switched on, they are', () => {
    const set = { resource: alarmArn(), path: 'ActionsEnabled', set: true };
    const off = enabled({ alarms: [alarm({ ActionsEnabled: false })] });
    expect(off.changes).toEqual([[set]]);
    expect(off.evidence[0]).toMatchObject({
      expected: true,
      actual: false,
      from: listings.alarms,
      resource: alarmArn(),
    });
    const held = enabled({ alarms: [alarm({ ActionsSuppressor: alarmArn('x') })] });
    expect(held.changes).toEqual([]);
    expect(held.evidence[0]).toMatchObject({
      expected: { exists: false },
      from: listings.alarms,
      resource: alarmArn(),
    });
  });
});

describe('whom an alarm tells', () => {
  const at = `at.topic[${topicArn}].`;
  const pending = topic({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Protocol: 'email' }] });
  const second = `${topicArn}2`;
  const both = alarm({ AlarmActions: [topicArn, second] });
  const lambda = alarm({ AlarmActions: [`arn:aws:lambda:us-east-1:${home}:function:sns`] });
  test.each<[string, Setting, readonly string[]]>([
    ['whoever confirmed', {}, ['yes', 'at.AlarmActions: 1', `${at}Subscriptions: 1`]],
    ['nobody confirmed', { topics: [pending] }, ['no', `${at}Subscriptions: nobody has confirmed a subscription`]],
    ['nobody: it takes no action', { alarms: [quiet] }, ['no', 'at.AlarmActions: 0']],
    ['no topic at all', { alarms: [lambda] }, ['yes', 'at.AlarmActions: 1']],
    ['a topic that is not there', { topics: [] }, ['no', 'at.topic: the topic does not exist']],
    ['two topics, of which one is not there', { alarms: [both] }, ['no', 'at.topic: the topic does not exist']],
    [
      'two topics, of which none is heard',
      { alarms: [both], topics: [pending] },
      ['no', `${at}Subscriptions: nobody has confirmed a subscription`, 'at.topic: the topic does not exist'],
    ],
    [
      'two topics',
      { alarms: [both], topics: [topic(), topic({ TopicArn: second })] },
      ['yes', 'at.AlarmActions: 2', `${at}Subscriptions: 1`, `at.topic[${second}].Subscriptions: 1`],
    ],
  ])('hears: %s', (_, setting, expected) => {
    expect(brief(asking('AWS::CloudWatch::Alarm', heard)(setting))).toEqual(expected);
  });

  const policy = (service: string) => ({ topics: [topic({ Policy: allow(service) })] });
  test.each<[string, Setting, readonly string[]]>([
    [
      'by the policy that a topic has',
      {},
      ['yes', 'at.AlarmActions: 1', `${at}Policy: the policy that every topic begins with`],
    ],
    [
      'by one that lets alarms in',
      policy('cloudwatch.amazonaws.com'),
      ['yes', 'at.AlarmActions: 1', `${at}Policy: statement 1 allows sns:Publish on ${topicArn}`],
    ],
    [
      'not by one for rules',
      policy('events.amazonaws.com'),
      ['no', `${at}Policy: no statement allows sns:Publish on ${topicArn}`],
    ],
    ['to nobody', { alarms: [quiet] }, ['no', 'at.AlarmActions: 0']],
    ['to what is no topic', { alarms: [lambda] }, ['yes', 'at.AlarmActions: 1']],
    ['not to a topic that is not there', { topics: [] }, ['no', 'at.topic: the topic does not exist']],
    [
      'whoever listens',
      { topics: [pending] },
      ['yes', 'at.AlarmActions: 1', `${at}Policy: the policy that every topic begins with`],
    ],
  ])('may publish: %s', (_, setting, expected) => {
    expect(brief(asking('AWS::CloudWatch::Alarm', mayPublish)(setting))).toEqual(expected);
  });
});
