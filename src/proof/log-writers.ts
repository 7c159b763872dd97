import { members } from '../snapshot/members.ts';
import { type ResourceView, read, readPath, saidBy } from '../snapshot/resource-view.ts';
import type { Answer } from './answer.ts';
import { type Files, type Folder, foldersFor } from './folders.ts';
import { anyFile, anyObject, type KeySpace } from './key-space.ts';
import { decided, unknown } from './leaf.ts';
import type { Recorder } from './recorder.ts';

/** The trails whose files are asked about. `said`: that these are all, or why there may be more. */
export interface Writers {
  readonly trails: readonly Recorder[];
  readonly said: readonly Answer[];
}

/** The trails that write to a bucket, as far as they are known. */
export function writersOf(bucket: ResourceView, prefix: string): Writers {
  const { sure, said } = pointingAt(bucket, 'trails', prefix);
  const trails = sure.map((view) => ({ view, prefix: `${prefix}trails[${view.id}].` }));
  const each = trails.map(({ view, prefix: at }) => {
    const from = bucket.account.registry['AWS::CloudTrail::Trail']?.list?.operation;
    const actual = saidBy(read(view, 'S3KeyPrefix'));
    return decided(true, { path: `${at}S3KeyPrefix`, actual, ...(from && { from }), resource: view.id });
  });
  return { trails, said: [said, ...each] };
}

/** Who points at a bucket for sure, and whether there may be others. */
function pointingAt(bucket: ResourceView, back: string, prefix: string) {
  const { sure, possible, gaps, from } = members(bucket, back);
  const path = `${prefix}${back}`;
  const missing = [...gaps, ...possible.flatMap((pointer) => pointer.gaps)];
  const evidence = { path, actual: sure.length, ...(from && { from }), resource: bucket.id };
  return { sure, said: missing.length > 0 ? unknown(bucket, path, missing, from) : decided(true, evidence) };
}

/** What of a bucket a question is about. */
export interface Meant {
  readonly spaces: readonly (KeySpace & Pick<Folder, 'why'>)[];
  /** What says that these are meant and no others, or why others may be. */
  readonly said: readonly Answer[];
  /** Whether these are certainly meant; others may be meant besides. */
  readonly isSure: boolean;
  /** All that anything of this may be, whoever writes it. */
  readonly whole: KeySpace;
}

/** What the trails write; where none does, the access logs of other buckets; where there are none either, everything. */
export function meantIn(bucket: ResourceView, prefix: string, writers: Writers, files: Files): Meant {
  const { trails, said } = writers;
  if (trails.length > 0) {
    const spaces = trails.flatMap((trail) => foldersFor(trail, files));
    return { spaces, said, isSure: true, whole: anyFile };
  }
  const sources = pointingAt(bucket, 'accessLogSources', prefix);
  const logs = sources.sure.map((source) => {
    const target = readPath(source, 'Logging.LoggingEnabled.TargetPrefix');
    const prefix = target.is === 'absent' ? '' : target.is === 'value' ? target.value : undefined;
    const known = typeof prefix === 'string' ? { prefix, numbered: true as const } : { prefix: '' };
    return { ...known, open: target.is === 'gap', why: [] };
  });
  const isLogged = logs.length > 0;
  const all = [...said, sources.said];
  return {
    spaces: isLogged ? logs : [{ ...anyObject, why: [] }],
    said: all,
    isSure: (isLogged ? said : all).every(({ truth }) => truth === 'yes'),
    whole: isLogged ? anyFile : anyObject,
  };
}
