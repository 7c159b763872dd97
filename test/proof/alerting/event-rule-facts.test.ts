import { describe, expect, test } from 'vitest';
import { backedByTrail } from '../../../src/proof/alerting/backed-by-trail.ts';
import { callsNamedBy, isAuditing, namedBy } from '../../../src/proof/alerting/event-rule-pattern.ts';
import { asksForReads, receivesReads } from '../../../src/proof/alerting/event-rule-reads.ts';
import { failuresAlarmed, reachesTarget } from '../../../src/proof/alerting/event-rule-targets.ts';
import { home, trail, trailArn } from '../../rules/judging.ts';
import { brief, resourceOf } from '../viewing.ts';
import { allow, type Item, main, named, rule, ruleArn, type Setting, snapshotOf, topic, topicArn } from './asking.ts';

const whole = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const viewOf = (pattern: unknown, item: Item = {}, setting: Setting = {}, region = 'us-east-1') =>
  resourceOf(
    snapshotOf({ filters: [], alarms: [], topics: [], groups: [], rules: [rule(pattern, item, region)], ...setting }),
    'AWS::Events::Rule',
  );
const refused = (operation: string, resource = ruleArn()): Setting => ({
  more: { gaps: [{ operation, resource, error: 'AccessDenied' }] },
});

describe('whether a rule is about what CloudTrail records (aws-semantics §7.1)', () => {
  test.each<[string, unknown, string, string]>([
    [
      'calls',
      { 'detail-type': ['AWS API Call via CloudTrail'] },
      'yes',
      'it names the detail-type of CloudTrail’s events',
    ],
    [
      'sign-ins',
      { 'detail-type': ['AWS Console Sign In via CloudTrail'] },
      'yes',
      'it names the detail-type of CloudTrail’s events',
    ],
    [
      'all kinds',
      { 'detail-type': [{ wildcard: 'AWS * via CloudTrail' }] },
      'yes',
      'it names the detail-type of CloudTrail’s events',
    ],
    ['CloudTrail itself', { source: ['aws.cloudtrail'] }, 'yes', 'it names the source of CloudTrail’s events'],
    [
      'a call by its name',
      { source: ['aws.s3'], detail: { eventName: ['DeleteBucket'] } },
      'yes',
      'it names the eventName of CloudTrail’s events',
    ],
    [
      'who called',
      { detail: { userIdentity: { type: ['Root'] } } },
      'yes',
      'it names the userIdentity.type of CloudTrail’s events',
    ],
    ['a service', { source: ['aws.health'] }, 'no', 'it names nothing of CloudTrail’s events'],
    ['all of AWS', { source: [{ prefix: 'aws.' }] }, 'no', 'it names nothing of CloudTrail’s events'],
    [
      'what a service says itself',
      { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { bucket: { name: ['b'] } } },
      'no',
      'it names nothing of CloudTrail’s events',
    ],
    ['every kind there is', { 'detail-type': [{ exists: true }] }, 'no', 'it names nothing of CloudTrail’s events'],
    [
      'a misspelt kind',
      { 'detail-type': ['AWS Console Signin via CloudTrail'] },
      'no',
      'it names nothing of CloudTrail’s events',
    ],
  ])('%s', (_, pattern, truth, note) => {
    expect(brief(isAuditing(viewOf(pattern), ''))).toEqual([truth, `EventPattern: ${note}`]);
  });

  test('a schedule, a pattern that is not valid, one that nobody could read', () => {
    expect(brief(isAuditing(viewOf('', { EventPattern: undefined }), 'x.'))).toEqual([
      'no',
      'x.EventPattern: it has no pattern',
    ]);
    expect(isAuditing(viewOf('{"source":"aws.s3"}'), '').truth).toBe('unknown');
    expect(brief(isAuditing(viewOf('', { EventPattern: undefined }, refused('events:ListRules')), 'x.'))).toEqual([
      'unknown',
      'x.EventPattern: AccessDenied',
    ]);
  });
});

test('the calls that a pattern names', () => {
  const pattern = {
    source: ['aws.iam'],
    detail: { eventName: ['CreateUser', { prefix: 'Delete' }, { wildcard: 'Put*Policy' }], readOnly: [false] },
  };
  expect(callsNamedBy(viewOf(pattern))).toEqual({
    sources: ['iam.amazonaws.com'],
    names: ['CreateUser'],
    beginnings: ['Delete'],
    onlyReads: false,
  });
  expect(
    callsNamedBy(viewOf({ detail: { eventName: [{ 'anything-but': ['CreateUser'] }], readOnly: [true] } })),
  ).toEqual({
    sources: [],
    names: [],
    beginnings: [],
    onlyReads: true,
  });
});

test.each<[unknown, readonly string[]]>([
  [['logs'], ['logs']],
  [
    ['logs', { prefix: 'prod-' }],
    ['logs', 'prod-*'],
  ],
  [[{ 'anything-but': ['logs'] }], []],
  [[{ suffix: '-logs' }], []],
])('the buckets that a pattern names: %j', (bucketName, names) => {
  const view = viewOf({ source: ['aws.s3'], detail: { requestParameters: { bucketName } } });
  expect(namedBy(view, 'requestParameters.bucketName')).toEqual(names);
  expect(namedBy(view, 'requestParameters.tableName')).toEqual([]);
});

describe('read-only management events (aws-semantics §7.1)', () => {
  const state = (pattern: unknown, State: string | undefined) => brief(receivesReads(viewOf(pattern, { State }), ''));
  const asks = (pattern: unknown) => brief(asksForReads(viewOf(pattern), '')).join(' ');

  test.each<[string, unknown, string]>([
    ['a read', named('GetSecretValue', 'secretsmanager.amazonaws.com'), 'yes EventPattern: it names GetSecretValue'],
    [
      'a read and a write',
      { source: ['aws.iam'], detail: { eventName: ['ListUsers', 'CreateUser'] } },
      'yes EventPattern: it names ListUsers',
    ],
    [
      'reads by their beginning',
      { source: ['aws.iam'], detail: { eventName: [{ prefix: 'Get' }] } },
      'yes EventPattern: it names Get*',
    ],
    [
      'reads as such',
      { source: ['aws.iam'], detail: { readOnly: [true] } },
      'yes EventPattern: it names whatever reads',
    ],
    ['another read', named('Decrypt', 'kms.amazonaws.com'), 'yes EventPattern: it names Decrypt'],
    ['a write', named('CreateUser', 'iam.amazonaws.com'), 'no EventPattern: it names no read-only management event'],
    ['a data event', named('GetObject', 's3.amazonaws.com'), 'no EventPattern: it names no read-only management event'],
    [
      'a data event of whatever service',
      { detail: { eventName: ['GetObject'] } },
      'no EventPattern: it names no read-only management event',
    ],
    [
      'a call of several services, of which it is a data event of one',
      { detail: { eventName: ['ListParts'] } },
      'yes EventPattern: it names ListParts',
    ],
    ['whatever comes', { source: ['aws.cloudtrail'] }, 'no EventPattern: it names no read-only management event'],
  ])('%s', (_, pattern, expected) => {
    expect(asks(pattern)).toBe(expected);
  });

  test('the state', () => {
    const get = named('GetSecretValue', 'secretsmanager.amazonaws.com');
    expect(state(get, whole)).toEqual(['yes', `State: "${whole}"`]);
    expect(state(get, 'ENABLED')).toEqual(['no', 'State: in that state it never gets GetSecretValue']);
    expect(state(get, 'DISABLED')).toEqual(['no', 'State: in that state it never gets GetSecretValue']);
    expect(state(named('Decrypt', 'kms.amazonaws.com'), 'ENABLED')).toEqual([
      'unknown',
      'State: whether a rule that is merely enabled gets Decrypt is not known',
    ]);
    expect(state(get, 'PAUSED')).toEqual(['unknown', 'State: a state that is not known']);
    expect(receivesReads(viewOf(get), '').changes).toEqual([[{ resource: ruleArn(), path: 'State', set: whole }]]);
  });
});

describe('whether a trail brings a rule what it is about (aws-semantics §7.1)', () => {
  const truth = (pattern: unknown, trails: readonly Item[], region = 'us-east-1') =>
    backedByTrail(viewOf(pattern, {}, { trails, more: { regions: ['us-east-1', 'eu-west-1'] } }, region), '').truth;
  const selecting = (more: Item) => [
    main({ EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ...more }] }),
  ];
  const deleteTable = named('DeleteTable', 'dynamodb.amazonaws.com');
  const objects = selecting({ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] });

  test.each<[string, unknown, readonly Item[], string, string]>([
    ['recorded', deleteTable, [main()], 'eu-west-1', 'yes'],
    ['stopped', deleteTable, [main({ Status: { IsLogging: false } })], 'us-east-1', 'no'],
    ['of another region', deleteTable, [main({ IsMultiRegionTrail: false })], 'eu-west-1', 'no'],
    ['no trail', deleteTable, [], 'us-east-1', 'no'],
    ['reads alone', deleteTable, selecting({ ReadWriteType: 'ReadOnly' }), 'us-east-1', 'no'],
    [
      'two trails together',
      named('DeleteTable', 'dynamodb.amazonaws.com'),
      [
        ...selecting({ ReadWriteType: 'ReadOnly' }),
        {
          ...main({ EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] }),
          Name: 'second',
          TrailARN: trailArn('second'),
        },
      ],
      'us-east-1',
      'yes',
    ],
    [
      'an excluded source',
      named('DisableKey', 'kms.amazonaws.com'),
      selecting({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      'us-east-1',
      'no',
    ],
    [
      'another excluded source',
      deleteTable,
      selecting({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      'us-east-1',
      'yes',
    ],
    ['objects', named('PutObject', 's3.amazonaws.com'), objects, 'us-east-1', 'yes'],
    ['objects of nobody', named('PutObject', 's3.amazonaws.com'), [main()], 'us-east-1', 'no'],
    ['IAM at home', named('CreateUser', 'iam.amazonaws.com'), [main()], 'us-east-1', 'yes'],
    ['IAM elsewhere', named('CreateUser', 'iam.amazonaws.com'), [main()], 'eu-west-1', 'no'],
    [
      'a call of another service than it says',
      { source: ['aws.iam'], detail: { eventSource: ['s3.amazonaws.com'], eventName: ['DeleteBucket'] } },
      [main()],
      'us-east-1',
      'no',
    ],
    ['all of CloudTrail', { source: ['aws.cloudtrail'] }, [main()], 'us-east-1', 'yes'],
    [
      'a trail that does not say that it is logging',
      deleteTable,
      [trail('main', { IsMultiRegionTrail: true, EventSelectors: [{ IncludeManagementEvents: true }] })],
      'us-east-1',
      'no',
    ],
  ])('%s', (_, pattern, trails, region, expected) => {
    expect(truth(pattern, trails, region)).toBe(expected);
  });

  test('of the calls that it names one is not recorded', () => {
    const pattern = { source: ['aws.s3'], detail: { eventName: ['DeleteBucket', 'PutObject'] } };
    const [answer, ...why] = brief(backedByTrail(viewOf(pattern, {}, { trails: [main()] }), ''));
    expect([answer, why[0]]).toEqual(['no', 'account.trails: no trail records PutObject in us-east-1']);
  });

  test('trails that nobody could list or read', () => {
    const listing: Setting = {
      trails: [],
      more: { gaps: [{ operation: 'cloudtrail:DescribeTrails', region: 'us-east-1', error: 'AccessDenied' }] },
    };
    expect(brief(backedByTrail(viewOf(deleteTable, {}, listing), ''))).toEqual([
      'unknown',
      'account.trails: AccessDenied',
    ]);
    const silent = { ...main(), Status: undefined };
    const status: Setting = { trails: [silent], ...refused('cloudtrail:GetTrailStatus', trailArn('main')) };
    expect(brief(backedByTrail(viewOf(deleteTable, {}, status), ''))).toEqual([
      'unknown',
      `account.trails[${trailArn('main')}].Status.IsLogging: AccessDenied`,
    ]);
  });

  test('a pattern that is not valid', () => {
    expect(backedByTrail(viewOf('{"source":"aws.s3"}'), '').truth).toBe('unknown');
  });
});

describe('whether a target takes it (aws-semantics §7.5)', () => {
  const pattern = { source: ['aws.cloudtrail'] };
  const said = (Targets: readonly Item[] | undefined, setting: Setting = {}) =>
    brief(reachesTarget(viewOf(pattern, { Targets }, setting), ''));
  const open = { topics: [topic({ Policy: allow('events.amazonaws.com'), Subscriptions: [] })] };

  test('a topic that nobody has subscribed to takes it', () => {
    expect(said([{ Arn: topicArn }], open)[0]).toBe('yes');
  });

  test('a topic that lets nobody in, and what shows that there is no other', () => {
    expect(said([{ Arn: topicArn }], { topics: [topic()] })).toEqual([
      'no',
      'Targets: 1',
      `Targets[0].topic[${topicArn}].Policy: no statement allows sns:Publish to events.amazonaws.com`,
    ]);
  });

  test('one of two is enough; a kind that is not read leaves it open', () => {
    const queue = { Arn: `arn:aws:sqs:us-east-1:${home}:q` };
    expect(said([queue, { Arn: topicArn }], open)[0]).toBe('yes');
    expect(said([queue])).toEqual(['unknown', 'Targets[0].Arn: whether it exists and lets EventBridge in is not read']);
  });

  test('none, and none that could be read', () => {
    expect(said([])).toEqual(['no', 'Targets: it has no target']);
    expect(said(undefined, refused('events:ListTargetsByRule'))).toEqual(['unknown', 'Targets: AccessDenied']);
  });
});

describe('whether somebody hears of failed invocations', () => {
  const arn = `arn:aws:cloudwatch:us-east-1:${home}:alarm:failed`;
  const alarm = (more: Item = {}): Item => ({
    AlarmArn: arn,
    AlarmName: 'failed',
    Namespace: 'AWS/Events',
    MetricName: 'FailedInvocations',
    AlarmActions: [topicArn],
    ...more,
  });
  const truth = (...alarms: readonly Item[]) =>
    failuresAlarmed(viewOf({ source: ['aws.cloudtrail'] }, {}, { alarms }), '').truth;
  const of = (...names: readonly string[]) => ({ Dimensions: names.map((Value) => ({ Name: 'RuleName', Value })) });

  test.each<[string, Item, string]>([
    ['of all rules', {}, 'yes'],
    ['of this one', of('r'), 'yes'],
    ['of another', of('s'), 'no'],
    ['by another dimension', { Dimensions: [{ Name: 'EventBusName', Value: 'r' }] }, 'no'],
    ['by two', of('r', 'r'), 'no'],
    ['of another metric', { MetricName: 'Invocations' }, 'no'],
    ['of another service', { Namespace: 'AWS/Lambda' }, 'no'],
    [
      'as part of an expression',
      {
        Namespace: undefined,
        MetricName: undefined,
        Metrics: [{ MetricStat: { Metric: { Namespace: 'AWS/Events', MetricName: 'FailedInvocations' } } }],
      },
      'yes',
    ],
    ['without an action', { AlarmActions: [] }, 'no'],
    ['with its actions off', { ActionsEnabled: false }, 'no'],
    ['in another region', { AlarmArn: arn.replace('us-east-1', 'eu-west-1') }, 'no'],
    ['at one failure', { ComparisonOperator: 'GreaterThanThreshold' }, 'yes'],
    ['where few fail', { ComparisonOperator: 'LessThanThreshold' }, 'no'],
    ['where few fail, or as many', { ComparisonOperator: 'LessThanOrEqualToThreshold' }, 'no'],
    ['where fewer fail than is usual', { ComparisonOperator: 'LessThanLowerThreshold' }, 'no'],
  ])('%s', (_, more, expected) => {
    expect(truth(alarm(more))).toBe(expected);
  });

  test('alarms that nobody could list or read', () => {
    const ask = (alarms: readonly Item[], gap: Item) =>
      brief(
        failuresAlarmed(
          viewOf(
            { source: ['aws.cloudtrail'] },
            {},
            { alarms, more: { gaps: [{ operation: 'cloudwatch:DescribeAlarms', error: 'AccessDenied', ...gap }] } },
          ),
          '',
        ),
      );
    expect(ask([], { region: 'us-east-1' })).toEqual(['unknown', 'account.alarms: AccessDenied']);
    expect(ask([], { region: 'eu-west-1' })).toEqual(['no', 'account.alarms: no alarm counts its FailedInvocations']);
    expect(ask([{ AlarmArn: arn, AlarmName: 'failed' }], { resource: arn })).toEqual([
      'unknown',
      `account.alarms[${arn}].MetricName: AccessDenied`,
    ]);
  });
});
