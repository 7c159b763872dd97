import { describe, expect, test } from 'vitest';
import { home, trailArn } from '../rules/judging.ts';
import { filter, type Item } from './alerting/asking.ts';
import { evidenceOf, keyArn, lines, logs, prove, type Setting, sound, store, storeArn } from './proving.ts';

const main = `trails[${trailArn('main')}]`;
const lake = `eventDataStores[${storeArn}]`;

describe('an account where every link holds', () => {
  test('has one chain, its links in the order in which things happen', () => {
    expect(lines()).toEqual(['us-east-1, eu-west-1: yes yes yes yes yes; -; yes']);
    expect(prove()[0]?.links.map(({ name }) => name)).toEqual([
      'recorded by',
      'delivered to',
      'encrypted with',
      'kept for',
      'noticed by',
    ]);
    expect(prove()[0]?.broken).toBeUndefined();
  });

  test('has no last link where nobody asks for it', () => {
    expect(lines({ asked: 'all but noticed by', filters: [] })).toEqual([
      'us-east-1, eu-west-1: yes yes yes yes; -; yes',
    ]);
  });

  test('says for each link what it rests on, the earlier links first', () => {
    const recorded = [`${main}.IsMultiRegionTrail: true`, `${main}.Status.IsLogging: true`];
    const selected = `${main}.EventSelectors: records every such event`;
    const delivered = [
      `${main}.Status.LatestDeliveryError: undefined`,
      `${main}.bucket.RequestPayment.Payer: undefined`,
      `${main}.bucket.Policy: statement 1 allows s3:GetBucketAcl on arn:aws:s3:::logs`,
      `${main}.bucket.Policy: statement 1 allows s3:PutObject on arn:aws:s3:::logs/AWSLogs/${home}/CloudTrail/us-east-1/2030/01/01/file.json.gz`,
    ];
    const encrypted = `${main}.KmsKeyId: SSE-S3, without a key of its own`;
    expect(evidenceOf({}, 'recorded by')).toEqual([...recorded, selected]);
    expect(evidenceOf({}, 'delivered to')).toEqual([...recorded, ...delivered, selected]);
    expect(evidenceOf({}, 'encrypted with')).toEqual([...recorded, ...delivered, encrypted, selected]);
    expect(evidenceOf({}, 'kept for')).toEqual([
      ...recorded,
      ...delivered,
      encrypted,
      `${main}.bucket: "arn:aws:s3:::logs"`,
      `${main}.bucket.LifecycleConfiguration: kept for ever, at least 91 days are asked for`,
      selected,
    ]);
  });
});

describe('a broken link breaks all that rest on it', () => {
  const key = { Arn: keyArn, KeyId: 'k', KeyState: 'Disabled' };
  test.each<[string, Setting, string]>([
    ['no trail', { trails: [] }, 'no no no no no; recorded by'],
    ['a trail that is stopped', { trails: [sound({ Status: { IsLogging: false } })] }, 'no no no no no; recorded by'],
    [
      'a delivery that failed',
      { trails: [sound({ Status: { IsLogging: true, LatestDeliveryError: 'AccessDenied' } })] },
      'yes no no no yes; delivered to',
    ],
    ['a bucket that is gone', { buckets: [] }, 'yes no no no yes; delivered to'],
    [
      'a key that is disabled',
      { trails: [sound({ KmsKeyId: keyArn })], keys: [key] },
      'yes yes no no yes; encrypted with',
    ],
    ['files that expire', { buckets: [logs('logs', 90)] }, 'yes yes yes no yes; kept for'],
    ['nobody who would notice', { filters: [] }, 'yes yes yes yes no; noticed by'],
    ['all of it', { trails: [], filters: [] }, 'no no no no no; recorded by'],
  ])('%s', (_, setting, said) => {
    expect(lines(setting)).toEqual([`us-east-1, eu-west-1: ${said}; no`]);
  });

  test('what is kept for exactly as long as is asked is kept', () => {
    expect(lines({ buckets: [logs('logs', 91)] })).toEqual(['us-east-1, eu-west-1: yes yes yes yes yes; -; yes']);
    expect(lines({ buckets: [logs('logs', 91)], days: 92 })).toEqual([
      'us-east-1, eu-west-1: yes yes yes no yes; kept for; no',
    ]);
  });

  test('two trails of which each holds one link do not make a chain', () => {
    const europe = sound({ TrailARN: trailArn('second'), Name: 'second', S3BucketName: 'second', KmsKeyId: keyArn });
    const setting = { trails: [sound({ S3BucketName: 'gone' }), europe], buckets: [logs('second')], keys: [key] };
    expect(lines(setting)).toEqual(['us-east-1, eu-west-1: yes yes no no yes; encrypted with; no']);
  });

  test('a second trail that is whole holds', () => {
    const second = sound({ TrailARN: trailArn('second'), Name: 'second', S3BucketName: 'second' });
    expect(lines({ trails: [sound({ S3BucketName: 'gone' }), second], buckets: [logs('second')] })).toEqual([
      'us-east-1, eu-west-1: yes yes yes yes yes; -; yes',
    ]);
  });
});

describe('what is not known', () => {
  const refused = (operation: string, more: object = {}) => ({
    more: { gaps: [{ operation, error: 'AccessDenied', ...more }] },
  });
  const unread = { S3BucketName: undefined };
  test.each<[string, Setting, string]>([
    [
      'whether the trail is logging',
      { trails: [sound({ Status: undefined })], ...refused('cloudtrail:GetTrailStatus') },
      'unknown unknown unknown unknown unknown; recorded by; unknown',
    ],
    [
      'the policy of the bucket',
      { buckets: [logs('logs', undefined, { Policy: undefined })], ...refused('s3:GetBucketPolicy') },
      'yes unknown unknown unknown yes; delivered to; unknown',
    ],
    [
      'how long files are kept',
      refused('s3:GetBucketLifecycleConfiguration'),
      'yes yes yes unknown yes; kept for; unknown',
    ],
    [
      'who else records, where nobody known does',
      { trails: [], ...refused('cloudtrail:DescribeTrails') },
      'unknown unknown unknown unknown unknown; recorded by; unknown',
    ],
    [
      'who else notices',
      { filters: [], ...refused('logs:DescribeMetricFilters') },
      'yes yes yes yes unknown; noticed by; unknown',
    ],
    // It names no bucket, whatever else is hidden.
    [
      'a later link is known to be broken',
      { trails: [sound(unread)], filters: [], ...refused('cloudtrail:GetTrailStatus') },
      'yes no no no no; delivered to; no',
    ],
  ])('%s', (_, setting, said) => {
    expect(lines(setting)).toEqual([`us-east-1, eu-west-1: ${said}`]);
  });

  test('what is known to be broken is named before what is not known', () => {
    const setting = { filters: [], buckets: [logs('logs')], ...refused('s3:GetBucketLifecycleConfiguration') };
    expect(lines(setting)).toEqual(['us-east-1, eu-west-1: yes yes yes unknown no; noticed by; no']);
  });

  test('a trail that is enough is enough, whoever else there may be', () => {
    expect(lines(refused('cloudtrail:DescribeTrails', { region: 'eu-west-1' }))).toEqual([
      'us-east-1, eu-west-1: yes yes yes yes yes; -; yes',
    ]);
  });
});

describe('an event data store takes events in without a bucket', () => {
  const alone = (more: Item = {}, keys: readonly Item[] = []): Setting => ({
    trails: [],
    filters: [],
    stores: [store(more)],
    keys,
  });
  test('and with a key that AWS owns', () => {
    expect(lines(alone())).toEqual(['us-east-1, eu-west-1: yes yes yes yes no; noticed by; no']);
    expect(evidenceOf(alone(), 'kept for')).toEqual([
      `${lake}.MultiRegionEnabled: true`,
      `${lake}.Status: "ENABLED"`,
      `${lake}.Status: CloudTrail Lake takes them in, without a bucket`,
      `${lake}.KmsKeyId: a key that AWS owns`,
      `${lake}.RetentionPeriod: 366`,
      `${lake}.AdvancedEventSelectors: records every such event`,
    ]);
  });
  test.each<[string, Setting, string]>([
    [
      'a key that is disabled: nothing is taken in',
      alone({ KmsKeyId: keyArn }, [{ Arn: keyArn, KeyId: 'k', KeyState: 'Disabled' }]),
      'no no no no no; recorded by',
    ],
    [
      'a key whose policy does not let CloudTrail in',
      alone({ KmsKeyId: keyArn }, [{ Arn: keyArn, KeyId: 'k', KeyState: 'Enabled', Policy: '{"Statement":[]}' }]),
      'yes yes no no no; encrypted with',
    ],
    ['days that are too few', alone({ RetentionPeriod: 30 }), 'yes yes yes no no; kept for'],
    ['a store that is stopped', alone({ Status: 'STOPPED_INGESTION' }), 'no no no no no; recorded by'],
  ])('%s', (_, setting, said) => {
    expect(lines(setting)).toEqual([`us-east-1, eu-west-1: ${said}; no`]);
  });
});

describe('the folder that the events are in is the one that counts', () => {
  const short = {
    LifecycleConfiguration: {
      Rules: [
        {
          ID: 'x',
          Status: 'Enabled',
          Filter: { Prefix: `AWSLogs/${home}/CloudTrail-Insight/` },
          Expiration: { Days: 7 },
        },
      ],
    },
  };
  const insights = sound({
    HasInsightSelectors: true,
    InsightSelectors: [{ InsightType: 'ApiErrorRateInsight' }],
  });
  const setting = { trails: [insights], buckets: [logs('logs', undefined, short)], filters: [filter('')] };
  test.each<[string, Item, string]>([
    ['Management', { eventCategory: 'Management' }, 'yes'],
    ['Insight', { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiErrorRateInsight' }, 'no'],
  ])('%s', (_, events, kept) => {
    const [chain] = prove({ ...setting, events });
    expect(chain?.links.find(({ name }) => name === 'kept for')?.answer.truth).toBe(kept);
  });
});
