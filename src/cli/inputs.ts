import { statSync } from 'node:fs';
import { inputFiles, readLines, standardInput } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { looksLikeRecording, type ReadSnapshot, readSnapshots } from '../snapshot/read-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type RecordingOptions, replayed } from './recordings.ts';
import { registry } from './rule-set.ts';
import type { Span } from './scratch-file.ts';
import { peekLine } from './standard-input.ts';

/** Where a line stands in a file. */
export interface Place extends Span {
  readonly file: string;
}

/** One account of a run, with where it was read. */
export interface Account {
  readonly snapshot: Snapshot;
  /** `accounts.jsonl:3`; undefined for what AWS itself said. */
  readonly place?: string;
  /** The file that says it, and which line of that says what. */
  readonly source?: Pick<ReadSnapshot, 'file' | 'line' | 'lineOf'>;
  /** Where its line can be read again; undefined: nowhere. */
  readonly at?: Place;
}

export interface InputOptions extends RecordingOptions {
  readonly allowEmpty: 'allow-empty' | 'not-empty';
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly onOrganization?: Parameters<typeof readSnapshots>[1]['onOrganization'];
}

/** The files that paths stand for, in order: themselves, or what is in a folder. */
export function filesOf(paths: readonly string[], { allowEmpty }: Pick<InputOptions, 'allowEmpty'>): readonly string[] {
  if (paths.filter((path) => path === standardInput).length > 1) {
    throw new AppError('usage', 'standard input can be read once', { hint: 'Name - once.' });
  }
  return paths.flatMap((path) => {
    try {
      return inputFiles(path);
    } catch (error) {
      if (allowEmpty === 'allow-empty' && isFolder(path)) return [];
      throw error;
    }
  });
}

/** Of a pipe everything comes once. */
const isRegular = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * The accounts in files: snapshots as they stand there, recordings replayed. One at a time, in the order of the files,
 * so that a file of thousands needs no more memory than its largest account.
 */
export async function* readAccounts(files: readonly string[], options: InputOptions): AsyncGenerator<Account> {
  const { validate } = await import('../generated/validate-snapshot.js');
  let snapshots: string[] = [];
  const { stdin = process.stdin, onOrganization } = options;
  const reading = { registry, validate, ...(onOrganization && { onOrganization }) };
  for (const file of files) {
    const { isRecording, stream } = await lookAt(file, stdin);
    if (!isRecording && file !== standardInput) {
      snapshots.push(file);
      continue;
    }
    // Snapshots of neighbouring files are read in one go, so that the mistakes of all of them are said at once.
    yield* accountsIn(snapshots, reading);
    snapshots = [];
    const source = stream ? { stdin: stream } : {};
    if (isRecording) yield await replayed(file, { ...options, ...source });
    else yield* accountsIn([file], { ...reading, ...source });
  }
  yield* accountsIn(snapshots, reading);
}

async function* accountsIn(
  files: readonly string[],
  options: Parameters<typeof readSnapshots>[1],
): AsyncGenerator<Account> {
  for await (const { snapshot, at, ...source } of readSnapshots(files, options)) {
    const { file, line } = source;
    const again = at && isRegular(file) && { at: { file, ...at } };
    yield { snapshot, place: `${file}:${line}`, source, ...again };
  }
}

interface Look {
  readonly isRecording: boolean;
  /** Standard input from its start again. */
  readonly stream?: AsyncIterable<Uint8Array>;
}

async function lookAt(file: string, stdin: AsyncIterable<Uint8Array>): Promise<Look> {
  if (/\.ya?ml$/iu.test(file)) return { isRecording: false };
  if (file === standardInput) {
    const { line, stream } = await peekLine(stdin);
    return { isRecording: mayBeRecording(line), stream };
  }
  return { isRecording: mayBeRecording(await firstLine(file)) };
}

/** Empty where the file cannot be read: whoever reads it next says why. */
async function firstLine(file: string): Promise<string> {
  try {
    for await (const { text } of readLines(file)) if (text.trim() !== '') return text;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return '';
}

/** A snapshot may be a line of many megabytes: only what says these words is parsed for a look. */
const mayBeRecording = (line: string): boolean =>
  (line.includes('recording/1') || (line.includes('"service"') && line.includes('"operation"'))) &&
  looksLikeRecording(line);

/** Two snapshots of one account would be two answers to one question. */
export function assertNew(seen: Map<string, Account['place']>, { snapshot, place }: Account): void {
  const { id } = snapshot.account;
  if (seen.has(id)) {
    const before = seen.get(id);
    throw new AppError('input', `account ${id} is there twice`, {
      details: [
        `${place ?? 'AWS'}:1 account ${id}; ${before === undefined ? 'it was read' : `it is in ${before}`} already`,
      ],
      hint: 'Keep one snapshot of each account.',
    });
  }
  seen.set(id, place);
}

/**
 * All accounts of a run, for what looks at them together.
 *
 * @throws AppError `input` for two snapshots of one account.
 */
export async function heldAccounts(accounts: AsyncIterable<Account>): Promise<readonly Account[]> {
  const held: Account[] = [];
  const seen = new Map<string, Account['place']>();
  for await (const account of accounts) {
    assertNew(seen, account);
    held.push(account);
  }
  return held;
}
