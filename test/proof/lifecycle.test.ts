import { describe, expect, test } from 'vitest';
import { lifetime } from '../../src/proof/lifecycle.ts';

const space = { prefix: 'AWSLogs/111122223333/CloudTrail/', open: false };
const rule = (more: object) => ({ Status: 'Enabled', ...more });
const life = (...rules: readonly object[]) => lifetime({ Rules: rules }, space);
const forever = Number.POSITIVE_INFINITY;
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
    expect(life(rule({ ...expiring(1), ...filter })).current).toBe(days);
  });

  test.each([
    ['switched off', { Status: 'Disabled', Expiration: { Days: 1 } }],
    ['of markers', rule({ Expiration: { ExpiredObjectDeleteMarker: true } })],
    ['of uploads', rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })],
    ['nothing', 'Enabled'],
  ])('a rule %s ends nothing', (_, it) => {
    expect(lifetime({ Rules: [it] }, space).current).toBe(forever);
  });

  test.each([undefined, null, 'x', {}, { Rules: 'x' }])('no rules: %j', (configuration) => {
    expect(lifetime(configuration, space)).toEqual({
      current: forever,
      noncurrent: forever,
      archived: forever,
      bounds: [],
      notes: [],
    });
  });
});

describe('what they do', () => {
  test('the earliest wins; a date ends all at once', () => {
    expect(life(rule(expiring(365)), rule(expiring(30))).current).toBe(30);
    expect(life(rule(expiring(30)), rule({ Expiration: { Date: '2030-01-01T00:00:00Z' } }))).toMatchObject({
      current: 0,
      bounds: [
        { path: 'LifecycleConfiguration.Rules[0].Expiration.Days', days: 30, sure: true },
        { path: 'LifecycleConfiguration.Rules[1].Expiration.Date', days: 0, sure: true },
      ],
    });
  });

  test('noncurrent versions, unless one newer is kept', () => {
    expect(life(rule({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })).noncurrent).toBe(30);
    expect(
      life(rule({ NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 1 } })).noncurrent,
    ).toBe(forever);
    expect(life(rule({ NoncurrentVersionExpiration: {} })).noncurrent).toBe(forever);
  });

  test('archives that need a restore', () => {
    const into = (StorageClass: string, when: object) =>
      life(rule({ Transitions: [{ StorageClass, ...when }] })).archived;
    expect(into('GLACIER', { Days: 30 })).toBe(30);
    expect(into('DEEP_ARCHIVE', { Date: '2030-01-01T00:00:00Z' })).toBe(0);
    expect(
      ['GLACIER_IR', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'NEW'].map((it) => into(it, { Days: 0 })),
    ).toEqual(Array(5).fill(forever));
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
    const open = lifetime(
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
