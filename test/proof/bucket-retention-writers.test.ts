import { describe, expect, test } from 'vitest';
import { bucket, home, trail, trailArn } from '../rules/judging.ts';
import {
  askBucket as ask,
  asks,
  days,
  enabled,
  refused,
  rules,
  under,
  versionsAfter,
  writing,
} from './asking-bucket.ts';
import { brief } from './viewing.ts';

describe('who writes here', () => {
  const own = rules(days(365, { ...under('a/'), ...versionsAfter(1) }), days(30, under('b/')));
  const listing = refused('cloudtrail:DescribeTrails');
  test('versions of known trails say nothing of those of others', () => {
    const trails = [writing('a', { S3KeyPrefix: 'a' })];
    const outlived = rules(
      days(30, { ...under('a/'), ...versionsAfter(400) }),
      days(30, { ...under('b/'), ...versionsAfter(1) }),
    );
    expect(ask({ ...outlived, ...enabled }, { trails, measure: 'permanent' }).truth).toBe('yes');
    expect(brief(ask({ ...outlived, ...enabled }, { trails, measure: 'permanent', ...listing }))).toEqual([
      'unknown',
      'b.trails: AccessDenied',
    ]);
    const all = rules(days(30, versionsAfter(400)));
    expect(ask({ ...all, ...enabled }, { trails, measure: 'permanent', ...listing }).truth).toBe('yes');
  });

  test('a known trail is enough for a no, others are needed for a yes', () => {
    const named = (name: string) => ({ trails: [writing(name, { S3KeyPrefix: name })], ...listing });
    expect(brief(ask(own, named('a')))).toEqual(['unknown', 'b.trails: AccessDenied']);
    expect(brief(ask(own, named('b')))).toEqual([
      'no',
      `b.LifecycleConfiguration: kept for 30 days, ${asks}`,
      'b.Versioning.MFADelete: undefined',
      `b.trails[${trailArn('b')}].S3KeyPrefix: "b"`,
    ]);
  });

  test('a trail of which nobody knows where it writes', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('x'), error: 'Throttled' }];
    const trails = [writing('a', { S3KeyPrefix: 'a' }), trail('x')];
    expect(brief(ask(own, { trails, more: { gaps } }))).toEqual(['unknown', 'b.trails: Throttled']);
  });
});

describe('access logs, where no trail writes', () => {
  const source = (name: string, TargetPrefix: string) =>
    bucket(name, { Logging: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix } } });
  const item = rules(days(400, under('a/')), days(30, under('b/')));
  const trails: readonly object[] = [];

  test('of known buckets', () => {
    expect(brief(ask(item, { trails, others: [source('one', 'a/')] }))).toEqual([
      'yes',
      `b.LifecycleConfiguration: kept for 400 days, ${asks}`,
      'b.trails: 0',
      'b.accessLogSources: 1',
    ]);
    expect(brief(ask(item, { trails, others: [source('one', 'a/'), source('two', 'b/')] }))).toEqual([
      'no',
      `b.LifecycleConfiguration: kept for 30 days, ${asks}`,
      'b.Versioning.MFADelete: undefined',
      'b.trails: 0',
      'b.accessLogSources: 2',
    ]);
  });

  test('and of one that does not say where it logs to: these may be shorter', () => {
    const asked = refused('s3:GetBucketLogging', 'arn:aws:s3:::two');
    expect(brief(ask(item, { trails, others: [source('one', 'a/'), bucket('two')], ...asked }))).toEqual([
      'unknown',
      'b.accessLogSources: AccessDenied',
    ]);
    expect(ask(item, { trails, others: [source('one', 'b/'), bucket('two')], ...asked }).truth).toBe('no');
    expect(brief(ask(item, { trails, others: [bucket('two')], ...asked }))).toEqual([
      'unknown',
      'b.accessLogSources: AccessDenied',
    ]);
    expect(ask(rules(days(400)), { trails, others: [bucket('two')], ...asked }).truth).toBe('yes');
  });

  test('under a prefix that is none: everywhere', () => {
    const odd = bucket('odd', { Logging: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 7 } } });
    expect(ask(item, { trails, others: [odd] }).truth).toBe('no');
  });

  test('which a rule may shorten: nothing but the rule says why', () => {
    const paused = rules({ ...days(30, { ID: 'p' }), Status: 'Paused' });
    const may = [
      'unknown',
      `b.LifecycleConfiguration: kept for 30 days, perhaps longer, ${asks}; lifecycle rule p may act: what it says is not known here`,
    ];
    expect(brief(ask(paused, { trails, others: [source('one', 'a/')] }))).toEqual(may);
    expect(brief(ask(paused, { trails }))).toEqual(may);
    expect(brief(ask(paused))).toEqual(may);
  });

  test('where trails are not known, neither is whether access logs are meant', () => {
    const asked = { trails, others: [source('one', 'b/')], ...refused('cloudtrail:DescribeTrails') };
    expect(brief(ask(item, asked))).toEqual(['unknown', 'b.trails: AccessDenied']);
    expect(ask({ ...item, ...enabled }, { ...asked, measure: 'permanent' }).truth).toBe('yes');
  });

  test('files of a service are neither tagged nor large; objects of anybody may be', () => {
    const tagged = rules(days(1, { ID: 't', Filter: { Tag: { Key: 'a', Value: 'b' } } }));
    expect(ask(tagged, { trails, others: [source('one', '')] }).truth).toBe('yes');
    expect(brief(ask(tagged, { trails }))).toEqual([
      'unknown',
      `b.LifecycleConfiguration: kept for 1 days, perhaps longer, ${asks}; lifecycle rule t acts on tagged objects alone`,
    ]);
    const large = rules(days(1, { Filter: { ObjectSizeGreaterThan: 60_000_000 } }));
    expect(ask(large, { trails, others: [source('one', '')] }).truth).toBe('yes');
    expect(ask(large, { trails }).truth).toBe('no');
  });
});

describe('events that no trail writes are not kept', () => {
  const events = [{ eventCategory: 'Insight' }];
  test('for a single day', () => {
    expect(brief(ask({}, { events, atLeast: 1 }))).toEqual([
      'no',
      'b.trails: no trail writes such events here',
      'b.trails: 1',
      `b.trails[${trailArn('main')}].S3KeyPrefix: undefined`,
    ]);
  });
  test('unless one that is not known does', () => {
    expect(brief(ask({}, { events, ...refused('cloudtrail:DescribeTrails') }))).toEqual([
      'unknown',
      'b.trails: AccessDenied',
    ]);
  });
  test('and those of a region are kept as there', () => {
    const item = rules(days(30, under(`AWSLogs/${home}/CloudTrail/eu-west-1/`)));
    const of = (regions: string) => ask(item, { events: [{ eventCategory: 'Management', regions }] }).truth;
    expect([of('eu-west-1'), of('us-east-1'), of('all')]).toEqual(['no', 'yes', 'no']);
  });
});
