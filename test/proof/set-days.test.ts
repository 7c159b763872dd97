import { describe, expect, test } from 'vitest';
import type { KeepsQuestion } from '../../src/proof/retention.ts';
import { setDays, settingKeeps } from '../../src/proof/set-days.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith, trail } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const store = `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`;
const ever = Number.POSITIVE_INFINITY;

const groupOf = (item: object, more: Partial<Snapshot> = {}) =>
  resourceOf(
    snapshotWith(
      {
        'AWS::CloudTrail::Trail': [trail('main', { CloudWatchLogsLogGroupArn: group })],
        'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', ...item }],
      },
      more,
    ),
    'AWS::Logs::LogGroup',
  );
const storeOf = (item: object, more: Partial<Snapshot> = {}) =>
  resourceOf(
    snapshotWith({ 'AWS::CloudTrail::EventDataStore': [{ EventDataStoreArn: store, Name: 'lake', ...item }] }, more),
    'AWS::CloudTrail::EventDataStore',
  );
const asked = (view: ReturnType<typeof groupOf>, question: Partial<KeepsQuestion> = {}) =>
  settingKeeps(view, { atLeast: 91, measure: 'current', places: [], events: [], ...question }, 'x.');
const refused = (operation: string, resource: string) => ({ gaps: [{ operation, resource, error: 'AccessDenied' }] });

describe('a log group (aws-semantics §6.1)', () => {
  test.each<[string, object, number, readonly string[]]>([
    ['without a word keeps for ever', {}, ever, ['yes', 'x.RetentionInDays: "for ever"']],
    ['beyond 90 days', { RetentionInDays: 91 }, 91, ['yes', 'x.RetentionInDays: 91']],
    ['of 90 days', { RetentionInDays: 90 }, 90, ['no', 'x.RetentionInDays: 90']],
    ['of no day', { RetentionInDays: 0 }, 0, ['no', 'x.RetentionInDays: 0']],
    ['of class STANDARD', { LogGroupClass: 'STANDARD', RetentionInDays: 365 }, 365, ['yes', 'x.RetentionInDays: 365']],
    [
      'of class INFREQUENT_ACCESS',
      { LogGroupClass: 'INFREQUENT_ACCESS' },
      ever,
      ['yes', 'x.RetentionInDays: "for ever"'],
    ],
    [
      'of class DELIVERY keeps one day',
      { LogGroupClass: 'DELIVERY' },
      1,
      ['no', 'x.LogGroupClass: a log group of class DELIVERY keeps one day'],
    ],
    [
      '… whatever it is set to',
      { LogGroupClass: 'DELIVERY', RetentionInDays: 400 },
      1,
      ['no', 'x.LogGroupClass: a log group of class DELIVERY keeps one day'],
    ],
  ])('%s', (_, item, days, answer) => {
    expect(setDays(groupOf(item))).toEqual({ is: 'value', value: days, from: 'logs:DescribeLogGroups' });
    expect(brief(asked(groupOf(item)))).toEqual(answer);
  });

  test('of a class that is new, or days that are none: nobody knows', () => {
    expect(brief(asked(groupOf({ LogGroupClass: 'ARCHIVE', RetentionInDays: 400 })))).toEqual([
      'unknown',
      'x.LogGroupClass: what LogGroupClass "ARCHIVE" means is not known',
    ]);
    expect(brief(asked(groupOf({ RetentionInDays: '400' })))).toEqual([
      'unknown',
      'x.RetentionInDays: kept for 0 days, perhaps longer',
    ]);
    expect([setDays(groupOf({ LogGroupClass: 'ARCHIVE' })), setDays(groupOf({ RetentionInDays: '400' }))]).toEqual(
      ['what LogGroupClass "ARCHIVE" means is not known', 'RetentionInDays is no number of days'].map((message) => ({
        is: 'gap',
        gaps: [{ resource: group, error: 'NotDecidable', message }],
        from: 'logs:DescribeLogGroups',
      })),
    );
  });

  test('that was refused', () => {
    const more = refused('logs:DescribeLogGroups', group);
    expect(asked(groupOf({}, more)).evidence).toEqual([
      {
        path: 'x.RetentionInDays',
        from: 'logs:DescribeLogGroups',
        resource: group,
        gap: { ...more.gaps[0], action: 'logs:DescribeLogGroups' },
      },
    ]);
    expect(setDays(groupOf({}, more))).toMatchObject({ is: 'gap', gaps: more.gaps });
    expect(brief(asked(groupOf({ RetentionInDays: 400 }, more)))).toEqual(['unknown', 'x.LogGroupClass: AccessDenied']);
    expect(asked(groupOf({ RetentionInDays: 400, LogGroupClass: 'STANDARD' }, more)).truth).toBe('yes');
  });

  test('can be deleted, and its days changed', () => {
    expect(asked(groupOf({}), { measure: 'undeletable' })).toEqual({
      truth: 'no',
      evidence: [
        {
          path: 'x.RetentionInDays',
          expected: { atLeast: 91 },
          actual: 0,
          from: 'logs:DescribeLogGroups',
          resource: group,
        },
      ],
      changes: [],
    });
    expect(asked(groupOf({ RetentionInDays: 30 })).changes).toEqual([
      [{ resource: group, path: 'RetentionInDays', set: 91 }],
    ]);
    expect(asked(groupOf({ LogGroupClass: 'DELIVERY' })).changes).toEqual([]);
  });
});

describe('an event data store (aws-semantics §5.2)', () => {
  const kept = { RetentionPeriod: 2557 };
  test.each<[string, object, number, readonly string[]]>([
    ['keeps as long as it says', kept, 2557, ['yes', 'x.RetentionPeriod: 2557']],
    ['too short', { RetentionPeriod: 90 }, 90, ['no', 'x.RetentionPeriod: 90']],
    ['without a word', {}, 0, ['no', 'x.RetentionPeriod: 0']],
    ...['CREATED', 'ENABLED', 'STARTING_INGESTION', 'STOPPING_INGESTION', 'STOPPED_INGESTION'].map(
      (Status): [string, object, number, readonly string[]] => [
        `${Status} keeps what it has`,
        { ...kept, Status },
        2557,
        ['yes', 'x.RetentionPeriod: 2557'],
      ],
    ),
    [
      'PENDING_DELETION',
      { ...kept, Status: 'PENDING_DELETION' },
      0,
      ['no', 'x.Status: it is being deleted: nothing in it can be queried any more'],
    ],
  ])('%s', (_, item, days, answer) => {
    expect(setDays(storeOf(item))).toEqual({ is: 'value', value: days, from: 'cloudtrail:GetEventDataStore' });
    expect(brief(asked(storeOf(item)))).toEqual(answer);
  });

  test('of a status that is new: nobody knows', () => {
    expect(brief(asked(storeOf({ ...kept, Status: 'FROZEN' })))).toEqual([
      'unknown',
      'x.Status: what Status "FROZEN" means is not known',
    ]);
  });

  test('that was refused, or is deleted', () => {
    const more = refused('cloudtrail:GetEventDataStore', store);
    expect(brief(asked(storeOf({}, more)))).toEqual(['unknown', 'x.RetentionPeriod: AccessDenied']);
    expect(asked(storeOf(kept), { measure: 'undeletable' }).truth).toBe('no');
    expect(asked(storeOf(kept), { measure: 'undeletable', atLeast: 0 }).truth).toBe('yes');
    expect(asked(storeOf(kept), { measure: 'queryable', atLeast: 2557 }).truth).toBe('yes');
  });
});
