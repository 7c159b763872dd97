import { Buffer } from 'node:buffer';
import { callOf, type Send, valueAt } from '../collectors/call.ts';
import { refusalOf, refusalText } from '../collectors/refusal.ts';
import type { AsffFinding } from '../reporters/asff.ts';
import { asffLimits } from '../reporters/asff-limits.ts';
import { again } from './again.ts';
import type { Reach } from './sent.ts';

/** What became of findings that were sent to a hub. */
export interface Imported {
  readonly ids: ReadonlySet<string>;
  /** Why others did not arrive, and how many. */
  readonly failed: ReadonlyMap<string, number>;
}

/** A hub's end of a call. */
export interface HubEnd {
  readonly send: Send;
  readonly region: string;
}

/**
 * Sends findings to a hub, as many at once as it takes. What it does not take of a batch is sent again, unless it says
 * that it never will; a finding that arrives twice is one, for its id is the same. After a batch that nobody answers
 * the others are not tried.
 */
export async function importFindings(
  findings: readonly AsffFinding[],
  end: HubEnd,
  reach: Pick<Reach, 'sleep'>,
): Promise<Imported> {
  const ids = new Set<string>();
  const failed = new Map<string, number>();
  const fail = (reason: string, count: number) => count > 0 && failed.set(reason, (failed.get(reason) ?? 0) + count);
  const batches = batchesOf(findings);
  for (const [index, batch] of batches.entries()) {
    const { missing, refused } = await importBatch(batch, end, reach);
    for (const { Id } of batch) if (!missing.has(Id)) ids.add(Id);
    for (const reason of missing.values()) fail(reason, 1);
    if (refused === undefined) continue;
    fail(refused, batches.slice(index + 1).flat().length);
    break;
  }
  return { ids, failed };
}

async function importBatch(batch: readonly AsffFinding[], end: HubEnd, reach: Pick<Reach, 'sleep'>) {
  /** Why they did not arrive, by their ids. */
  const missing = new Map(batch.map(({ Id }) => [Id, '']));
  let refused: string | undefined;
  await again<readonly AsffFinding[]>(
    batch,
    async (left) => {
      const answer = await sendBatch(left, end);
      refused = answer.refused;
      for (const { Id } of left) {
        const reason = refused ?? answer.failed.get(Id);
        if (reason === undefined) missing.delete(Id);
        else missing.set(Id, reason);
      }
      const retried = left.filter(({ Id }) => !isFinal(answer.failed.get(Id) ?? 'Invalid'));
      return retried.length > 0 ? { left: retried } : undefined;
    },
    reach,
  );
  return { missing, refused };
}

interface BatchAnswer {
  /** Why each of them did not arrive, by its id. */
  readonly failed: ReadonlyMap<string, string>;
  /** Why none of them did: the SDK has tried it again already. */
  readonly refused?: string;
}

async function sendBatch(batch: readonly AsffFinding[], { send, region }: HubEnd): Promise<BatchAnswer> {
  try {
    const answer = await send(callOf('securityhub:BatchImportFindings', region, { Findings: batch }));
    return { failed: failuresIn(answer, batch) };
  } catch (thrown) {
    return { failed: new Map(), refused: refusalText(refusalOf(thrown)) };
  }
}

/** A failure that is not said of one is said of all: better sent again than lost. */
function failuresIn(answer: unknown, batch: readonly AsffFinding[]): ReadonlyMap<string, string> {
  const listed = valueAt(answer, 'FailedFindings');
  const failures = new Map<string, string>();
  for (const item of Array.isArray(listed) ? listed : []) {
    const [id, code, message] = ['Id', 'ErrorCode', 'ErrorMessage'].map((name) => String(valueAt(item, name)));
    failures.set(id ?? '', `${code}: ${message}`);
  }
  const isWhole = valueAt(answer, 'SuccessCount') === batch.length - failures.size;
  if (isWhole) return failures;
  return new Map(
    batch.map(({ Id }) => [Id, failures.get(Id) ?? 'UnreadableAnswer: it is not said which of them failed']),
  );
}

/** `InvalidInput`, `InvalidAccess`: the same finding would be refused again. */
const isFinal = (reason: string): boolean => reason.startsWith('Invalid');

/** In pieces that one call may hold. No finding is too large for a call of its own. */
export function batchesOf(findings: readonly AsffFinding[]): readonly (readonly AsffFinding[])[] {
  const batches: AsffFinding[][] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 1;
    const last = batches.at(-1);
    if (!last || last.length === asffLimits.findings || bytes + size > asffLimits.bytes - envelope) {
      batches.push([finding]);
      bytes = size;
    } else {
      last.push(finding);
      bytes += size;
    }
  }
  return batches;
}

/** What stands around the findings in a call. */
const envelope = 1000;
