import { describe, expect, test } from 'vitest';
import { readEventClass } from '../../src/proof/event-class.ts';
import { decided, undecided } from '../../src/proof/leaf.ts';
import { recordersOf } from '../../src/proof/records.ts';
import { type Candidate, everyRecorded, someRecorded } from '../../src/proof/union.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { advanced, category, everywhere, type Item, management, on, store, storeArn } from './asking-records.ts';
import { brief, resourceOf } from './viewing.ts';

const named = (name: string, ...EventSelectors: readonly Item[]): Item =>
  trail(name, { ...everywhere, ...(EventSelectors.length > 0 && { EventSelectors }) });
const reads = { ReadWriteType: 'ReadOnly' };
const writes = { ReadWriteType: 'WriteOnly' };
const kms = 'kms.amazonaws.com';
const refused = (operation: string, name: string) => ({ operation, resource: trailArn(name), error: 'AccessDenied' });

const candidates = (trails: readonly Item[], more: Partial<Snapshot> = {}, stores: readonly Item[] = []) =>
  recordersOf(
    resourceOf(
      snapshotWith({ 'AWS::CloudTrail::Trail': trails, 'AWS::CloudTrail::EventDataStore': stores }, more),
      'AWS::Account',
    ),
    '',
  ).candidates;
const every = (of: readonly Candidate[], written: Item = management, thorough: 'yes' | 'no' = 'no') =>
  everyRecorded(of, { events: readEventClass(written), region: 'us-east-1' }, thorough);
const some = (of: readonly Candidate[], written: Item = management, thorough: 'yes' | 'no' = 'no') =>
  someRecorded(of, { events: readEventClass(written), region: 'us-east-1' }, thorough);
const at = (name: string) => `trails[${trailArn(name)}].`;

describe('every event is recorded', () => {
  test('by one that is enough', () => {
    expect(every(candidates([named('a', reads), named('b')]))).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: `${at('b')}IsMultiRegionTrail`,
          expected: true,
          actual: true,
          from: 'cloudtrail:DescribeTrails',
          resource: trailArn('b'),
        },
        {
          path: `${at('b')}Status.IsLogging`,
          expected: true,
          actual: true,
          from: 'cloudtrail:GetTrailStatus',
          resource: trailArn('b'),
        },
        {
          path: `${at('b')}EventSelectors`,
          from: 'cloudtrail:GetEventSelectors',
          resource: trailArn('b'),
          note: 'records every such event',
        },
      ],
      changes: [],
    });
  });

  test('by a few together, each of which says so; under not, by all that are enough', () => {
    const both = [named('a', reads), named('b', writes), named('c', reads)];
    const together = 'EventSelectors: records its part: a and b together record every such event';
    expect(brief(every(candidates(both))).filter((it) => it.includes('EventSelectors'))).toEqual([
      `${at('a')}${together}`,
      `${at('b')}${together}`,
    ]);
    expect(brief(every(candidates(both), management, 'yes'))[0]).toBe('yes');
    const enough = brief(every(candidates([named('a'), named('b')]), management, 'yes'));
    expect(enough.filter((it) => it.endsWith('records every such event'))).toEqual([
      `${at('a')}EventSelectors: records every such event`,
      `${at('b')}EventSelectors: records every such event`,
    ]);
    expect(brief(every(candidates([named('a'), named('b')]))).length).toBe(4);
  });

  test('only if each of the few works', () => {
    const stopped = { ...named('b', writes), Status: { IsLogging: false } };
    expect(brief(every(candidates([named('a', reads), stopped])))).toEqual([
      'no',
      `${at('a')}EventSelectors: does not record Management writes: selector 1 refuses it (readOnly Equals)`,
      `${at('b')}Status.IsLogging: false`,
      `${at('b')}EventSelectors: does not record Management reads: selector 1 refuses it (readOnly Equals)`,
    ]);
  });

  test('not if what one lacks the others lack too', () => {
    const but = named('a', { ExcludeManagementEventSources: [kms] });
    expect(brief(every(candidates([but, named('b', reads)])))).toEqual([
      'no',
      `${at('a')}EventSelectors: does not record Management writes of ${kms}: selector 1 refuses it (eventSource NotEquals)`,
      `${at('b')}EventSelectors: does not record Management writes of ${kms}: selector 1 refuses it (readOnly Equals)`,
    ]);
  });

  test('by nobody', () => {
    expect(every([])).toEqual({ truth: 'no', evidence: [], changes: [] });
    expect(some([])).toEqual({ truth: 'no', evidence: [], changes: [] });
  });
});

describe('nobody knows', () => {
  test('where one may fill what another leaves out', () => {
    const gaps = [refused('cloudtrail:GetTrailStatus', 'b')];
    const { Status: _, ...unread } = named('b', writes);
    expect(brief(every(candidates([named('a', reads), unread], { gaps })))).toEqual([
      'unknown',
      `${at('b')}Status.IsLogging: AccessDenied`,
    ]);
    const unlisted = [refused('cloudtrail:GetEventSelectors', 'b')];
    expect(brief(every(candidates([named('a', reads), named('b')], { gaps: unlisted })))).toEqual([
      'unknown',
      `${at('b')}EventSelectors: AccessDenied`,
    ]);
    // What would not fill it is no reason to doubt.
    const none = { ...unread, EventSelectors: [reads] };
    expect(every(candidates([named('a', reads), none], { gaps })).truth).toBe('no');
  });

  test('only of those that may fill it', () => {
    const gaps = [refused('cloudtrail:GetTrailStatus', 'c'), refused('cloudtrail:GetEventSelectors', 'b')];
    const stopped = trail('b', { IsMultiRegionTrail: true, Status: { IsLogging: false } });
    const { Status: _, ...unread } = named('c', writes);
    expect(brief(every(candidates([named('a', reads), stopped, unread], { gaps })))).toEqual([
      'unknown',
      `${at('c')}Status.IsLogging: AccessDenied`,
    ]);
  });

  test('where there are too many to compare', () => {
    const many = (field: string): Item =>
      trail(field, {
        ...everywhere,
        ...advanced(category('Management'), {
          Field: field,
          StartsWith: Array.from({ length: 100 }, (_, index) => `${field}${index}`),
        }),
      });
    const answer = every(candidates(['eventName', 'eventSource', 'userIdentity.arn'].map(many)));
    expect(answer.truth).toBe('unknown');
    expect(answer.evidence.map(({ resource, note }) => [resource, note?.replace(/\d+/, 'n')])).toEqual(
      ['eventName', 'eventSource', 'userIdentity.arn'].map((name) => [
        trailArn(name),
        'it cannot be said what these selectors record: n combinations are too many to compare',
      ]),
    );
  });

  test('what a selector asks that is not documented', () => {
    const doubtful = {
      ...trail('a', everywhere),
      ...advanced(category('Management'), { Field: 'eventName', Contains: ['x'] }),
    };
    const note = 'it cannot be said what these selectors record: what selector 1 asks of eventName is not documented';
    for (const answer of [every(candidates([doubtful])), some(candidates([doubtful]))]) {
      expect(answer).toEqual({
        truth: 'unknown',
        evidence: [
          {
            path: `${at('a')}AdvancedEventSelectors`,
            from: 'cloudtrail:GetEventSelectors',
            resource: trailArn('a'),
            note,
          },
        ],
        changes: [],
      });
    }
    // Another trail that has them all settles it.
    expect(every(candidates([doubtful, named('b')])).truth).toBe('yes');
  });

  test('whether the calls of a name are reads: of none by itself, of all together', () => {
    const start = { ...management, eventSource: 'athena.amazonaws.com', eventName: 'StartQueryExecution' };
    const why = 'it cannot be said what these selectors record: whether the named calls are reads or writes decides it';
    expect(brief(every(candidates([named('a', reads)]), start))).toEqual([
      'unknown',
      `${at('a')}EventSelectors: ${why}`,
    ]);
    expect(brief(some(candidates([named('a', reads)]), start))).toEqual([
      'unknown',
      `${at('a')}EventSelectors: ${why}`,
    ]);
    expect(every(candidates([named('a', reads), named('b', writes)]), start).truth).toBe('yes');
  });

  test('which insights a trail is set to: the permission that would tell', () => {
    const insight = { eventCategory: 'Insight' };
    const gaps = [refused('cloudtrail:GetInsightSelectors', 'a')];
    for (const answer of [
      every(candidates([named('a')], { gaps }), insight),
      some(candidates([named('a')], { gaps }), insight),
    ]) {
      expect(answer).toMatchObject({
        truth: 'unknown',
        evidence: [
          {
            path: `${at('a')}InsightSelectors`,
            from: 'cloudtrail:GetInsightSelectors',
            gap: { error: 'AccessDenied', action: 'cloudtrail:GetInsightSelectors' },
          },
        ],
      });
    }
    const selectors = [refused('cloudtrail:GetEventSelectors', 'a')];
    const withRates = trail('a', { ...everywhere, InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }] });
    expect(brief(some(candidates([withRates], { gaps: selectors }), insight))).toEqual([
      'unknown',
      `${at('a')}EventSelectors: AccessDenied`,
    ]);
    const flagged = trail('a', { ...everywhere, HasInsightSelectors: true });
    expect(brief(some(candidates([flagged]), insight))).toEqual([
      'unknown',
      `${at('a')}EventSelectors: it cannot be said what these selectors record: Insight events`,
    ]);
    // It is no reason to doubt management events, nor a gap of theirs.
    expect(every(candidates([named('a')], { gaps })).truth).toBe('yes');
    const lake = store(advanced(category('Insight')));
    expect(brief(some(candidates([], {}, [lake]), insight))[1]).toMatch(
      `eventDataStores[${storeArn()}].AdvancedEventSelectors: it cannot be said what these selectors record: Insight events`,
    );
  });
});

describe('some event is recorded', () => {
  test('by the first that does', () => {
    const off = { ...named('a'), Status: { IsLogging: false } };
    expect(brief(some(candidates([off, named('b', reads)])))).toEqual([
      'yes',
      `${at('b')}IsMultiRegionTrail: true`,
      `${at('b')}Status.IsLogging: true`,
      `${at('b')}EventSelectors: records some such events`,
    ]);
    expect(brief(some(candidates([off, named('b', reads)]), { ...management, readOnly: false }))).toEqual([
      'no',
      `${at('a')}Status.IsLogging: false`,
      `${at('b')}EventSelectors: records no such event`,
    ]);
  });

  test('what a trail of the leader region asks for is told where it matters', () => {
    const local = candidates([trail('a', { ...on, IncludeGlobalServiceEvents: true })]);
    const links = (written: Item) => brief(every(local, written)).map((it) => it.replace(at('a'), ''));
    expect(links({ ...management, eventSource: 'ec2.amazonaws.com' })).toEqual([
      'yes',
      'region: "us-east-1"',
      'Status.IsLogging: true',
      'EventSelectors: records every such event',
    ]);
    expect(links(management)).toEqual([
      'yes',
      'region: "us-east-1"',
      'IncludeGlobalServiceEvents: true',
      'Status.IsLogging: true',
      'EventSelectors: records every such event',
    ]);
  });

  test('but what nobody asked a trail of the leader region for', () => {
    const without = trail('a', { ...on, IncludeGlobalServiceEvents: false });
    const global = { ...management, eventSource: 'iam.amazonaws.com' };
    expect(brief(some(candidates([without]), global))).toEqual(['no', `${at('a')}IncludeGlobalServiceEvents: false`]);
    expect(brief(some(candidates([without])))[0]).toBe('yes');
    // Its selectors would not have them either.
    const neither = { ...without, EventSelectors: [{ ...writes }] };
    expect(brief(some(candidates([neither]), { ...global, readOnly: true }))).toEqual([
      'no',
      `${at('a')}EventSelectors: records no such event`,
    ]);
  });
});

describe('what would turn it round', () => {
  const byDefault = [{ FieldSelectors: [category('Management')] }];
  const set = (resource: string) => [[{ resource, path: 'AdvancedEventSelectors', set: byDefault }]];
  test('all management events again, for a trail that is asked about them', () => {
    expect(every(candidates([named('a', reads)])).changes).toEqual(set(trailArn('a')));
    const noManagement = named('a', { IncludeManagementEvents: false });
    expect(some(candidates([noManagement])).changes).toEqual(set(trailArn('a')));
  });
  test.each<[string, Item]>([
    ['data events', { eventCategory: 'Data' }],
    ['both', { eventCategory: ['Management', 'Data'] }],
    ['any category', { readOnly: true, eventSource: kms }],
  ])('not for %s', (_, written) => {
    expect(every(candidates([named('a', { IncludeManagementEvents: false })]), written).changes).toEqual([]);
  });
  test('nor for an event data store', () => {
    expect(every(candidates([], {}, [store(advanced(category('Data')))])).changes).toEqual([]);
  });
});

describe('of those that count alone', () => {
  const counting = (truth: boolean | undefined, of: readonly Candidate[]): readonly Candidate[] =>
    of.map((it) => {
      const evidence = { path: `${it.prefix}keeps`, resource: it.view.id };
      return { ...it, counts: truth === undefined ? undecided(evidence) : decided(truth, evidence) };
    });
  test.each([
    [true, 'yes'],
    [false, 'no'],
    [undefined, 'unknown'],
  ])('%s: %s', (counts, expected) => {
    const answer = every(counting(counts, candidates([named('a')])));
    expect(answer.truth).toBe(expected);
    expect(answer.evidence.map(({ path }) => path)).toContain(`${at('a')}keeps`);
    expect(some(counting(counts, candidates([named('a')]))).truth).toBe(expected);
  });
  test('what one that counts leaves out, one that does not cannot fill', () => {
    const [a] = candidates([named('a', reads)]);
    const [b] = counting(false, candidates([named('b', writes)]));
    expect(every([a, b].filter((it) => it !== undefined)).truth).toBe('no');
  });
});
