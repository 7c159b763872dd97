import { describe, expect, test } from 'vitest';
import { home, other } from '../../rules/judging.ts';
import {
  alarm,
  allow,
  byRule,
  type Item,
  named,
  rule,
  ruleArn,
  type Setting,
  said,
  topic,
  topicArn,
  truth,
} from './asking.ts';

const alarms = 'cloudwatch.amazonaws.com';
const rules = 'events.amazonaws.com';
const when = (Condition: Item): Item => ({ Condition });
/** Through an alarm, and through a rule. */
const both = (more: Item, setting: Setting = {}): readonly string[] => [
  truth({ topics: [topic(more)], ...setting }),
  truth(byRule([rule(named('StopLogging'))], { topics: [topic({ Policy: allow(rules), ...more })], ...setting })),
];

describe('who may publish (aws-semantics §6.8)', () => {
  const born = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['SNS:Publish', 'SNS:Subscribe'],
      Resource: topicArn,
      Condition: { StringEquals: { 'AWS:SourceOwner': home } },
    },
  });
  const denied = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' },
      { Effect: 'Deny', Principal: { Service: [alarms, rules] }, Action: 'sns:*', Resource: '*' },
    ],
  });
  test.each<[string, Item, readonly string[]]>([
    ['the policy that a topic is born with lets alarms in; E8: and no rules', { Policy: born }, ['yes', 'no']],
    ['no policy: the one that it was born with', { Policy: undefined }, ['yes', 'no']],
    ['a policy for alarms', { Policy: allow(alarms) }, ['yes', 'no']],
    ['a policy for rules', { Policy: allow(rules) }, ['no', 'yes']],
    ['a policy for another action', { Policy: allow(alarms, 'sns:Subscribe') }, ['no', 'no']],
    [
      'a policy for another topic',
      { Policy: allow(alarms, 'sns:Publish', { Resource: `${topicArn}-2` }) },
      ['no', 'no'],
    ],
    ['a policy that denies it', { Policy: denied }, ['no', 'no']],
    ['a policy that is no JSON', { Policy: 'no' }, ['unknown', 'unknown']],
    ['the default policy of another account', { Policy: born.replace(home, other) }, ['no', 'no']],
    [
      'for this rule',
      { Policy: allow(rules, 'sns:Publish', when({ ArnEquals: { 'aws:SourceArn': ruleArn() } })) },
      ['no', 'yes'],
    ],
    [
      'for another rule',
      { Policy: allow(rules, 'sns:Publish', when({ ArnEquals: { 'aws:SourceArn': `${ruleArn()}-2` } })) },
      ['no', 'no'],
    ],
    [
      'for alarms of this account',
      { Policy: allow(alarms, 'sns:Publish', when({ StringEquals: { 'aws:SourceAccount': home } })) },
      ['yes', 'no'],
    ],
    [
      'for alarms of another account',
      { Policy: allow(alarms, 'sns:Publish', when({ StringEquals: { 'aws:SourceAccount': other } })) },
      ['no', 'no'],
    ],
    [
      'for alarms by their ARN',
      {
        Policy: allow(
          alarms,
          'sns:Publish',
          when({ ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${home}:alarm:*` } }),
        ),
      },
      ['yes', 'no'],
    ],
    [
      'for what nobody knows of a request',
      { Policy: allow(alarms, 'sns:Publish', when({ StringEquals: { 'aws:SourceOrgID': 'o-1' } })) },
      ['unknown', 'no'],
    ],
  ])('%s', (_, more, expected) => {
    expect(both(more)).toEqual(expected);
  });

  test('a role publishes in the name of its own policies, which nobody reads', () => {
    const target = (more: Item, topics = [topic({ Policy: allow(rules) })]) =>
      truth(byRule([rule(named('StopLogging'), { Targets: [{ Arn: topicArn, ...more }] })], { topics }));
    const RoleArn = `arn:aws:iam::${home}:role/r`;
    expect([target({}), target({ RoleArn }), target({ RoleArn }, [topic()])]).toEqual(['yes', 'unknown', 'unknown']);
    expect(target({ RoleArn }, [topic({ Subscriptions: [] })])).toBe('no');
    expect(target({ RoleArn }, [topic({ KmsMasterKeyId: 'alias/aws/sns' })])).toBe('no');
    expect(target({ RoleArn }, [])).toBe('no');
  });
});

describe('which topics are notified', () => {
  const at =
    (TopicArn: string, more: Item = {}) =>
    (): readonly string[] => [
      truth({ alarms: [alarm({ AlarmActions: [TopicArn] })], topics: [topic({ TopicArn, ...more })] }),
      truth(
        byRule([rule(named('StopLogging'), { Targets: [{ Arn: TopicArn }] })], {
          topics: [topic({ TopicArn, Policy: allow(rules), ...more })],
        }),
      ),
    ];
  test.each<[string, () => readonly string[], readonly string[]]>([
    ['one of the same region', at(topicArn), ['yes', 'yes']],
    ['one of another region', at(topicArn.replace('us-east-1', 'eu-west-1')), ['no', 'no']],
    [
      'one of another account, which nobody read',
      () => [
        truth({ alarms: [alarm({ AlarmActions: [topicArn.replace(home, other)] })] }),
        truth(byRule([rule(named('StopLogging'), { Targets: [{ Arn: topicArn.replace(home, other) }] })])),
      ],
      ['unknown', 'unknown'],
    ],
    ['one that is first in, first out', at(`${topicArn}.fifo`), ['no', 'unknown']],
    ['one that says that it is', at(topicArn, { FifoTopic: 'true' }), ['no', 'unknown']],
    ['one that says that it is not', at(topicArn, { FifoTopic: 'false' }), ['yes', 'yes']],
    ['one that does not exist', () => both({}, { topics: [] }), ['no', 'no']],
  ])('%s', (_, answers, expected) => {
    expect(answers()).toEqual(expected);
  });
});

describe('encrypted topics', () => {
  const Arn = `arn:aws:kms:us-east-1:${home}:key/k`;
  const KmsMasterKeyId = Arn;
  const key = (more: Item = {}): Item => ({
    Arn,
    KeyId: 'k',
    KeyState: 'Enabled',
    Policy: allow(alarms, 'kms:*'),
    ...more,
  });
  const usable = 'kms:GenerateDataKey*';
  test.each<[string, string, readonly Item[], string]>([
    ['the key of SNS, which lets no service in', 'alias/aws/sns', [], 'no'],
    ['the same by its ARN', `arn:aws:kms:us-east-1:${home}:alias/aws/sns`, [], 'no'],
    ['the same in China', `arn:aws-cn:kms:cn-north-1:${home}:alias/aws/sns`, [], 'no'],
    ['the same by its key', KmsMasterKeyId, [key({ KeyManager: 'AWS' })], 'no'],
    ['an alias that only ends like it', 'alias/not/alias/aws/sns', [], 'unknown'],
    ['an alias that only begins like it', 'alias/aws/sns-too', [], 'unknown'],
    ['no key, as an empty text', '', [], 'yes'],
    [
      'an alias of a key that lets alarms in',
      'alias/topics',
      [key({ KeyState: 'Enabled', KeyManager: 'CUSTOMER', Aliases: [{ AliasName: 'alias/topics' }] })],
      'yes',
    ],
    ['an alias that no key has', 'alias/gone', [key({ Aliases: [{ AliasName: 'alias/topics' }] })], 'no'],
    ['a key that lets alarms in', KmsMasterKeyId, [key({ KeyState: 'Enabled', KeyManager: 'CUSTOMER' })], 'yes'],
    ['the same by its id', 'k', [key()], 'yes'],
    [
      'a key that lets them make data keys and decrypt',
      KmsMasterKeyId,
      [key({ Policy: allow(alarms, [usable, 'kms:Decrypt']) })],
      'yes',
    ],
    ['a key that lets them make data keys alone', KmsMasterKeyId, [key({ Policy: allow(alarms, usable) })], 'no'],
    ['a key that lets them decrypt alone', KmsMasterKeyId, [key({ Policy: allow(alarms, 'kms:Decrypt') })], 'no'],
    ['a key that lets rules in', KmsMasterKeyId, [key({ Policy: allow(rules, 'kms:*') })], 'no'],
    [
      'a key for this account',
      KmsMasterKeyId,
      [key({ Policy: allow(alarms, 'kms:*', when({ StringEquals: { 'aws:SourceAccount': home } })) })],
      'yes',
    ],
    [
      'a key for another account',
      KmsMasterKeyId,
      [key({ Policy: allow(alarms, 'kms:*', when({ StringEquals: { 'aws:SourceAccount': other } })) })],
      'no',
    ],
    [
      'a key for what nobody knows',
      KmsMasterKeyId,
      [key({ Policy: allow(alarms, 'kms:*', when({ StringEquals: { 'kms:ViaService': 'x' } })) })],
      'unknown',
    ],
    ['a disabled key', KmsMasterKeyId, [key({ KeyState: 'Disabled' })], 'no'],
    ['a key that waits to be deleted', KmsMasterKeyId, [key({ KeyState: 'PendingDeletion' })], 'no'],
    ['a key that is being made', KmsMasterKeyId, [key({ KeyState: 'Creating' })], 'unknown'],
    ['a key that is being changed', KmsMasterKeyId, [key({ KeyState: 'Updating' })], 'unknown'],
    ['a key without a policy', KmsMasterKeyId, [key({ Policy: undefined })], 'unknown'],
    ['a key whose policy is no JSON', KmsMasterKeyId, [key({ Policy: '{' })], 'unknown'],
    ['a key that does not exist', KmsMasterKeyId, [], 'no'],
    ['a key of another account', KmsMasterKeyId.replace(home, other), [], 'unknown'],
    ['an alias that nobody resolves', 'alias/mine', [], 'unknown'],
  ])('%s', (_, id, keys, expected) => {
    expect(truth({ topics: [topic({ KmsMasterKeyId: id })], keys })).toBe(expected);
  });

  test('of a role only the state of the key counts', () => {
    const target = (keys: readonly Item[]) =>
      truth(
        byRule([rule(named('StopLogging'), { Targets: [{ Arn: topicArn, RoleArn: 'r' }] })], {
          topics: [topic({ KmsMasterKeyId, Policy: allow(rules) })],
          keys,
        }),
      );
    expect([target([key()]), target([key({ KeyState: 'Disabled' })])]).toEqual(['unknown', 'no']);
  });
});

describe('is somebody listening', () => {
  const confirmed = `${topicArn}:1`;
  const heard = (Subscriptions: readonly Item[] | undefined, subscriptions: readonly Item[] = []) =>
    truth({ topics: [topic({ Subscriptions })], subscriptions });
  const filtered = (FilterPolicy: string, FilterPolicyScope?: string) =>
    heard([{ SubscriptionArn: confirmed }], [{ SubscriptionArn: confirmed, FilterPolicy, FilterPolicyScope }]);

  test.each(['email', 'email-json', 'sms', 'https', 'sqs', 'lambda', 'firehose', 'application'])(
    'over %s',
    (Protocol) => {
      expect(heard([{ SubscriptionArn: confirmed, Protocol }])).toBe('yes');
    },
  );

  test('only who has confirmed', () => {
    const [pending, deleted] = [{ SubscriptionArn: 'PendingConfirmation' }, { SubscriptionArn: 'Deleted' }];
    expect([heard([]), heard(undefined), heard([pending]), heard([deleted]), heard([{}])]).toEqual([
      'no',
      'no',
      'no',
      'no',
      'no',
    ]);
    expect(heard([pending, { SubscriptionArn: confirmed }])).toBe('yes');
    expect(heard([{ SubscriptionArn: confirmed.replace('arn:aws:', 'arn:aws-us-gov:') }])).toBe('yes');
  });

  test('the list counts, and not the number that comes to agree with it later', () => {
    expect(truth({ topics: [topic({ SubscriptionsConfirmed: '0' })] })).toBe('yes');
    expect(truth({ topics: [topic({ SubscriptionsConfirmed: '1', Subscriptions: [] })] })).toBe('no');
  });

  test.each<[string, string | undefined, string]>([
    ['{"severity":["high"]}', undefined, 'no'],
    ['{"severity":["high"]}', 'MessageAttributes', 'no'],
    ['{"severity":[{"exists":false}]}', 'MessageAttributes', 'unknown'],
    ['{"AlarmName":["tampering"]}', 'MessageBody', 'unknown'],
    ['{"severity":["high"]}', 'Elsewhere', 'unknown'],
    ['{}', undefined, 'yes'],
    [' { } ', 'MessageAttributes', 'yes'],
    ['', undefined, 'yes'],
  ])('a filter policy may hold all of it back: %s by %s', (policy, scope, expected) => {
    expect(filtered(policy, scope)).toBe(expected);
  });

  test('one that lets all through is enough', () => {
    const subscriptions = [{ SubscriptionArn: confirmed, FilterPolicy: '{"a":["b"]}' }];
    const second = { SubscriptionArn: `${topicArn}:2` };
    expect(heard([{ SubscriptionArn: confirmed }, second], subscriptions)).toBe('yes');
    expect(heard([{ SubscriptionArn: confirmed }, second], [...subscriptions, second])).toBe('yes');
  });
});

describe('the first broken link', () => {
  const at =
    'metricFilters[arn:aws:logs:us-east-1:111122223333:log-group:trails:metric-filter:tampering].' +
    'alarms[arn:aws:cloudwatch:us-east-1:111122223333:alarm:tampering].topic';
  const topicAt = `${at}[${topicArn}].`;
  test.each<[Setting, string]>([
    [{ topics: [] }, `${at}: the topic does not exist`],
    [{ topics: [topic({ Policy: allow(rules) })] }, `${topicAt}Policy: no statement allows sns:Publish on ${topicArn}`],
    [{ topics: [topic({ Subscriptions: [] })] }, `${topicAt}Subscriptions: 0`],
    [{ topics: [topic({ FifoTopic: 'true' })] }, `${topicAt}TopicArn: alarms publish to no FIFO topic`],
    [
      { topics: [topic({ KmsMasterKeyId: 'alias/aws/sns' })] },
      `${topicAt}KmsMasterKeyId: the key of SNS itself lets cloudwatch.amazonaws.com in nowhere`,
    ],
    [{ topics: [topic({ KmsMasterKeyId: 'k' })] }, `${topicAt}KmsMasterKeyId: the key does not exist`],
    [
      {
        topics: [topic({ KmsMasterKeyId: 'k' })],
        keys: [{ Arn: 'arn:k', KeyId: 'k', KeyState: 'Disabled', Policy: allow(alarms, 'kms:*') }],
      },
      `${topicAt}key.KeyState: "Disabled"`,
    ],
    [
      { topics: [topic({ KmsMasterKeyId: 'k' })], keys: [{ Arn: 'arn:k', KeyId: 'k', KeyManager: 'AWS' }] },
      `${topicAt}key.KeyManager: the key of SNS itself lets cloudwatch.amazonaws.com in nowhere`,
    ],
    [
      { subscriptions: [{ SubscriptionArn: `${topicArn}:1`, FilterPolicy: '{"a":["b"]}' }] },
      `${topicAt}Subscriptions[${topicArn}:1].FilterPolicy: it lets messages through by attributes, and these have none`,
    ],
  ])('%j: %s', (setting, expected) => {
    expect(said(setting)).toEqual(['no', 'alerts: nobody learns of cloudtrail:StopLogging in us-east-1', expected]);
  });

  test('a policy that a topic was born with', () => {
    expect(said({})).toContain(`${topicAt}Policy: the policy that every topic begins with`);
    expect(said({})).toContain(`${topicAt}Subscriptions: 1`);
    expect(said(byRule([rule(named('StopLogging'))], { topics: [topic()] }))).toContain(
      `eventRules[${ruleArn()}].Targets[0].topic[${topicArn}].Policy: no statement allows sns:Publish to events.amazonaws.com`,
    );
  });
});
