import { describe, expect, test } from 'vitest';
import { lifecycle } from '../../src/proof/lifecycle.ts';

const space = { prefix: 'AWSLogs/111122223333/CloudTrail/', open: false };
const rule = (more: object) => ({ Status: 'Enabled', ...more });
const life = (...rules: readonly object[]) => lifecycle({ Rules: rules }, space);
const shortest = (...rules: readonly object[]) => Math.min(...life(...rules).fates.map(({ expires }) => expires));
const forever = Number.POSITIVE_INFINITY;
const untouched = { expires: forever, noncurrent: forever, archived: { least: forever, most: forever }, sure: true };
const expiring = (Days: number) => ({ Expiration: { Days } });

describe('which rules reach the files (aws-semantics §4.5)', () => {
  test.each<[string, object, number]>([
    ['no filter', {}, 1],
    ['an empty filter', { Filter: {} }, 1],
    ['an empty prefix', { Filter: { Prefix: '' } }, 1],
    ['a prefix above', { Filter: { Prefix: 'AWSLogs/' } }, 1],
    ['a prefix without a slash', { Filter: { Prefix: 'AWSLogs/111122223333/CloudTrail' } }, 1],
    ['a prefix inside: some of the files', { Filter: { Prefix: 'AWSLogs/111122223333/CloudTrail/eu-west-1/' } }, 1],
    ['another prefix', { Filter: { Prefix: 'other/' } }, forever],
    ['a star is no wildcard', { Filter: { Prefix: 'AWSLogs/*' } }, forever],
    ['keys begin without a slash', { Filter: { Prefix: '/AWSLogs' } }, forever],
    ['digests alone', { Filter: { Prefix: 'AWSLogs/111122223333/CloudTrail-Digest/' } }, forever],
    ['the older form', { Prefix: 'AWSLogs' }, 1],
    ['the older form, elsewhere', { Prefix: 'other' }, forever],
    ['and: a prefix', { Filter: { And: { Prefix: 'other/', ObjectSizeGreaterThan: 1 } } }, forever],
    ['a tag: CloudTrail tags nothing', { Filter: { Tag: { Key: 'a', Value: 'b' } } }, forever],
    ['and: tags', { Filter: { And: { Prefix: '', Tags: [{ Key: 'a', Value: 'b' }] } } }, forever],
    ['and: no tags', { Filter: { And: { Prefix: '', Tags: [] } } }, 1],
    ['larger than any file', { Filter: { ObjectSizeGreaterThan: 60_000_000 } }, forever],
    ['larger than some', { Filter: { ObjectSizeGreaterThan: 1000 } }, 1],
    ['smaller than some', { Filter: { ObjectSizeLessThan: 131_072 } }, 1],
    ['smaller than all', { Filter: { ObjectSizeLessThan: 1 } }, forever],
    ['smaller than more than any', { Filter: { ObjectSizeLessThan: 60_000_000 } }, 1],
  ])('%s', (_, filter, days) => {
    expect(shortest(rule({ ...expiring(1), ...filter }))).toBe(days);
  });

  test.each([
    ['switched off', { Status: 'Disabled', Expiration: { Days: 1 } }],
    ['of markers', rule({ Expiration: { ExpiredObjectDeleteMarker: true } })],
    ['of uploads', rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })],
    ['nothing', 'Enabled'],
  ])('a rule %s ends nothing', (_, it) => {
    expect(lifecycle({ Rules: [it] }, space).fates).toEqual([untouched]);
  });

  test.each([undefined, null, 'x', {}, { Rules: 'x' }])('no rules: %j', (configuration) => {
    expect(lifecycle(configuration, space)).toEqual({ fates: [untouched], bounds: [], notes: [] });
  });
});

describe('what they do', () => {
  test('the earliest wins; a date ends all at once', () => {
    expect(shortest(rule(expiring(365)), rule(expiring(30)))).toBe(30);
    expect(life(rule(expiring(30)), rule({ Expiration: { Date: '2030-01-01T00:00:00Z' } }))).toMatchObject({
      fates: [{ expires: 0 }],
      bounds: [
        { path: 'LifecycleConfiguration.Rules[0].Expiration.Days', days: 30, sure: true },
        { path: 'LifecycleConfiguration.Rules[1].Expiration.Date', days: 0, sure: true },
      ],
    });
  });

  test('noncurrent versions, unless one newer is kept', () => {
    const noncurrent = (it: object) =>
      life(rule({ NoncurrentVersionExpiration: it })).fates.map((fate) => fate.noncurrent);
    expect(noncurrent({ NoncurrentDays: 30 })).toEqual([30]);
    expect(noncurrent({ NoncurrentDays: 30, NewerNoncurrentVersions: 1 })).toEqual([forever]);
    expect(noncurrent({ NoncurrentDays: 30, NewerNoncurrentVersions: 0 })).toEqual([30]);
    expect(noncurrent({})).toEqual([forever]);
  });

  test('archives that need a restore', () => {
    const into = (StorageClass: string, when: object) =>
      life(rule({ Transitions: [{ StorageClass, ...when }] })).fates.map(({ archived: { least, most } }) => [
        least,
        most,
      ]);
    expect(into('GLACIER', { Days: 30 })).toEqual([[30, 30]]);
    expect(into('DEEP_ARCHIVE', { Date: '2030-01-01T00:00:00Z' })).toEqual([[0, 0]]);
    expect(['GLACIER_IR', 'STANDARD_IA', 'ONEZONE_IA'].flatMap((it) => into(it, { Days: 0 }))).toEqual(
      Array(3).fill([forever, forever]),
    );
    // Where it is configured to, and after 90 days at the earliest.
    expect(into('INTELLIGENT_TIERING', { Days: 10 })).toEqual([[100, forever]]);
    expect(into('NEW', { Days: 30 })).toEqual([[30, forever]]);
  });

  test('notes name the rule', () => {
    expect(
      life(
        rule({ ID: 'tagged', ...expiring(1), Filter: { Tag: { Key: 'a', Value: 'b' } } }),
        rule({ ...expiring(1), Filter: { Prefix: 'AWSLogs/111122223333/CloudTrail/eu-west-1/' } }),
      ).notes,
    ).toEqual([
      'lifecycle rule tagged acts on tagged objects alone, and CloudTrail tags none',
      'lifecycle rule (unnamed) acts on some of the files',
    ]);
  });

  test('under a path whose end is not known, a rule below it may act', () => {
    const open = lifecycle(
      { Rules: [rule({ ID: 'own', ...expiring(1), Filter: { Prefix: 'AWSLogs/o-a/' } }), rule(expiring(9))] },
      { prefix: 'AWSLogs/o-', open: true },
    );
    expect(open.bounds.map(({ days, sure }) => [days, sure])).toEqual([
      [1, false],
      [9, true],
    ]);
    expect(open.notes).toEqual(['lifecycle rule own may act on the files: what their path is to the end is not known']);
  });
});
