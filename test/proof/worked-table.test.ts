import { describe, expect, test } from 'vitest';
import { type KeepingSettings, keptDays } from '../../src/proof/kept-days.ts';
import type { Measure } from '../../src/proof/retention.ts';

const ever = Number.POSITIVE_INFINITY;
const root = 'AWSLogs/111122223333/';
const [logs, digests, insights] = ['CloudTrail', 'CloudTrail-Digest', 'CloudTrail-Insight'].map((name) => ({
  prefix: `${root}${name}/`,
  open: false,
}));
const measures: readonly Measure[] = ['current', 'permanent', 'queryable', 'undeletable'];

/** The four numbers, each of which is certain. */
function numbers(settings: KeepingSettings, space = logs): readonly number[] {
  const { days } = keptDays(settings, space ? [space] : []);
  for (const measure of measures) expect(days[measure].most, measure).toBe(days[measure].least);
  return measures.map((measure) => days[measure].least);
}

const expire = (Days: number, more: object = {}) => ({ Status: 'Enabled', Expiration: { Days }, ...more });
const under = (Days: number, Prefix: string) => expire(Days, { Filter: { Prefix } });
const later = (NoncurrentDays: number, more: object = {}) => ({
  NoncurrentVersionExpiration: { NoncurrentDays, ...more },
});
const ruled = (Rules: readonly object[], more: KeepingSettings = {}): KeepingSettings => ({
  lifecycle: { Rules },
  ...more,
});
const versions = (Status: string) => ({ versioning: { Status } });
const locked = (Mode: string, retention: object) => ({
  versioning: { Status: 'Enabled' },
  objectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, ...retention } } },
});
const into = (StorageClass: string, Days: number) => ({ Transitions: [{ Days, StorageClass }] });

describe('the worked table (aws-semantics §4.6)', () => {
  test.each<[string, KeepingSettings, readonly number[]]>([
    ['none', {}, [ever, ever, ever, 0]],
    ['expire 90, off', ruled([expire(90)]), [90, 90, 90, 0]],
    ['expire 90, Enabled', ruled([expire(90)], versions('Enabled')), [90, ever, 90, 0]],
    ['expire 90 + NCVE 30, Enabled', ruled([expire(90, later(30))], versions('Enabled')), [90, 120, 90, 0]],
    [
      'expire 90 + NCVE 30 with one newer, Enabled',
      ruled([expire(90, later(30, { NewerNoncurrentVersions: 1 }))], versions('Enabled')),
      [90, ever, 90, 0],
    ],
    ['expire 90 + NCVE 30, Suspended', ruled([expire(90, later(30))], versions('Suspended')), [90, 90, 90, 0]],
    ['expire 365 and 30 under AWSLogs/', ruled([expire(365), under(30, 'AWSLogs/')]), [30, 30, 30, 0]],
    ['expire 30 under other/', ruled([under(30, 'other/')]), [ever, ever, ever, 0]],
    ['expire 30 under a literal star', ruled([under(30, 'AWSLogs/*')]), [ever, ever, ever, 0]],
    ['expire 30 under a leading slash', ruled([under(30, '/AWSLogs')]), [ever, ever, ever, 0]],
    ['expire 30 in one region', ruled([under(30, `${root}CloudTrail/eu-west-1/`)]), [30, 30, 30, 0]],
    ['expire 1, Disabled', ruled([expire(1, { Status: 'Disabled' })]), [ever, ever, ever, 0]],
    ['expire 1, tagged', ruled([expire(1, { Filter: { Tag: { Key: 'a', Value: 'b' } } })]), [ever, ever, ever, 0]],
    [
      'expire 1, above 60 MB',
      ruled([expire(1, { Filter: { ObjectSizeGreaterThan: 62_914_560 } })]),
      [ever, ever, ever, 0],
    ],
    ['expire 30, below 128 KB', ruled([expire(30, { Filter: { ObjectSizeLessThan: 131_072 } })]), [30, 30, 30, 0]],
    ['expire at a date', ruled([{ Status: 'Enabled', Expiration: { Date: '2030-01-01T00:00:00Z' } }]), [0, 0, 0, 0]],
    [
      'markers only, Enabled',
      ruled([{ Status: 'Enabled', Expiration: { ExpiredObjectDeleteMarker: true } }], versions('Enabled')),
      [ever, ever, ever, 0],
    ],
    ['GLACIER at 30, expire 2555', ruled([expire(2555, into('GLACIER', 30))]), [2555, 2555, 30, 0]],
    ['GLACIER_IR at 0, expire 400', ruled([expire(400, into('GLACIER_IR', 0))]), [400, 400, 400, 0]],
    [
      'expire 30 + NCVE 1, COMPLIANCE 365',
      ruled([expire(30, later(1))], locked('COMPLIANCE', { Days: 365 })),
      [30, 365, 30, 365],
    ],
    ['the older form, expire 60', ruled([expire(60, { Prefix: 'AWSLogs' })]), [60, 60, 60, 0]],
    ['a prefix without its slash', ruled([under(30, `${root}CloudTrail`)]), [30, 30, 30, 0]],
  ])('%s', (_, settings, expected) => {
    expect(numbers(settings)).toEqual(expected);
  });

  test('each key space by itself: digests alone, and a prefix that begins three folders', () => {
    const onDigests = ruled([under(30, `${root}CloudTrail-Digest/`)]);
    const three = [logs, digests, insights];
    expect(three.map((space) => numbers(onDigests, space)[0])).toEqual([ever, 30, ever]);
    expect(three.map((space) => numbers(ruled([under(30, `${root}CloudTrail`)]), space)[0])).toEqual([30, 30, 30]);
  });
});

describe('and beyond it', () => {
  test.each<[string, KeepingSettings, readonly number[]]>([
    [
      'GOVERNANCE 1 year holds against rules, not against everybody',
      ruled([expire(30, later(1))], locked('GOVERNANCE', { Years: 1 })),
      [30, 365, 30, 0],
    ],
    [
      'a lock shorter than the versions',
      ruled([expire(300, later(100))], locked('COMPLIANCE', { Days: 30 })),
      [300, 400, 300, 30],
    ],
    ['a lock without rules', ruled([], locked('COMPLIANCE', { Days: 30 })), [ever, ever, ever, 30]],
    ['archived after it expires', ruled([expire(30, into('GLACIER', 60))]), [30, 30, 30, 0]],
    [
      'archived in one rule, expired in another',
      ruled([expire(400), { Status: 'Enabled', ...into('DEEP_ARCHIVE', 90) }]),
      [400, 400, 90, 0],
    ],
    ['expire today', ruled([expire(0)]), [0, 0, 0, 0]],
  ])('%s', (_, settings, expected) => {
    expect(numbers(settings)).toEqual(expected);
  });

  test('of several key spaces the object that is kept shortest', () => {
    const Rules = [
      under(400, `${root}CloudTrail/`),
      under(30, `${root}CloudTrail-Digest/`),
      expire(2000, into('GLACIER', 60)),
    ];
    const found = keptDays(
      { lifecycle: { Rules } },
      [logs, digests].flatMap((space) => space ?? []),
    );
    expect(found).toEqual({
      days: Object.fromEntries(
        Object.entries({ current: 30, permanent: 30, queryable: 30, undeletable: 0 }).map(([measure, days]) => [
          measure,
          { least: days, most: days },
        ]),
      ),
      archived: { least: 60, most: 60 },
      bounds: [
        { path: 'LifecycleConfiguration.Rules[0].Expiration.Days', days: 400 },
        { path: 'LifecycleConfiguration.Rules[2].Expiration.Days', days: 2000 },
        { path: 'LifecycleConfiguration.Rules[1].Expiration.Days', days: 30 },
      ],
      notes: [],
      archives: ['lifecycle rule (unnamed) moves files to GLACIER, where they need a restore'],
    });
  });
});
