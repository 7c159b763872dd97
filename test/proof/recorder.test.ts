import { describe, expect, test } from 'vitest';
import { contains } from '../../src/proof/event-set.ts';
import { asksForGlobal, isRecording, reaches, recordedIn, selectionOf } from '../../src/proof/recorder.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { type Item, regions, store, storeArn } from './asking-records.ts';
import { brief, resourceOf } from './viewing.ts';

const prefix = 'trails[x].';
const recorder = (item: Item, more: Partial<Snapshot> = {}) => ({
  view: resourceOf(
    snapshotWith({ 'AWS::CloudTrail::Trail': [trail('x', item)] }, { regions, ...more }),
    'AWS::CloudTrail::Trail',
  ),
  prefix,
});
const lake = (item: Item, more: Partial<Snapshot> = {}) => ({
  view: resourceOf(
    snapshotWith({ 'AWS::CloudTrail::EventDataStore': [store(item)] }, { regions, ...more }),
    'AWS::CloudTrail::EventDataStore',
  ),
  prefix: 'eventDataStores[x].',
});
const refused = (operation: string, resource = trailArn('x')): Partial<Snapshot> => ({
  gaps: [{ operation, resource, error: 'AccessDenied' }],
});

describe('whether it is recording (aws-semantics §1.5, §5.2)', () => {
  test('a trail', () => {
    expect(isRecording(recorder({ Status: { IsLogging: true } }))).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: 'trails[x].Status.IsLogging',
          expected: true,
          actual: true,
          from: 'cloudtrail:GetTrailStatus',
          resource: trailArn('x'),
        },
      ],
      changes: [],
    });
    const off = isRecording(recorder({ Status: { IsLogging: false } }));
    expect(brief(off)).toEqual(['no', 'trails[x].Status.IsLogging: false']);
    expect(off.changes).toEqual([[{ resource: trailArn('x'), path: 'Status.IsLogging', set: true }]]);
  });

  test.each<[string, Item]>([
    ['nothing', {}],
    ['no IsLogging', { Status: { LatestDeliveryError: 'AccessDenied' } }],
    ['something else', { Status: { IsLogging: 'true' } }],
    ['no object', { Status: true }],
  ])('a trail whose status says %s does not', (_, item) => {
    expect(isRecording(recorder(item)).truth).toBe('no');
  });

  test('a trail whose status nobody could read', () => {
    expect(isRecording(recorder({}, refused('cloudtrail:GetTrailStatus')))).toMatchObject({
      truth: 'unknown',
      evidence: [
        {
          path: 'trails[x].Status.IsLogging',
          from: 'cloudtrail:GetTrailStatus',
          gap: { error: 'AccessDenied', action: 'cloudtrail:GetTrailStatus' },
        },
      ],
    });
  });

  test('an event data store', () => {
    expect(isRecording(lake({}))).toMatchObject({
      truth: 'yes',
      evidence: [
        {
          path: 'eventDataStores[x].Status',
          expected: 'ENABLED',
          actual: 'ENABLED',
          from: 'cloudtrail:GetEventDataStore',
        },
      ],
    });
    const { view } = lake({});
    const unread = lake({ Status: undefined, KmsKeyId: undefined }, refused('cloudtrail:GetEventDataStore', view.id));
    expect(isRecording(unread)).toMatchObject({
      truth: 'unknown',
      evidence: [
        { path: 'eventDataStores[x].Status', gap: { action: 'cloudtrail:GetEventDataStore' } },
        { path: 'eventDataStores[x].key', gap: { action: 'cloudtrail:GetEventDataStore' } },
      ],
    });
    expect(isRecording(lake({ Status: 'CREATED' })).evidence).toEqual([
      {
        path: 'eventDataStores[x].Status',
        expected: 'ENABLED',
        actual: 'CREATED',
        from: 'cloudtrail:GetEventDataStore',
        resource: storeArn(),
        note: 'whether it records while it is CREATED is not documented',
      },
    ]);
  });
});

describe('whether it gets what happens in a region (aws-semantics §1.4)', () => {
  test('its own, where it lives', () => {
    expect(reaches(recorder({ IsMultiRegionTrail: false }), 'us-east-1')).toEqual({
      truth: 'yes',
      evidence: [{ path: 'trails[x].region', expected: 'us-east-1', actual: 'us-east-1', resource: trailArn('x') }],
      changes: [],
    });
  });

  test('every region', () => {
    for (const region of regions) {
      expect(reaches(recorder({ IsMultiRegionTrail: true }), region)).toEqual({
        truth: 'yes',
        evidence: [
          {
            path: 'trails[x].IsMultiRegionTrail',
            expected: true,
            actual: true,
            from: 'cloudtrail:DescribeTrails',
            resource: trailArn('x'),
          },
        ],
        changes: [],
      });
    }
  });

  test('not another one, and what would change that', () => {
    expect(reaches(recorder({ IsMultiRegionTrail: false }), 'eu-west-1')).toEqual({
      truth: 'no',
      evidence: [
        {
          path: 'trails[x].IsMultiRegionTrail',
          expected: true,
          actual: false,
          from: 'cloudtrail:DescribeTrails',
          resource: trailArn('x'),
          note: 'it records us-east-1 alone, not eu-west-1',
        },
      ],
      changes: [[{ resource: trailArn('x'), path: 'IsMultiRegionTrail', set: true }]],
    });
    const [evidence] = reaches(recorder({}), 'eu-west-1').evidence;
    expect(evidence && 'actual' in evidence).toBe(false);
    expect(brief(reaches(lake({ MultiRegionEnabled: false }), 'eu-west-1'))).toEqual([
      'no',
      'eventDataStores[x].MultiRegionEnabled: it records us-east-1 alone, not eu-west-1',
    ]);
  });

  test('nor any, of which nobody knows where it lives', () => {
    const lost = { TrailARN: `arn:aws:cloudtrail::${home}:trail/x`, HomeRegion: undefined };
    expect(brief(reaches(recorder(lost), 'eu-west-1'))).toEqual([
      'no',
      'trails[x].IsMultiRegionTrail: it records an unknown region alone, not eu-west-1',
    ]);
  });

  test('where nobody could read whether it is multi-Region', () => {
    expect(reaches(recorder({}, refused('cloudtrail:DescribeTrails')), 'eu-west-1')).toMatchObject({
      truth: 'unknown',
      evidence: [
        { path: 'trails[x].IsMultiRegionTrail', from: 'cloudtrail:DescribeTrails', gap: { error: 'AccessDenied' } },
      ],
    });
  });
});

describe('whether it asks for what global services do (aws-semantics §1.4)', () => {
  const path = 'trails[x].IncludeGlobalServiceEvents';
  test.each<[string, Item, string, string | undefined]>([
    ['a trail of the leader region that does', { IncludeGlobalServiceEvents: true }, 'us-east-1', 'yes'],
    ['… that does not say', {}, 'us-east-1', 'yes'],
    ['… that does not', { IncludeGlobalServiceEvents: false }, 'us-east-1', 'no'],
    ['elsewhere there are none', { IncludeGlobalServiceEvents: false }, 'eu-west-1', undefined],
    [
      'a trail of every region need not',
      { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
      'us-east-1',
      undefined,
    ],
  ])('%s', (_, item, region, expected) => {
    expect(asksForGlobal(recorder(item), region)?.truth).toBe(expected);
  });

  test('as evidence', () => {
    expect(asksForGlobal(recorder({ IncludeGlobalServiceEvents: false }), 'us-east-1')).toEqual({
      truth: 'no',
      evidence: [{ path, expected: true, actual: false, from: 'cloudtrail:DescribeTrails', resource: trailArn('x') }],
      changes: [[{ resource: trailArn('x'), path: 'IncludeGlobalServiceEvents', set: true }]],
    });
    const unread = asksForGlobal(recorder({}, refused('cloudtrail:DescribeTrails')), 'us-east-1');
    expect(unread).toMatchObject({
      truth: 'unknown',
      evidence: [{ path, gap: { action: 'cloudtrail:DescribeTrails' } }],
    });
  });

  test('an event data store need not', () => {
    expect(asksForGlobal(lake({ MultiRegionEnabled: false }), 'us-east-1')).toBeUndefined();
  });

  test('without them it records the rest', () => {
    const event = (source: string) =>
      new Map([
        ['eventCategory', 'Management'],
        ['eventSource', `${source}.amazonaws.com`],
      ]);
    const in_ = (it: ReturnType<typeof recorder>, region: string) =>
      ['iam', 'cloudfront', 'route53', 'organizations', 'ec2'].map((source) =>
        contains(recordedIn(it, region), event(source)),
      );
    const without = recorder({ IncludeGlobalServiceEvents: false });
    expect(in_(without, 'us-east-1')).toEqual(['no', 'no', 'no', 'no', 'yes']);
    expect(recordedIn(without, 'eu-west-1')).toBe(selectionOf(without.view).events);
    const unread = recorder({}, refused('cloudtrail:DescribeTrails'));
    expect(in_(unread, 'us-east-1')).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'yes']);
  });
});

describe('what it selects, and where that is said (aws-semantics §2.1)', () => {
  const advanced = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }];
  const basic = [{ ReadWriteType: 'ReadOnly' }];
  const denied = refused('cloudtrail:GetEventSelectors');
  /** Of a write of management, a read, a data event. */
  const says = (item: Item, more: Partial<Snapshot> = {}) => {
    const { path, reading, events } = selectionOf(recorder(item, more).view);
    const of = (eventCategory: string, readOnly: boolean) =>
      contains(
        events,
        new Map<string, string | boolean>([
          ['eventCategory', eventCategory],
          ['readOnly', readOnly],
        ]),
      );
    return [path, reading.is, of('Management', false), of('Management', true), of('Data', true)];
  };

  test.each<[string, Item, Partial<Snapshot>, readonly string[]]>([
    [
      'the advanced form',
      { AdvancedEventSelectors: advanced },
      {},
      ['AdvancedEventSelectors', 'value', 'no', 'no', 'yes'],
    ],
    [
      'the advanced form before the basic one',
      { AdvancedEventSelectors: advanced, EventSelectors: basic },
      {},
      ['AdvancedEventSelectors', 'value', 'no', 'no', 'yes'],
    ],
    [
      '… also where the basic one was refused',
      { AdvancedEventSelectors: advanced },
      denied,
      ['AdvancedEventSelectors', 'value', 'no', 'no', 'yes'],
    ],
    ['the basic form', { EventSelectors: basic }, {}, ['EventSelectors', 'value', 'no', 'yes', 'no']],
    [
      '… where the advanced one is empty',
      { AdvancedEventSelectors: [], EventSelectors: basic },
      {},
      ['EventSelectors', 'value', 'no', 'yes', 'no'],
    ],
    [
      '… which may not be in force, where the advanced one was refused',
      { EventSelectors: basic },
      denied,
      ['EventSelectors', 'gap', 'unknown', 'unknown', 'unknown'],
    ],
    [
      '… also where the trail is said to have none of its own',
      { EventSelectors: basic, HasCustomEventSelectors: false },
      denied,
      ['EventSelectors', 'gap', 'unknown', 'unknown', 'unknown'],
    ],
    ['neither: the default', {}, {}, ['EventSelectors', 'absent', 'yes', 'yes', 'no']],
    [
      'neither, as the trail says',
      { HasCustomEventSelectors: false },
      {},
      ['HasCustomEventSelectors', 'value', 'yes', 'yes', 'no'],
    ],
    [
      '… and nobody could read them',
      { HasCustomEventSelectors: false },
      denied,
      ['HasCustomEventSelectors', 'value', 'yes', 'yes', 'no'],
    ],
    ['nobody could read them', {}, denied, ['EventSelectors', 'gap', 'unknown', 'unknown', 'unknown']],
    [
      '… of a trail that has some (§14.1)',
      { HasCustomEventSelectors: true },
      denied,
      ['EventSelectors', 'gap', 'unknown', 'unknown', 'unknown'],
    ],
    [
      'some that are not listed',
      { HasCustomEventSelectors: true },
      {},
      ['EventSelectors', 'absent', 'unknown', 'unknown', 'unknown'],
    ],
    [
      'some, and empty lists',
      { HasCustomEventSelectors: true, EventSelectors: [], AdvancedEventSelectors: [] },
      {},
      ['EventSelectors', 'value', 'unknown', 'unknown', 'unknown'],
    ],
    [
      'some that are listed',
      { HasCustomEventSelectors: true, EventSelectors: basic },
      {},
      ['EventSelectors', 'value', 'no', 'yes', 'no'],
    ],
    [
      'some that select nothing',
      { HasCustomEventSelectors: true, EventSelectors: [{ IncludeManagementEvents: false }] },
      {},
      ['EventSelectors', 'value', 'no', 'no', 'no'],
    ],
  ])('%s', (_, item, more, expected) => {
    expect(says(item, more)).toEqual(expected);
  });

  test('is worked out once', () => {
    const { view } = recorder({ EventSelectors: basic });
    expect(selectionOf(view)).toBe(selectionOf(view));
  });

  test('an event data store has the advanced form alone', () => {
    const { path, selectors, isLost } = selectionOf(lake({ EventSelectors: basic }).view);
    expect([path, selectors.length, isLost]).toEqual(['AdvancedEventSelectors', 1, false]);
  });
});
