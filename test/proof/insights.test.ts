import { describe, expect, test } from 'vitest';
import { contains, type EventSet, nobodyKnowsWhich, testsIn } from '../../src/proof/event-set.ts';
import { exceptInsights, insightsOf } from '../../src/proof/insights.ts';
import { readSelectors, recordedBy } from '../../src/proof/selectors.ts';
import { snapshotWith, trail } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

type Item = Readonly<Record<string, unknown>>;
const all = recordedBy(readSelectors(undefined, undefined));
const rates = { InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }] };
const denied = { operation: 'cloudtrail:GetInsightSelectors', error: 'AccessDenied' };
const insight = { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiCallRateInsight' };

const insights = (item: Item, recorded: EventSet = all, gaps: readonly (typeof denied)[] = []) =>
  insightsOf(
    resourceOf(snapshotWith({ 'AWS::CloudTrail::Trail': [trail('x', item)] }, { gaps }), 'AWS::CloudTrail::Trail'),
    recorded,
  );
const has = (set: EventSet, event: Readonly<Record<string, string | boolean>>) =>
  contains(set, new Map(Object.entries(event)));

describe('the Insights events of a trail (aws-semantics §3)', () => {
  test.each<[string, Item, boolean, string]>([
    ['it lists a type', rates, false, 'yes'],
    ['it lists one, though the trail is said to have none', { ...rates, HasInsightSelectors: false }, false, 'yes'],
    ['it lists one, whatever the gaps say', rates, true, 'yes'],
    ['it lists none', { InsightSelectors: [] }, false, 'no'],
    ['InsightNotEnabledException: there are none', {}, false, 'no'],
    ['the trail is said to have none', { HasInsightSelectors: false }, false, 'no'],
    ['… and nobody could read them', { HasInsightSelectors: false }, true, 'no'],
    ['nobody could read them', {}, true, 'unknown'],
    ['… and the trail is said to have some', { HasInsightSelectors: true }, true, 'unknown'],
    ['the trail is said to have some, and none is listed', { HasInsightSelectors: true }, false, 'unknown'],
    ['… and an empty list', { HasInsightSelectors: true, InsightSelectors: [] }, false, 'unknown'],
    ['entries that are none', { InsightSelectors: ['ApiCallRateInsight'] }, false, 'no'],
    ['what is no list', { HasInsightSelectors: true, InsightSelectors: rates }, false, 'unknown'],
  ])('%s', (_, item, isRefused, expected) => {
    const set = insights(item, all, isRefused ? [denied] : []);
    expect(has(set, insight)).toBe(expected);
    expect(has(set, { ...insight, eventCategory: 'Management' })).toBe('no');
  });

  test('of the types that are listed', () => {
    expect(has(insights(rates), { ...insight, 'insightDetails.insightType': 'ApiErrorRateInsight' })).toBe('no');
    const both = { InsightSelectors: [...rates.InsightSelectors, { InsightType: 'ApiErrorRateInsight' }] };
    expect(has(insights(both), { ...insight, 'insightDetails.insightType': 'ApiErrorRateInsight' })).toBe('yes');
  });

  const counting = (...EventCategories: readonly string[]) => ({
    InsightSelectors: [{ InsightType: 'ApiCallRateInsight', EventCategories }],
  });
  const data = recordedBy(
    readSelectors(
      [{ IncludeManagementEvents: false, DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
      undefined,
    ),
  );
  test.each<[string, Item, EventSet, string]>([
    ['management events unless it says otherwise', counting(), all, 'yes'],
    ['management events', counting('Management'), all, 'yes'],
    ['data events, of which the trail has none', counting('Data'), all, 'no'],
    ['data events: which, its Insights events do not say', counting('Data'), data, 'unknown'],
    ['management events, of which the trail has none', counting('Management'), data, 'no'],
    ['both, of which the trail has one', counting('Data', 'Management'), all, 'yes'],
    ['events of a category that came later', counting('SomethingNew'), all, 'no'],
  ])('count %s', (_, item, recorded, expected) => {
    expect(has(insights(item, recorded), insight)).toBe(expected);
  });

  test('by the fields that an Insights event has: the service, the call, and whether it reads', () => {
    const advanced = (...fields: readonly object[]) =>
      recordedBy(
        readSelectors(undefined, [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields] }]),
      );
    const of = (recorded: EventSet, more: Readonly<Record<string, string | boolean>>) =>
      has(insights(rates, recorded), { ...insight, ...more });
    const butKms = advanced({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] });
    expect(of(butKms, { 'insightDetails.eventSource': 'kms.amazonaws.com' })).toBe('no');
    expect(of(butKms, { 'insightDetails.eventSource': 'ec2.amazonaws.com', eventSource: 'kms.amazonaws.com' })).toBe(
      'yes',
    );
    const starts = advanced({ Field: 'eventName', StartsWith: ['Run'] });
    expect(of(starts, { 'insightDetails.eventName': 'RunInstances' })).toBe('yes');
    expect(of(starts, { 'insightDetails.eventName': 'StopInstances', eventName: 'RunInstances' })).toBe('no');
    const writes = advanced({ Field: 'readOnly', Equals: ['false'] });
    expect([true, false].map((readOnly) => of(writes, { readOnly }))).toEqual(['no', 'yes']);
    const signIns = advanced({ Field: 'eventType', Equals: ['AwsConsoleSignIn'] });
    const calls = advanced({ Field: 'eventType', Equals: ['AwsApiCall'] });
    // It counts calls: what else happens is not counted.
    expect([signIns, calls].map((it) => of(it, { eventType: 'AwsCloudTrailInsight' }))).toEqual(['no', 'yes']);
    const ofOne = advanced({ Field: 'userIdentity.arn', Equals: ['arn:aws:iam::1:user/a'] });
    expect(of(ofOne, { 'userIdentity.arn': 'arn:aws:iam::1:user/a' })).toBe('unknown');
    expect(testsIn(insights(rates, butKms)).map(({ field }) => field)).toContain('insightDetails.eventSource');
  });

  test('what is not recorded is not counted', () => {
    expect(has(insights(rates, { not: all }), insight)).toBe('no');
    expect(has(insights(rates, { not: { any: [] } }), insight)).toBe('yes');
    expect(has(insights(rates, nobodyKnowsWhich), insight)).toBe('unknown');
  });

  test('what tells its events from others', () => {
    const [category, type] = testsIn(insights(rates));
    expect(category).toMatchObject({ field: 'eventCategory', whole: ['Insight'], beginnings: [], endings: [] });
    expect(type).toMatchObject({
      field: 'insightDetails.insightType',
      whole: ['ApiCallRateInsight'],
      beginnings: [],
      endings: [],
    });
  });
});

test('of an event data store: nobody knows whether another one delivers its own to it', () => {
  const everything: EventSet = { all: [] };
  expect(has(exceptInsights(everything), { eventCategory: 'Insight' })).toBe('unknown');
  expect(has(exceptInsights(everything), { eventCategory: 'Management' })).toBe('yes');
  expect(has(exceptInsights(all), { eventCategory: 'Insight' })).toBe('no');
});
