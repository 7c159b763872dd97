import pLimit from 'p-limit';
import { type Call, callOf, type Members, type Send } from './call.ts';
import { joinPages, nextPage } from './paging.ts';
import { redact } from './redact.ts';
import { assertAnswer, type Refusal, refusalOf, refuse } from './refusal.ts';

/** What came of a call: its pages as one answer, and why there are no more of them. Both, when a later page failed. */
export interface Reply {
  readonly answer?: Members;
  readonly refusal?: Refusal;
}

/** Whether AWS says by one of these codes that there is nothing. After a page that holds something it is a failure. */
export const saysNone = ({ answer, refusal }: Reply, codes: readonly string[] = []): boolean =>
  refusal !== undefined && !answer && codes.includes(refusal.code);

/** Asks AWS one thing, however many pages the answer has. Never throws for what AWS or the network does. */
export type Ask = (operation: string, region: string, params: Members) => Promise<Reply>;

interface AskOptions {
  readonly send: Send;
  /** Calls under way at any one time. */
  readonly concurrency: number;
  /** Ends every call that is still under way, and all that were to follow. */
  readonly deadline?: AbortSignal;
}

/** Puts paging, the limit of calls at a time and the deadline around the seam where calls leave. */
export function asking({ send, concurrency, deadline }: AskOptions): Ask {
  const limited = pLimit(concurrency);
  const timed = deadline ? withDeadline(send, deadline) : send;
  const page = (call: Call): Promise<unknown> => limited(() => timed(call));
  return (operation, region, params) => askAllPages(page, callOf(operation, region, params));
}

async function askAllPages(send: Send, call: Call): Promise<Reply> {
  const pages: Members[] = [];
  const seen = new Set<string>();
  try {
    for (let next: Members | undefined = {}; next; ) {
      const answer = redact(await send({ ...call, params: { ...call.params, ...next } }));
      assertAnswer(answer);
      pages.push(answer);
      next = nextPage(answer);
      assertNew(next, seen);
    }
    return { answer: joinPages(pages) };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    return pages.length > 0 ? { answer: joinPages(pages), refusal } : { refusal };
  }
}

/** A token that comes twice would be followed for ever. */
function assertNew(next: Members | undefined, seen: Set<string>): void {
  if (!next) return;
  const token = JSON.stringify(next);
  if (seen.has(token)) throw refuse(repeatedToken.code, repeatedToken.message);
  seen.add(token);
}

/** Why there may be pages that nobody asked for. */
export const repeatedToken = { code: 'RepeatedToken', message: 'AWS gave the same page token twice.' };

/** The seam with an end: calls that are not answered by then, and those made later, are refused as `TimedOut`. */
export function withDeadline(send: Send, deadline: AbortSignal): Send {
  return (call) =>
    new Promise((resolve, reject) => {
      const end = () => reject(refuse('TimedOut', 'The time for the whole scan was over.'));
      if (deadline.aborted) return end();
      deadline.addEventListener('abort', end, { once: true });
      send(call)
        .then(resolve, reject)
        .finally(() => deadline.removeEventListener('abort', end));
    });
}
