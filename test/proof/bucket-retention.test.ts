import { describe, expect, test } from 'vitest';
import { keeps } from '../../src/proof/keeps.ts';
import type { KeepsQuestion, Measure } from '../../src/proof/retention.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const days = (Days: number, more: object = {}) => ({ Status: 'Enabled', Expiration: { Days }, ...more });
const noncurrent = (NoncurrentDays: number, more: object = {}) => ({
  NoncurrentVersionExpiration: { NoncurrentDays, ...more },
});
const rules = (...Rules: readonly object[]) => ({ LifecycleConfiguration: { Rules } });
const versioned = (Status: string) => ({ Versioning: { Status } });
const locked = (Mode: string, Days: number) => ({
  ObjectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days } } },
});
const folder = 'AWSLogs/111122223333/CloudTrail';

interface Asked {
  readonly atLeast?: number;
  readonly measure?: Measure;
  readonly writer?: object;
  readonly trails?: readonly object[];
  readonly others?: readonly object[];
  readonly more?: Partial<Snapshot>;
  readonly events?: KeepsQuestion['events'];
}

function ask(
  item: object,
  { atLeast = 365, measure = 'current', writer = {}, trails, others = [], more = {}, events = [] }: Asked = {},
) {
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': trails ?? [trail('main', { S3BucketName: 'logs', ...writer })],
      'AWS::S3::Bucket': [bucket('logs', item), ...others],
    },
    more,
  );
  const question = { atLeast, measure, places: ['bucket'], events } as const;
  return keeps(resourceOf(snapshot, 'AWS::S3::Bucket', 'logs'), question, '', { now: undefined, thorough: 'no' });
}

/** The number that a measure gives: the most days that are answered with yes. */
function measured(item: object, measure: Measure): number {
  const tried = [0, 1, 30, 60, 90, 120, 365, 400, 2555, 100_000];
  const kept = tried.filter((atLeast) => ask(item, { atLeast, measure }).truth === 'yes');
  return (kept.at(-1) ?? -1) === 100_000 ? Number.POSITIVE_INFINITY : (kept.at(-1) ?? -1);
}

const ever = Number.POSITIVE_INFINITY;

describe('the worked table (aws-semantics §4.6): current, permanent, queryable, undeletable', () => {
  test.each<[string, object, readonly number[]]>([
    ['no rules', {}, [ever, ever, ever, 0]],
    ['expire 90, not versioned', rules(days(90)), [90, 90, 90, 0]],
    ['expire 90, versioned', { ...rules(days(90)), ...versioned('Enabled') }, [90, ever, 90, 0]],
    [
      'expire 90 and versions after 30',
      { ...rules(days(90, noncurrent(30))), ...versioned('Enabled') },
      [90, 120, 90, 0],
    ],
    [
      '… with one newer version kept',
      { ...rules(days(90, noncurrent(30, { NewerNoncurrentVersions: 1 }))), ...versioned('Enabled') },
      [90, ever, 90, 0],
    ],
    ['… suspended', { ...rules(days(90, noncurrent(30))), ...versioned('Suspended') }, [90, 90, 90, 0]],
    [
      'expire 365 and, under AWSLogs/, 30',
      rules(days(365), days(30, { Filter: { Prefix: 'AWSLogs/' } })),
      [30, 30, 30, 0],
    ],
    ['expire 30 elsewhere', rules(days(30, { Filter: { Prefix: 'other/' } })), [ever, ever, ever, 0]],
    ['expire 30 under a literal star', rules(days(30, { Filter: { Prefix: 'AWSLogs/*' } })), [ever, ever, ever, 0]],
    ['expire 30 under a leading slash', rules(days(30, { Filter: { Prefix: '/AWSLogs' } })), [ever, ever, ever, 0]],
    ['expire 30 in one region', rules(days(30, { Filter: { Prefix: `${folder}/eu-west-1/` } })), [30, 30, 30, 0]],
    ['expire 1, switched off', rules({ ...days(1), Status: 'Disabled' }), [ever, ever, ever, 0]],
    ['expire 1, tagged', rules(days(1, { Filter: { Tag: { Key: 'a', Value: 'b' } } })), [ever, ever, ever, 0]],
    ['expire 1, above 60 MB', rules(days(1, { Filter: { ObjectSizeGreaterThan: 60_000_000 } })), [ever, ever, ever, 0]],
    ['expire 30, below 128 KB', rules(days(30, { Filter: { ObjectSizeLessThan: 131_072 } })), [30, 30, 30, 0]],
    ['expire at a date', rules({ Status: 'Enabled', Expiration: { Date: '2030-01-01T00:00:00Z' } }), [0, 0, 0, 0]],
    [
      'expire markers',
      { ...rules({ Status: 'Enabled', Expiration: { ExpiredObjectDeleteMarker: true } }), ...versioned('Enabled') },
      [ever, ever, ever, 0],
    ],
    [
      'GLACIER at 30, expire 2555',
      rules(days(2555, { Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] })),
      [2555, 2555, 30, 0],
    ],
    [
      'GLACIER_IR at 0, expire 400',
      rules(days(400, { Transitions: [{ Days: 0, StorageClass: 'GLACIER_IR' }] })),
      [400, 400, 400, 0],
    ],
    [
      'expire 30 and versions after 1, COMPLIANCE 365',
      { ...rules(days(30, noncurrent(1))), ...versioned('Enabled'), ...locked('COMPLIANCE', 365) },
      [30, 365, 30, 365],
    ],
    [
      '… GOVERNANCE 365',
      { ...rules(days(30, noncurrent(1))), ...versioned('Enabled'), ...locked('GOVERNANCE', 365) },
      [30, 365, 30, 0],
    ],
    ['the older form', rules(days(60, { Prefix: 'AWSLogs' })), [60, 60, 60, 0]],
    [
      'a prefix that is a beginning of several folders',
      rules(days(30, { Filter: { Prefix: folder } })),
      [30, 30, 30, 0],
    ],
    ['Object Lock without a default', { ObjectLock: { ObjectLockEnabled: 'Enabled' } }, [ever, ever, ever, 0]],
  ])('%s', (_, item, expected) => {
    const measures: readonly Measure[] = ['current', 'permanent', 'queryable', 'undeletable'];
    expect(measures.map((measure) => measured(item, measure))).toEqual(expected);
  });
});

describe('the folders of a trail', () => {
  const digests = rules(days(30, { Filter: { Prefix: `${folder}-Digest/` } }));
  const insights = rules(days(30, { Filter: { Prefix: `${folder}-Insight/` } }));
  test.each<[string, object, object, string]>([
    ['digests, of a trail that writes none', digests, {}, 'yes'],
    ['digests, of a trail that writes them', digests, { LogFileValidationEnabled: true }, 'no'],
    ['Insights events, of a trail without', insights, {}, 'yes'],
    ['Insights events', insights, { HasInsightSelectors: true }, 'no'],
    [
      'under a prefix of its own',
      rules(days(30, { Filter: { Prefix: 'team/AWSLogs/' } })),
      { S3KeyPrefix: 'team' },
      'no',
    ],
    [
      'under the prefix of another',
      rules(days(30, { Filter: { Prefix: 'team/AWSLogs/' } })),
      { S3KeyPrefix: 'a' },
      'yes',
    ],
    ['an organization trail, everything', rules(days(30)), { IsOrganizationTrail: true }, 'no'],
    [
      'an organization trail, one organization',
      rules(days(30, { Filter: { Prefix: 'AWSLogs/o-abc/' } })),
      { IsOrganizationTrail: true },
      'unknown',
    ],
    [
      'an organization trail, an account folder',
      rules(days(30, { Filter: { Prefix: 'AWSLogs/111122223333/' } })),
      { IsOrganizationTrail: true },
      'yes',
    ],
  ])('%s', (_, item, writer, expected) => {
    expect(ask(item, { writer }).truth).toBe(expected);
  });

  const network = rules(days(30, { Filter: { Prefix: `${folder}-NetworkActivity/` } }));
  const logs = rules(days(30, { Filter: { Prefix: `${folder}/` } }));
  const writesAll = {
    LogFileValidationEnabled: true,
    HasInsightSelectors: true,
    AdvancedEventSelectors: ['Management', 'NetworkActivity'].map((category) => ({
      FieldSelectors: [{ Field: 'eventCategory', Equals: [category] }],
    })),
  };
  test.each<[string, object, readonly string[]]>([
    ['logs', logs, ['no', 'no', 'no', 'yes', 'yes']],
    ['digests, which prove the logs', digests, ['no', 'no', 'no', 'yes', 'yes']],
    ['Insights', insights, ['no', 'yes', 'yes', 'no', 'yes']],
    ['network activity', network, ['no', 'yes', 'yes', 'yes', 'no']],
  ])('each kind of event is in its own: %s', (_, item, expected) => {
    const asked = [[], ...['Management', 'Data', 'Insight', 'NetworkActivity'].map((it) => [{ eventCategory: it }])];
    expect(asked.map((events) => ask(item, { writer: writesAll, events }).truth)).toEqual(expected);
  });

  test('two trails, two prefixes: the shorter counts (trap 15)', () => {
    const item = rules(days(30, { Filter: { Prefix: 'a/' } }));
    const trails = [
      trail('a', { S3BucketName: 'logs', S3KeyPrefix: 'a' }),
      trail('b', { S3BucketName: 'logs', S3KeyPrefix: 'b' }),
    ];
    expect(ask(item, { trails }).truth).toBe('no');
    expect(ask(item, { trails: trails.slice(1) }).truth).toBe('yes');
  });

  test('of another account in a shared bucket', () => {
    const organization = { ...trail('org', { S3BucketName: 'logs' }), TrailARN: trailArn('org', 'us-east-1', other) };
    expect(ask(rules(days(30, { Filter: { Prefix: `AWSLogs/${other}/` } })), { trails: [organization] }).truth).toBe(
      'no',
    );
    expect(ask(rules(days(30, { Filter: { Prefix: `AWSLogs/${home}/` } })), { trails: [organization] }).truth).toBe(
      'yes',
    );
  });

  test('where no trail writes, access logs are meant, else everything', () => {
    const item = rules(days(30, { Filter: { Prefix: 'access/' } }));
    const source = (TargetPrefix?: string) =>
      bucket('website', {
        Logging: { LoggingEnabled: { TargetBucket: 'logs', ...(TargetPrefix !== undefined && { TargetPrefix }) } },
      });
    expect(ask(item, { trails: [], others: [source('access/')] }).truth).toBe('no');
    expect(ask(item, { trails: [], others: [source('x/')] }).truth).toBe('yes');
    expect(ask(item, { trails: [], others: [source()] }).truth).toBe('yes');
    const thisYear = rules(days(30, { Filter: { Prefix: '2026-' } }));
    expect(ask(thisYear, { trails: [], others: [source()] }).truth).toBe('no');
    expect(ask(item, { trails: [] }).truth).toBe('no');
  });
});

describe('what is not known', () => {
  const refused = (operation: string) => ({
    more: { gaps: [{ operation, resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }] },
  });
  test.each<[string, object, Asked, readonly string[]]>([
    [
      'the lifecycle',
      {},
      refused('s3:GetBucketLifecycleConfiguration'),
      ['unknown', 'LifecycleConfiguration: AccessDenied'],
    ],
    [
      'versioning, where rules are short',
      rules(days(30)),
      refused('s3:GetBucketVersioning'),
      ['unknown', 'Versioning: AccessDenied'],
    ],
    [
      'the lock, for what nobody may delete',
      {},
      { ...refused('s3:GetObjectLockConfiguration'), measure: 'undeletable' },
      ['unknown', 'ObjectLock: AccessDenied'],
    ],
    [
      'the lock, where it could help',
      rules(days(30)),
      { ...refused('s3:GetObjectLockConfiguration'), measure: 'permanent' },
      ['unknown', 'ObjectLock: AccessDenied'],
    ],
    [
      'MFA delete and rules',
      { ...rules(days(30)), Versioning: { Status: 'Enabled', MFADelete: 'Enabled' } },
      {},
      [
        'unknown',
        'Versioning.MFADelete: S3 takes no lifecycle rules with MFA delete: whether these still act is not documented',
      ],
    ],
    [
      'who writes here, and no rule is short',
      {},
      { trails: [], more: { gaps: [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }] } },
      ['yes', 'LifecycleConfiguration: kept for ever, at least 365 days are asked for'],
    ],
    [
      'who writes here, and some rule may be',
      rules(days(30, { Filter: { Prefix: 'x/' } })),
      { trails: [], more: { gaps: [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }] } },
      ['unknown', 'trails: AccessDenied'],
    ],
  ])('%s', (_, item, asked, expected) => {
    expect(brief(ask(item, asked))).toEqual(expected);
  });

  test('versions that outlive a short rule are known without the lock', () => {
    const item = { ...rules(days(30)), ...versioned('Enabled') };
    const asked = { ...refused('s3:GetObjectLockConfiguration'), measure: 'permanent' } as const;
    const bounded = { ...rules(days(300, noncurrent(100))), ...versioned('Enabled') };
    expect(brief(ask(bounded, asked))).toEqual([
      'yes',
      'LifecycleConfiguration: kept for 400 days, at least 365 days are asked for',
      'Versioning.Status: "Enabled"',
    ]);
    expect(brief(ask(item, asked))).toEqual([
      'yes',
      'LifecycleConfiguration: kept for ever, at least 365 days are asked for',
      'Versioning.Status: "Enabled"',
    ]);
  });
});

describe('what would make it pass', () => {
  test('each rule that is too short, its days', () => {
    const item = rules(days(30), days(400), days(90, { Filter: { Prefix: 'AWSLogs/' } }));
    expect(ask(item).changes).toEqual([
      [0, 2].map((index) => ({
        resource: 'arn:aws:s3:::logs',
        path: `LifecycleConfiguration.Rules[${index}].Expiration.Days`,
        set: 365,
      })),
    ]);
  });

  test('a date goes', () => {
    expect(ask(rules({ Status: 'Enabled', Expiration: { Date: '2030-01-01T00:00:00Z' } })).changes).toEqual([
      [{ resource: 'arn:aws:s3:::logs', path: 'LifecycleConfiguration.Rules[0].Expiration.Date', set: null }],
    ]);
  });

  test('an archive has no number of days that would do', () => {
    expect(
      ask(rules({ Status: 'Enabled', Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] }), { measure: 'queryable' })
        .changes,
    ).toEqual([]);
  });
});
