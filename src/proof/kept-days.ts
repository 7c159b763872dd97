import { isObject } from '../snapshot/resource-view.ts';
import type { KeySpace } from './key-space.ts';
import { type Bound, lifecycle } from './lifecycle.ts';
import { readLifecycleRules } from './lifecycle-rule.ts';
import { lockOf } from './object-lock.ts';
import type { Measure } from './retention.ts';
import { earliest, latest, orLonger, type Span } from './span.ts';

/** What of a bucket decides how long it keeps objects; left out: it is not so configured. */
export interface KeepingSettings {
  readonly lifecycle?: unknown;
  readonly versioning?: unknown;
  readonly objectLock?: unknown;
}

/** The four numbers of a bucket: days, measured in each way, of the object that is kept shortest (aws-semantics §4.6). */
export interface KeptDays {
  readonly days: Readonly<Record<Measure, Span>>;
  /** Until the first object is archived. */
  readonly archived: Span;
  readonly bounds: readonly Bound[];
  readonly notes: readonly string[];
  /** What decides, besides, whether they can be read at once. */
  readonly archives: readonly string[];
}

/**
 * For how many days a bucket keeps what is written into these key spaces. Versions outlive their key where versioning
 * is on, and a lock what lifecycle rules would delete (aws-semantics §4.6).
 */
export function keptDays({ lifecycle: written, versioning, objectLock }: KeepingSettings, spaces: readonly KeySpace[]) {
  const rules = readLifecycleRules(written);
  const lives = spaces.map((space) => lifecycle(rules, space));
  const first = (end: 'expires' | 'deleted' | 'archived'): Span => earliest(lives.map((life) => life[end]));
  const { stopped, kept } = readVersioning(versioning);
  const perhaps = stopped === 'no' ? (span: Span): Span => span : orLonger;
  const [current, archived, lock] = [perhaps(first('expires')), perhaps(first('archived')), lockOf(objectLock)];
  const versions = { no: current, yes: first('deleted'), unknown: { ...current, most: first('deleted').most } }[kept];
  const found: KeptDays = {
    days: {
      current,
      permanent: latest(perhaps(versions), lock.fromLifecycle),
      queryable: earliest([current, archived]),
      undeletable: lock.fromEverybody,
    },
    archived,
    bounds: [...new Map(lives.flatMap(({ bounds }) => bounds).map((bound) => [bound.path, bound])).values()],
    notes: [...new Set(lives.flatMap(({ notes }) => notes))],
    archives: [...new Set(lives.flatMap(({ archives }) => archives))],
  };
  return found;
}

/**
 * Whether versions are kept, and whether rules are stopped: S3 takes none with MFA delete, and whether those still act
 * that were there is not documented (aws-semantics §4.4).
 */
export function readVersioning(versioning: unknown) {
  const { Status, MFADelete } = isObject(versioning) ? versioning : {};
  const isOff = Status === undefined || Status === 'Suspended';
  return {
    kept: Status === 'Enabled' ? 'yes' : isOff ? 'no' : 'unknown',
    stopped: MFADelete === undefined || MFADelete === 'Disabled' ? 'no' : 'unknown',
  } as const;
}
