import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import {
  finderOf,
  gapKey,
  indexGaps,
  listingGaps,
  listingsBehind,
  listingsOf,
  uniqueGaps,
} from '../../src/snapshot/gaps.ts';
import type { Gap, Snapshot } from '../../src/snapshot/snapshot.ts';
import { snapshotWith, trailArn } from '../rules/judging.ts';

const registry: Registry = resourceTypes;
const index = (more: Partial<Snapshot>, enabled: readonly string[] = ['us-east-1']) =>
  indexGaps(snapshotWith({}, more), enabled);
const main = { id: trailArn('main'), name: 'main', region: 'us-east-1' };
const status = 'cloudtrail:GetTrailStatus';
const listing = 'cloudtrail:DescribeTrails';
const error = 'AccessDenied';
const errors = (gaps: readonly Gap[]) => gaps.map((gap) => gap.error);

describe('a gap of a resource', () => {
  test.each<[string, Partial<Snapshot>, readonly string[]]>([
    ['none', {}, []],
    ['of this operation', { gaps: [{ operation: status, resource: main.id, error }] }, [error]],
    ['by its name', { gaps: [{ operation: status, resource: 'main', error }] }, [error]],
    ['of another operation', { gaps: [{ operation: listing, resource: main.id, error }] }, []],
    ['of another resource', { gaps: [{ operation: status, resource: trailArn('other'), error }] }, []],
    ['of all that is asked of it', { gaps: [{ resource: main.id, error }] }, [error]],
    ['of the operation everywhere', { gaps: [{ operation: status, error }] }, [error]],
    ['of the operation in its region', { gaps: [{ operation: status, region: 'us-east-1', error }] }, [error]],
    ['of the operation elsewhere', { gaps: [{ operation: status, region: 'eu-west-1', error }] }, []],
    ['of its whole region', { gaps: [{ region: 'us-east-1', error }] }, [error]],
    ['of another region', { gaps: [{ region: 'eu-west-1', error }] }, []],
    ['of the whole account', { gaps: [{ error }] }, [error]],
    ['of who is asking', { gaps: [{ operation: 'sts:AssumeRole', error }] }, [error]],
    ['not asked', { operations: [listing] }, ['NotCollected']],
    ['asked', { operations: [listing, status] }, []],
    ['asked of it', { operations: [{ operation: status, resources: [main.id] }] }, []],
    ['asked of others', { operations: [{ operation: status, resources: [trailArn('other')] }] }, ['NotCollected']],
    ['refused and not asked: refused', { operations: [], gaps: [{ operation: status, error }] }, [error]],
  ])('%s', (_, more, expected) => {
    expect(errors(index(more).ofResource(status, main))).toEqual(expected);
  });

  test('a region that is enabled and was not scanned', () => {
    const gaps = index({ regions: ['us-east-1'] }, ['us-east-1', 'eu-west-1']);
    expect(gaps.ofResource(status, { ...main, region: 'eu-west-1' })).toEqual([
      { region: 'eu-west-1', error: 'NotScanned' },
    ]);
    expect(gaps.ofResource(status, main)).toEqual([]);
  });
});

describe('a gap of a listing', () => {
  const of = (more: Partial<Snapshot>, region?: string, regional = true, enabled?: readonly string[]) =>
    index(more, enabled).ofListing(listing, { ...(region && { region }), regional });
  const inEurope = { gaps: [{ operation: listing, region: 'eu-west-1', error }] };
  test('of one region is one of the account', () => {
    expect(errors(of(inEurope))).toEqual([error]);
    expect(errors(of(inEurope, 'eu-west-1'))).toEqual([error]);
    expect(errors(of(inEurope, 'us-east-1'))).toEqual([]);
  });
  test('of no region is one of each', () => {
    expect(errors(of({ gaps: [{ operation: listing, error }] }, 'us-east-1'))).toEqual([error]);
  });
  test('of one resource is none', () => {
    expect(of({ gaps: [{ operation: listing, resource: main.id, error }] })).toEqual([]);
  });
  test('a whole region, unless the listing has none', () => {
    const gaps = { gaps: [{ region: 'eu-west-1', error }] };
    expect(errors(of(gaps))).toEqual([error]);
    expect(errors(of(gaps, 'us-east-1'))).toEqual([]);
    expect(errors(of(gaps, undefined, false))).toEqual([]);
    expect(errors(of({ regions: [] }, undefined, true, ['us-east-1']))).toEqual(['NotScanned']);
  });
  test('the whole account', () => {
    expect(errors(of({ gaps: [{ error }] }, 'us-east-1', false))).toEqual([error]);
  });
  test('not asked', () => {
    expect(of({ operations: [] })).toEqual([{ operation: listing, error: 'NotCollected' }]);
    expect(of({ operations: [listing] })).toEqual([]);
  });
});

describe('all resources of a type', () => {
  const type = (name: string) => registry[name] ?? resourceTypes['AWS::Account'];
  const behind = (name: string, more: Partial<Snapshot> = {}, backs?: readonly string[]) =>
    listingsBehind(type(name), registry, index(more), backs).map(({ operation }) => operation);

  test('are what its listing shows, or the listings of what names them', () => {
    expect(listingsOf(type('AWS::S3::Bucket'), registry, index({})).map(({ operation }) => operation)).toEqual([
      's3:ListBuckets',
    ]);
    expect(behind('AWS::S3::Bucket', {}, ['trails'])).toEqual([listing]);
    expect(behind('AWS::Logs::LogGroup')).toEqual([listing]);
    expect(behind('AWS::KMS::Key')).toEqual([
      listing,
      ...['cloudtrail:ListEventDataStores', 's3:ListBuckets', 'cloudwatch:DescribeAlarms', 'events:ListRules'],
    ]);
  });

  test('where buckets were not listed, those that trails and work groups name', () => {
    expect(behind('AWS::KMS::Key', { operations: [listing] }, ['buckets'])).toEqual([
      listing,
      'config:DescribeConfigurationRecorders',
      'athena:ListWorkGroups',
    ]);
    expect(behind('AWS::S3::Bucket', { operations: [listing] }, ['accessLogSources'])).toEqual([
      listing,
      'config:DescribeConfigurationRecorders',
      'athena:ListWorkGroups',
    ]);
  });

  test('each gap once', () => {
    const gaps = index({ gaps: [{ operation: listing, error }] });
    expect(listingGaps(type('AWS::Logs::LogGroup'), registry, gaps)).toEqual([{ operation: listing, error }]);
    expect(listingGaps(type('AWS::CloudTrail::Trail'), registry, gaps, { region: 'us-east-1' })).toEqual([
      { operation: listing, error },
    ]);
    expect(uniqueGaps([{ error }, { error }, { error: 'x' }])).toEqual([{ error }, { error: 'x' }]);
    expect(gapKey({ error })).not.toBe(gapKey({ error, region: error }));
  });

  test('who finds one: the operation that was asked', () => {
    const finder = (operations?: readonly string[]) =>
      finderOf(type('AWS::S3::Bucket'), index(operations ? { operations } : {}));
    expect([finder(), finder(['s3:HeadBucket']), finder(['s3:ListBuckets']), finder([])]).toEqual([
      's3:ListBuckets',
      's3:HeadBucket',
      's3:ListBuckets',
      's3:HeadBucket',
    ]);
    expect(finderOf(type('AWS::Account'), index({}))).toBeUndefined();
  });
});
