import { describe, expect, test } from 'vitest';
import { aboutRecords } from '../../../src/proof/alerting/envelope.ts';
import { eventsOf } from '../../../src/proof/event-pattern/events-of.ts';
import { parseEventPattern } from '../../../src/proof/event-pattern/parse.ts';
import { contains, type EventSet, type FieldValue, testsIn } from '../../../src/proof/event-set.ts';
import { resourceOf } from '../viewing.ts';
import { byRule, type Item, named, rule, snapshotOf } from './asking.ts';

const aRule = resourceOf(snapshotOf(byRule([rule(named('StopLogging'))])), 'AWS::Events::Rule');

function matched(pattern: Item): EventSet {
  const parsed = parseEventPattern(JSON.stringify(pattern));
  if ('mistake' in parsed) throw new Error(parsed.mistake);
  return aboutRecords(eventsOf(parsed), aRule);
}
const holds = (pattern: Item, event: Readonly<Record<string, FieldValue>>) =>
  contains(matched(pattern), new Map(Object.entries(event)));

describe('records under the names that EventBridge has for their kinds (aws-semantics §7.1)', () => {
  const kinds = {
    AwsApiCall: 'AWS API Call via CloudTrail',
    AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
    AwsConsoleAction: 'AWS Console Action via CloudTrail',
    AwsServiceEvent: 'AWS Service Event via CloudTrail',
    AwsCloudTrailInsight: 'AWS Insight via CloudTrail',
    AwsVpceEvents: 'AWS Network Activity Event via CloudTrail',
  };
  test.each(Object.keys(kinds))('%s', (eventType) => {
    const under = Object.entries(kinds).filter(
      ([, detailType]) => holds({ 'detail-type': [detailType] }, { eventType }) === 'yes',
    );
    expect(under.map(([kind]) => kind)).toEqual([eventType]);
  });

  test.each(['AwsDream', undefined])('%s may come under any name', (eventType) => {
    expect(holds({ 'detail-type': [kinds.AwsApiCall] }, { eventType })).toBe('unknown');
    expect(holds({ 'detail-type': ['Object Created'] }, { eventType })).toBe('unknown');
  });
});

describe('records of a source (aws-semantics §7.2)', () => {
  test.each<[readonly unknown[], FieldValue, string]>([
    [['aws.s3'], undefined, 'no'],
    [[{ exists: false }], undefined, 'yes'],
    [['aws.s3'], 's3.amazonaws.com', 'yes'],
    [['aws.s3'], 's3', 'yes'],
    [['aws.ec2'], 's3', 'no'],
    [['aws.ec2'], 5, 'no'],
    [['aws.cloudwatch'], 'monitoring.amazonaws.com', 'unknown'],
    [[{ exists: false }], 'monitoring.amazonaws.com', 'no'],
  ])('%j: %s', (source, eventSource, expected) => {
    expect(holds({ source }, { eventSource })).toBe(expected);
  });

  test.each([
    ['aws.cloudtrail', 'yes'],
    ['aws.ec2', 'unknown'],
  ])('Insights events and the source %s', (source, expected) => {
    expect(holds({ source: [source] }, { eventCategory: 'Insight', eventSource: 'ec2.amazonaws.com' })).toBe(expected);
  });

  const border = (source: readonly unknown[]) => {
    const [test] = testsIn(matched({ source })).filter(({ field }) => field === 'eventSource');
    const { has: _, ...rest } = test ?? {};
    return rest;
  };
  const bare = { field: 'eventSource', whole: [], beginnings: [], endings: [] };
  test.each<[readonly unknown[], object]>([
    [['aws.s3', 'aws.ec2', 'custom', 5], { whole: ['s3.amazonaws.com', 'ec2.amazonaws.com'] }],
    [[{ prefix: 'aws.s' }, { prefix: 'aw' }], { beginnings: ['s'] }],
    [[{ suffix: 's3' }], { endings: ['s3.amazonaws.com'] }],
    [[{ 'anything-but': { prefix: 'aws.s' } }], { beginnings: ['s'] }],
    [[{ wildcard: 'aws.*s*3' }], { beginnings: [''], endings: ['3.amazonaws.com'], intricate: true }],
    [[{ 'equals-ignore-case': 'aws.S3' }], { whole: ['S3.amazonaws.com'], intricate: true }],
  ])('the border of %j runs along services', (source, expected) => {
    expect(border(source)).toEqual({ ...bare, ...expected });
  });
});

test('what is said of a set is said of what it is made of', () => {
  const version = (value: string): EventSet => ({
    field: 'envelope.version',
    has: (it) => (it === value ? 'yes' : 'no'),
    whole: [value],
    beginnings: [],
    endings: [],
  });
  const has = (set: EventSet) => contains(aboutRecords(set, aRule), new Map());
  expect([has(version('0')), has({ not: version('0') }), has({ not: version('1') })]).toEqual(['yes', 'no', 'yes']);
  expect([has({ all: [version('0'), version('1')] }), has({ any: [version('0'), version('1')] })]).toEqual([
    'no',
    'yes',
  ]);
});
