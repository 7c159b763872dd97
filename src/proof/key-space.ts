import type { Truth } from './answer.ts';

/** A part of a bucket that something writes objects into. */
export interface KeySpace {
  /** What all their keys begin with, as far as it is known. */
  readonly prefix: string;
  /** After it comes the number of some account, and then this: the folders of an organization trail (aws-semantics §1.6). */
  readonly inAccounts?: string;
  /** After it comes a digit: that of a year, or of an account, as S3 calls access logs. */
  readonly numbered?: true;
  /** What comes next in the keys is not known. */
  readonly open: boolean;
  /** Nobody knows whether there are any such objects at all. */
  readonly doubtful?: true;
  /** Objects of anybody: of any size, perhaps with tags or written again. Left out: files, as CloudTrail writes them. */
  readonly ofAnybody?: true;
}

/** Everything that may be in a bucket that only CloudTrail writes to. */
export const anyFile: KeySpace = { prefix: '', open: true };

/** Everything that is in a bucket, whoever wrote it. */
export const anyObject: KeySpace = { prefix: '', open: false, ofAnybody: true };

/** Whether some keys of a space begin so. A prefix is literal: no wildcards, no leading slash (aws-semantics §4.5). */
export function beginSome(prefix: string, space: KeySpace): Truth {
  const { prefix: known, inAccounts, numbered, open, doubtful } = space;
  if (known.startsWith(prefix)) return doubtful ? 'unknown' : 'yes';
  if (!prefix.startsWith(known)) return 'no';
  if (numbered && !/^\d/.test(prefix.slice(known.length))) return 'no';
  if (inAccounts !== undefined && !followsAccount(prefix.slice(known.length), inAccounts)) return 'no';
  return open || doubtful ? 'unknown' : 'yes';
}

/** Whether a path goes, or may go on, through the number of an account into this folder. */
function followsAccount(path: string, folder: string): boolean {
  const [account, rest] = [path.slice(0, 12), path.slice(12)];
  const wanted = `/${folder}`;
  return /^\d*$/.test(account) && (wanted.startsWith(rest) || rest.startsWith(wanted));
}

/** A CloudTrail file has at most 50 MB before it is compressed (aws-semantics §4.6). */
const maxFileBytes = 50 * 1024 * 1024;

/** The size of the largest object there can be. */
export const maxBytes = ({ ofAnybody }: KeySpace): number => (ofAnybody ? Number.POSITIVE_INFINITY : maxFileBytes);
