import { describe, expect, test } from 'vitest';
import { home, other, trail, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  allow,
  byRule,
  filter,
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

describe('EventBridge (aws-semantics §7.5)', () => {
  const base: Setting = {
    trails: [trail('main', { IsMultiRegionTrail: true, Status: { IsLogging: true } })],
    filters: [],
    alarms: [],
    topics: [topic({ Policy: allow('events.amazonaws.com') })],
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
    ['in a state that is not said', { rules: [rule(named('StopLogging'), { State: undefined })] }, 'unknown'],
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
    [
      'a filter, where only rules count',
      { trails: [main()], filters: [filter(stop)], alarms: [alarm()], topics: [topic()], via: 'eventbridge' },
      'no',
    ],
    ['A14: and where it does not', { rules: [rule(named('StopLogging'))], via: 'metric-filter' }, 'no'],
  ])('%s', (_, setting, expected) => {
    expect(truth({ ...base, ...setting })).toBe(expected);
  });

  test('what a pass rests on', () => {
    const at = `eventRules[${ruleArn()}].`;
    const rules = [rule(named('StopLogging'), { State: all })];
    const trailAt = `trails[${trailArn('main')}].`;
    const topicAt = `${at}Targets[0].topic[${topicArn}].`;
    expect(said({ ...base, rules })).toEqual([
      'yes',
      `${trailAt}IsMultiRegionTrail: true`,
      `${trailAt}Status.IsLogging: true`,
      `${at}EventBusName: "default"`,
      `${at}State: "${all}"`,
      `${at}Targets: 1`,
      `${topicAt}Policy: statement 1 allows sns:Publish on ${topicArn}`,
      `${topicAt}Subscriptions: 1`,
      `${at}EventPattern: matches such events`,
      `${trailAt}EventSelectors: records such events`,
    ]);
  });

  test('where filters are enough no rule is named', () => {
    const events = { eventSource: 'cloudtrail.amazonaws.com', eventName: ['StopLogging', 'DeleteTrail'] };
    const second = `${topicArn}-2`;
    const setting: Setting = {
      events,
      filters: [filter(stop), filter('{ $.eventName = DeleteTrail }', { FilterName: 'second' })],
      topics: [topic(), topic({ TopicArn: second, Policy: allow('events.amazonaws.com') })],
    };
    const rules = [rule({ source: ['aws.cloudtrail'] }, { Targets: [{ Arn: second }] })];
    expect(said({ ...setting, rules })).toEqual(said(setting));
    expect(said({ ...setting, rules, via: 'eventbridge' }).join()).toContain('EventPattern: matches such events');
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

describe('flags and numbers of a class are no texts to a pattern (aws-semantics §7.4)', () => {
  const base: Setting = { filters: [], alarms: [], topics: [topic({ Policy: allow('events.amazonaws.com') })] };
  const eventsOf = (written: unknown) => ({
    eventSource: 'ec2.amazonaws.com',
    eventName: 'ModifyThing',
    'requestParameters.x': written,
  });
  const on = (values: readonly unknown[]) => [
    rule({ detail: { eventName: ['ModifyThing'], requestParameters: { x: values } } }),
  ];
  test.each<[unknown, readonly unknown[], string]>([
    [true, [true], 'yes'],
    [true, ['true'], 'no'],
    [5, [5], 'yes'],
    [5, [{ numeric: ['>', 3] }], 'yes'],
    [5, ['5'], 'no'],
    ['true', ['true'], 'yes'],
    ['true', [true], 'no'],
  ])('%j and the pattern %j', (written, values, expected) => {
    expect(truth({ ...base, events: eventsOf(written), rules: on(values) })).toBe(expected);
  });
});

describe('a pattern that asks for a resource', () => {
  const asking = (eventName: string, ARN: readonly unknown[]) =>
    rule({ detail: { eventName: [eventName], resources: { ARN } } });
  const object = 'arn:aws:s3:::b/';

  test('does not match the management events that are about none', () => {
    const by = (ARN: readonly unknown[]) => truth(byRule([asking('StopLogging', ARN)]));
    expect([by([{ exists: true }]), by([{ 'anything-but': 'x' }]), by([{ exists: false }])]).toEqual([
      'no',
      'no',
      'no',
    ]);
    const without = { ...asking('StopLogging', [{ exists: false }]), Arn: ruleArn().replace('rule/r', 'rule/s') };
    expect(truth(byRule([asking('StopLogging', [{ exists: true }]), without]))).toBe('yes');
  });

  test('matches data events: all are about some', () => {
    const trails = [main({ EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: [object] }] }] })];
    const events = { eventName: 'PutObject', 'resources.ARN': { like: `${object}*` } };
    const by = (ARN: readonly unknown[]) => truth(byRule([asking('PutObject', ARN)], { trails, events }));
    expect([by([{ exists: true }]), by([{ prefix: object }]), by([{ exists: false }])]).toEqual(['yes', 'yes', 'no']);
  });
});
