import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { appliesTo, members, multiRegion, toManyRelations, unseen } from '../../src/snapshot/members.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { resourceOf, view } from '../proof/viewing.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const registry: Registry = resourceTypes;
const regions = { regions: ['us-east-1', 'eu-west-1'] };
const everywhere = trail('all', { IsMultiRegionTrail: true });
const organization = (region: string) => ({
  ...trail('org', { IsMultiRegionTrail: true, HomeRegion: region }),
  TrailARN: trailArn('org', region, other),
});

const of = (snapshot: Snapshot, type: keyof typeof resourceTypes, name: string, relation: string) => {
  const { sure, possible, apart, gaps, from } = members(resourceOf(snapshot, type, name), relation);
  return {
    sure: sure.map((it) => it.name),
    possible: possible.map((it) => it.view.name),
    apart: apart.map((it) => it.name),
    gaps: gaps.map(({ error }) => error),
    from,
  };
};

test('to-many relations: ways back and members', () => {
  const relations = (name: string) =>
    [...toManyRelations(registry[name] ?? resourceTypes['AWS::Account'], registry)].map(
      ([relation, { name: to }]) => `${relation} ${to}`,
    );
  expect(relations('AWS::S3::Bucket')).toEqual([
    'trails AWS::CloudTrail::Trail',
    'accessLogSources AWS::S3::Bucket',
    'configurationRecorders AWS::Config::ConfigurationRecorder',
    'queryWorkGroups AWS::Athena::WorkGroup',
  ]);
  expect(relations('AWS::Region')).toEqual([
    'trails AWS::CloudTrail::Trail',
    'eventDataStores AWS::CloudTrail::EventDataStore',
    'configurationRecorders AWS::Config::ConfigurationRecorder',
    'detectors AWS::GuardDuty::Detector',
    'hubs AWS::SecurityHub::Hub',
    'eventRules AWS::Events::Rule',
  ]);
  expect([
    ...toManyRelations({ ...resourceTypes['AWS::Account'], members: { things: 'AWS::Nothing' } }, registry),
  ]).toEqual([]);
});

describe('members of the account: all of the type', () => {
  test('seen, and perhaps more', () => {
    expect(
      of(
        snapshotWith({ 'AWS::CloudTrail::Trail': [trail('a'), organization('us-east-1')] }),
        'AWS::Account',
        home,
        'trails',
      ),
    ).toEqual({
      sure: ['a', 'org'],
      possible: [],
      apart: [],
      gaps: [],
      from: 'cloudtrail:DescribeTrails',
    });
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', region: 'eu-west-1', error: 'AccessDenied' }];
    expect(of(snapshotWith({}, { gaps }), 'AWS::Account', home, 'trails').gaps).toEqual(['AccessDenied']);
    expect(of(snapshotWith({}, { operations: [] }), 'AWS::Account', home, 'regions').gaps).toEqual(['NotCollected']);
  });
});

describe('members of a region: those that work there', () => {
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('local'), everywhere] }, regions);
  test('its own, the multi-Region ones, and those that do not', () => {
    expect(of(snapshot, 'AWS::Region', 'us-east-1', 'trails')).toMatchObject({ sure: ['local', 'all'], apart: [] });
    expect(of(snapshot, 'AWS::Region', 'eu-west-1', 'trails')).toMatchObject({ sure: ['all'], apart: ['local'] });
  });
  test('a listing of another region does not matter', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', region: 'eu-west-1', error: 'AccessDenied' }];
    expect(of({ ...snapshot, gaps }, 'AWS::Region', 'us-east-1', 'trails').gaps).toEqual([]);
    expect(of({ ...snapshot, gaps }, 'AWS::Region', 'eu-west-1', 'trails').gaps).toEqual(['AccessDenied']);
  });
  test('of which nobody knows', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('local'), error: 'AccessDenied' }];
    expect(of({ ...snapshot, gaps }, 'AWS::Region', 'eu-west-1', 'trails')).toMatchObject({
      sure: ['all'],
      possible: ['local'],
    });
  });
  test('recorders are of one region', () => {
    const recorder = { Arn: `arn:aws:config:us-east-1:${home}:configuration-recorder/default/1`, Name: 'default' };
    const recorders = snapshotWith({ 'AWS::Config::ConfigurationRecorder': [recorder] }, regions);
    expect(of(recorders, 'AWS::Region', 'us-east-1', 'configurationRecorders').sure).toEqual(['default']);
    expect(of(recorders, 'AWS::Region', 'eu-west-1', 'configurationRecorders')).toMatchObject({
      sure: [],
      apart: ['default'],
    });
    expect(multiRegion('AWS::Config::ConfigurationRecorder')).toBeUndefined();
  });
});

describe('appliesTo (aws-semantics §1.4)', () => {
  const applies = (item: object, region: string, more: Partial<Snapshot> = {}) =>
    appliesTo(
      resourceOf(snapshotWith({ 'AWS::CloudTrail::Trail': [item] }, { ...regions, ...more }), 'AWS::CloudTrail::Trail'),
      region,
    ).applies;
  test.each<[string, object, string, Partial<Snapshot>, string]>([
    ['its own region', trail('a'), 'us-east-1', {}, 'yes'],
    ['another', trail('a'), 'eu-west-1', {}, 'no'],
    ['everywhere', everywhere, 'eu-west-1', {}, 'yes'],
    ['an organization trail', organization('us-east-1'), 'eu-west-1', {}, 'yes'],
    ['T8: an organization trail of a region that is not enabled', organization('ap-east-1'), 'us-east-1', {}, 'no'],
    [
      '… of one that every account has, though the file does not name it',
      organization('us-west-2'),
      'us-east-1',
      {},
      'yes',
    ],
    [
      '… of a partition where all regions are there',
      organization('us-gov-east-1'),
      'us-gov-west-1',
      { account: { id: home, partition: 'aws-us-gov' }, regions: ['us-gov-west-1'] },
      'yes',
    ],
    [
      '… where nobody knows which are',
      organization('ap-east-1'),
      'us-east-1',
      { gaps: [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }] },
      'unknown',
    ],
    [
      'an own trail of a region that is not enabled',
      { ...everywhere, HomeRegion: 'ap-east-1' },
      'us-east-1',
      {},
      'yes',
    ],
    [
      'an organization trail that says no region',
      { ...organization('us-east-1'), TrailARN: `arn:aws:cloudtrail::${other}:trail/org`, HomeRegion: undefined },
      'us-east-1',
      {},
      'yes',
    ],
  ])('%s', (_, item, region, more, expected) => {
    expect(applies(item, region, more)).toBe(expected);
  });
});

describe('ways back', () => {
  test('are as complete as the listing of what points here', () => {
    const resources = {
      'AWS::S3::Bucket': [bucket('logs')],
      'AWS::CloudTrail::Trail': [trail('a', { S3BucketName: 'logs' })],
    };
    expect(of(snapshotWith(resources), 'AWS::S3::Bucket', 'logs', 'trails')).toEqual({
      sure: ['a'],
      possible: [],
      apart: [],
      gaps: [],
      from: 'cloudtrail:DescribeTrails',
    });
    expect(of(snapshotWith(resources), 'AWS::S3::Bucket', 'logs', 'accessLogSources').from).toBe('s3:ListBuckets');
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }];
    expect(of(snapshotWith(resources, { gaps }), 'AWS::S3::Bucket', 'logs', 'trails').gaps).toEqual(['AccessDenied']);
    expect(of(snapshotWith(resources, { gaps }), 'AWS::S3::Bucket', 'logs', 'accessLogSources').gaps).toEqual([]);
  });
});

test('what is named and was not read may point at anything', () => {
  const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
  const trails = { 'AWS::CloudTrail::Trail': [trail('main', { CloudWatchLogsLogGroupArn: `${group}:*` })] };
  const key = `arn:aws:kms:us-east-1:${home}:key/1`;
  const gaps = [{ operation: 'logs:DescribeLogGroups', resource: group, error: 'AccessDenied' }];
  const snapshot = snapshotWith({ ...trails, 'AWS::KMS::Key': [{ Arn: key }] }, { gaps });
  const [seen] = view(snapshot).byType.get('AWS::KMS::Key') ?? [];
  expect(seen && members(seen, 'logGroups').possible.map(({ view: { id } }) => id)).toEqual([group]);
});

describe('what nobody has seen', () => {
  const missing = (snapshot: Snapshot, type: keyof typeof resourceTypes, namedBy?: readonly string[]) =>
    unseen(resourceTypes[type], view(snapshot), namedBy).map(({ operation, resource, error }) =>
      [operation, resource, error].join(' '),
    );
  const denied = (operation: string, resource?: string) => ({
    operation,
    ...(resource && { resource }),
    error: 'AccessDenied',
  });
  const store = `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`;
  const stores = { 'AWS::CloudTrail::EventDataStore': [{ EventDataStoreArn: store, Name: 'lake' }] };

  test('is nothing where everything was answered', () => {
    expect(missing(snapshotWith(stores), 'AWS::KMS::Key')).toEqual([]);
  });
  test('a listing that was refused', () => {
    expect(missing(snapshotWith({}, { gaps: [denied('s3:ListBuckets')] }), 'AWS::S3::Bucket')).toEqual([
      's3:ListBuckets  AccessDenied',
    ]);
    expect(missing(snapshotWith({}, { gaps: [denied('s3:ListBuckets')] }), 'AWS::S3::Bucket', ['trails'])).toEqual([]);
  });
  test('where a pointer leads that nobody could read', () => {
    const gaps = [denied('cloudtrail:GetEventDataStore', store)];
    expect(missing(snapshotWith(stores, { gaps }), 'AWS::KMS::Key')).toEqual([
      `cloudtrail:GetEventDataStore ${store} AccessDenied`,
    ]);
    expect(missing(snapshotWith(stores, { gaps }), 'AWS::KMS::Key', ['trails'])).toEqual([]);
  });
  test('a pointer to what is listed anyway leaves nothing out', () => {
    const trails = { 'AWS::CloudTrail::Trail': [trail('main')] };
    const gaps = [denied('cloudtrail:DescribeTrails', trailArn('main'))];
    expect(missing(snapshotWith(trails, { gaps }), 'AWS::S3::Bucket', ['trails'])).toEqual([]);
    expect(
      missing(snapshotWith(trails, { gaps: [...gaps, denied('s3:ListBuckets')] }), 'AWS::S3::Bucket', ['trails']),
    ).toEqual([`cloudtrail:DescribeTrails ${trailArn('main')} AccessDenied`]);
  });
  test('what is seen only once it was read, and what names it', () => {
    const topic = `arn:aws:sns:us-east-1:${home}:alerts`;
    const rule = `arn:aws:events:us-east-1:${home}:rule/tampering`;
    const rules = { 'AWS::Events::Rule': [{ Arn: rule, Name: 'tampering' }] };
    const gaps = [denied('sns:GetTopicAttributes', topic), denied('events:ListTargetsByRule', rule)];
    expect(missing(snapshotWith(rules, { gaps }), 'AWS::SNS::Topic')).toEqual([
      `sns:GetTopicAttributes ${topic} AccessDenied`,
      `events:ListTargetsByRule ${rule} AccessDenied`,
    ]);
    const read = { ...rules, 'AWS::SNS::Topic': [{ TopicArn: topic }] };
    expect(missing(snapshotWith(read, { gaps: gaps.slice(0, 1) }), 'AWS::SNS::Topic')).toEqual([]);
    expect(missing(snapshotWith(rules, { gaps }), 'AWS::KMS::Key')).toEqual([]);
  });
  test("what another account's resource points at, that account says", () => {
    const far = { CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${other}:log-group:x:*` };
    expect(missing(snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', far)] }), 'AWS::KMS::Key')).toEqual([]);
  });
});
