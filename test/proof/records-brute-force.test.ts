import { array, assert, boolean, constantFrom, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Truth } from '../../src/proof/answer.ts';
import { readRecords, records } from '../../src/proof/records.ts';
import { home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

const regions = ['us-east-1', 'eu-west-1'] as const;
/** The last is named by no selector: it stands for all others. */
const sources = ['iam.amazonaws.com', 'kms.amazonaws.com', 'ec2.amazonaws.com', 's3.amazonaws.com'] as const;

/** A trail, as little of it as decides what it records. */
const shape = record({
  region: constantFrom(...regions),
  isMulti: boolean(),
  isOrganization: boolean(),
  logging: constantFrom<Truth>('yes', 'yes', 'no', 'unknown'),
  global: constantFrom<boolean | undefined>(true, false, undefined),
  direction: constantFrom('All', 'ReadOnly', 'WriteOnly'),
  excluded: constantFrom<readonly string[]>([], ['kms.amazonaws.com'], ['kms.amazonaws.com', 'ec2.amazonaws.com']),
  selectors: constantFrom<'known' | 'unread'>('known', 'known', 'known', 'unread'),
});
type Shape = typeof shape extends { generate: (...args: never[]) => { value: infer S } } ? S : never;

/** Its own account's trail, or the organization's as a member sees it. */
const ownerOf = ({ isOrganization }: Shape): string => (isOrganization ? other : home);
const arnOf = (it: Shape, index: number): string => trailArn(`t${index}`, it.region, ownerOf(it));

function snapshotOf(shapes: readonly Shape[], account: string) {
  const seen = shapes.map((it, index) => ({ it, index })).filter(({ it }) => it.isOrganization || account === home);
  return snapshotWith(
    {
      'AWS::CloudTrail::Trail': seen.map(({ it, index }) => ({
        ...trail(`t${index}`),
        TrailARN: arnOf(it, index),
        HomeRegion: it.region,
        IsMultiRegionTrail: it.isMulti,
        IsOrganizationTrail: it.isOrganization,
        ...(it.global !== undefined && { IncludeGlobalServiceEvents: it.global }),
        ...(it.logging !== 'unknown' && { Status: { IsLogging: it.logging === 'yes' } }),
        ...(it.selectors === 'known' && {
          EventSelectors: [{ ReadWriteType: it.direction, ExcludeManagementEventSources: it.excluded }],
        }),
      })),
    },
    {
      account: { id: account, partition: 'aws' },
      regions: [...regions],
      gaps: seen.flatMap(({ it, index }) => [
        ...(it.logging === 'unknown'
          ? [{ operation: 'cloudtrail:GetTrailStatus', resource: arnOf(it, index), error: 'x' }]
          : []),
        ...(it.selectors === 'unread'
          ? [{ operation: 'cloudtrail:GetEventSelectors', resource: arnOf(it, index), error: 'x' }]
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
    source.startsWith('iam') && region !== 'us-east-1'
      ? []
      : [true, false].map((readOnly) => ({ region, source, readOnly })),
  ),
);

const and = (truths: readonly Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
const or = (truths: readonly Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
const is = (does: boolean): Truth => (does ? 'yes' : 'no');

/** What AWS would do, event by event (aws-semantics §1.4, §1.6, §2.2). */
function recordedBy(it: Shape, account: string, { region, source, readOnly }: Event): Truth {
  if (!it.isOrganization && account !== home) return 'no';
  const reached = it.isMulti || it.region === region;
  const global = !source.startsWith('iam') || it.isMulti || it.global !== false;
  const wanted = it.direction === 'All' || (it.direction === 'ReadOnly') === readOnly;
  const selected = it.selectors === 'unread' ? 'unknown' : is(wanted && !it.excluded.includes(source));
  return and([is(reached), is(global), it.logging, selected]);
}

const asked = record(
  {
    readOnly: boolean(),
    eventSource: constantFrom<unknown>(...sources, ['kms.amazonaws.com', 'ec2.amazonaws.com']),
    regions: constantFrom(...regions),
  },
  { requiredKeys: [] },
);

describe.each([home, '444455556666'])('account %s of an organization, in two regions', (account) => {
  test('coverage agrees with what becomes of every event', () => {
    let decided = 0;
    assert(
      property(array(shape, { maxLength: 3 }), asked, option(constantFrom('some')), (shapes, written, how) => {
        const meant = happening.filter(
          ({ region, source, readOnly }) =>
            (written.readOnly === undefined || written.readOnly === readOnly) &&
            (written.eventSource === undefined || [written.eventSource].flat().includes(source)) &&
            (written.regions === undefined || written.regions === region),
        );
        if (meant.length === 0) return;
        const truths = meant.map((event) => or(shapes.map((it) => recordedBy(it, account, event))));
        const wanted = how === 'some' ? or(truths) : and(truths);
        const view = resourceOf(snapshotOf(shapes, account), 'AWS::Account');
        const question = { eventCategory: 'Management', ...written };
        const answer = records(view, readRecords(how === 'some' ? { some: question } : question), '', {
          now: undefined,
          thorough: 'no',
        });
        if (wanted !== 'unknown') decided += 1;
        expect(answer.truth).toBe(wanted);
      }),
      { numRuns: 1500, seed: 6 },
    );
    expect(decided).toBeGreaterThan(700);
  });
});
