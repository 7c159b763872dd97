import { finders } from '../src/resource-types/operations.ts';
import type { Registry, ResourceType } from '../src/resource-types/resource-type.ts';
import { identify } from '../src/snapshot/resource-view.ts';
import type { Gap, Item, Snapshot } from '../src/snapshot/snapshot.ts';
import { bucketsOf } from './account-buckets.ts';
import { recordersOf } from './account-config.ts';
import { keysOf, logGroupsOf, trailsOf } from './account-trails.ts';
import { type Owner, organizationBucket, organizationTrail, publicAccessBlock, regions } from './owner.ts';
import { type Random, seeded } from './random.ts';

/** One call in twenty was refused. */
const refused = 0.05;

/** Account number `index` of the stream, as `collect` would have written it. */
export function account(index: number, registry: Registry): Snapshot {
  const random = seeded(index + 1);
  const owner: Owner = { id: String(100_000_000_000 + index * 7_919), partition: 'aws', random };
  const complete: Readonly<Record<string, readonly Item[]>> = {
    'AWS::Account': [{ PublicAccessBlock: publicAccessBlock(random.chance(0.7)) }],
    'AWS::Region': regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
    'AWS::CloudTrail::Trail': trailsOf(owner),
    'AWS::S3::Bucket': bucketsOf(owner),
    'AWS::KMS::Key': keysOf(owner),
    'AWS::Logs::LogGroup': logGroupsOf(owner),
    'AWS::Config::ConfigurationRecorder': recordersOf(owner),
  };
  const gaps: Gap[] = [...elsewhere(owner)];
  const resources = Object.entries(complete).map(([name, items]) => {
    const type = registry[name];
    return [name, type ? items.map((item) => withGaps(item, type, owner, gaps)) : items] as const;
  });
  return {
    trailproof: 'snapshot/1',
    account: { id: owner.id, partition: 'aws', alias: `bench-${index}` },
    collectedAt: '2026-11-20T09:00:00Z',
    regions,
    resources: Object.fromEntries(resources),
    operations: operationsIn(registry),
    gaps: [...gaps, ...unlistedRegions(registry, random)],
  };
}

/** The properties of a refused call go, and a gap comes. */
function withGaps(item: Item, type: ResourceType, { id, partition, random }: Owner, gaps: Gap[]): Item {
  const resource = identify(type, item, { id, partition });
  const missing = Object.entries(type.reads).flatMap(([operation, { gives }]) => {
    if (!random.chance(refused)) return [];
    gaps.push({
      operation,
      resource,
      region: 'us-east-1',
      error: 'AccessDeniedException',
      message: `User: arn:aws:sts::${id}:assumed-role/audit/run is not authorized to perform: ${operation}`,
    });
    return Object.keys(gives);
  });
  return Object.fromEntries(Object.entries(item).filter(([name]) => !missing.includes(name)));
}

/** Listings are calls too. */
function unlistedRegions(registry: Registry, random: Random): readonly Gap[] {
  const listings = Object.values(registry).flatMap(({ list }) => (list && !list.once ? [list.operation] : []));
  return regions.flatMap((region) =>
    listings
      .filter(() => random.chance(refused / listings.length))
      .map((operation): Gap => ({ operation, region, error: 'AccessDeniedException' })),
  );
}

/** The organization's trail writes to a bucket of another account, and what its owner alone may ask was not asked. */
function elsewhere({ id }: Owner): readonly Gap[] {
  const resource = organizationTrail;
  const message = 'It belongs to account 999988887777, which alone may ask.';
  return [
    {
      operation: 's3:HeadBucket',
      resource: `arn:aws:s3:::${organizationBucket}`,
      error: 'AccessDenied',
      message: `for ${id}`,
    },
    { operation: 'cloudtrail:GetInsightSelectors', resource, region: 'us-east-1', error: 'NotOwnedByAccount', message },
    { operation: 'cloudtrail:ListTags', resource, region: 'us-east-1', error: 'NotOwnedByAccount', message },
  ];
}

const operationsIn = (registry: Registry): readonly string[] =>
  [...new Set(Object.values(registry).flatMap((type) => [...finders(type), ...Object.keys(type.reads)]))].toSorted();
