import { target } from '../snapshot/links.ts';
import { members } from '../snapshot/members.ts';
import { type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import { readS3Uri } from '../snapshot/s3-uri.ts';
import { type Answer, all, any, type Evidence } from './answer.ts';
import { organizationOf, rootOf } from './folders.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { type LogTable, readsLogFiles, someTable } from './log-tables.ts';
import { fails, reachesToday, type Said, serves, worstOf } from './partitions.ts';
import { isByRegion, type LogPath, stepsCovered } from './table-cover.ts';

/**
 * Whether Athena can query the log files of a trail: some table is over all of them, reads their format, and has
 * partitions that reach till today (aws-semantics §12). Tables are looked for in the account of the trail and in that
 * of its bucket.
 */
export function queryable(trail: ResourceView, prefix: string, context: Context): Answer {
  const bucket = target(trail, 'bucket');
  const pointer = pointerOf(trail, prefix);
  const away = bucket.is === 'found' && bucket.view.account !== trail.account ? [bucket.view.account] : [];
  const tables = [trail.account, ...away].map((account) => {
    const of = account.byType.get('AWS::Account')?.[0] ?? trail;
    const ask = (table: LogTable, at: Evidence) => servesFor(table, { trail, at, pointer }, context);
    return someTable({ account, prefix: `${prefix}account.` }, of, ask, context);
  });
  // Whoever owns a bucket that nobody could read may have tables over it.
  const elsewhere =
    bucket.is === 'unknown'
      ? unknown(trail, `${prefix}bucket`, bucket.gaps, bucket.pointer.from)
      : decided(false, pointer);
  return any([...tables, elsewhere], context.thorough);
}

/** The trail says which bucket its files are in. */
function pointerOf(trail: ResourceView, prefix: string): Evidence {
  const name = read(trail, 'S3BucketName');
  const from = name.from && { from: name.from };
  return { path: `${prefix}S3BucketName`, actual: saidBy(name), ...from, resource: trail.id };
}

interface Asked {
  readonly trail: ResourceView;
  readonly at: Evidence;
  readonly pointer: Evidence;
}

/** Whether a table serves for the trail; undefined: it is over something else. */
function servesFor(table: LogTable, { trail, at, pointer }: Asked, { now }: Context): Answer | undefined {
  const place = readS3Uri(table.location);
  if (!place || place.bucket !== saidBy(read(trail, 'S3BucketName'))) return undefined;
  const steps = place.prefix.split('/').filter((step) => step !== '');
  const evidence = { ...at, actual: table.location };
  const path = pathOf(trail);
  if (!path) return undecided({ ...evidence, note: 'which organization the trail is of is not known' });
  const { truth, why } = worstOf([isReadable(table), stepsCovered(table, steps, path), reachesToday(table, now)]);
  if (truth === 'unknown') return undecided({ ...evidence, note: why });
  if (truth === 'no') return decided(false, { ...evidence, note: why });
  const regions = isByRegion(steps, path) ? regionsKnown(trail) : [];
  return all([decided(true, pointer), decided(true, evidence), ...ofOrganization(trail), ...regions], 'no');
}

const isReadable = (table: LogTable): Said =>
  readsLogFiles(table) ? serves : fails(`table ${table.name} does not read the format of log files`);

function pathOf(trail: ResourceView): LogPath | undefined {
  const root = rootOf(trail)
    .split('/')
    .filter((step) => step !== '');
  const regions = trail.item.IsMultiRegionTrail === true ? trail.account.enabledRegions : [trail.region];
  if (trail.item.IsOrganizationTrail !== true) return { root, account: trail.accountId, regions };
  const organization = organizationOf(trail);
  return organization === undefined ? undefined : { root: [...root, organization], regions };
}

function ofOrganization(trail: ResourceView): readonly Answer[] {
  if (trail.item.IsOrganizationTrail !== true) return [];
  const from = trail.account.registry['AWS::Organizations::Organization']?.list?.operation;
  const actual = organizationOf(trail);
  return [decided(true, { path: 'account.organization', actual, ...(from && { from }), resource: trail.id })];
}

/** A trail of all regions needs those that are enabled to be known: also the one that no partition is for. */
function regionsKnown(trail: ResourceView): readonly Answer[] {
  const own = trail.account.byType.get('AWS::Account')?.[0];
  if (trail.item.IsMultiRegionTrail !== true || !own) return [];
  const { sure, gaps, from } = members(own, 'regions');
  const path = 'regions';
  if (gaps.length > 0) return [unknown(own, path, gaps, from)];
  return [decided(true, { path, actual: sure.length, ...(from && { from }), resource: own.id })];
}
