import { type Call, isMembers, type Members, type Send, serviceOf } from '../collectors/call.ts';
import { isLaterPage, withoutPaging } from '../collectors/paging.ts';
import { type Refusal, refuse } from '../collectors/refusal.ts';
import type { Lookup, Registry } from '../resource-types/resource-type.ts';
import { namesIn } from '../resource-types/template.ts';
import { assumeRole, type RecordedCall, type Recording, recordedKey } from './recording.ts';

/** The token that stands for the page that failed when the call was recorded. */
const failedPage = 'the page that failed';

/**
 * Answers calls from a recording. A call is found by its service, operation and region, and by the members of its
 * request that say which resource it is about; or its answer in that to a wider question. What was never recorded is
 * refused as `NotRecorded`.
 */
export function replaySend({ calls }: Recording, registry: Registry): Send {
  const exact = new Map(calls.map((call) => [recordedKey(call), call]));
  const byOperation = Map.groupBy(calls, ({ service, operation }) => `${service}:${operation}`);
  const identifying = identifyingMembers(registry);
  const lookups = new Map(
    Object.values(registry).flatMap(({ lookup }) => (lookup ? [[nameOf(lookup.operation), lookup]] : [])),
  );
  return async (call) => {
    const name = `${call.service}:${call.operation}`;
    const alike = byOperation.get(name) ?? [];
    const found =
      exact.get(recordedKey(call)) ??
      closest(alike, call, identifying.get(name) ?? new Set()) ??
      partOfWider(alike, call, lookups.get(name));
    if (!found) throw refuse('NotRecorded', `The recording has no such call of ${name} in ${call.region}.`);
    return answer(found, call);
  };
}

/** Why nobody was let into the account: all that was recorded is that its role was refused. */
export function refusedRole({ calls }: Recording): Refusal | undefined {
  const [only, ...others] = calls;
  if (!only || others.length > 0 || `${only.service}:${only.operation}` !== assumeRole) return undefined;
  return only.error;
}

function answer({ response, error }: RecordedCall, { params }: Call): unknown {
  const isFailure = error && (!response || isLaterPage(params));
  if (isFailure) throw refuse(error.code, error.message ?? '');
  // Two answers in one line: the first pages, and why there are no more.
  return error ? { ...response, NextToken: failedPage } : response;
}

/** An operation of a resource type as a recording calls it. */
const nameOf = (operation: string): string => `${serviceOf(operation)}:${operation.slice(operation.indexOf(':') + 1)}`;

/** The request members of each call that hold something of the resource it is about. */
function identifyingMembers(registry: Registry): ReadonlyMap<string, ReadonlySet<string>> {
  const declared = Object.values(registry).flatMap(({ list, lookup, reads }) => [
    ...[list, lookup].flatMap((call) => (call ? [[call.operation, call.params] as const] : [])),
    ...Object.entries(reads).map(([operation, { params }]) => [operation, params] as const),
  ]);
  const members = new Map<string, Set<string>>();
  for (const [operation, params] of declared) {
    const name = nameOf(operation);
    const known = members.get(name) ?? new Set();
    members.set(name, known);
    for (const [member, value] of Object.entries(params ?? {})) {
      if (namesIn(JSON.stringify(value)).some((own) => own !== 'account')) known.add(member);
    }
  }
  return members;
}

/** The call as somebody else would have made it: without a region, by a name instead of an ARN, all at once. */
function closest(
  calls: readonly RecordedCall[],
  call: Call,
  identifying: ReadonlySet<string>,
): RecordedCall | undefined {
  const fitting = calls.filter(
    ({ region, params }) =>
      (region === null || region === call.region) &&
      isNoNarrower(params, call.params, identifying) &&
      [...identifying].every((member) => means(params, call.params, member)),
  );
  // Where several fit, one recorded in this very region says more than one of which nobody knows the region.
  return fitting.find(({ region }) => region !== null) ?? fitting[0];
}

/**
 * Out of a recorded list of all, or of more than is asked for, those that the call means. One of which nobody knows the
 * region shows what is there, and never that something is not.
 */
function partOfWider(
  calls: readonly RecordedCall[],
  call: Call,
  { at = '', beginning }: Partial<Lookup> = {},
): RecordedCall | undefined {
  const wanted = beginning && call.params[beginning.asked];
  if (!beginning || typeof wanted !== 'string') return undefined;
  const isWider = ({ [beginning.asked]: theirs }: Members): boolean =>
    theirs === undefined || theirs === null || (typeof theirs === 'string' && wanted.startsWith(theirs));
  const parts = calls.flatMap((recorded) => {
    const { region, params, response } = recorded;
    const list = response?.[at];
    const fits =
      (region === null || region === call.region) &&
      isNoNarrower(params, call.params, new Set([beginning.asked])) &&
      isWider(params);
    if (!fits || !Array.isArray(list)) return [];
    const meant = list.filter((entry) => isMembers(entry) && String(entry[beginning.of]).startsWith(wanted));
    return region === null && meant.length === 0 ? [] : [{ ...recorded, response: { ...response, [at]: meant } }];
  });
  return parts.find(({ region }) => region !== null) ?? parts[0];
}

/** A call with a filter that ours lacks has an answer in which resources are missing. */
function isNoNarrower(recorded: Members, asked: Members, identifying: ReadonlySet<string>): boolean {
  return Object.entries(withoutPaging(recorded))
    .filter(([member, value]) => value !== null && value !== undefined && !identifying.has(member))
    .every(([member, value]) => Object.hasOwn(asked, member) && asked[member] === value);
}

function means(recorded: Members, asked: Members, member: string): boolean {
  const [theirs, ours] = [recorded, asked].map((params) =>
    Object.hasOwn(params, member) ? params[member] : undefined,
  );
  // A list filters: without it the answer holds everything.
  if (theirs === undefined || theirs === null) return Array.isArray(ours);
  if (typeof theirs === 'string' && typeof ours === 'string') return isNameOf(theirs, ours);
  if (!Array.isArray(theirs) || !Array.isArray(ours)) return false;
  return ours.every((own) => theirs.some((their) => isNameOf(String(their), String(own))));
}

const isNameOf = (name: string, id: string): boolean =>
  name === id || (id.startsWith('arn:') && (id.endsWith(`/${name}`) || id.endsWith(`:${name}`)));
