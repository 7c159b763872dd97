import { members } from '../snapshot/members.ts';
import { isObject, type ResourceView, read, readPath } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { defaultRetention } from './facts.ts';
import { foldersOf } from './folders.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { type Bound, type KeySpace, type Lifetime, lifetime } from './lifecycle.ts';
import { forever, type KeepsQuestion } from './retention.ts';

/** The trails whose files are asked about. `open`: why there may be more of them, or that these are all. */
export interface Writers {
  readonly trails: readonly ResourceView[];
  readonly open: readonly Answer[];
}

/** The trails that write to a bucket, as far as they are known. */
export function writersOf(bucket: ResourceView, prefix: string): Writers {
  const { sure, possible, gaps, from } = members(bucket, 'trails');
  const path = `${prefix}trails`;
  const missing = [...gaps, ...possible.flatMap((pointer) => pointer.gaps)];
  if (missing.length > 0) return { trails: sure, open: [unknown(bucket, path, missing, from)] };
  const source = from && { from };
  const each = sure.map((trail) =>
    decided(true, {
      path: `${path}[${trail.id}].S3KeyPrefix`,
      actual: trail.item.S3KeyPrefix,
      ...source,
      resource: trail.id,
    }),
  );
  return {
    trails: sure,
    open: [decided(true, { path, actual: sure.length, ...source, resource: bucket.id }), ...each],
  };
}

/** Where no trail writes, the access logs of other buckets are meant; where there are none of those either, everything. */
function meantIn(bucket: ResourceView, { trails }: Writers): readonly KeySpace[] {
  if (trails.length > 0) return trails.flatMap(foldersOf);
  const logged = members(bucket, 'accessLogSources').sure.flatMap((source) => {
    const prefix = readPath(source, 'Logging.LoggingEnabled.TargetPrefix');
    return [{ prefix: prefix.is === 'value' ? String(prefix.value) : '', open: false }];
  });
  return logged.length > 0 ? logged : [{ prefix: '', open: false }];
}

/** Whether a bucket keeps the files of these trails for so many days (aws-semantics §4.6). */
export function bucketKeeps(bucket: ResourceView, question: KeepsQuestion, prefix: string, writers: Writers): Answer {
  if (question.measure === 'undeletable') return lockKeeps(bucket, question, prefix, ['COMPLIANCE']);
  const path = `${prefix}LifecycleConfiguration`;
  const rules = read(bucket, 'LifecycleConfiguration');
  if (rules.is === 'gap') return unknown(bucket, path, rules.gaps, rules.from);
  const configuration = rules.is === 'value' ? rules.value : undefined;
  const say = (life: Life) => ({
    path,
    expected: { atLeast: question.atLeast },
    actual: forever(life.days),
    ...(rules.from && { from: rules.from }),
    resource: bucket.id,
    note: [`kept ${lasting(life.days)}, at least ${question.atLeast} days are asked for`, ...life.notes].join('; '),
  });
  // Whatever is in the bucket is kept long enough: then it does not matter which trails write to it.
  const anything = lifeOf(configuration, [{ prefix: '', open: true }], question);
  if (anything.days >= question.atLeast) return decided(true, { ...say(anything) });

  const life = lifeOf(configuration, meantIn(bucket, writers), question);
  if (life.days >= question.atLeast) return all([decided(true, say(life)), ...writers.open], 'no');
  if (life.sureDays >= question.atLeast) return undecided(say(life));
  const missing = writers.open.find(({ truth }) => truth === 'unknown');
  if (missing && writers.trails.length === 0) return missing;
  const change = life.bounds.map(({ path: at }) => ({
    resource: bucket.id,
    path: at,
    set: at.endsWith('.Date') ? null : question.atLeast,
  }));
  const tooShort = decided(false, say(life), change.length > 0 ? [change] : []);
  const short = { ...tooShort, evidence: [...tooShort.evidence, ...writers.open.flatMap(({ evidence }) => evidence)] };
  return outlived(bucket, question, prefix, { short, life });
}

const lasting = (days: number): string => (days === Number.POSITIVE_INFINITY ? 'for ever' : `for ${days} days`);

interface Life {
  readonly days: number;
  /** Counting only the rules that certainly act. */
  readonly sureDays: number;
  /** The days of noncurrent versions on top. */
  readonly total: number;
  readonly bounds: readonly Bound[];
  readonly notes: readonly string[];
}

function lifeOf(configuration: unknown, spaces: readonly KeySpace[], { measure, atLeast }: KeepsQuestion): Life {
  const lives = spaces.map((space) => lifetime(configuration, space));
  const least = (days: (life: Lifetime) => number): number => Math.min(Number.POSITIVE_INFINITY, ...lives.map(days));
  const archived = measure === 'queryable' ? least((life) => life.archived) : Number.POSITIVE_INFINITY;
  const bounds = [...new Map(lives.flatMap((life) => life.bounds).map((bound) => [bound.path, bound])).values()];
  const sure = bounds.filter((bound) => bound.sure).map(({ days }) => days);
  return {
    days: Math.min(
      archived,
      least(({ current }) => current),
    ),
    sureDays: Math.min(archived, ...sure),
    total: least(({ current, noncurrent }) => current + noncurrent),
    bounds: archived < atLeast ? [] : bounds.filter(({ days }) => days < atLeast),
    notes: [...new Set(lives.flatMap(({ notes }) => notes))],
  };
}

/** Short rules may not be the last word: MFA delete stops them, noncurrent versions and locks outlive them (§4.4, §4.6). */
function outlived(
  bucket: ResourceView,
  question: KeepsQuestion,
  prefix: string,
  { short, life }: { readonly short: Answer; readonly life: Life },
): Answer {
  const versioning = read(bucket, 'Versioning');
  const path = `${prefix}Versioning`;
  if (versioning.is === 'gap') return unknown(bucket, path, versioning.gaps, versioning.from);
  const { Status, MFADelete } = versioning.is === 'value' && isObject(versioning.value) ? versioning.value : {};
  const from = versioning.from && { from: versioning.from };
  if (MFADelete === 'Enabled') {
    const note = 'S3 takes no lifecycle rules with MFA delete: whether these still act is not documented';
    return undecided({ path: `${path}.MFADelete`, actual: MFADelete, ...from, resource: bucket.id, note });
  }
  const unprotected = decided(false, { path: `${path}.MFADelete`, actual: MFADelete, ...from, resource: bucket.id });
  const failed = { ...short, evidence: [...short.evidence, ...unprotected.evidence] };
  if (question.measure !== 'permanent') return failed;
  if (Status === 'Enabled' && life.total >= question.atLeast) {
    const kept = { path: `${path}.Status`, expected: 'Enabled', actual: Status, ...from, resource: bucket.id };
    const span = life.total === Number.POSITIVE_INFINITY ? 'for ever' : `for ${life.total} days`;
    return decided(true, { ...kept, note: `with its versions a file is kept ${span}` });
  }
  const locked = lockKeeps(bucket, question, prefix, ['COMPLIANCE', 'GOVERNANCE']);
  return locked.truth === 'no' ? { ...failed, evidence: [...failed.evidence, ...locked.evidence] } : locked;
}

function lockKeeps(bucket: ResourceView, { atLeast }: KeepsQuestion, prefix: string, modes: readonly string[]): Answer {
  const path = `${prefix}ObjectLock`;
  const lock = read(bucket, 'ObjectLock');
  if (lock.is === 'gap') return unknown(bucket, path, lock.gaps, lock.from);
  const retention = defaultRetention(lock.is === 'value' ? lock.value : undefined);
  const days = retention && modes.includes(retention.mode) ? retention.days : 0;
  return decided(days >= atLeast, {
    path,
    expected: { atLeast },
    actual: days,
    ...(lock.from && { from: lock.from }),
    resource: bucket.id,
  });
}
