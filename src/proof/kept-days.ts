import { isObject } from '../snapshot/resource-view.ts';
import { type Bound, type Fate, type KeySpace, lifecycle } from './lifecycle.ts';
import { lockOf } from './object-lock.ts';
import type { Measure } from './retention.ts';
import { exactly, type Span } from './span.ts';

/** What of a bucket decides how long it keeps objects; left out: it is not so configured. */
export interface KeepingSettings {
  readonly lifecycle?: unknown;
  readonly versioning?: unknown;
  readonly objectLock?: unknown;
}

/** The four numbers of a bucket: days, measured in each way, of the object that is kept shortest (aws-semantics §4.6). */
export interface KeptDays {
  readonly days: Readonly<Record<Measure, Span>>;
  readonly bounds: readonly Bound[];
  readonly notes: readonly string[];
}

/** For how many days a bucket keeps what is written into these key spaces, each by its own fate. */
export function keptDays(settings: KeepingSettings, spaces: readonly KeySpace[]): KeptDays {
  const lives = spaces.map((space) => lifecycle(settings.lifecycle, space));
  const each = lives.flatMap(({ fates }) => fates.map((fate) => ({ days: daysOf(fate, settings), sure: fate.sure })));
  const shortest = (measure: keyof Ways): Span => ({
    least: least(each.map(({ days }) => days[measure].least)),
    most: least(each.filter(({ sure }) => sure).map(({ days }) => days[measure].most)),
  });
  return {
    days: {
      current: shortest('current'),
      permanent: shortest('permanent'),
      queryable: shortest('queryable'),
      undeletable: lockOf(settings.objectLock).fromEverybody,
    },
    bounds: [...new Map(lives.flatMap(({ bounds }) => bounds).map((bound) => [bound.path, bound])).values()],
    notes: [...new Set(lives.flatMap(({ notes }) => notes))],
  };
}

const least = (days: readonly number[]): number => Math.min(Number.POSITIVE_INFINITY, ...days);

type Ways = Readonly<Record<Exclude<Measure, 'undeletable'>, Span>>;

/** Versions outlive their key where versioning is on, and a lock what lifecycle rules would delete (aws-semantics §4.6). */
function daysOf({ expires, noncurrent, archived }: Fate, { versioning, objectLock }: KeepingSettings): Ways {
  const { Status, MFADelete } = isObject(versioning) ? versioning : {};
  const versioned = Status === 'Enabled' ? expires + noncurrent : expires;
  const lock = lockOf(objectLock).fromLifecycle;
  const ways = {
    current: exactly(expires),
    permanent: { least: Math.max(versioned, lock.least), most: Math.max(versioned, lock.most) },
    queryable: { least: Math.min(expires, archived.least), most: Math.min(expires, archived.most) },
  };
  return MFADelete === 'Enabled'
    ? { current: atLeast(ways.current), permanent: atLeast(ways.permanent), queryable: atLeast(ways.queryable) }
    : ways;
}

/** S3 takes no lifecycle rules with MFA delete; whether those still act that were there is not documented (§4.4). */
const atLeast = ({ least: days }: Span): Span => ({ least: days, most: Number.POSITIVE_INFINITY });
