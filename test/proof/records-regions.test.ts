import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, trail, trailArn } from '../rules/judging.ts';
import { type Asked, ask, everywhere, type Item, management, on, regions, store, truth } from './asking-records.ts';
import { brief } from './viewing.ts';

const iam = { ...management, eventSource: 'iam.amazonaws.com' };
const ec2 = { ...management, eventSource: 'ec2.amazonaws.com' };
const listingRefused = { operation: 'ec2:DescribeRegions', error: 'AccessDenied' };
const unlisted: Partial<Snapshot> = { regions: ['us-east-1'], gaps: [listingRefused] };
const abroad = { ...trail('eu', on), TrailARN: trailArn('eu', 'eu-west-1'), HomeRegion: 'eu-west-1' };

describe('where nobody could list the regions', () => {
  const alone = (written: unknown, item: Item) =>
    ask(written, { of: 'AWS::CloudTrail::Trail', trails: [trail('main', item)], more: unlisted });

  test('a trail of one region may not be enough, one of all of them is', () => {
    expect(brief(alone(management, on))).toEqual(['unknown', 'regions: AccessDenied']);
    expect(alone(management, on).evidence[0]?.gap).toMatchObject({ action: 'ec2:DescribeRegions' });
    expect(brief(alone(management, everywhere))).toEqual([
      'yes',
      'IsMultiRegionTrail: true',
      'Status.IsLogging: true',
      'EventSelectors: records every such event',
    ]);
    expect(alone({ ...management, regions: 'us-east-1' }, on).truth).toBe('yes');
    expect(alone(iam, on).truth).toBe('yes');
  });

  test('one trail records nothing elsewhere that it does not record here; others may be there that nobody saw', () => {
    const reads = { ...ec2, readOnly: true };
    const writesOnly = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(alone({ some: reads }, { ...on, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }).truth).toBe('no');
    expect(alone({ none: reads }, writesOnly).truth).toBe('yes');
    expect(brief(ask({ some: reads }, { trails: [trail('main', writesOnly)], more: unlisted }))).toEqual([
      'unknown',
      'regions: AccessDenied',
    ]);
    expect(alone({ some: ec2 }, on).truth).toBe('yes');
  });

  test('what global services do happens in a region that is known', () => {
    expect(truth({ some: iam }, { more: unlisted })).toBe('no');
    expect(truth({ some: { ...ec2, regions: 'us-east-1' } }, { more: unlisted })).toBe('no');
    expect(truth({ some: ec2 }, { more: unlisted })).toBe('unknown');
  });

  test('a trail shows that its own region is there', () => {
    const asked: Asked = { of: 'AWS::CloudTrail::Trail', trails: [abroad], more: unlisted };
    expect([truth({ some: ec2 }, asked), truth({ none: ec2 }, asked), truth(ec2, asked)]).toEqual(['yes', 'no', 'no']);
  });

  test('the account says which listing would tell', () => {
    const answer = ask(ec2, { trails: [trail('main', on)], more: unlisted });
    expect(answer).toMatchObject({
      truth: 'unknown',
      evidence: [{ path: 'regions', resource: `arn:aws:iam::${home}:root`, gap: { action: 'ec2:DescribeRegions' } }],
    });
  });
});

describe('where all regions are known', () => {
  test('they are part of why every event is recorded, and of why none is', () => {
    const local = [trail('main', on), abroad];
    expect(brief(ask(ec2, { trails: local })).filter((it) => it.startsWith('regions'))).toEqual(['regions: 2']);
    expect(brief(ask({ none: management }, {}))).toEqual(['yes', 'trails: 0', 'eventDataStores: 0', 'regions: 2']);
    expect(ask(ec2, { trails: local }).evidence.at(-1)).toMatchObject({
      path: 'regions',
      from: 'ec2:DescribeRegions',
      resource: `arn:aws:iam::${home}:root`,
    });
  });

  test('a region that nobody scanned may have trails of its own', () => {
    const more: Partial<Snapshot> = {
      regions: ['us-east-1'],
      resources: { 'AWS::Region': regions.map((RegionName) => ({ RegionName })) } as never,
    };
    const asked = (trails: readonly Item[]): Asked => ({
      more: { ...more, resources: { ...more.resources, 'AWS::CloudTrail::Trail': trails } as never },
    });
    expect(truth(ec2, asked([]))).toBe('unknown');
    expect(truth(ec2, asked([trail('main', on)]))).toBe('unknown');
    expect(truth(ec2, asked([trail('main', everywhere)]))).toBe('yes');
    expect(truth({ ...ec2, regions: 'us-east-1' }, asked([trail('main', on)]))).toBe('yes');
  });
});

describe('a class of some regions', () => {
  const inEurope = { ...management, regions: 'eu-west-1' };

  test('is about those, and about no other region or bucket', () => {
    const trails = [trail('us', on)];
    expect(truth(inEurope, { of: 'AWS::Region', name: 'eu-west-1', trails: [abroad] })).toBe('yes');
    expect(brief(ask(inEurope, { of: 'AWS::Region', name: 'us-east-1', trails }))).toEqual([
      'unknown',
      'region: no such event happens there',
    ]);
    const objects = [
      trail('us', {
        ...on,
        EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
      }),
    ];
    const data = { eventCategory: 'Data', regions: ['us-east-1', 'ap-south-1'] };
    const of = (BucketRegion: string): Asked => ({
      of: 'AWS::S3::Bucket',
      name: 'b',
      buckets: [bucket('b', { BucketRegion })],
      trails: objects,
    });
    expect([truth(data, of('us-east-1')), truth(data, of('eu-west-1'))]).toEqual(['yes', 'unknown']);
  });

  test.each<[string, Item, Partial<Snapshot>]>([
    ['global services elsewhere than in the leader region', { ...iam, regions: 'eu-west-1' }, {}],
    ['no region', { ...management, regions: [] }, {}],
    ['an account without regions', management, { regions: [] }],
  ])('%s: no event is known to happen there, so nothing is said of it', (_, written, more) => {
    for (const how of ['every', 'some', 'none']) {
      const answer = ask({ [how]: written }, { trails: [trail('x', everywhere)], more });
      expect(brief(answer)).toContain('region: no such event happens there');
      expect(answer.truth).toBe('unknown');
    }
  });

  test('may say so by the region that its records name', () => {
    const trails = [trail('us', on)];
    const of = (awsRegion: unknown) => truth({ ...management, awsRegion }, { trails });
    expect([of('us-east-1'), of(['us-east-1']), of('eu-west-1'), of(regions)]).toEqual(['yes', 'yes', 'no', 'no']);
    expect(truth({ ...management, awsRegion: 'us-east-1', regions: 'eu-west-1' }, { trails })).toBe('no');
  });

  test('that is not enabled is asked about all the same: a name may be misspelt', () => {
    expect(truth({ ...management, regions: 'eu-wset-1' }, { trails: [trail('us', on)] })).toBe('no');
  });
});

describe('global services (aws-semantics §1.4, §10.3)', () => {
  const of = (partition: string, region: string, more: Item = {}): Item => ({
    ...trail('x', { ...on, ...more }),
    TrailARN: `arn:${partition}:cloudtrail:${region}:${home}:trail/x`,
    HomeRegion: region,
  });
  test.each([
    ['aws', 'us-east-1', 'us-west-2'],
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
    ['aws-iso', 'us-iso-east-1', 'us-iso-west-1'],
    ['aws-iso-b', 'us-isob-east-1', 'us-isob-west-1'],
    ['aws-iso-e', 'eu-isoe-west-1', 'eu-isoe-east-1'],
    ['aws-iso-f', 'us-isof-south-1', 'us-isof-east-1'],
    ['aws-eusc', 'eusc-de-east-1', 'eusc-de-west-1'],
  ])('%s: in %s, where a trail asks for them, and not in %s', (partition, leader, region) => {
    const more = { account: { id: home, partition }, regions: [leader, region] };
    const answers = [
      of(partition, leader),
      of(partition, leader, { IncludeGlobalServiceEvents: false }),
      of(partition, region),
    ];
    expect(answers.map((it) => truth(iam, { trails: [it], more }))).toEqual(['yes', 'no', 'no']);
    expect(truth(iam, { trails: [of(partition, region, everywhere)], more })).toBe('yes');
  });

  test('China: Organizations is not where IAM is', () => {
    const more = { account: { id: home, partition: 'aws-cn' }, regions: ['cn-north-1', 'cn-northwest-1'] };
    const organizations = { ...management, eventSource: 'organizations.amazonaws.com' };
    const trails = ['cn-north-1', 'cn-northwest-1'].map((region) => [of('aws-cn', region)]);
    expect(trails.map((it) => truth(organizations, { trails: it, more }))).toEqual(['no', 'yes']);
    expect(trails.map((it) => truth([iam, organizations], { trails: it, more }))).toEqual(['no', 'no']);
    const without = [of('aws-cn', 'cn-northwest-1', { IncludeGlobalServiceEvents: false })];
    expect(truth(organizations, { trails: without, more })).toBe('no');
  });

  test('a partition that nobody knows: a trail of one region has to ask for them wherever it is', () => {
    const more = { account: { id: home, partition: 'aws-new' }, regions: ['new-1'] };
    expect(truth(iam, { trails: [of('aws-new', 'new-1', { IncludeGlobalServiceEvents: true })], more })).toBe('yes');
    expect(truth(iam, { trails: [of('aws-new', 'new-1', { IncludeGlobalServiceEvents: false })], more })).toBe('no');
    expect(truth(ec2, { trails: [of('aws-new', 'new-1', { IncludeGlobalServiceEvents: false })], more })).toBe('yes');
  });

  test('that a trail of the leader region leaves out', () => {
    const trails = [trail('us', { ...on, IncludeGlobalServiceEvents: false })];
    const here = { regions: ['us-east-1'] };
    const answer = ask(management, { trails, more: here });
    expect(brief(answer)).toEqual([
      'no',
      `trails[${trailArn('us')}].IncludeGlobalServiceEvents: false`,
      'trails: 1',
      'eventDataStores: 0',
    ]);
    expect(answer.changes).toEqual([[{ resource: trailArn('us'), path: 'IncludeGlobalServiceEvents', set: true }]]);
    expect(truth(ec2, { trails, more: here })).toBe('yes');
    expect(brief(ask({ some: iam }, { trails })).slice(0, 2)).toEqual([
      'no',
      `trails[${trailArn('us')}].IncludeGlobalServiceEvents: false`,
    ]);
    expect(truth({ some: management }, { trails })).toBe('yes');
    // Another one may have them.
    expect(truth(management, { trails: [...trails, trail('all', everywhere)], more: here })).toBe('yes');
    const globals = trail('global', {
      IsMultiRegionTrail: true,
      ...on,
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            {
              Field: 'eventSource',
              Equals: ['iam', 'cloudfront', 'route53', 'organizations'].map((it) => `${it}.amazonaws.com`),
            },
          ],
        },
      ],
    });
    expect(truth(management, { trails: [...trails, globals], more: here })).toBe('yes');
  });

  test('where nobody could read whether it asks', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('us'), error: 'AccessDenied' }];
    const asked = {
      of: 'AWS::CloudTrail::Trail',
      trails: [trail('us', { ...on, IsMultiRegionTrail: false })],
      more: { gaps },
    };
    expect(ask(iam, asked as Asked)).toMatchObject({
      truth: 'unknown',
      evidence: [{ path: 'IncludeGlobalServiceEvents', gap: { action: 'cloudtrail:DescribeTrails' } }],
    });
    expect(truth({ some: iam }, asked as Asked)).toBe('unknown');
    expect(truth({ ...ec2, regions: 'us-east-1' }, asked as Asked)).toBe('yes');
  });
});

describe('an organization trail, as a member sees it (aws-semantics §1.3)', () => {
  const organization = (HomeRegion: string, more: Item = {}): Item => ({
    ...trail('org', { ...everywhere, ...more }),
    TrailARN: trailArn('org', HomeRegion, other),
    HomeRegion,
    IsOrganizationTrail: true,
  });
  const more = { regions: ['eu-west-1'] };

  test('that lives in a region which every account has', () => {
    expect(truth(management, { trails: [organization('us-east-1')], more })).toBe('yes');
    expect(truth(management, { trails: [organization('us-east-1', { IsMultiRegionTrail: false })], more })).toBe('no');
  });

  test('that lives in one which this account has not opted in to', () => {
    const trails = [organization('ap-east-1')];
    expect(brief(ask(management, { trails, more }))).toEqual([
      'no',
      `trails[${trailArn('org', 'ap-east-1', other)}].IsMultiRegionTrail: it lives in ap-east-1, which this account has not enabled`,
      `trails[${trailArn('org', 'ap-east-1', other)}].account.regions: 1`,
      'trails: 1',
      'eventDataStores: 0',
    ]);
    expect(ask(management, { trails, more }).changes).toEqual([]);
    // Not even what happens in the trail's own region, if it is asked about.
    expect(truth({ ...management, regions: 'ap-east-1' }, { trails, more })).toBe('no');
    const gaps = [listingRefused];
    expect(ask(management, { trails, more: { ...more, gaps } }).evidence[0]).toMatchObject({
      path: `trails[${trailArn('org', 'ap-east-1', other)}].IsMultiRegionTrail`,
      gap: { operation: 'ec2:DescribeRegions' },
    });
    expect(truth(management, { trails, more: { regions: ['eu-west-1', 'ap-east-1'] } })).toBe('yes');
  });

  test("a trail of another account that is not its organization's records nothing here", () => {
    const trails = [{ ...organization('us-east-1'), IsOrganizationTrail: false }];
    expect(brief(ask(management, { trails, more })).slice(0, 2)).toEqual([
      'no',
      `trails[${trailArn('org', 'us-east-1', other)}].accountId: it is of account ${other} alone, not of its organization`,
    ]);
    const lake = (OrganizationEnabled: boolean) => ({
      ...store({ OrganizationEnabled }),
      EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${other}:eventdatastore/1`,
    });
    expect([true, false].map((it) => truth(management, { stores: [lake(it)] }))).toEqual(['yes', 'no']);
    expect(truth(management, { trails: [trail('own', { ...everywhere, IsOrganizationTrail: false })] })).toBe('yes');
  });

  test('in another partition every region is there', () => {
    const govcloud = { account: { id: home, partition: 'aws-us-gov' }, regions: ['us-gov-west-1'] };
    expect(truth(management, { trails: [organization('us-gov-east-1')], more: govcloud })).toBe('yes');
  });
});
