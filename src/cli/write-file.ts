import { randomUUID } from 'node:crypto';
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { breather } from './terminal.ts';
import { chunksOf } from './write-stream.ts';

export interface OutputFile {
  readonly path: string;
  /** As many as one likes: memory may not hold them all. */
  readonly pieces: Iterable<string>;
}

/**
 * Writes files so that each is either the old one or wholly the new one: none is replaced before all are written, and
 * what was begun is removed when the run is interrupted.
 */
export async function writeFiles(files: readonly OutputFile[]): Promise<void> {
  const staged: { readonly from: string; readonly to: string }[] = [];
  const remove = (): void => {
    for (const { from } of staged) removed(from);
  };
  process.once('exit', remove);
  try {
    for (const { path, pieces } of files) {
      const to = attempt(path, () => targetOf(path));
      // A device or a pipe (/dev/null) is written to; to rename a file over it would destroy it.
      const from = to === undefined ? path : join(dirname(to), `.${basename(to)}.${randomUUID()}.tmp`);
      if (to !== undefined) staged.push({ from, to });
      await writePieces(from, path, pieces);
    }
    for (const { from, to } of staged) attempt(to, () => renameSync(from, to));
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** Where a path leads through a file, nothing was begun, and to look for it is an error of its own. */
function removed(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Why it could not be written has been said.
  }
}

async function writePieces(to: string, path: string, pieces: Iterable<string>): Promise<void> {
  const rest = breather();
  const fd = attempt(path, () => openSync(to, 'w'));
  try {
    for (const chunk of chunksOf(pieces)) {
      attempt(path, () => writeFileSync(fd, chunk));
      await rest();
    }
  } finally {
    closeSync(fd);
  }
}

/** The file that a path leads to, links followed; undefined: it is no regular file. */
function targetOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory())
    throw new AppError('output', `cannot write ${path}: it is a folder`, { hint: 'Name a file in it.' });
  if (!stats) return path;
  return stats.isFile() ? realpathSync(path) : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
};

function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw cannotWrite(path, cause, 'Check the path and who may write there.');
  }
}

/** Says in the user's words why something could not be written. */
export function cannotWrite(what: string, cause: unknown, hint: string): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : String(cause);
  return new AppError('output', `cannot write ${what}: ${reason}`, { hint, cause });
}

/** Where a path leads, by whatever links: two that lead to one place are one file. */
export function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It is not there yet, and stands where its folder is.
    const folder = dirname(path);
    return folder === path ? path : join(placeOf(folder), basename(path));
  }
}

/** @throws AppError `usage` for two files, each with the word for what it is, that would be written in one place. */
export function assertApart(files: readonly { readonly what: string; readonly path: string | undefined }[]): void {
  const taken = new Map<string, string>();
  for (const { what, path } of files) {
    if (path === undefined) continue;
    const place = placeOf(path);
    const other = taken.get(place);
    if (other !== undefined)
      throw new AppError('usage', `${other} and ${what} both go to ${path}`, { hint: 'Give each a file of its own.' });
    taken.set(place, what);
  }
}

/**
 * Whether something is there already that a new file would replace.
 *
 * @throws AppError `output` where nobody may look, or no file can be.
 */
export const isThere = (path: string): boolean =>
  attempt(path, () => statSync(path, { throwIfNoEntry: false })) !== undefined;
