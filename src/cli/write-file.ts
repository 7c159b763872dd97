import { randomUUID } from 'node:crypto';
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.ts';

export interface OutputFile {
  readonly path: string;
  /** In one piece, or piece by piece where there may be more of it than memory. */
  readonly text: string | Iterable<string>;
}

/** Writes files so that each is either the old one or wholly the new one: none is replaced before all are written. */
export function writeFiles(files: readonly OutputFile[]): void {
  const staged: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, text } of files) {
      const to = attempt(path, () => targetOf(path));
      // A device or a pipe (/dev/null) is written to; to rename a file over it would destroy it.
      if (to === undefined) attempt(path, () => write(path, text));
      else {
        const from = join(dirname(to), `.${basename(to)}.${randomUUID()}.tmp`);
        staged.push({ from, to });
        attempt(path, () => write(from, text));
      }
    }
    for (const { from, to } of staged) attempt(to, () => renameSync(from, to));
  } finally {
    for (const { from } of staged) rmSync(from, { force: true });
  }
}

function write(path: string, text: OutputFile['text']): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(file, piece);
  } finally {
    closeSync(file);
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
};

function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reason = Object.hasOwn(reasons, code) ? reasons[code] : String(cause);
    throw new AppError('output', `cannot write ${path}: ${reason}`, {
      hint: 'Check the path and who may write there.',
      cause,
    });
  }
}

/** Whether something is there already that a new file would replace. */
export const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
