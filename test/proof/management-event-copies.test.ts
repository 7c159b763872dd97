import { expect, test } from 'vitest';
import { managementEventCopies } from '../../src/proof/management-event-copies.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { findingsOf, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const logging = { IsMultiRegionTrail: true, Status: { IsLogging: true }, HasCustomEventSelectors: false };
const store = {
  EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`,
  Name: 'lake',
  Status: 'ENABLED',
};

const accountWith = (trails: readonly object[], more: Partial<Snapshot> = {}) =>
  snapshotWith(
    { 'AWS::CloudTrail::Trail': trails, 'AWS::CloudTrail::EventDataStore': [store] },
    { regions: ['us-east-1', 'eu-west-1'], ...more },
  );

const ask = (region: string, snapshot: Snapshot) =>
  managementEventCopies(resourceOf(snapshot, 'AWS::Region', region), 'at.', { now: undefined, thorough: 'no' });

test('one by each trail and event data store that records some of them there', () => {
  const snapshot = accountWith([trail('a', logging), trail('b', { ...logging, Status: { IsLogging: false } })]);
  const truths = (region: string) => ask(region, snapshot).each.map(({ truth }) => truth);
  expect(truths('us-east-1')).toEqual(['yes', 'no', 'yes']);
  // A store that is not said to be of every region is of its own.
  expect(truths('eu-west-1')).toEqual(['yes', 'no', 'no']);
  expect(ask('us-east-1', snapshot).each.map(brief)[1]).toEqual([
    'no',
    `at.trails[${trailArn('b')}].Status.IsLogging: false`,
  ]);
});

test('these are all, or a listing that was refused may hide more', () => {
  const { listed, more } = ask('us-east-1', accountWith([]));
  expect(listed.map(({ path, actual }) => [path, actual])).toEqual([
    ['at.trails', 0],
    ['at.eventDataStores', 1],
  ]);
  expect(more).toBeUndefined();
  const gaps = [{ operation: 'cloudtrail:DescribeTrails', region: 'eu-west-1', error: 'AccessDenied' }];
  const unsure = ask('us-east-1', accountWith([], { gaps }));
  expect(unsure.listed.map(({ path }) => path)).toEqual(['at.eventDataStores']);
  expect(unsure.more && brief(unsure.more)).toEqual(['unknown', 'at.trails: AccessDenied']);
});

test('a condition on their number decides if every number that it may be agrees', () => {
  const status = (condition: unknown, snapshot: Snapshot) =>
    findingsOf({ resource: 'AWS::Region', require: { managementEventCopies: condition } as never }, snapshot).find(
      ({ resource }) => resource.name === 'us-east-1',
    )?.status;
  const { Status: _, ...unread } = logging;
  const gaps = [{ operation: 'cloudtrail:GetTrailStatus', resource: trailArn('b'), error: 'AccessDenied' }];
  const oneOrTwo = accountWith([trail('b', unread)], { gaps });
  const two = accountWith([trail('a', logging)]);
  const endless = accountWith([], { gaps: [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }] });
  const asked = [2, 3, { atMost: 2 }, { atMost: 1 }, { atLeast: 1 }, { atLeast: 2 }, { not: 2 }, { in: [1, 2] }];
  expect(asked.map((condition) => status(condition, two))).toEqual([
    'pass',
    'fail',
    'pass',
    'fail',
    'pass',
    'pass',
    'fail',
    'pass',
  ]);
  expect(asked.map((condition) => status(condition, oneOrTwo))).toEqual([
    'unknown',
    'fail',
    'pass',
    'unknown',
    'pass',
    'unknown',
    'unknown',
    'pass',
  ]);
  expect(asked.map((condition) => status(condition, endless))).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'pass',
    'unknown',
    'unknown',
    'unknown',
  ]);
});
