import { array, assert, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Truth } from '../../src/proof/answer.ts';
import { readRecords, records } from '../../src/proof/records.ts';
import { home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

const regions = ['us-east-1', 'eu-west-1'] as const;
const iam = 'iam.amazonaws.com';
const kms = 'kms.amazonaws.com';
const ec2 = 'ec2.amazonaws.com';
const s3 = 's3.amazonaws.com';
/** Those with a name, and for every beginning and ending that a selector names one that nobody names. */
const sources: readonly string[] = [
  ...[iam, kms, ec2, s3],
  ...['', 'k', 'e', 'iam'].flatMap((start) =>
    ['', '2.amazonaws.com', 'm.amazonaws.com'].map((end) => `${start}-x-${end}`),
  ),
];

/** The six operators on the service of an event: what CloudTrail takes on a trail, and what only event data stores may. */
const operators = {
  Equals: (source: string, values: readonly string[]) => values.includes(source),
  NotEquals: (source: string, values: readonly string[]) => !values.includes(source),
  StartsWith: (source: string, values: readonly string[]) => values.some((it) => source.startsWith(it)),
  NotStartsWith: (source: string, values: readonly string[]) => !values.some((it) => source.startsWith(it)),
  EndsWith: (source: string, values: readonly string[]) => values.some((it) => source.endsWith(it)),
  NotEndsWith: (source: string, values: readonly string[]) => !values.some((it) => source.endsWith(it)),
} as const;
const onSource = constantFrom<readonly [keyof typeof operators, readonly string[]] | undefined>(
  undefined,
  ['NotEquals', [kms]],
  ['NotEquals', [kms, ec2]],
  ['Equals', [kms]],
  ['StartsWith', ['k', 'e']],
  ['NotStartsWith', ['k', 'iam']],
  ['EndsWith', ['2.amazonaws.com']],
  ['NotEndsWith', ['m.amazonaws.com', '2.amazonaws.com']],
);

/** A trail or event data store, as little of it as decides what it records. */
const shape = record({
  kind: constantFrom('basic', 'advanced', 'advanced', 'store'),
  region: constantFrom(...regions),
  isMulti: boolean(),
  isOrganization: boolean(),
  logging: constantFrom<Truth>('yes', 'yes', 'no', 'unknown'),
  global: constantFrom<boolean | undefined>(true, false, undefined),
  direction: constantFrom('All', 'ReadOnly', 'WriteOnly'),
  onSource,
  selectors: constantFrom<'known' | 'unread'>('known', 'known', 'known', 'unread'),
});
type Shape = typeof shape extends { generate: (...args: never[]) => { value: infer S } } ? S : never;

/** Its own account's trail, or the organization's as a member sees it; an event data store is seen by its owner alone. */
const isShared = ({ kind, isOrganization }: Shape): boolean => isOrganization && kind !== 'store';
const isSeenBy = (it: Shape, account: string): boolean => isShared(it) || account === home;
const arnOf = (it: Shape, index: number): string =>
  it.kind === 'store'
    ? `arn:aws:cloudtrail:${it.region}:${home}:eventdatastore/${index}`
    : trailArn(`t${index}`, it.region, isShared(it) ? other : home);
/** Basic selectors leave services out, and say no more of them. */
const sourceOf = ({ kind, onSource }: Shape) =>
  kind === 'basic' && onSource?.[0] !== 'NotEquals' ? undefined : onSource;

function selectorsOf(it: Shape) {
  const source = sourceOf(it);
  if (it.selectors === 'unread') return {};
  if (it.kind === 'basic') {
    return { EventSelectors: [{ ReadWriteType: it.direction, ExcludeManagementEventSources: source?.[1] ?? [] }] };
  }
  const FieldSelectors = [
    { Field: 'eventCategory', Equals: ['Management'] },
    ...(it.direction === 'All' ? [] : [{ Field: 'readOnly', Equals: [`${it.direction === 'ReadOnly'}`] }]),
    ...(source ? [{ Field: 'eventSource', [source[0]]: source[1] }] : []),
  ];
  return { AdvancedEventSelectors: [{ FieldSelectors }] };
}

const trailOf = (it: Shape, index: number) => ({
  ...trail(`t${index}`),
  TrailARN: arnOf(it, index),
  HomeRegion: it.region,
  IsMultiRegionTrail: it.isMulti,
  IsOrganizationTrail: it.isOrganization,
  ...(it.global !== undefined && { IncludeGlobalServiceEvents: it.global }),
  ...(it.logging !== 'unknown' && { Status: { IsLogging: it.logging === 'yes' } }),
  ...selectorsOf(it),
});

const storeOf = (it: Shape, index: number) => ({
  EventDataStoreArn: arnOf(it, index),
  Name: `t${index}`,
  MultiRegionEnabled: it.isMulti,
  Status: { yes: 'ENABLED', no: 'STOPPED_INGESTION', unknown: 'STARTING_INGESTION' }[it.logging],
  ...selectorsOf(it),
});

function snapshotOf(shapes: readonly Shape[], account: string) {
  const seen = shapes.map((it, index) => ({ it, index })).filter(({ it }) => isSeenBy(it, account));
  const [stores, trails] = [true, false].map((are) => seen.filter(({ it }) => (it.kind === 'store') === are));
  return snapshotWith(
    {
      'AWS::CloudTrail::Trail': (trails ?? []).map(({ it, index }) => trailOf(it, index)),
      'AWS::CloudTrail::EventDataStore': (stores ?? []).map(({ it, index }) => storeOf(it, index)),
    },
    {
      account: { id: account, partition: 'aws' },
      regions: [...regions],
      gaps: seen.flatMap(({ it, index }) => [
        ...(it.logging === 'unknown' && it.kind !== 'store'
          ? [{ operation: 'cloudtrail:GetTrailStatus', resource: arnOf(it, index), error: 'x' }]
          : []),
        ...(it.selectors === 'unread'
          ? [
              {
                operation: `cloudtrail:Get${it.kind === 'store' ? 'EventDataStore' : 'EventSelectors'}`,
                resource: arnOf(it, index),
                error: 'x',
              },
            ]
          : []),
      ]),
    },
  );
}

interface Event {
  readonly region: string;
  readonly source: string;
  readonly readOnly: boolean;
}
/** Events of global services happen in the leader region alone. */
const happening: readonly Event[] = regions.flatMap((region) =>
  sources.flatMap((source) =>
    source === iam && region !== 'us-east-1' ? [] : [true, false].map((readOnly) => ({ region, source, readOnly })),
  ),
);

const and = (truths: readonly Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
const or = (truths: readonly Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
const is = (does: boolean): Truth => (does ? 'yes' : 'no');

/** What AWS would do, event by event (aws-semantics §1.4, §1.6, §2.2, §2.4). */
function recordedBy(it: Shape, account: string, { region, source, readOnly }: Event): Truth {
  if (!isSeenBy(it, account)) return 'no';
  const reached = it.isMulti || it.region === region;
  const global = it.kind === 'store' || source !== iam || it.isMulti || it.global !== false;
  const [operator, values] = sourceOf(it) ?? [];
  const wanted = it.direction === 'All' || (it.direction === 'ReadOnly') === readOnly;
  const selects = wanted && (!operator || operators[operator](source, values ?? []));
  return and([is(reached), is(global), it.logging, it.selectors === 'unread' ? 'unknown' : is(selects)]);
}

type OfSource = readonly [written: unknown, isMeant: (source: string) => boolean];
const asked = record(
  {
    readOnly: boolean(),
    eventSource: constantFrom<OfSource>(
      ...[iam, kms, ec2, s3].map((source): OfSource => [source, (it) => it === source]),
      [[kms, ec2], (it) => it === kms || it === ec2],
      [{ not: kms }, (it) => it !== kms],
      [{ like: '*2.amazonaws.com' }, (it) => it.endsWith('2.amazonaws.com')],
      [{ like: 'k*', not: kms }, (it) => it.startsWith('k') && it !== kms],
    ),
    regions: constantFrom(...regions),
  },
  { requiredKeys: [] },
);
const opposite: Readonly<Record<Truth, Truth>> = { yes: 'no', no: 'yes', unknown: 'unknown' };

describe.each([home, '444455556666'])('account %s of an organization, in two regions', (account) => {
  test('coverage agrees with what becomes of every event, in whatever order they are listed', () => {
    const told = { yes: 0, no: 0, unknown: 0 };
    const how = constantFrom('every', 'every', 'some', 'none');
    assert(
      property(array(shape, { maxLength: 3 }), asked, how, (shapes, { eventSource, ...where }, how) => {
        const meant = happening.filter(
          ({ region, source, readOnly }) =>
            (where.readOnly === undefined || where.readOnly === readOnly) &&
            (eventSource === undefined || eventSource[1](source)) &&
            (where.regions === undefined || where.regions === region),
        );
        if (meant.length === 0) return;
        const truths = meant.map((event) => or(shapes.map((it) => recordedBy(it, account, event))));
        const wanted = how === 'every' ? and(truths) : how === 'some' ? or(truths) : opposite[or(truths)];
        const written = { eventCategory: 'Management', ...where, ...(eventSource && { eventSource: eventSource[0] }) };
        const judge = (listed: readonly Shape[]): Truth =>
          records(resourceOf(snapshotOf(listed, account), 'AWS::Account'), readRecords({ [how]: written }), '', {
            now: undefined,
            thorough: 'no',
          }).truth;
        told[wanted] += 1;
        expect([judge(shapes), judge(shapes.toReversed())]).toEqual([wanted, wanted]);
      }),
      { numRuns: 600, seed: 6 },
    );
    expect(Math.min(told.yes, told.no, told.unknown)).toBeGreaterThan(30);
  });
});
