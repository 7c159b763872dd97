import { type Call, clientName, isMembers, type Members } from '../collectors/call.ts';
import { isLaterPage, joinPages, nextPage, withoutPaging } from '../collectors/paging.ts';
import { AppError } from '../errors.ts';
import { isAccountId } from '../snapshot/account-id.ts';
import { utcTime } from '../snapshot/plain-value.ts';
import type { SnapshotAccount } from '../snapshot/snapshot.ts';

/** One call with its final answer. A line of a recording (design §6). */
export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  /** Null in recordings that others made: any region. */
  readonly region: string | null;
  readonly params: Members;
  readonly response?: Members;
  /** Beside a `response` when a later page failed. */
  readonly error?: { readonly code: string; readonly message?: string };
}

/** The operation whose refusal leaves a whole account unread. */
export const assumeRole = 'sts:AssumeRole';

/** The first line of a recording of ours. */
export interface RecordingHeader {
  readonly trailproof: 'recording/1';
  readonly collectedAt: string;
  readonly account: string;
  readonly partition: string;
  readonly alias?: string;
  /** The regions that were read. */
  readonly regions: readonly string[];
}

export interface Recording {
  readonly header?: RecordingHeader;
  readonly calls: readonly RecordedCall[];
}

/** What tells one call from another: pages of one answer are one call. */
export function recordedKey({
  service,
  operation,
  region,
  params,
}: Omit<Call, 'region'> & { readonly region: string | null }): string {
  return JSON.stringify([service, operation, region ?? '', ordered(withoutPaging(params))]);
}

/** The same value whatever the order its members were written in; members without a value go. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isMembers(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, ordered(member)]),
  );
}

/**
 * Reads a recording, ours or anybody's: a header is not required, pages on lines of their own are joined.
 *
 * @throws AppError `input` that names every bad line.
 */
export function readRecording(lines: Iterable<string>, name = 'recording'): Recording {
  const mistakes: string[] = [];
  const calls: RecordedCall[] = [];
  let header: RecordingHeader | undefined;
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') mistakes.push(`${name}:${number} ${read}`);
    else if (!('trailproof' in read)) calls.push(read);
    else if (header) mistakes.push(`${name}:${number} begins another recording: keep each in a file of its own`);
    else header = read;
  }
  if (mistakes.length > 0) {
    throw new AppError('input', `${name} is not a recording`, {
      details: mistakes,
      hint: 'Each line is one call: {"service":…,"operation":…,"region":…,"params":{…},"response":{…}}',
    });
  }
  return { ...(header && { header }), calls: joinLines(calls) };
}

function readLine(line: string): RecordingHeader | RecordedCall | string {
  const value = parse(line);
  if (!isMembers(value)) return 'is not a JSON object';
  return Object.hasOwn(value, 'trailproof') ? readHeader(value) : readCall(value);
}

function readCall(value: Members): RecordedCall | string {
  const { service, operation, region = null, params, response } = value;
  if (typeof service !== 'string' || service === '') return 'has no service';
  if (typeof operation !== 'string' || operation === '') return 'has no operation';
  if (region !== null && typeof region !== 'string') return 'has a region that is no text';
  if (!isNothing(params) && !isMembers(params)) return 'has params that are no object';
  const error = readError(value.error);
  if (typeof error === 'string') return error;
  if (!isMembers(response) && !error) return 'has neither a response nor an error';
  return {
    service: clientName(service),
    operation,
    region: region === '' ? null : region,
    params: isMembers(params) ? params : {},
    ...(isMembers(response) && { response }),
    ...(error && { error }),
  };
}

function readError(error: unknown): RecordedCall['error'] | string {
  if (isNothing(error)) return undefined;
  const { code, message } = isMembers(error) ? error : {};
  if (typeof code !== 'string') return 'has an error without a code';
  return { code, ...(typeof message === 'string' && { message }) };
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readHeader(value: Members): RecordingHeader | string {
  const { trailproof, collectedAt, account, partition, alias, regions } = value;
  if (trailproof !== 'recording/1') return `is a ${String(trailproof)}, not a recording/1`;
  if (typeof account !== 'string' || typeof partition !== 'string') return 'is a header without account or partition';
  if (!isAccountId(account)) return 'is a header whose account has not 12 digits';
  const time = typeof collectedAt === 'string' ? utcTime(collectedAt) : undefined;
  if (time === undefined) return 'is a header whose collectedAt is no time';
  if (!Array.isArray(regions) || !regions.every((region) => typeof region === 'string'))
    return 'is a header without regions';
  return { trailproof, collectedAt: time, account, partition, regions, ...(typeof alias === 'string' && { alias }) };
}

/** Others record each page on a line of its own; we answer a call with all of them. */
function joinLines(calls: readonly RecordedCall[]): readonly RecordedCall[] {
  const joined = new Map<string, RecordedCall>();
  const unfinished = new Set<string>();
  for (const call of calls) {
    const key = recordedKey(call);
    const before = joined.get(key);
    if (before && !isLaterPage(call.params)) continue;
    joined.set(key, before ? joinCalls(before, call) : call);
    if (call.response && nextPage(call.response)) unfinished.add(key);
    else unfinished.delete(key);
  }
  return [...joined].map(([key, call]) => (unfinished.has(key) ? withoutRest(call) : call));
}

/** AWS would have said more, and nobody asked or nobody kept it: no more is known than where a page had failed. */
const withoutRest = (call: RecordedCall): RecordedCall => ({
  ...call,
  ...(call.response && { response: withoutPaging(call.response) }),
  error: { code: 'NotRecorded', message: 'The recording does not have all pages of the answer.' },
});

/** Two pages of one answer as one. */
export function joinCalls(before: RecordedCall, later: RecordedCall): RecordedCall {
  const pages = [before.response, later.response].filter((page) => page !== undefined);
  return {
    ...before,
    ...(pages.length > 0 && { response: joinPages(pages) }),
    ...(later.error && { error: later.error }),
  };
}

/** The account that a recording without a header is about, by the ARNs of what it lists; undefined: it does not say. */
export function accountOfRecording({ header, calls }: Recording): SnapshotAccount | undefined {
  if (header)
    return {
      id: header.account,
      partition: header.partition,
      ...(header.alias !== undefined && { alias: header.alias }),
    };
  const caller = calls.find(({ operation }) => operation === 'GetCallerIdentity')?.response?.Arn;
  const listed =
    caller === undefined ? calls.map(({ response }) => JSON.stringify(response ?? '')) : [JSON.stringify(caller)];
  const votes = new Map<string, number>();
  for (const [, partition, id] of listed.flatMap((text) => [
    ...text.matchAll(/"arn:([\w-]+):[\w-]+:[\w-]*:(\d{12}):/g),
  ])) {
    votes.set(`${partition} ${id}`, (votes.get(`${partition} ${id}`) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const [partition, id] = most?.[0].split(' ') ?? [];
  return partition && id ? { id, partition } : undefined;
}

/** The regions that a recording was made in; undefined: no call says it. */
export function regionsOfRecording({ header, calls }: Recording): readonly string[] | undefined {
  if (header) return header.regions;
  const named = [...new Set(calls.flatMap(({ region }) => (region === null ? [] : [region])))];
  return named.length > 0 ? named.sort() : undefined;
}
