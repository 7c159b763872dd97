import { members } from '../snapshot/members.ts';
import { type Reading, type ResourceView, read, readPath, saidBy } from '../snapshot/resource-view.ts';
import { readS3Uri } from '../snapshot/s3-uri.ts';
import { type LifecycleRule, readLifecycleRules } from './lifecycle-rule.ts';
import { never } from './span.ts';

/**
 * For how many days at most the results of queries stay under their names in a bucket: of each place that a work group
 * writes to, the rules that certainly act on all of it count (aws-semantics §4.5). Of a bucket that no work group names
 * it is all that is in there.
 */
export const resultsKeptDays = (bucket: ResourceView): Reading => longest(bucket, [underItsName]);

/**
 * For how many days at most a result is there at all, where versions are or were kept: as one that is noncurrent after
 * that. Where versioning is suspended and nothing ends them, nobody knows whether any are left (aws-semantics §4.5).
 */
export function resultVersionsKeptDays(bucket: ResourceView): Reading {
  const kept = longest(bucket, [underItsName, noncurrent]);
  const status = readPath(bucket, 'Versioning.Status');
  if (kept.is !== 'value' || Number(kept.value) < never.most || saidBy(status) !== 'Suspended') return kept;
  const message = 'versions of before versioning was suspended may be left, and nothing ends them';
  return { is: 'gap', gaps: [{ resource: bucket.id, error: 'NotDecidable', message }], from: status.from };
}

/** After how many days a rule ends something. */
type Ends = (rule: LifecycleRule) => readonly number[];

const underItsName: Ends = ({ expirations }) =>
  expirations.flatMap(({ on, days }) => (on === undefined ? [days.most] : []));
const noncurrent: Ends = (rule) => (rule.sparesNewest ? [] : [rule.noncurrent.most]);

/** Through all of these, one after the other; of several places it is the one where they take longest. */
function longest(bucket: ResourceView, stages: readonly Ends[]): Reading {
  const configuration = read(bucket, 'LifecycleConfiguration');
  if (configuration.is === 'gap') return configuration;
  const rules = readLifecycleRules(saidBy(configuration)).filter(actsOnAll);
  const kept = prefixesIn(bucket).map((place) => {
    const acting = rules.filter(({ prefix }) => place.startsWith(prefix));
    return stages.reduce((days, ends) => days + Math.min(never.most, ...acting.flatMap(ends)), 0);
  });
  return { is: 'value', value: Math.max(...kept), from: configuration.from };
}

/** Whether a rule acts on every object under its prefix: results are of any size, and nobody tags them. */
const actsOnAll = ({ isSure, isTagged, above, below }: LifecycleRule): boolean =>
  isSure && !isTagged && above <= 0 && below === Number.POSITIVE_INFINITY;

function prefixesIn(bucket: ResourceView): readonly string[] {
  const places = members(bucket, 'queryWorkGroups').sure.flatMap((workGroup) => {
    const location = saidBy(readPath(workGroup, 'Configuration.ResultConfiguration.OutputLocation'));
    return readS3Uri(String(location))?.prefix ?? '';
  });
  return places.length > 0 ? places : [''];
}
