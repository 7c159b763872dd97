import { describe, expect, test } from 'vitest';
import { records } from '../../src/proof/records.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

type Item = Readonly<Record<string, unknown>>;
type How = 'every' | 'some';

const context = { now: '2026-11-20T09:00:00Z', thorough: 'no' } as const;
const main = (more: Item): Item => trail('main', { IsMultiRegionTrail: true, Status: { IsLogging: true }, ...more });
const ask = (
  trails: readonly Item[],
  how: How,
  events: Item,
  more: Partial<Snapshot> = {},
  stores: readonly Item[] = [],
) =>
  records(
    resourceOf(
      snapshotWith({ 'AWS::CloudTrail::Trail': trails, 'AWS::CloudTrail::EventDataStore': stores }, more),
      'AWS::Account',
    ),
    { how, classes: [events] },
    '',
    context,
  );
const both = (item: Item, events: Item): readonly string[] => [
  ask([main(item)], 'every', events).truth,
  ask([main(item)], 'some', events).truth,
];

describe('Insights (aws-semantics §3)', () => {
  const insight = { eventCategory: 'Insight' };
  const of = (InsightType: string) => ({ ...insight, 'insightDetails.insightType': InsightType });
  const [rates, errors] = [of('ApiCallRateInsight'), of('ApiErrorRateInsight')];
  const on = (...types: readonly string[]) => ({
    InsightSelectors: types.map((it) => ({ InsightType: `Api${it}Insight` })),
  });
  const basic = (more: Item) => ({ EventSelectors: [{ IncludeManagementEvents: true, ...more }] });
  const readOnly = basic({ ReadWriteType: 'ReadOnly' });

  test.each<[string, Item, Item, readonly string[]]>([
    ['both types', on('CallRate', 'ErrorRate'), insight, ['yes', 'yes']],
    ['one type of two', on('CallRate'), insight, ['no', 'yes']],
    ['call rates of a trail that reads: inert', { ...readOnly, ...on('CallRate') }, rates, ['no', 'no']],
    ['error rates of a trail that reads: of reads', { ...readOnly, ...on('ErrorRate') }, errors, ['no', 'yes']],
    ['… and of them all', { ...readOnly, ...on('ErrorRate') }, { ...errors, readOnly: true }, ['yes', 'yes']],
    [
      'call rates of a trail that writes',
      { ...basic({ ReadWriteType: 'WriteOnly' }), ...on('CallRate') },
      rates,
      ['yes', 'yes'],
    ],
    [
      'a trail that leaves KMS out: all but that',
      { ...basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }), ...on('CallRate', 'ErrorRate') },
      insight,
      ['no', 'yes'],
    ],
    [
      '… which is of another service',
      { ...basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }), ...on('CallRate', 'ErrorRate') },
      { ...insight, 'insightDetails.eventSource': 'iam.amazonaws.com' },
      ['yes', 'yes'],
    ],
    ['none', { InsightSelectors: [] }, insight, ['no', 'no']],
    ['none, as AWS says of the trail', { HasInsightSelectors: false }, insight, ['no', 'no']],
    ['some, that nobody read', { HasInsightSelectors: true }, insight, ['unknown', 'unknown']],
    [
      'of data events: they say not which calls they count',
      {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Data'] },
              { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            ],
          },
        ],
        InsightSelectors: [{ InsightType: 'ApiCallRateInsight', EventCategories: ['Data'] }],
      },
      rates,
      ['unknown', 'unknown'],
    ],
    [
      'of management events, on a trail of data events',
      {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Data'] },
              { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            ],
          },
        ],
        ...on('CallRate'),
      },
      rates,
      ['no', 'no'],
    ],
  ])('%s', (_, item, events, expected) => {
    expect(both(item, events)).toEqual(expected);
  });

  test('a member account is not told about its organization trail', () => {
    const denied = { operation: 'cloudtrail:GetInsightSelectors', error: 'UnsupportedOperationException' };
    expect(brief(ask([main({})], 'some', insight, { gaps: [denied] }))[0]).toBe('unknown');
    // It is no reason to doubt anything else.
    expect(ask([main({})], 'every', { eventCategory: 'Management' }, { gaps: [denied] }).truth).toBe('yes');
  });

  test('the event that is missed', () => {
    expect(brief(ask([main(on('CallRate'))], 'every', insight)).join('\n')).toContain(
      'insightDetails.insightType ApiErrorRateInsight',
    );
  });

  test('an event data store may hold those of another: nobody knows', () => {
    const store = {
      EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`,
      Name: 'lake',
      Status: 'ENABLED',
      MultiRegionEnabled: true,
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Insight'] }] }],
    };
    expect(ask([], 'some', insight, {}, [store]).truth).toBe('unknown');
    expect(ask([], 'some', { eventCategory: 'Management' }, {}, [store]).truth).toBe('no');
  });
});

describe('network activity (aws-semantics §2.3, §2.10)', () => {
  const network = (...fields: readonly Item[]) => ({
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['NetworkActivity'] }, ...fields] }],
  });
  const from = (source: string): Item => ({ Field: 'eventSource', Equals: [`${source}.amazonaws.com`] });
  const events = { eventCategory: 'NetworkActivity', eventSource: 's3.amazonaws.com' };
  test.each<[string, Item, Item, readonly string[]]>([
    ['of the service', network(from('s3')), events, ['yes', 'yes']],
    ['of another', network(from('kms')), events, ['no', 'no']],
    ['of every service', network(from('s3')), { eventCategory: 'NetworkActivity' }, ['no', 'yes']],
    [
      'refused calls alone',
      network(from('s3'), { Field: 'errorCode', Equals: ['VpceAccessDenied'] }),
      events,
      ['no', 'yes'],
    ],
    [
      '… where they are asked for',
      network(from('s3'), { Field: 'errorCode', Equals: ['VpceAccessDenied'] }),
      { ...events, errorCode: 'VpceAccessDenied' },
      ['yes', 'yes'],
    ],
    [
      'through one endpoint',
      network(from('s3'), { Field: 'vpcEndpointId', Equals: ['vpce-1'] }),
      { ...events, vpcEndpointId: 'vpce-2' },
      ['no', 'no'],
    ],
    ['basic selectors know none', { EventSelectors: [{ ReadWriteType: 'All' }] }, events, ['no', 'no']],
    ['and management events are others', network(from('s3')), { eventCategory: 'Management' }, ['no', 'no']],
  ])('%s', (_, item, asked, expected) => {
    expect(both(item, asked)).toEqual(expected);
  });
});

describe('regions that are opted in to (aws-semantics §10.2)', () => {
  const management = { eventCategory: 'Management' };
  const regions = (OptInStatus: string) => ({
    regions: ['us-east-1'],
    resources: {
      'AWS::CloudTrail::Trail': [trail('main', { Status: { IsLogging: true } })],
      'AWS::Region': [
        { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
        { RegionName: 'me-south-1', OptInStatus },
      ],
    } as unknown as Snapshot['resources'],
  });
  const in_ = (OptInStatus: string, more: Partial<Snapshot> = {}) =>
    ask([], 'every', management, { ...regions(OptInStatus), ...more }).truth;

  test('a region that is off has no events; one that is on has to be covered, and read', () => {
    const read = { regions: ['us-east-1', 'me-south-1'] };
    expect([in_('not-opted-in'), in_('opted-in', read), in_('opted-in')]).toEqual(['yes', 'no', 'unknown']);
  });

  test('an organization trail that lives in a region which a member has not enabled gets nothing from there', () => {
    const away = (account: string): Item =>
      trail('main', {
        TrailARN: trailArn('main', 'me-south-1', account),
        HomeRegion: 'me-south-1',
        IsMultiRegionTrail: true,
        IsOrganizationTrail: account !== home,
        Status: { IsLogging: true },
      });
    const { resources } = regions('not-opted-in');
    const with_ = (it: Item) =>
      ask([], 'every', management, { resources: { ...resources, 'AWS::CloudTrail::Trail': [it] } as never }).truth;
    // The account's own trail goes on where its region was disabled later (§1.4).
    expect([with_(away(other)), with_(away(home))]).toEqual(['no', 'yes']);
  });
});
