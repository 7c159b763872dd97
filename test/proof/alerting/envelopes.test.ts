import { describe, expect, test } from 'vitest';
import { home, other } from '../../rules/judging.ts';
import {
  allow,
  byRule,
  type Item,
  main,
  named,
  rule,
  ruleArn,
  type Setting,
  said,
  topic,
  topicArn,
  truth,
} from './asking.ts';

const call = 'AWS API Call via CloudTrail';
const matched = (pattern: Item, events?: Item, more: Setting = {}) =>
  truth(byRule([rule(pattern)], { ...(events && { events }), ...more }));

describe('the kinds of records have names of their own (aws-semantics §7.1)', () => {
  const login = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' };
  const ofType = (eventType: string) => ({ eventSource: 'kms.amazonaws.com', eventCategory: 'Management', eventType });
  test.each<[string, Item | undefined, string]>([
    [call, undefined, 'yes'],
    ['AWS Service Event via CloudTrail', undefined, 'no'],
    ['AWS Console Sign In via CloudTrail', login, 'yes'],
    ['AWS Console Signin via CloudTrail', login, 'no'],
    [call, login, 'no'],
    ['AWS Service Event via CloudTrail', ofType('AwsServiceEvent'), 'yes'],
    [call, ofType('AwsServiceEvent'), 'no'],
    ['AWS Console Action via CloudTrail', ofType('AwsConsoleAction'), 'yes'],
    ['AWS Network Activity Event via CloudTrail', ofType('AwsApiCall'), 'no'],
    ['Object Created', undefined, 'no'],
  ])('%s of %j: %s', (detailType, events, expected) => {
    const setting = {
      rules: [rule({ 'detail-type': [detailType] }, { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' })],
    };
    expect(truth(byRule([], { ...(events && { events }), ...setting }))).toBe(expected);
  });

  test('a type of record that nobody knows may come under any name', () => {
    expect(
      matched(
        { 'detail-type': [call] },
        { eventSource: 's3.amazonaws.com', eventName: 'DeleteBucket', eventType: 'AwsDream' },
      ),
    ).toBe('unknown');
  });

  test('Insights events are CloudTrail’s own', () => {
    const trails = [
      main({ InsightSelectors: [{ InsightType: 'ApiErrorRateInsight' }, { InsightType: 'ApiCallRateInsight' }] }),
    ];
    const events = { eventCategory: 'Insight' };
    const insight = { 'detail-type': ['AWS Insight via CloudTrail'] };
    expect(matched(insight, events, { trails })).toBe('yes');
    expect(matched({ ...insight, source: ['aws.cloudtrail'] }, events, { trails })).toBe('yes');
    expect(matched({ ...insight, source: ['aws.ec2'] }, events, { trails })).toBe('unknown');
    expect(matched({ 'detail-type': [call] }, events, { trails })).toBe('no');
    expect(matched(insight, events)).toBe('no');
    expect(matched(insight, undefined, { trails })).toBe('no');
  });
});

describe('the source is worked out of the service (aws-semantics §7.2)', () => {
  const calls = (eventSource: string) => ({ eventSource, eventName: 'CreateThing', eventCategory: 'Management' });
  test.each<[unknown, string, string]>([
    [['aws.s3'], 's3.amazonaws.com', 'yes'],
    [['aws.ec2'], 's3.amazonaws.com', 'no'],
    [['s3.amazonaws.com'], 's3.amazonaws.com', 'no'],
    [['AWS.S3'], 's3.amazonaws.com', 'no'],
    [['aws.s3', 'aws.ec2'], 'ec2.amazonaws.com', 'yes'],
    [[{ prefix: 'aws.s' }], 's3.amazonaws.com', 'yes'],
    [[{ prefix: 'aws.e' }], 's3.amazonaws.com', 'no'],
    [[{ prefix: 'aws.' }], 'tagging.amazonaws.com', 'yes'],
    [[{ suffix: '.s3' }], 's3.amazonaws.com', 'yes'],
    [[{ wildcard: 'aws.*3' }], 's3.amazonaws.com', 'yes'],
    [[{ 'anything-but': 'aws.s3' }], 's3.amazonaws.com', 'no'],
    [[{ 'anything-but': 'aws.s3' }], 'ec2.amazonaws.com', 'yes'],
    [[{ exists: true }], 's3.amazonaws.com', 'yes'],
    [[{ exists: false }], 's3.amazonaws.com', 'no'],
    // Of these nobody has verified what they are called.
    [['aws.monitoring'], 'monitoring.amazonaws.com', 'yes'],
    [['aws.cloudwatch'], 'monitoring.amazonaws.com', 'unknown'],
    [[{ prefix: 'aws.cloud' }], 'monitoring.amazonaws.com', 'unknown'],
    [[{ suffix: 'watch' }], 'monitoring.amazonaws.com', 'unknown'],
    [[{ exists: false }], 'monitoring.amazonaws.com', 'no'],
    [['aws.partner'], 'partner.example.com', 'no'],
  ])('%j of %s: %s', (source, service, expected) => {
    expect(matched({ source }, calls(service))).toBe(expected);
  });

  test('of a service that is not named', () => {
    expect(matched({ source: ['aws.s3'] }, { eventName: 'DeleteBucket', eventCategory: 'Management' })).toBe('no');
    expect(matched({ source: [{ prefix: 'aws.' }] }, { eventName: 'DeleteBucket', eventCategory: 'Management' })).toBe(
      'yes',
    );
  });
});

describe('the rest of the envelope', () => {
  test.each<[Item, string]>([
    [{ account: [home] }, 'yes'],
    [{ account: [other] }, 'no'],
    [{ account: [{ prefix: '1111' }] }, 'yes'],
    [{ region: ['us-east-1'] }, 'yes'],
    [{ region: ['eu-west-1'] }, 'no'],
    [{ region: [{ 'anything-but': 'us-east-1' }] }, 'no'],
    [{ version: ['0'] }, 'yes'],
    [{ version: ['1'] }, 'no'],
    [{ time: [{ prefix: '2026' }] }, 'unknown'],
    [{ id: ['1'] }, 'unknown'],
    [{ resources: ['arn:aws:s3:::b'] }, 'unknown'],
    [{ $or: [{ account: [other] }, { account: [home] }] }, 'yes'],
    [{ $or: [{ account: [other] }, { region: ['eu-west-1'] }] }, 'no'],
    [{ account: [home], region: ['us-east-1'], source: ['aws.cloudtrail'], 'detail-type': [call] }, 'yes'],
  ])('%j: %s', (pattern, expected) => {
    expect(matched(pattern)).toBe(expected);
  });
});

describe('what arrives, and what a rule gets of it (aws-semantics §7.1)', () => {
  const reading = (eventName: string, eventSource: string) => ({ eventSource, eventName });
  const all = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  const got = (events: Item, State: string, trails?: Setting['trails']) =>
    truth(byRule([rule({ 'detail-type': [call] }, { State })], { events, ...(trails && { trails }) }));
  test.each<[string, Item, string, string]>([
    ['a write', reading('DeleteTrail', 'cloudtrail.amazonaws.com'), 'yes', 'yes'],
    ['a list', reading('ListUsers', 'iam.amazonaws.com'), 'no', 'yes'],
    ['a description', reading('DescribeTrails', 'cloudtrail.amazonaws.com'), 'no', 'yes'],
    ['what is got', reading('GetTrailStatus', 'cloudtrail.amazonaws.com'), 'no', 'yes'],
    ['E7: a read by another name', reading('Decrypt', 'kms.amazonaws.com'), 'unknown', 'yes'],
    [
      'a read whose name has another word in it',
      { ...reading('BatchGetImage', 'ecr.amazonaws.com'), readOnly: true, eventCategory: 'Management' },
      'unknown',
      'yes',
    ],
    ['a session', reading('GetSessionToken', 'sts.amazonaws.com'), 'unknown', 'yes'],
    ['a federation', { ...reading('GetFederationToken', 'sts.amazonaws.com'), readOnly: true }, 'unknown', 'yes'],
    ['reads', { eventCategory: 'Management', readOnly: true }, 'no', 'yes'],
    ...['Li*', 'Ge*', 'De*'].map((like): [string, Item, string, string] => [
      `reads that begin with ${like}`,
      { eventCategory: 'Management', eventSource: 'iam.amazonaws.com', readOnly: true, eventName: { like } },
      'no',
      'yes',
    ]),
    ['writes', { eventCategory: 'Management', readOnly: false, eventType: 'AwsApiCall' }, 'yes', 'yes'],
    ['a read that is written', { ...reading('ListUsers', 'iam.amazonaws.com'), readOnly: false }, 'yes', 'yes'],
  ])('%s', (_, events, enabled, withReads) => {
    const asked = events.eventType || !('eventCategory' in events) ? events : { ...events, eventType: 'AwsApiCall' };
    expect([got(asked, 'ENABLED'), got(asked, all), got(asked, 'DISABLED')]).toEqual([enabled, withReads, 'no']);
  });

  test('reads of data are got as writes are', () => {
    const objects = [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
    ];
    const events = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object', eventType: 'AwsApiCall' };
    expect(got(events, 'ENABLED', [main({ AdvancedEventSelectors: [{ FieldSelectors: objects }] })])).toBe('yes');
    expect(got(events, 'ENABLED')).toBe('no');
  });

  test('several trails record for one rule', () => {
    const selects = (Name: string, ReadWriteType: string): Item => ({
      ...main({ EventSelectors: [{ ReadWriteType, IncludeManagementEvents: true }] }),
      Name,
      TrailARN: String(main().TrailARN).replace('main', Name),
    });
    const both = { eventCategory: 'Management', eventType: 'AwsApiCall', eventSource: 'kms.amazonaws.com' };
    const parts = [selects('reads', 'ReadOnly'), selects('writes', 'WriteOnly')];
    expect([got(both, all, parts), got(both, all, parts.slice(1)), got(both, all, parts.slice(0, 1))]).toEqual([
      'yes',
      'no',
      'no',
    ]);
  });

  test('which link it is that breaks', () => {
    const at = `eventRules[${ruleArn()}].`;
    const slips = (event: string) => `alerts: nobody learns of ${event} in us-east-1`;
    const users = { eventSource: 'iam.amazonaws.com', eventName: 'ListUsers' };
    const policy = [topic({ Policy: allow('events.amazonaws.com') })];
    const why = (more: Setting) =>
      said({ filters: [], alarms: [], topics: policy, rules: [rule(named('StopLogging'))], ...more });
    const stopped = why({ trails: [main({ Status: { IsLogging: false } })] });
    expect(stopped).toEqual([
      'no',
      slips('cloudtrail:StopLogging'),
      `trails[${main().TrailARN}].Status.IsLogging: false`,
    ]);
    expect(why({ rules: [rule(named('StopLogging'), { EventBusName: 'audit' })] })).toEqual([
      'no',
      slips('cloudtrail:StopLogging'),
      `${at}EventBusName: CloudTrail’s events arrive on the default bus alone`,
    ]);
    expect(why({ rules: [rule(named('StopLogging'), { State: 'DISABLED' })] })).toEqual([
      'no',
      slips('cloudtrail:StopLogging'),
      `${at}State: "DISABLED"`,
    ]);
    expect(why({ rules: [rule(named('StopLogging'), { State: 'PAUSED' })] })).toEqual([
      'unknown',
      `${at}State: a state that is not known`,
    ]);
    expect(why({ rules: [rule('{"source":"x"}')] })).toEqual([
      'unknown',
      expect.stringContaining(`${at}EventPattern: the pattern is not valid`),
    ]);
    const part = {
      events: { ...users, eventName: ['ListUsers', 'CreateUser'] },
      rules: [rule({ source: ['aws.iam'] })],
    };
    expect(why(part)).toEqual([
      'no',
      slips('iam:ListUsers, eventType AwsApiCall').replace(', eventType AwsApiCall', ''),
      `${at}State: does not get iam:ListUsers in us-east-1`,
    ]);
  });

  test.each([
    ['default', 'yes'],
    [`arn:aws:events:us-east-1:${home}:event-bus/default`, 'yes'],
    [undefined, 'yes'],
    ['audit', 'no'],
    [`arn:aws:events:us-east-1:${home}:event-bus/audit`, 'no'],
    ['not-default', 'no'],
  ])('E4: on the bus %s: %s', (EventBusName, expected) => {
    expect(truth(byRule([rule(named('StopLogging'), { EventBusName })]))).toBe(expected);
  });

  test('a rule of a schedule has no pattern, and one of another region gets nothing', () => {
    const scheduled = rule({}, { EventPattern: undefined, ScheduleExpression: 'rate(1 hour)' });
    expect(truth(byRule([scheduled]))).toBe('no');
    expect(truth(byRule([rule(named('StopLogging'), { Targets: [{ Arn: topicArn }] }, 'eu-west-1')]))).toBe('no');
  });
});
