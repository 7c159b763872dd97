import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMembers } from '../collectors/call.ts';
import { AppError } from '../errors.ts';
import { isAccountId } from '../snapshot/account-id.ts';
import type { Organization } from '../snapshot/organization.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { manifestName } from './checkpoint-name.ts';
import { organizationFile } from './kept-organization.ts';
import { printedJson } from './printed-json.ts';
import { snapshotText } from './snapshot-text.ts';
import { isThere, writeFiles } from './write-file.ts';

/** What a run of many accounts was asked: the first file of its folder, by which a later run knows it again. */
export interface Manifest {
  readonly trailproof: 'checkpoint/1';
  /** When it was begun. */
  readonly collectedAt: string;
  /** Ids of the accounts, as they were chosen then. */
  readonly accounts: readonly string[];
  /** All that must be the same for a run to go on: a name that people know it by → what was asked. Lists are sets. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** A folder that holds each account as soon as it is read, in a file of its own that `check` reads. */
export interface Checkpoint {
  readonly manifest: Manifest;
  readonly folder: string;
  /** The accounts that are there and need not be read again. */
  readonly finished: ReadonlySet<string>;
  fileOf(account: string): string;
  write(snapshot: Snapshot): Promise<void>;
  /**
   * What was written of an account.
   *
   * @throws AppError `input` if it is something else by now.
   */
  read(account: string): Snapshot;
}

export interface FolderOptions {
  readonly folder: string;
  readonly resume: boolean;
  readonly asked: Manifest['asked'];
  /** Reads the text of a file. */
  readonly snapshotIn: (text: string, file: string) => Snapshot;
  /** Whether a snapshot is all that could be had of its account. */
  readonly isFinished: (snapshot: Snapshot) => boolean;
  /** Which accounts there are to read, asked only if no earlier run knows. */
  readonly begin: () => Promise<Beginning>;
}

/** What is found out before the first account is read. */
interface Beginning extends Pick<Manifest, 'collectedAt' | 'accounts'> {
  /** The record of the organization that the accounts are of. */
  readonly organization?: Organization;
}

/**
 * Begins a checkpoint in a folder that is new or empty, or goes on with the one that is there.
 *
 * @throws AppError `usage` for a folder that holds something else, or the run of something else; `input` for a file of
 * an account that somebody changed so that it is none.
 */
export async function openCheckpoint(options: FolderOptions): Promise<Checkpoint> {
  const { folder, resume, asked, begin } = options;
  const path = join(folder, manifestName);
  if (resume && isThere(path)) {
    const manifest = readManifest(path, folder);
    assertSame(manifest, asked, folder);
    return checkpointIn(manifest, options, finishedIn(manifest, options));
  }
  assertEmpty(folder);
  const { organization, ...begun } = await begin();
  const manifest: Manifest = { trailproof: 'checkpoint/1', ...begun, asked };
  attempt(folder, () => mkdirSync(folder, { recursive: true }));
  const record = organization ? [organizationFile(folder, organization)] : [];
  // The manifest last: a folder that has one has all that a later run goes on with.
  await writeFiles([...record, { path, pieces: [printedJson(manifest)] }]);
  return checkpointIn(manifest, options, new Set());
}

/** A checkpoint that goes away with the process. */
export async function temporaryCheckpoint({
  asked,
  snapshotIn,
  begin,
}: Pick<FolderOptions, 'asked' | 'snapshotIn' | 'begin'>): Promise<Checkpoint> {
  const { organization, ...begun } = await begin();
  const folder = attempt(tmpdir(), () => mkdtempSync(join(tmpdir(), 'trailproof-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  if (organization) await writeFiles([organizationFile(folder, organization)]);
  return checkpointIn({ trailproof: 'checkpoint/1', ...begun, asked }, { folder, snapshotIn }, new Set());
}

type Reading = Pick<FolderOptions, 'folder' | 'snapshotIn'>;

function checkpointIn(manifest: Manifest, reading: Reading, finished: ReadonlySet<string>): Checkpoint {
  const { folder } = reading;
  const fileOf = (account: string): string => fileIn(folder, account);
  return {
    manifest,
    folder,
    finished,
    fileOf,
    // Renamed when it is whole: whenever the process ends, no half file is left.
    write: (snapshot) => writeFiles([{ path: fileOf(snapshot.account.id), pieces: [snapshotText(snapshot, 'line')] }]),
    read: (account) => {
      const text = attempt(folder, () => readFileSync(fileOf(account), 'utf8'));
      return snapshotOf(account, text, reading);
    },
  };
}

const fileIn = (folder: string, account: string): string => join(folder, `${account}.json`);

/** This program wrote it, in this run or an earlier one; but the folder is its user's. */
function snapshotOf(account: string, text: string, { folder, snapshotIn }: Reading): Snapshot {
  const file = fileIn(folder, account);
  const refused = (details: readonly string[], cause?: unknown): AppError =>
    new AppError('input', `${file} is not what was read of account ${account}`, {
      details,
      hint: `Remove ${file}, and --resume reads the account again.`,
      cause,
    });
  try {
    const snapshot = snapshotIn(text, file);
    if (snapshot.account.id === account) return snapshot;
    throw refused([`${file}:1 it is a snapshot of account ${snapshot.account.id}`]);
  } catch (error) {
    throw error instanceof AppError && error.hint === undefined ? refused(error.details, error) : error;
  }
}

/**
 * What the checkpoint in a folder was asked.
 *
 * @throws AppError `input` for a file that another version wrote, or somebody changed.
 */
export function readManifest(path: string, folder: string): Manifest {
  const value = parsed(attempt(folder, () => readFileSync(path, 'utf8')));
  const isManifest =
    isMembers(value) && value.trailproof === 'checkpoint/1' && areIds(value.accounts) && isMembers(value.asked);
  // Written by this program, and what is read of it has just been looked at.
  if (isManifest) return value as unknown as Manifest;
  throw new AppError('input', `${path} is not a checkpoint that this version can read`, {
    hint: `Begin anew in another folder than ${folder}.`,
  });
}

const areIds = (value: unknown): boolean =>
  Array.isArray(value) && value.every((id) => typeof id === 'string' && isAccountId(id));

function assertSame({ asked: before }: Manifest, asked: Manifest['asked'], folder: string): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(asked)])];
  const different = names.filter((name) => shown(asSets(before[name])) !== shown(asSets(asked[name])));
  if (different.length === 0) return;
  throw new AppError('usage', `${folder} holds the checkpoint of another run`, {
    details: different.map((name) => `  ${name}: ${difference(before[name], asked[name])}`),
    hint: 'Ask what was asked then, or begin anew in another folder.',
  });
}

/** In whatever order something was named, and however often, it is the same that is asked. */
function asSets(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set<unknown>(value)].toSorted();
  if (!isMembers(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, asSets(member)] as const);
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'none';

function difference(before: unknown, now: unknown): string {
  if (!Array.isArray(before) || !Array.isArray(now)) return `there ${shown(before)}, here ${shown(now)}`;
  const only = (where: string, these: readonly unknown[], those: readonly unknown[]): readonly string[] => {
    const missing = these.filter((one) => !those.includes(one));
    return missing.length === 0 ? [] : [`only ${where} ${missing.join(', ')}`];
  };
  return [...only('there', before, now), ...only('here', now, before)].join('; ');
}

/** What was not written to its end is read again. */
function finishedIn({ accounts }: Manifest, options: FolderOptions): ReadonlySet<string> {
  const { folder, isFinished } = options;
  const isRead = (account: string): boolean => {
    const path = fileIn(folder, account);
    const text = isThere(path) ? attempt(folder, () => readFileSync(path, 'utf8')) : '';
    return isWhole(text) && isFinished(snapshotOf(account, text, options));
  };
  for (const name of entriesOf(folder).filter(isHalf)) rmSync(join(folder, name), { force: true });
  return new Set(accounts.filter(isRead));
}

/** What a process that was killed did not get to rename. */
const isHalf = (name: string): boolean => name.startsWith('.') && name.endsWith('.tmp');

function assertEmpty(folder: string): void {
  const entries = isThere(folder) ? entriesOf(folder).filter((name) => !isHalf(name)) : [];
  if (entries.includes(manifestName)) {
    throw new AppError('usage', `${folder} holds the checkpoint of an earlier run`, {
      hint: 'Go on with it by --resume, or begin anew in another folder.',
    });
  }
  if (entries.length > 0) {
    throw new AppError('usage', `${folder} holds something else than a checkpoint`, {
      hint: 'Name a folder that is empty or not there yet.',
    });
  }
}

const entriesOf = (folder: string): readonly string[] => attempt(folder, () => readdirSync(folder));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isWhole = (text: string): boolean => parsed(text) !== undefined;

function attempt<T>(folder: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('output', `cannot use ${folder} for a checkpoint: ${reason}`, {
      hint: 'Check the path and who may write there.',
      cause,
    });
  }
}
