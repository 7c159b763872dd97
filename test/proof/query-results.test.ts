import { expect, test } from 'vitest';
import { resultsKeptDays, resultVersionsKeptDays } from '../../src/proof/query-results.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith } from '../rules/judging.ts';
import type { Item } from './alerting/asking.ts';
import { resourceOf } from './viewing.ts';

const rule = (Prefix: string, more: Item): Item => ({ Status: 'Enabled', Filter: { Prefix }, ...more });
const expires = (Days: number, Prefix = ''): Item => rule(Prefix, { Expiration: { Days } });
const ends = (NoncurrentDays: number, Prefix = ''): Item =>
  rule(Prefix, { NoncurrentVersionExpiration: { NoncurrentDays } });

function asked(
  rules: readonly Item[],
  places: readonly string[] = ['a/'],
  more: Partial<Snapshot> = {},
  properties: Item = {},
) {
  const snapshot = snapshotWith(
    {
      'AWS::S3::Bucket': [
        bucket('results', { ...(rules.length > 0 && { LifecycleConfiguration: { Rules: rules } }), ...properties }),
      ],
      'AWS::Athena::WorkGroup': places.map((place, index) => ({
        Arn: `arn:aws:athena:us-east-1:${home}:workgroup/${index}`,
        Name: String(index),
        Configuration: { ResultConfiguration: { OutputLocation: `s3://results/${place}` } },
      })),
    },
    more,
  );
  return resourceOf(snapshot, 'AWS::S3::Bucket');
}
const days = (rules: readonly Item[], places?: readonly string[]) => {
  const view = asked(rules, places);
  return [resultsKeptDays(view), resultVersionsKeptDays(view)].map((it) => (it.is === 'value' ? it.value : it.is));
};
const ever = Number.POSITIVE_INFINITY;

test.each<[string, readonly Item[], readonly number[], (readonly string[])?]>([
  ['no rules', [], [ever, ever]],
  ['all objects', [expires(30)], [30, ever]],
  ['their versions alone, of which there are none', [ends(7)], [ever, ever]],
  ['them and their versions, one after the other', [expires(30), ends(7)], [30, 37]],
  ['the first that ends them', [expires(30), expires(10), ends(7), ends(3)], [10, 13]],
  [
    'two work groups: the longer of both together',
    [expires(30, 'a/'), ends(9, 'a/'), expires(35, 'b/'), ends(3, 'b/')],
    [35, 39],
    ['a/', 'b/'],
  ],
  ['the prefix of the work group', [expires(30, 'a/')], [30, ever]],
  ['a part of it', [expires(30, 'a/b/')], [ever, ever]],
  ['another prefix', [expires(30, 'b/')], [ever, ever]],
  ['two work groups, one of which nothing ends', [expires(30, 'a/')], [ever, ever], ['a/', 'b/']],
  ['two work groups: the longer', [expires(30, 'a/'), expires(60, 'b/')], [60, ever], ['a/', 'b/']],
  ['no work group: all there is', [expires(30, 'a/')], [ever, ever], []],
  ['a work group that writes to the whole bucket', [expires(30)], [30, ever], ['']],
  ['switched off', [{ ...expires(30), Status: 'Disabled' }], [ever, ever]],
  ['a status that is new', [{ ...expires(30), Status: 'Paused' }], [ever, ever]],
  ['tagged objects', [{ ...expires(30), Filter: { Tag: { Key: 'a', Value: 'b' } } }], [ever, ever]],
  ['large objects', [{ ...expires(30), Filter: { ObjectSizeGreaterThan: 1 } }], [ever, ever]],
  ['small objects', [{ ...expires(30), Filter: { ObjectSizeLessThan: 1000 } }], [ever, ever]],
  ['a date', [rule('', { Expiration: { Date: '2027-01-01T00:00:00Z' } })], [ever, ever]],
  ['markers alone', [rule('', { Expiration: { ExpiredObjectDeleteMarker: true } })], [ever, ever]],
  [
    'but the newest versions',
    [expires(30), rule('', { NoncurrentVersionExpiration: { NoncurrentDays: 7, NewerNoncurrentVersions: 2 } })],
    [30, ever],
  ],
])('%s', (_, rules, expected, places) => {
  expect(days(rules, places)).toEqual(expected);
});

test('which operation says so, and what it refused', () => {
  const from = 's3:GetBucketLifecycleConfiguration';
  expect(resultsKeptDays(asked([expires(30)]))).toEqual({ is: 'value', value: 30, from });
  const gaps = [{ operation: from, error: 'AccessDenied' }];
  expect(resultVersionsKeptDays(asked([], ['a/'], { gaps }))).toEqual({ is: 'gap', gaps, from });
});

test('of before versioning was suspended some may be left, which nothing ends', () => {
  const kept = (rules: readonly Item[]) =>
    resultVersionsKeptDays(asked(rules, ['a/'], {}, { Versioning: { Status: 'Suspended' } }));
  expect(kept([expires(30)])).toEqual({
    is: 'gap',
    gaps: [
      {
        resource: 'arn:aws:s3:::results',
        error: 'NotDecidable',
        message: 'versions of before versioning was suspended may be left, and nothing ends them',
      },
    ],
    from: 's3:GetBucketVersioning',
  });
  expect(kept([expires(30), ends(7)])).toMatchObject({ is: 'value', value: 37 });
});
