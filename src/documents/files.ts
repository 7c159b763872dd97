import { closeSync, openSync, readdirSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError, type ErrorCode } from '../errors.ts';
import { diagnosticsError } from './diagnostic.ts';
import { limits, tooBig } from './limits.ts';
import { splitLines, type TextLine, utf8 } from './lines.ts';
import { nearOr } from './suggest.ts';

export const standardInput = '-';

export interface FileOptions {
  /** Default `input`. */
  readonly code?: ErrorCode;
  /** Where `-` reads from. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

export interface FolderOptions extends FileOptions {
  /** Endings that count. Default: YAML, JSON and JSON lines. */
  readonly endings?: readonly string[];
  /** Whether folders in the folder are read too. Default `flat`. */
  readonly depth?: 'flat' | 'deep';
}

const allEndings = ['.yaml', '.yml', '.json', '.jsonl', '.ndjson'];

/** How a file is called in messages. */
export const shownName = (path: string): string => (path === standardInput ? '<stdin>' : path);

/** The files that a path on the command line stands for: itself, or the readable files of a folder, sorted. */
export function inputFiles(path: string, options: FolderOptions = {}): readonly string[] {
  if (path === standardInput || !statOf(path, options).isDirectory()) return [path];
  const { endings = allEndings, code = 'input' } = options;
  const files = filesIn(path, options).filter((file) => endings.some((ending) => file.toLowerCase().endsWith(ending)));
  if (files.length > 0) return files.toSorted((a, b) => (a < b ? -1 : 1));
  throw new AppError(code, `${path} holds no file to read`, {
    hint: `It may hold files that end in ${endings.join(', ')}.`,
  });
}

/** The folders in a folder that hold files of their own, which who reads the folder flat does not read. */
export function foldersPassedOver(path: string): readonly string[] {
  if (path === standardInput || !statOf(path, {}).isDirectory()) return [];
  const entries = attempt(path, {}, () => readdirSync(path, { withFileTypes: true }));
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return folders.map(({ name }) => join(path, name)).filter(holdsFiles);
}

const holdsFiles = (folder: string): boolean => entriesOf(folder).some(isReadable);

const isReadable = (file: string): boolean => allEndings.some((ending) => file.toLowerCase().endsWith(ending));

function filesIn(folder: string, options: FolderOptions): readonly string[] {
  const entries = attempt(folder, options, () => readdirSync(folder, { withFileTypes: true }));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    // A link to a folder may lead back up: only links to files are followed.
    if (entry.isSymbolicLink()) return statOf(path, options).isFile() ? [path] : [];
    if (entry.isDirectory()) return options.depth === 'deep' ? filesIn(path, options) : [];
    return [path];
  });
}

/** The whole text of a file or of standard input; its size is looked at before anything is read. */
export async function readText(
  path: string,
  options: FileOptions & { readonly format: 'YAML' | 'JSON' },
): Promise<string> {
  const size = path === standardInput ? 0 : fileSize(path, options);
  const big = tooBig(options.format, size);
  if (big) throw refused(path, 1, big, options);
  const bytes =
    path === standardInput ? await readStandardInput(options) : attempt(path, options, () => readFileSync(path));
  const text = utf8(bytes);
  if (text === undefined) throw refused(path, 1, notUtf8(bytes), options);
  return text;
}

async function readStandardInput(options: FileOptions & { readonly format: 'YAML' | 'JSON' }): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of options.stdin ?? process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    const big = tooBig(options.format, size);
    if (big) throw refused(standardInput, 1, big, options);
  }
  return Buffer.concat(chunks);
}

/** The lines of a file or of standard input, one at a time: memory is bounded by the longest line. */
export async function* readLines(path: string, options: FileOptions = {}): AsyncGenerator<TextLine> {
  for await (const line of splitLines(chunksOf(path, options), limits.jsonBytes)) {
    if ('text' in line) {
      yield line;
      continue;
    }
    const why = line.problem === 'too long' ? tooBig('JSON', Number.POSITIVE_INFINITY) : undefined;
    throw refused(path, line.line, why ?? notUtf8(new Uint8Array()), options);
  }
}

function chunksOf(path: string, options: FileOptions): AsyncIterable<Uint8Array> {
  if (path === standardInput) return options.stdin ?? process.stdin;
  const size = fileSize(path, options);
  const fd = attempt(path, options, () => openSync(path, 'r'));
  return streamOf(fd, size);
}

/** Nobody knows the size of a pipe, which has 0. */
async function* streamOf(fd: number, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  try {
    for (;;) {
      // A chunk of its own each time: a line that is not complete yet still points into the last one. No larger than
      // what there is to read: of thousands of small files their chunks would be most of what memory holds.
      const chunk = Buffer.allocUnsafe(size === 0 ? chunkBytes : Math.min(chunkBytes, Math.max(left, 1_023) + 1));
      const read = readSync(fd, chunk);
      if (read === 0) return;
      left -= read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(fd);
  }
}

const chunkBytes = 1024 * 1024;

function fileSize(path: string, options: FileOptions): number {
  const stats = statOf(path, options);
  if (!stats.isDirectory()) return stats.size;
  throw new AppError(options.code ?? 'input', `${path} is a folder, not a file`, { hint: 'Name a file in it.' });
}

const statOf = (path: string, options: FileOptions): Stats => attempt(path, options, () => statSync(path));

/** Runs one file system call, and says in the user's words why it failed. */
function attempt<T>(path: string, { code = 'input' }: FileOptions, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw new AppError(code, `cannot read ${shownName(path)}: ${reasonOf(cause)}`, {
      hint: hintFor(path, cause),
      cause,
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
};

const errorCode = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';

function reasonOf(cause: unknown): string {
  const code = errorCode(cause);
  if (Object.hasOwn(reasons, code)) return reasons[code] ?? code;
  return cause instanceof Error ? cause.message : String(cause);
}

function hintFor(path: string, cause: unknown): string {
  if (errorCode(cause) !== 'ENOENT') return 'Check who may read it.';
  return nearOr(basename(path), entriesOf(dirname(path)), 'Check the path.');
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Windows PowerShell writes UTF-16 when it redirects. */
function notUtf8(bytes: Uint8Array) {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return { message: isUtf16 ? 'UTF-16, not UTF-8' : 'not UTF-8 text', hint: 'save it as UTF-8' };
}

function refused(path: string, line: number, why: { message: string; hint?: string }, { code }: FileOptions): AppError {
  const { message, hint } = why;
  return diagnosticsError(
    [{ file: shownName(path), line, column: 1, message, ...(hint !== undefined && { hint }) }],
    code,
  );
}
