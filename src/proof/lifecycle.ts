import type { Truth } from './answer.ts';
import { beginSome, type KeySpace, maxBytes } from './key-space.ts';
import { type Archive, firstOf, type LifecycleRule } from './lifecycle-rule.ts';
import { earliest, never, orLonger, type Span } from './span.ts';

/** A rule that takes objects away from under their key. */
export interface Bound {
  /** Its place: `LifecycleConfiguration.Rules[0].Expiration.Days`. */
  readonly path: string;
  readonly days: number;
}

/** What lifecycle rules do to the objects of a key space: days of the object that they do it to first. */
export interface Lifecycle {
  /** It is no longer there under its key. */
  readonly expires: Span;
  /** Where versions are kept, it is deleted for good. */
  readonly deleted: Span;
  /** It needs a restore before it can be read. */
  readonly archived: Span;
  readonly bounds: readonly Bound[];
  /** What the numbers leave out or rest on. */
  readonly notes: readonly string[];
  /** Where objects are archived. */
  readonly archives: readonly string[];
}

/** A rule, and what it does to the objects of the key space, which it perhaps does not. */
interface Acting {
  readonly rule: LifecycleRule;
  readonly expires: Span;
  readonly noncurrent: Span;
  readonly archived: Span;
}

/**
 * Works out what lifecycle rules do to the objects of a key space (aws-semantics §4.5–4.6). A rule that acts on some
 * of them counts, because the shortest life is asked for; an object whose version is deleted is one that two rules act
 * on: the first takes its key, the second its noncurrent version.
 */
export function lifecycle(rules: readonly LifecycleRule[], space: KeySpace): Lifecycle {
  const effective = rules.filter(does);
  const acting = effective.flatMap((rule) => actOn(rule, space));
  return {
    expires: earliest(acting.map(({ expires }) => expires)),
    deleted: { least: soonestDeleted(acting, 'least'), most: soonestDeleted(acting, 'most') },
    archived: earliest(acting.map(({ archived }) => archived)),
    bounds: acting.flatMap(({ rule }) => boundsOf(rule)),
    notes: effective.flatMap((rule) => noteOf(rule, space)),
    archives: acting.flatMap(({ rule }) => rule.archives.map((archive) => archiveNote(rule, archive))),
  };
}

/** After how many days, at least or at most, two rules that act on one object have deleted its version. */
function soonestDeleted(acting: readonly Acting[], bound: keyof Span): number {
  const inOrder = (end: 'expires' | 'noncurrent') =>
    acting
      .map((one) => ({ rule: one.rule, days: one[end][bound] }))
      .filter(({ days }) => days < never.least)
      .toSorted((one, other) => one.days - other.days);
  const later = inOrder('noncurrent');
  let soonest = never.least;
  for (const first of inOrder('expires')) {
    const second = later.find(({ rule, days }) => first.days + days >= soonest || areOfOne(first.rule, rule));
    if (second) soonest = Math.min(soonest, first.days + second.days);
  }
  return soonest;
}

/** Whether a rule does anything to objects: markers and uploads are none. */
const does = ({ expirations, noncurrent, archives }: LifecycleRule): boolean =>
  expirations.length > 0 || noncurrent.least < never.least || archives.length > 0;

function actOn(rule: LifecycleRule, space: KeySpace): readonly Acting[] {
  const acts = touches(rule, space);
  if (acts === 'no') return [];
  const perhaps = (span: Span): Span => (acts === 'yes' ? span : orLonger(span));
  // CloudTrail writes a key once: with one newer version to keep, its only noncurrent one never goes.
  const noncurrent = rule.sparesNewest ? (space.ofAnybody ? orLonger(rule.noncurrent) : never) : rule.noncurrent;
  return [
    {
      rule,
      expires: perhaps(firstOf(rule.expirations)),
      noncurrent: perhaps(noncurrent),
      archived: perhaps(firstOf(rule.archives)),
    },
  ];
}

/** Whether a rule acts on some of the objects. CloudTrail writes no object tags. */
function touches(rule: LifecycleRule, space: KeySpace): Truth {
  if ((rule.isTagged && !space.ofAnybody) || !hasSizes(rule, maxBytes(space))) return 'no';
  const begins = beginSome(rule.prefix, space);
  return begins === 'yes' && (rule.isTagged || !rule.isSure) ? 'unknown' : begins;
}

/** Whether an object of some size is within the bounds. */
const hasSizes = ({ above, below }: Pick<LifecycleRule, 'above' | 'below'>, largest: number): boolean => {
  const smallest = Math.max(0, above) + 1;
  return smallest < below && smallest <= largest;
};

/** Whether two rules that act on a key space act on one and the same object of it. */
const areOfOne = (one: LifecycleRule, other: LifecycleRule): boolean =>
  (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
  hasSizes({ above: Math.max(one.above, other.above), below: Math.min(one.below, other.below) }, never.least);

const boundsOf = ({ index, expirations }: LifecycleRule): readonly Bound[] =>
  expirations.map(({ at, days }) => ({ path: `LifecycleConfiguration.Rules[${index}].${at}`, days: days.least }));

function noteOf(rule: LifecycleRule, space: KeySpace): readonly string[] {
  const { name, isSure, isTagged, above, below, prefix } = rule;
  if (!hasSizes(rule, maxBytes(space)) || beginSome(prefix, space) === 'no') return [];
  if (isTagged) return [`${name} acts on tagged objects alone${space.ofAnybody ? '' : ', and CloudTrail tags none'}`];
  if (!isSure) return [`${name} may act: what it says is not known here`];
  const isInside = !space.prefix.startsWith(prefix);
  if (isInside && space.open) return [`${name} may act on the files: what their path is to the end is not known`];
  const part = [
    ...(isInside ? [`under ${prefix}`] : []),
    ...(above > 0 ? [`larger than ${above} bytes`] : []),
    ...(below <= maxBytes(space) ? [`smaller than ${below} bytes`] : []),
  ];
  return [
    ...(part.length > 0 ? [`${name} acts on some of the files: ${part.join(', ')}`] : []),
    ...rule.expirations.flatMap(({ on }) =>
      on ? [`${name} takes every file away from ${on} on, new ones at once`] : [],
    ),
  ];
}

function archiveNote({ name }: LifecycleRule, { storageClass, days }: Archive): string {
  const where = days.least === days.most ? 'where they need a restore' : 'where they may need a restore';
  return `${name} moves files to ${storageClass}, ${where}`;
}
