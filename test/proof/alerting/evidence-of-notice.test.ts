import { describe, expect, test } from 'vitest';
import { home, other, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  allow,
  ask,
  byRule,
  group,
  type Item,
  main,
  named,
  rule,
  ruleArn,
  type Setting,
  said,
  topic,
  topicArn,
} from './asking.ts';
import {
  at,
  encrypted,
  from,
  functionArn,
  inAlarm,
  inRule,
  inTopic,
  inTrail,
  invoking,
  keyArn,
  known,
  subscription,
  target,
} from './paths.ts';

const elsewhere = topicArn.replace('us-east-1', 'eu-west-1');

describe('evidence of who is told says what decided, and who says so', () => {
  test.each<[string, Setting, Item]>([
    [`${inAlarm}topic`, { topics: [] }, { resource: alarmArn(), actual: topicArn, note: 'the topic does not exist' }],
    [
      `${inTopic}Policy`,
      {},
      { resource: topicArn, from: 'sns:GetTopicAttributes', note: 'the policy that every topic begins with' },
    ],
    [
      `${inTopic}Policy`,
      { topics: [topic({ Policy: allow('x.amazonaws.com') })] },
      { resource: topicArn, from: from.topics, note: `no statement allows sns:Publish on ${topicArn}` },
    ],
    [
      `${inTopic}Policy`,
      { topics: [topic({ Policy: '{' })] },
      { resource: topicArn, from: from.topics, note: expect.any(String) },
    ],
    [
      `${inTopic}Policy`,
      {
        topics: [
          topic({
            Policy: allow('cloudwatch.amazonaws.com', 'sns:Publish', { Condition: { Bool: { 'aws:x': 'true' } } }),
          }),
        ],
      },
      { resource: topicArn, from: from.topics, note: expect.stringContaining('depends on Bool aws:x') },
    ],
    [
      `${inAlarm}topic[${elsewhere}].TopicArn`,
      { alarms: [alarm({ AlarmActions: [elsewhere] })], topics: [topic({ TopicArn: elsewhere })] },
      { resource: elsewhere, actual: elsewhere, note: 'a topic of another region than us-east-1 is not notified' },
    ],
    [
      `${inTopic}TopicArn`,
      { topics: [topic({ FifoTopic: 'true' })] },
      {
        resource: topicArn,
        actual: topicArn,
        from: 'sns:GetTopicAttributes',
        note: 'alarms publish to no FIFO topic',
      },
    ],
    [
      `${inRule}Targets[0].topic[${topicArn}].TopicArn`,
      byRule([rule(named('StopLogging'))], {
        topics: [topic({ FifoTopic: 'true', Policy: allow('events.amazonaws.com') })],
      }),
      { resource: topicArn, actual: topicArn, note: 'whether rules publish to a FIFO topic is not known' },
    ],
    [
      `${inTopic}KmsMasterKeyId`,
      { topics: [topic({ KmsMasterKeyId: 'alias/aws/sns' })] },
      {
        resource: topicArn,
        from: from.topics,
        actual: 'alias/aws/sns',
        note: 'the key of SNS itself lets cloudwatch.amazonaws.com in nowhere',
      },
    ],
    [
      `${inTopic}KmsMasterKeyId`,
      { topics: [topic({ KmsMasterKeyId: keyArn })] },
      { resource: topicArn, from: from.topics, actual: keyArn, note: 'the key does not exist' },
    ],
    [
      `${inTopic}key.KeyState`,
      encrypted({ KeyState: 'Enabled' }),
      { resource: keyArn, from: 'kms:DescribeKey', expected: 'Enabled', actual: 'Enabled' },
    ],
    [
      `${inTopic}key.KeyManager`,
      encrypted({ KeyManager: 'AWS' }),
      { resource: keyArn, actual: 'AWS', note: 'the key of SNS itself lets cloudwatch.amazonaws.com in nowhere' },
    ],
    [
      `${inTopic}key.Policy`,
      encrypted({ Policy: undefined }),
      { resource: keyArn, note: 'every key has a policy, and none is here' },
    ],
    [
      `${inTopic}Subscriptions`,
      {},
      { resource: topicArn, from: from.listeners, expected: 'a confirmed one', actual: 1 },
    ],
    [
      `${inTopic}Subscriptions`,
      { topics: [topic({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] })] },
      {
        resource: topicArn,
        from: from.listeners,
        expected: 'a confirmed one',
        actual: 0,
        note: 'nobody has confirmed a subscription',
      },
    ],
    [
      `${inTopic}Subscriptions[${subscription}].FilterPolicy`,
      { subscriptions: [{ SubscriptionArn: subscription }] },
      { resource: subscription, from: 'sns:GetSubscriptionAttributes', actual: '', note: 'it lets everything through' },
    ],
    [
      `${inTopic}Subscriptions[${subscription}].FilterPolicy`,
      {
        subscriptions: [
          { SubscriptionArn: subscription, FilterPolicy: '{"a":["b"]}', FilterPolicyScope: 'MessageBody' },
        ],
      },
      {
        resource: subscription,
        from: 'sns:GetSubscriptionAttributes',
        actual: '{"a":["b"]}',
        note: 'whether it lets such messages through is not worked out',
      },
    ],
    [
      `${inAlarm}function`,
      invoking([]),
      { resource: alarmArn(), actual: functionArn, note: 'the function does not exist' },
    ],
    [
      `${inAlarm}function`,
      invoking([known], `${functionArn}:live`),
      { resource: alarmArn(), actual: `${functionArn}:live`, note: 'the policy of that version or alias is not read' },
    ],
    [
      `${inAlarm}function[${functionArn}].Policy`,
      invoking([known]),
      { resource: functionArn, from: 'lambda:GetPolicy', note: 'without a policy no service may invoke it' },
    ],
    [
      `${inRule}EventBusName`,
      byRule([rule(named('StopLogging'))]),
      { resource: ruleArn(), from: from.rules, expected: 'default', actual: 'default' },
    ],
    [
      `${inRule}EventBusName`,
      byRule([rule(named('StopLogging'), { EventBusName: 'audit' })]),
      {
        resource: ruleArn(),
        from: from.rules,
        expected: 'default',
        actual: 'audit',
        note: 'CloudTrail’s events arrive on the default bus alone',
      },
    ],
    [
      `${inRule}State`,
      byRule([rule(named('StopLogging'))]),
      { resource: ruleArn(), from: from.rules, expected: 'ENABLED', actual: 'ENABLED' },
    ],
    [
      `${inRule}State`,
      byRule([rule(named('StopLogging'), { State: 'PAUSED' })]),
      {
        resource: ruleArn(),
        from: from.rules,
        expected: 'ENABLED',
        actual: 'PAUSED',
        note: 'a state that is not known',
      },
    ],
    [
      `${inRule}EventPattern`,
      byRule([rule('{"source":"x"}')]),
      { resource: ruleArn(), note: expect.stringMatching(/^the pattern is not valid at source: /) },
    ],
    [
      `${inRule}EventPattern`,
      byRule([rule('{')]),
      { resource: ruleArn(), note: expect.stringMatching(/^the pattern is not valid: /) },
    ],
    [
      `${inRule}Targets`,
      byRule([rule(named('StopLogging'))]),
      { resource: ruleArn(), from: 'events:ListTargetsByRule', actual: 1 },
    ],
    [
      `${inRule}Targets`,
      byRule([rule(named('StopLogging'), { Targets: [] })]),
      { resource: ruleArn(), from: 'events:ListTargetsByRule', actual: 0, note: 'it has no target' },
    ],
    [
      `${inRule}Targets[0].RoleArn`,
      target({ Arn: topicArn, RoleArn: 'r' }),
      { resource: ruleArn(), actual: 'r', note: 'what its role may do is not read' },
    ],
    [
      `${inTrail}logGroup`,
      { trails: [main({ CloudWatchLogsLogGroupArn: `${group.replace(home, other)}:*` })] },
      {
        resource: trailArn('main'),
        from: 'cloudtrail:DescribeTrails',
        gap: {
          resource: `${group.replace(home, other)}`,
          error: 'OtherAccount',
          message: `it is in account ${other}, which this run has not read`,
        },
      },
    ],
  ])('%s of %j', (path, setting, expected) => {
    expect(at(path, setting)).toEqual({ path, ...expected });
  });

  test('of a key all that keeps it from being used is named', () => {
    const refusing = encrypted({ KeyState: 'Disabled', Policy: allow('x.amazonaws.com', 'kms:*') });
    expect(said(refusing).slice(2)).toEqual([
      `${inTopic}key.KeyState: "Disabled"`,
      `${inTopic}key.Policy: no statement allows kms:GenerateDataKey on ${keyArn}`,
      `${inTopic}key.Policy: no statement allows kms:Decrypt on ${keyArn}`,
    ]);
  });

  test('what would mend a key', () => {
    const mend = [[{ resource: keyArn, path: 'KeyState', set: 'Enabled' }]];
    expect(ask(encrypted({ KeyState: 'Disabled' })).changes).toEqual(mend);
  });
});
