import { describe, expect, test } from 'vitest';
import { home, other, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  allow,
  ask,
  byRule,
  filter,
  group,
  main,
  named,
  rule,
  ruleArn,
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
    ['A12: what else subscribes to the log group routes events, and alerts nobody', { filters: [] }, 'no'],
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
      'a filter that matches another event once it is transformed',
      { filters: [filter('{ $.eventName = Other }', { ApplyOnTransformedLogs: true })] },
      'unknown',
    ],
    ['a filter on what is selected first', { filters: [filter(stop, { FieldSelectionCriteria: 'x' })] }, 'unknown'],
    [
      'a filter on what is selected first, of another event',
      { filters: [filter('{ $.eventName = Other }', { FieldSelectionCriteria: 'x' })] },
      'no',
    ],
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

describe('what the answer says', () => {
  const at = `metricFilters[${group}:metric-filter:tampering].`;
  const trailAt = `trails[${trailArn('main')}].`;
  const slips = (event: string) => `alerts: nobody learns of ${event} in us-east-1`;
  const two = { eventSource: 'cloudtrail.amazonaws.com', eventName: ['DeleteTrail', 'StopLogging'] };
  const changesOf = (setting: Setting) => ask(setting).changes;
  const actionsOn = [[{ resource: alarmArn(), path: 'ActionsEnabled', set: true }]];

  test('which filter does not match, and which trail does not record', () => {
    expect(said({ events: two })).toEqual([
      'no',
      slips('cloudtrail:DeleteTrail'),
      `${at}FilterPattern: does not match cloudtrail:DeleteTrail in us-east-1`,
    ]);
    const events = { eventSource: ['kms.amazonaws.com', 'iam.amazonaws.com'], eventName: ['DisableKey', 'CreateUser'] };
    const trails = [
      main({
        EventSelectors: [{ IncludeManagementEvents: true, ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
      }),
    ];
    expect(said({ events, trails, filters: [filter('')] })).toEqual([
      'no',
      slips('kms:DisableKey'),
      `${trailAt}EventSelectors: does not record kms:DisableKey in us-east-1`,
    ]);
  });

  test('every link that is broken is named, and not the first alone', () => {
    const trails = [main({ Status: { IsLogging: false, LatestCloudWatchLogsDeliveryError: 'x' } })];
    const silent = [alarm({ ActionsEnabled: false, AlarmActions: [], Threshold: 2 })];
    const alarmAt = `${at}alarms[${alarmArn()}].`;
    expect(said({ trails, alarms: silent })).toEqual([
      'no',
      slips('cloudtrail:StopLogging'),
      `${trailAt}Status.IsLogging: false`,
      `${trailAt}Status.LatestCloudWatchLogsDeliveryError: "x"`,
      `${alarmAt}Threshold: one event makes 1, and the threshold is 2`,
      `${alarmAt}ActionsEnabled: false`,
      `${alarmAt}AlarmActions: it takes no action when it goes off`,
    ]);
    const off = rule(named('StopLogging'), { State: 'DISABLED', EventBusName: 'audit', Targets: [] });
    const ruleAt = `eventRules[${ruleArn()}].`;
    expect(said(byRule([off], { trails }))).toEqual([
      'no',
      slips('cloudtrail:StopLogging'),
      `${trailAt}Status.IsLogging: false`,
      `${ruleAt}EventBusName: CloudTrail’s events arrive on the default bus alone`,
      `${ruleAt}State: "DISABLED"`,
      `${ruleAt}Targets: it has no target`,
    ]);
    const topics = [topic({ Policy: allow('x'), KmsMasterKeyId: 'alias/aws/sns', Subscriptions: [] })];
    expect(
      said({ topics })
        .slice(2)
        .map((it) => it.split('].').at(-1)?.split(':')[0]),
    ).toEqual(['Policy', 'KmsMasterKeyId', 'Subscriptions']);
  });

  test('a filter that is not about such events has no part in it', () => {
    const other_ = filter('{ $.eventName = CreateUser }', { FilterName: 'users' });
    expect(said({ alarms: [], filters: [filter(stop), other_] })).toEqual([
      'no',
      slips('cloudtrail:StopLogging'),
      `${at}alarms: no alarm watches its metric`,
    ]);
  });

  test('nor has one that is about others of their fields', () => {
    const events = { ...two, eventName: 'StopLogging', userAgent: { like: 'a*' } };
    const others = filter('{ $.eventName = StopLogging && $.userAgent = b* }', { FilterName: 'others' });
    const [broken, ...evidence] = said({ events, alarms: [], filters: [filter(stop), others] });
    expect([broken, ...evidence.slice(1)]).toEqual(['no', `${at}alarms: no alarm watches its metric`]);
    expect(said({ events, filters: [others] })).toHaveLength(2);
  });

  test('of a pass the ways that are enough, and no other', () => {
    const second = filter(stop, { FilterName: 'second' });
    expect(said({ filters: [filter(stop), second] })).toEqual(said({}));
    const half = filter('{ $.eventName = DeleteTrail }', { FilterName: 'half' });
    const paths = said({ events: two, filters: [filter(stop), half] }).filter((it) => it.includes('FilterPattern'));
    expect(paths).toEqual([
      `${at}FilterPattern: matches such events`,
      `metricFilters[${group}:metric-filter:half].FilterPattern: matches such events`,
    ]);
  });

  test('whether a filter matches cannot be said: that one is named', () => {
    const words = filter('Delete', { FilterName: 'words' });
    expect(said({ events: two, filters: [filter(stop), words] })).toEqual([
      'unknown',
      `metricFilters[${group}:metric-filter:words].FilterPattern: it cannot be said whether it would match ` +
        'cloudtrail:DeleteTrail in us-east-1',
    ]);
    expect(truth({ events: two, filters: [filter(stop), words], alarms: [alarm({ Threshold: 9 })] })).toBe('no');
  });

  const onOther = { MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Other', MetricValue: '1' }] };
  const unreadTopic = {
    topics: [topic()],
    more: { gaps: [{ operation: 'sns:GetTopicAttributes', resource: `${topicArn}-2`, error: 'AccessDenied' }] },
  };
  const second = alarm({
    ...{ AlarmArn: alarmArn('second'), AlarmName: 'second', MetricName: 'Other' },
    AlarmActions: [`${topicArn}-2`],
  });
  const wordsAt = `metricFilters[${group}:metric-filter:words].`;
  const mayMatch = `${wordsAt}FilterPattern: it cannot be said whether it would match `;

  test('a way that works for nothing is no reason for doubt', () => {
    const words = filter('Stop', { FilterName: 'words' });
    const dead = filter('Logging', { FilterName: 'dead', ...onOther });
    expect(said({ filters: [words, dead] })).toEqual(['unknown', `${mayMatch}cloudtrail:StopLogging in us-east-1`]);
  });

  test('nor is one that the event does not go', () => {
    const filters = [filter('Delete', { FilterName: 'words' }), filter(stop, onOther)];
    expect(said({ events: two, filters, alarms: [alarm(), second], ...unreadTopic })).toEqual([
      'unknown',
      `${mayMatch}cloudtrail:DeleteTrail in us-east-1`,
    ]);
    const both = [filter('Trail', { FilterName: 'words', ...onOther }), filter(stop)];
    expect(said({ events: two, filters: both, alarms: [alarm(), second], ...unreadTopic })).toEqual([
      'unknown',
      `${wordsAt}alarms[${alarmArn('second')}].topic: AccessDenied`,
    ]);
  });

  test('nor is any where it is not known what the call is', () => {
    const trails = [main({ EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] })];
    const events = { eventSource: 'ec2.amazonaws.com', eventName: 'FrobThing' };
    expect(said({ events, trails, filters: [filter('')] })).toEqual([
      'unknown',
      'alerts: it cannot be said whether somebody learns of such events: ' +
        'whether the named calls are reads or writes decides it',
    ]);
  });

  test('where no event shows it, what is not known of the ways does', () => {
    const words = filter(stop, { FilterName: 'words', ...onOther });
    const filters = [filter('{ $.eventName = StopLogging && $.userAgent = %.% }'), words];
    expect(said({ filters, alarms: [alarm(), second], ...unreadTopic })).toEqual([
      'unknown',
      `${wordsAt}alarms[${alarmArn('second')}].topic: AccessDenied`,
    ]);
  });

  test('a pattern that cannot be compared is no answer', () => {
    const filters = [filter('{ $.eventName = StopLogging && $.userAgent = %.% }')];
    expect(said({ filters })).toEqual([
      'unknown',
      'alerts: it cannot be said whether somebody learns of such events: ' +
        'the pattern of userAgent is more than a beginning and an ending',
    ]);
    const open = {
      topics: [],
      more: { gaps: [{ operation: 'sns:GetTopicAttributes', resource: topicArn, error: 'AccessDenied' }] },
    };
    expect(said({ filters, ...open })).toEqual(['unknown', `${at}alarms[${alarmArn()}].topic: AccessDenied`]);
  });

  test('patterns that match nothing do not make it too much to compare', () => {
    const empty = '$.eventName = StopLogging && $.userAgent = a* && $.userAgent = b*';
    const filters = Array.from({ length: 20 }, (_, index) =>
      filter(`{ ${empty} && $.requestParameters.field${index} = x }`, { FilterName: `empty${index}` }),
    );
    expect(said({ filters: [filter(stop), ...filters] })).toEqual(said({}));
    expect(said({ filters })).toEqual(['no', slips('cloudtrail:StopLogging')]);
  });

  test('what would mend it, where that is all', () => {
    const off = { alarms: [alarm({ ActionsEnabled: false })] };
    expect(changesOf(off)).toEqual(actionsOn);
    expect(changesOf({ ...off, events: two })).toEqual([]);
    expect(changesOf({ ...off, topics: [topic({ Subscriptions: [] })] })).toEqual([]);
    expect(changesOf({ ...off, filters: [filter('Stop')] })).toEqual([]);
    expect(changesOf({ trails: [main({ Status: { IsLogging: false } })] })).toEqual([
      [{ resource: trailArn('main'), path: 'Status.IsLogging', set: true }],
    ]);
    const disabled = rule(named('StopLogging'), { State: 'DISABLED' });
    expect(changesOf(byRule([disabled]))).toEqual([[{ resource: ruleArn(), path: 'State', set: 'ENABLED' }]]);
    const gaps = [{ operation: 'logs:DescribeMetricFilters', error: 'AccessDenied' }];
    expect(changesOf({ ...off, more: { gaps } })).toEqual([]);
    expect(changesOf({})).toEqual([]);
    const half = filter('{ $.eventName = DeleteTrail }', { FilterName: 'half', ...onOther });
    const bothOff = [...off.alarms, { ...second, ActionsEnabled: false, AlarmActions: [topicArn] }];
    expect(changesOf({ events: two, filters: [filter(stop), half], alarms: bothOff })).toEqual([]);
    const oneOff = [alarm(), ...bothOff.slice(1)];
    expect(changesOf({ events: two, filters: [filter(stop), half], alarms: oneOff })).toEqual([
      [{ resource: alarmArn('second'), path: 'ActionsEnabled', set: true }],
    ]);
    const undelivered = { IsLogging: true, LatestCloudWatchLogsDeliveryError: 'AccessDenied' };
    expect(changesOf({ trails: [main({ Status: undelivered })] })).toEqual([
      [{ resource: trailArn('main'), path: 'Status.LatestCloudWatchLogsDeliveryError', set: null }],
    ]);
  });

  test('classes are asked one by one, and all must hold', () => {
    const stopping = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' };
    const deleting = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'DeleteTrail' };
    expect([truth({ classes: [stopping] }), truth({ classes: [stopping, deleting] })]).toEqual(['yes', 'no']);
    expect(said({ classes: [stopping, deleting] })).toContain(slips('cloudtrail:DeleteTrail'));
  });
});
