import { members } from '../snapshot/members.ts';
import { isObject, type Reading, type ResourceView, read, readPath } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { readEventClass } from './event-class.ts';
import { foldersFor } from './folders.ts';
import { type KeepingSettings, type KeptDays, keptDays } from './kept-days.ts';
import { decided, undecided, unknown } from './leaf.ts';
import type { KeySpace } from './lifecycle.ts';
import { lockOf } from './object-lock.ts';
import type { KeepsQuestion } from './retention.ts';
import { lasting, reaches, shown } from './span.ts';

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
function meantIn(bucket: ResourceView, { trails }: Writers, events: KeepsQuestion['events'] = []): readonly KeySpace[] {
  const classes = events.map(readEventClass);
  if (trails.length > 0) return trails.flatMap((trail) => foldersFor(trail, classes));
  const logged = members(bucket, 'accessLogSources').sure.flatMap((source) => {
    const prefix = readPath(source, 'Logging.LoggingEnabled.TargetPrefix');
    return [{ prefix: prefix.is === 'value' ? String(prefix.value) : '', open: false }];
  });
  return logged.length > 0 ? logged : [{ prefix: '', open: false }];
}

/** Whether a bucket keeps the files of these trails for so many days (aws-semantics §4.6). */
export function bucketKeeps(bucket: ResourceView, question: KeepsQuestion, prefix: string, writers: Writers): Answer {
  if (question.measure === 'undeletable') return lockKeeps(bucket, question, prefix);
  const { atLeast, measure } = question;
  const path = `${prefix}LifecycleConfiguration`;
  const rules = read(bucket, 'LifecycleConfiguration');
  if (rules.is === 'gap') return unknown(bucket, path, rules.gaps, rules.from);
  const settings = { lifecycle: rules.is === 'value' ? rules.value : undefined };
  const say = ({ days, notes }: KeptDays) => ({
    path,
    expected: { atLeast },
    actual: shown(days[measure].least),
    ...(rules.from && { from: rules.from }),
    resource: bucket.id,
    note: [`kept ${lasting(days[measure])}, at least ${atLeast} days are asked for`, ...notes].join('; '),
  });
  // Whatever is in the bucket is kept long enough: then it does not matter which trails write to it.
  const anything = keptDays(settings, [{ prefix: '', open: true }]);
  if (reaches(anything.days[measure], atLeast) === 'yes') return decided(true, say(anything));

  const spaces = meantIn(bucket, writers, question.events);
  const life = keptDays(settings, spaces);
  const enough = reaches(life.days[measure], atLeast);
  if (enough === 'yes') return all([decided(true, say(life)), ...writers.open], 'no');
  if (enough === 'unknown') return undecided(say(life));
  const missing = writers.open.find(({ truth }) => truth === 'unknown');
  if (missing && writers.trails.length === 0) return missing;
  const tooShort = decided(false, say(life), longerRules(bucket, life, question));
  const short = { ...tooShort, evidence: [...tooShort.evidence, ...writers.open.flatMap(({ evidence }) => evidence)] };
  return outlived(bucket, question, prefix, { short, settings, spaces });
}

/** The rules that expire too early, changed; where files are archived too early, no number of days would do. */
function longerRules(bucket: ResourceView, { days, bounds }: KeptDays, question: KeepsQuestion): Answer['changes'] {
  const { measure, atLeast } = question;
  if (measure === 'queryable' && days.queryable.least < days.current.least) return [];
  const short = bounds.filter((bound) => bound.days < atLeast);
  const change = short.map(({ path: at }) => ({
    resource: bucket.id,
    path: at,
    set: at.endsWith('.Date') ? null : atLeast,
  }));
  return change.length > 0 ? [change] : [];
}

/**
 * For how many days files are readable under their key, as a fact: of all folders that trails write to.
 * A gap says what is not known.
 */
export function bucketKeptDays(bucket: ResourceView): Reading {
  const rules = read(bucket, 'LifecycleConfiguration');
  const versioning = read(bucket, 'Versioning');
  if (rules.is === 'gap') return rules;
  const lifecycle = rules.is === 'value' ? rules.value : undefined;
  const anything = keptDays({ lifecycle }, [{ prefix: '', open: true }]).days.current;
  if (reaches(anything, Number.POSITIVE_INFINITY) === 'yes')
    return { is: 'value', value: anything.least, from: rules.from };
  if (versioning.is === 'gap') return versioning;
  const writers = writersOf(bucket, '');
  const gaps = writers.open.flatMap(({ evidence }) => evidence.flatMap(({ gap }) => gap ?? []));
  if (gaps.length > 0) return { is: 'gap', gaps, from: rules.from };
  const settings = { lifecycle, versioning: versioning.is === 'value' ? versioning.value : undefined };
  const { days, notes } = keptDays(settings, meantIn(bucket, writers));
  if (days.current.least === days.current.most) return { is: 'value', value: days.current.least, from: rules.from };
  const message = [`kept ${lasting(days.current)}`, ...notes].join('; ');
  return { is: 'gap', gaps: [{ resource: bucket.id, error: 'NotDecidable', message }], from: rules.from };
}

interface Short {
  readonly short: Answer;
  readonly settings: KeepingSettings;
  readonly spaces: readonly KeySpace[];
}

/** Short rules may not be the last word: MFA delete stops them, noncurrent versions and locks outlive them (§4.4, §4.6). */
function outlived(
  bucket: ResourceView,
  question: KeepsQuestion,
  prefix: string,
  { short, settings, spaces }: Short,
): Answer {
  const reading = read(bucket, 'Versioning');
  const path = `${prefix}Versioning`;
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const versioning = reading.is === 'value' && isObject(reading.value) ? reading.value : {};
  const { Status, MFADelete } = versioning;
  const said = { ...(reading.from && { from: reading.from }), resource: bucket.id };
  if (MFADelete === 'Enabled') {
    const note = 'S3 takes no lifecycle rules with MFA delete: whether these still act is not documented';
    return undecided({ path: `${path}.MFADelete`, actual: MFADelete, ...said, note });
  }
  const unprotected = decided(false, { path: `${path}.MFADelete`, actual: MFADelete, ...said });
  const failed = { ...short, evidence: [...short.evidence, ...unprotected.evidence] };
  if (question.measure !== 'permanent') return failed;
  const { permanent } = keptDays({ ...settings, versioning }, spaces).days;
  if (reaches(permanent, question.atLeast) === 'yes') {
    const note = `with its versions a file is kept ${lasting(permanent)}`;
    return decided(true, { path: `${path}.Status`, expected: 'Enabled', actual: Status, ...said, note });
  }
  const locked = lockKeeps(bucket, question, prefix);
  return locked.truth === 'no' ? { ...failed, evidence: [...failed.evidence, ...locked.evidence] } : locked;
}

function lockKeeps(bucket: ResourceView, { atLeast, measure }: KeepsQuestion, prefix: string): Answer {
  const path = `${prefix}ObjectLock`;
  const reading = read(bucket, 'ObjectLock');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const lock = lockOf(reading.is === 'value' ? reading.value : undefined);
  const days = measure === 'undeletable' ? lock.fromEverybody : lock.fromLifecycle;
  const enough = reaches(days, atLeast);
  const evidence = {
    path,
    expected: { atLeast },
    actual: shown(days.least),
    ...(reading.from && { from: reading.from }),
    resource: bucket.id,
  };
  if (enough !== 'unknown') return decided(enough === 'yes', evidence);
  return undecided({ ...evidence, note: 'how long a hold until an event lasts nobody can say' });
}
