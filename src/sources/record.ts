import { repeatedToken } from '../collectors/ask.ts';
import { type Call, callOf, type Members, type Send } from '../collectors/call.ts';
import { isLaterPage, nextPage, withoutPaging } from '../collectors/paging.ts';
import { redact } from '../collectors/redact.ts';
import { assertAnswer, type Refusal, refusalOf } from '../collectors/refusal.ts';
import { endpointRegion } from '../resource-types/partition.ts';
import { assumeRole, joinCalls, type RecordedCall, type RecordingHeader, recordedKey } from './recording.ts';

/** A seam that remembers. */
export interface RecordingSend {
  readonly send: Send;
  /** The recording: one call a line, sorted, the header first. */
  lines(header: Omit<RecordingHeader, 'trailproof'>): readonly string[];
}

/**
 * Passes calls on and remembers each with its final answer, its pages as one. What no report shows is left out:
 * credentials, names of people, descriptions, request ids; and what `hide` takes out.
 */
export function recordingSend(send: Send, hide: (call: Call, answer: Members) => Members): RecordingSend {
  const recorded = new Map<string, RecordedCall>();
  /** Those whose last page names another. */
  const unfinished = new Set<string>();
  const remember = (call: Call, answered: Pick<RecordedCall, 'response' | 'error'>): void => {
    const key = recordedKey(call);
    if (answered.response && nextPage(answered.response)) unfinished.add(key);
    else unfinished.delete(key);
    const line: RecordedCall = { ...call, params: withoutPaging(call.params), ...answered };
    const before = recorded.get(key);
    recorded.set(key, before && isLaterPage(call.params) ? joinCalls(before, line) : line);
  };
  return {
    send: async (call) => {
      try {
        const answer = await send(call);
        const response = redact(answer);
        assertAnswer(response);
        const kept = hide(call, response);
        remember(call, { response: nextPage(kept) ? kept : withoutPaging(kept) });
        return answer;
      } catch (thrown) {
        remember(call, { error: refusalOf(thrown) });
        throw thrown;
      }
    },
    lines: (header) => {
      const sorted = [...recorded]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        // A page is not asked for only where its token has come before.
        .map(([key, call]) => (unfinished.has(key) ? { ...call, error: repeatedToken } : call))
        .map((call) => JSON.stringify(writeCall(call)));
      return [headerLine(header), ...sorted];
    },
  };
}

/** The recording of an account that nobody was let into: its one call says why. */
export function recordedRefusal(
  header: Omit<RecordingHeader, 'trailproof' | 'regions'>,
  roleArn: string,
  error: Refusal,
): readonly string[] {
  const call = callOf(assumeRole, endpointRegion(header.partition), { RoleArn: roleArn });
  return [headerLine({ ...header, regions: [] }), JSON.stringify(writeCall({ ...call, error }))];
}

const headerLine = (header: Omit<RecordingHeader, 'trailproof'>): string =>
  JSON.stringify({ trailproof: 'recording/1', ...header });

/** Members in the order of the design's example; no token is left of what was pages. */
function writeCall({ service, operation, region, params, response, error }: RecordedCall): RecordedCall {
  return {
    service,
    operation,
    region,
    params,
    ...(response && { response: withoutPaging(response) }),
    ...(error && { error }),
  };
}
