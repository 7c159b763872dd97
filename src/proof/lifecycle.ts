import { isObject } from '../snapshot/resource-view.ts';

/** A rule that ends the life of objects, and whether it certainly acts on those of the key space. */
export interface Bound {
  readonly path: string;
  readonly days: number;
  readonly sure: boolean;
}

/** For how many days objects under a key space are kept by lifecycle rules; Infinity: for ever. */
export interface Lifetime {
  /** Readable under their key. */
  readonly current: number;
  /** Then, as a noncurrent version, for so many days more. */
  readonly noncurrent: number;
  /** Until they need a restore before they can be read. */
  readonly archived: number;
  /** Places (`LifecycleConfiguration.Rules[0].Expiration.Days`) of the rules that bound `current`, and their days. */
  readonly bounds: readonly Bound[];
  /** What the numbers leave out or rest on. */
  readonly notes: readonly string[];
}

/** A key space: the folder that CloudTrail writes to. `open`: what comes next under it is not known. */
export interface KeySpace {
  readonly prefix: string;
  readonly open: boolean;
}

/** A CloudTrail file has at most 50 MB before it is compressed (aws-semantics §4.6). */
const maxFileBytes = 50 * 1024 * 1024;

type Reach = 'all' | 'some' | 'tagged' | 'perhaps' | 'none';

/**
 * Works out what the enabled lifecycle rules do to objects of a key space (aws-semantics §4.5–4.6). The answer is
 * the minimum over the objects: a rule that touches only some of them counts.
 */
export function lifetime(configuration: unknown, space: KeySpace): Lifetime {
  const rules = isObject(configuration) && Array.isArray(configuration.Rules) ? configuration.Rules : [];
  const touching = rules.flatMap((rule: unknown, index) => {
    if (!isObject(rule) || rule.Status !== 'Enabled') return [];
    const reach = reachOf(rule, space);
    return reach === 'none' ? [] : [{ rule, index, reach }];
  });
  const acting = touching.filter(({ reach }) => reach === 'all' || reach === 'some' || reach === 'perhaps');
  const bounds = acting.flatMap(({ rule, index, reach }) =>
    expiration(rule, `LifecycleConfiguration.Rules[${index}].Expiration`).map((bound) => ({
      ...bound,
      sure: reach !== 'perhaps',
    })),
  );
  const least = (days: readonly number[]): number => Math.min(Number.POSITIVE_INFINITY, ...days);
  return {
    current: least(bounds.map(({ days }) => days)),
    noncurrent: least(acting.flatMap(({ rule }) => noncurrentDays(rule))),
    archived: least(acting.flatMap(({ rule }) => archiveDays(rule))),
    bounds,
    notes: touching.flatMap(({ rule, reach }) => noteOf(rule, reach)),
  };
}

function reachOf(rule: Readonly<Record<string, unknown>>, space: KeySpace): Reach {
  const filter = isObject(rule.Filter) ? rule.Filter : {};
  const and = isObject(filter.And) ? filter.And : {};
  const prefix = String(filter.Prefix ?? and.Prefix ?? rule.Prefix ?? '');
  const where = prefixReach(prefix, space);
  if (where === 'none') return 'none';
  const above = Number(filter.ObjectSizeGreaterThan ?? and.ObjectSizeGreaterThan ?? 0);
  const below = Number(filter.ObjectSizeLessThan ?? and.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY);
  if (above >= maxFileBytes || below <= 1) return 'none';
  // CloudTrail writes no object tags.
  if (filter.Tag || (Array.isArray(and.Tags) && and.Tags.length > 0)) return 'tagged';
  if (where === 'perhaps') return 'perhaps';
  return above > 0 || below <= maxFileBytes ? 'some' : where;
}

/** A prefix is a literal beginning of the key: no wildcards, no leading slash. */
function prefixReach(prefix: string, { prefix: space, open }: KeySpace): Reach {
  if (space.startsWith(prefix)) return 'all';
  if (!prefix.startsWith(space)) return 'none';
  return open ? 'perhaps' : 'some';
}

function expiration(rule: Readonly<Record<string, unknown>>, path: string): readonly Omit<Bound, 'sure'>[] {
  if (!isObject(rule.Expiration)) return [];
  if (typeof rule.Expiration.Days === 'number') return [{ path: `${path}.Days`, days: rule.Expiration.Days }];
  // From that date on every object goes at once, also the newest.
  return rule.Expiration.Date ? [{ path: `${path}.Date`, days: 0 }] : [];
}

/** CloudTrail writes a key once: with one newer version to keep, its only noncurrent one never goes. */
function noncurrentDays({
  NoncurrentVersionExpiration: noncurrent,
}: Readonly<Record<string, unknown>>): readonly number[] {
  if (!isObject(noncurrent) || Number(noncurrent.NewerNoncurrentVersions ?? 0) >= 1) return [];
  return typeof noncurrent.NoncurrentDays === 'number' ? [noncurrent.NoncurrentDays] : [];
}

function archiveDays({ Transitions }: Readonly<Record<string, unknown>>): readonly number[] {
  const transitions = Array.isArray(Transitions) ? Transitions.filter(isObject) : [];
  return transitions
    .filter(({ StorageClass }) => StorageClass === 'GLACIER' || StorageClass === 'DEEP_ARCHIVE')
    .map(({ Days }) => (typeof Days === 'number' ? Days : 0));
}

function noteOf(rule: Readonly<Record<string, unknown>>, reach: Reach): readonly string[] {
  const name = `lifecycle rule ${String(rule.ID ?? '(unnamed)')}`;
  if (reach === 'tagged') return [`${name} acts on tagged objects alone, and CloudTrail tags none`];
  if (reach === 'some') return [`${name} acts on some of the files`];
  if (reach === 'perhaps') return [`${name} may act on the files: what their path is to the end is not known`];
  return [];
}
