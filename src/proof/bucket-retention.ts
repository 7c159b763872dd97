import { isObject, type Reading, type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import { type Answer, all, any, type Evidence } from './answer.ts';
import { type KeptDays, keptDays, readVersioning } from './kept-days.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { type Meant, meantIn, type Writers, writersOf } from './log-writers.ts';
import { lockOf } from './object-lock.ts';
import type { KeepsQuestion } from './retention.ts';
import { lasting, never, reaches, shown } from './span.ts';

/** Whether a bucket keeps the files of these trails for so many days (aws-semantics §4.6). */
export function bucketKeeps(bucket: ResourceView, question: KeepsQuestion, prefix: string, writers: Writers): Answer {
  if (question.measure === 'undeletable') return lockKeeps(bucket, question, prefix);
  const kept = rulesKeep(bucket, question, prefix, writers);
  return question.measure === 'permanent' ? any([kept, lockKeeps(bucket, question, prefix)], 'no') : kept;
}

/** Whether the lifecycle rules leave the files for so long; without versions first, because few need them. */
function rulesKeep(bucket: ResourceView, question: KeepsQuestion, prefix: string, writers: Writers): Answer {
  const { atLeast, measure } = question;
  const rules = read(bucket, 'LifecycleConfiguration');
  const path = `${prefix}LifecycleConfiguration`;
  if (rules.is === 'gap') return unknown(bucket, path, rules.gaps, rules.from);
  const lifecycle = saidBy(rules);
  const reached = ({ days }: KeptDays) => reaches(days[measure], atLeast);
  const say = (kept: KeptDays): Evidence => ({
    path,
    expected: { atLeast },
    actual: shown(kept.days[measure].least),
    ...(rules.from && { from: rules.from }),
    resource: bucket.id,
    note: [
      `kept ${lasting(kept.days[measure])}, at least ${atLeast} days are asked for`,
      ...notesOf(kept, measure),
    ].join('; '),
  });
  const meant = meantIn(bucket, prefix, writers, question);
  // Whatever may be in the bucket is kept long enough: then it does not matter who writes what to it.
  const ways = [{ spaces: [meant.whole], said: [] }, meant];
  const long = (settings: object): Answer | undefined => {
    for (const { spaces, said } of ways) {
      const kept = keptDays({ lifecycle, ...settings }, spaces);
      if (reached(kept) === 'yes') return all([decided(true, say(kept)), ...said], 'no');
    }
    return undefined;
  };

  if (meant.spaces.length === 0) return nothingWritten(bucket, prefix, meant);
  const without = long({});
  if (without) return without;
  const versioning = read(bucket, 'Versioning');
  const at = `${prefix}Versioning`;
  if (versioning.is === 'gap') return unknown(bucket, at, versioning.gaps, versioning.from);
  const settings = { versioning: saidBy(versioning) };
  const versioned = long(settings);
  const { Status, MFADelete } = isObject(settings.versioning) ? settings.versioning : {};
  const about = { ...(versioning.from && { from: versioning.from }), resource: bucket.id };
  const status = { path: `${at}.Status`, actual: Status, ...about };
  if (versioned) return all([versioned, decided(true, { ...status, expected: 'Enabled' })], 'no');

  if (!meant.isSure) return all(meant.said, 'no');
  const { kept, stopped } = readVersioning(settings.versioning);
  const life = keptDays({ lifecycle, ...settings }, meant.spaces);
  const mfaDelete = { path: `${at}.MFADelete`, actual: MFADelete, ...about };
  if (reached(life) === 'unknown') {
    if (stopped === 'unknown') return undecided({ ...mfaDelete, note: unclearMfaDelete });
    const open = meant.spaces.filter((space) => reached(keptDays({ lifecycle, ...settings }, [space])) === 'unknown');
    const unclear =
      kept === 'unknown' ? [undecided({ ...status, note: `what ${JSON.stringify(Status)} means is not known` })] : [];
    return all([undecided(say(life)), ...unclear, ...open.flatMap(({ why }) => why), ...meant.said], 'no');
  }
  const tooShort = decided(false, say(life), longerRules(bucket, life, question));
  const more = [mfaDelete, ...(measure === 'permanent' ? [status] : []), ...known(meant.said)];
  return { ...tooShort, evidence: [...tooShort.evidence, ...more] };
}

const unclearMfaDelete = 'S3 takes no lifecycle rules with MFA delete: whether these still act is not documented';

const known = (answers: readonly Answer[]): readonly Evidence[] =>
  answers.filter(({ truth }) => truth !== 'unknown').flatMap(({ evidence }) => evidence);

const notesOf = ({ notes, archives }: KeptDays, measure: KeepsQuestion['measure']): readonly string[] =>
  measure === 'queryable' ? [...notes, ...archives] : notes;

/** No trail writes events of the kind: then none are kept (aws-semantics §5.3), unless one that is not known does. */
function nothingWritten(bucket: ResourceView, prefix: string, { said }: Meant): Answer {
  const none = { path: `${prefix}trails`, resource: bucket.id, note: 'no trail writes such events here' };
  const complete = all([decided(true, none), ...said], 'no');
  return complete.truth === 'unknown' ? complete : { ...complete, truth: 'no' };
}

/** The rules that expire too early, changed; where files are archived too early, no number of days would do. */
function longerRules(bucket: ResourceView, { archived, bounds }: KeptDays, question: KeepsQuestion): Answer['changes'] {
  const { measure, atLeast } = question;
  if (measure === 'queryable' && reaches(archived, atLeast) !== 'yes') return [];
  const short = bounds.filter((bound) => bound.days < atLeast);
  return [short.map(({ path: at }) => ({ resource: bucket.id, path: at, set: at.endsWith('.Days') ? atLeast : null }))];
}

function lockKeeps(bucket: ResourceView, { atLeast, measure }: KeepsQuestion, prefix: string): Answer {
  const path = `${prefix}ObjectLock`;
  const reading = read(bucket, 'ObjectLock');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const lock = lockOf(saidBy(reading));
  const days = measure === 'undeletable' ? lock.fromEverybody : lock.fromLifecycle;
  const enough = reaches(days, atLeast);
  const evidence = {
    path,
    expected: { atLeast },
    actual: shown(days.least),
    ...(reading.from && { from: reading.from }),
    resource: bucket.id,
  };
  return enough === 'unknown' ? undecided({ ...evidence, note: lock.why }) : decided(enough === 'yes', evidence);
}

/**
 * For how many days files are readable under their key, as a fact: of all folders that trails write to.
 * A gap says what is not known.
 */
export function bucketKeptDays(bucket: ResourceView): Reading {
  const rules = read(bucket, 'LifecycleConfiguration');
  if (rules.is === 'gap') return rules;
  const lifecycle = saidBy(rules);
  const { from } = rules;
  const { spaces, said, whole } = meantIn(bucket, '', writersOf(bucket, ''), { events: [] });
  if (reaches(keptDays({ lifecycle }, [whole]).days.current, never.least) === 'yes') {
    return { is: 'value', value: never.least, from };
  }
  const versioning = read(bucket, 'Versioning');
  if (versioning.is === 'gap') return versioning;
  const gaps = gapsIn(said);
  if (gaps.length > 0) return { is: 'gap', gaps, from };
  const { days, notes } = keptDays({ lifecycle, versioning: saidBy(versioning) }, spaces);
  if (days.current.least === days.current.most) return { is: 'value', value: days.current.least, from };
  const message = [`kept ${lasting(days.current)}`, ...notes].join('; ');
  const why = gapsIn(spaces.flatMap((space) => space.why));
  return { is: 'gap', gaps: [{ resource: bucket.id, error: 'NotDecidable', message }, ...why], from };
}

const gapsIn = (answers: readonly Answer[]) =>
  answers.flatMap(({ evidence }) => evidence.flatMap(({ gap }) => (gap ? [gap] : [])));
