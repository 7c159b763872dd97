import { isObject } from '../snapshot/resource-view.ts';
import { exactly, type Span } from './span.ts';

/** A rule that ends the life of objects, and whether it certainly acts on those of the key space. */
export interface Bound {
  /** Its place: `LifecycleConfiguration.Rules[0].Expiration.Days`. */
  readonly path: string;
  readonly days: number;
  readonly sure: boolean;
}

/** What becomes of objects that no rule tells apart: days since they were written; Infinity: never. */
export interface Fate {
  /** They are no longer readable under their key. */
  readonly expires: number;
  /** Then, as a noncurrent version, they are deleted after so many days more. */
  readonly noncurrent: number;
  /** They need a restore before they can be read. */
  readonly archived: Span;
  /** Whether there certainly are such objects. */
  readonly sure: boolean;
}

export interface Lifecycle {
  readonly fates: readonly Fate[];
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

interface Rule {
  readonly written: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly prefix: string;
  /** Exclusive bounds of the size in bytes. */
  readonly above: number;
  readonly below: number;
  readonly isTagged: boolean;
}

/**
 * Works out what the enabled lifecycle rules do to the objects of a key space: one fate for every prefix and size that
 * the rules tell apart (aws-semantics §4.5–4.6).
 */
export function lifecycle(configuration: unknown, space: KeySpace): Lifecycle {
  const written = isObject(configuration) && Array.isArray(configuration.Rules) ? configuration.Rules : [];
  const touching = written.flatMap(readRule).filter((rule) => mayTouch(rule, space));
  const acting = touching.filter(({ isTagged }) => !isTagged);
  const inside = acting.map(({ prefix }) => prefix).filter((prefix) => prefix.startsWith(space.prefix));
  const fates = [...new Set([space.prefix, ...inside])].flatMap((prefix) => {
    const here = acting.filter((rule) => prefix.startsWith(rule.prefix));
    const sure = !space.open || prefix === space.prefix;
    return sizesOf(here).map((size) =>
      fateOf(
        here.filter(({ above, below }) => above < size && size < below),
        sure,
      ),
    );
  });
  return {
    fates,
    bounds: acting.flatMap((rule) => boundsOf(rule, !space.open || space.prefix.startsWith(rule.prefix))),
    notes: touching.flatMap((rule) => noteOf(rule, space)),
  };
}

function readRule(written: unknown, index: number): readonly Rule[] {
  if (!isObject(written) || written.Status !== 'Enabled') return [];
  const filter = isObject(written.Filter) ? written.Filter : {};
  const and = isObject(filter.And) ? filter.And : {};
  const rule = {
    written,
    index,
    prefix: String(filter.Prefix ?? and.Prefix ?? written.Prefix ?? ''),
    above: Number(filter.ObjectSizeGreaterThan ?? and.ObjectSizeGreaterThan ?? 0),
    below: Number(filter.ObjectSizeLessThan ?? and.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY),
    isTagged: Boolean(filter.Tag) || (Array.isArray(and.Tags) && and.Tags.length > 0),
  };
  return [rule];
}

/** A prefix is a literal beginning of the key: no wildcards, no leading slash. */
const mayTouch = ({ prefix, above, below }: Rule, space: KeySpace): boolean =>
  (space.prefix.startsWith(prefix) || prefix.startsWith(space.prefix)) && above < maxFileBytes && below > 1;

/** One size for each stretch that no rule's bound divides. */
const sizesOf = (rules: readonly Rule[]): readonly number[] =>
  [...new Set([1, ...rules.flatMap(({ above, below }) => [above + 1, below])])].filter(
    (size) => size >= 1 && size <= maxFileBytes,
  );

function fateOf(rules: readonly Rule[], sure: boolean): Fate {
  const least = (days: readonly number[]): number => Math.min(Number.POSITIVE_INFINITY, ...days);
  const archived = rules.flatMap(archiving);
  return {
    expires: least(rules.flatMap((rule) => expiration(rule).map(({ days }) => days))),
    noncurrent: least(rules.flatMap(noncurrentDays)),
    archived: { least: least(archived.map((span) => span.least)), most: least(archived.map((span) => span.most)) },
    sure,
  };
}

const boundsOf = (rule: Rule, sure: boolean): readonly Bound[] =>
  expiration(rule).map(({ member, days }) => ({
    path: `LifecycleConfiguration.Rules[${rule.index}].Expiration.${member}`,
    days,
    sure,
  }));

function expiration({ written: { Expiration } }: Rule): readonly { readonly member: string; readonly days: number }[] {
  if (!isObject(Expiration)) return [];
  if (typeof Expiration.Days === 'number') return [{ member: 'Days', days: Expiration.Days }];
  // From that date on every object goes at once, also the newest.
  return Expiration.Date ? [{ member: 'Date', days: 0 }] : [];
}

/** CloudTrail writes a key once: with one newer version to keep, its only noncurrent one never goes. */
function noncurrentDays({ written: { NoncurrentVersionExpiration: noncurrent } }: Rule): readonly number[] {
  if (!isObject(noncurrent) || Number(noncurrent.NewerNoncurrentVersions ?? 0) >= 1) return [];
  return typeof noncurrent.NoncurrentDays === 'number' ? [noncurrent.NoncurrentDays] : [];
}

/** Storage classes from which an object is read at once. */
const readable: ReadonlySet<unknown> = new Set(['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'GLACIER_IR']);

/** Intelligent-Tiering archives, where it is configured to, after no less than this without access. */
const leastTieringDays = 90;

function archiving({ written: { Transitions } }: Rule): readonly Span[] {
  const transitions = Array.isArray(Transitions) ? Transitions.filter(isObject) : [];
  return transitions.flatMap(({ StorageClass, Days }) => {
    const days = typeof Days === 'number' ? Days : 0;
    if (readable.has(StorageClass)) return [];
    if (StorageClass === 'GLACIER' || StorageClass === 'DEEP_ARCHIVE') return [exactly(days)];
    const least = StorageClass === 'INTELLIGENT_TIERING' ? days + leastTieringDays : days;
    return [{ least, most: Number.POSITIVE_INFINITY }];
  });
}

function noteOf({ written, prefix, above, below, isTagged }: Rule, space: KeySpace): readonly string[] {
  const name = `lifecycle rule ${String(written.ID ?? '(unnamed)')}`;
  // CloudTrail writes no object tags.
  if (isTagged) return [`${name} acts on tagged objects alone, and CloudTrail tags none`];
  const isInside = !space.prefix.startsWith(prefix);
  if (isInside && space.open) return [`${name} may act on the files: what their path is to the end is not known`];
  return isInside || above > 0 || below <= maxFileBytes ? [`${name} acts on some of the files`] : [];
}
