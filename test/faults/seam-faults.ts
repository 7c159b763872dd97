import { type Call, callOf, type Members, type Send } from '../../src/collectors/call.ts';
import type { CollectOptions } from '../../src/collectors/collect.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { awsError, inMemoryAccount } from '../collectors/in-memory-account.ts';
import { decidingAnswers } from './deciding-account.ts';
import { collectDeciding } from './judge-account.ts';

const { send } = inMemoryAccount(decidingAnswers);

const throwing = (thrown: () => unknown) => async (): Promise<unknown> => {
  throw thrown();
};

/** What becomes of a call instead of its answer: as the SDK tells it, after its retries. */
export const faults = {
  AccessDenied: throwing(() => awsError('AccessDeniedException', 'User: x is not authorized')),
  throttled: throwing(() => awsError('ThrottlingException', 'Rate exceeded')),
  '500': throwing(() =>
    Object.assign(new Error('UnknownError'), { name: 'UnknownError', $metadata: { httpStatusCode: 500 } }),
  ),
  reset: throwing(() => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })),
  hang: (): Promise<unknown> => new Promise(() => {}),
  'truncated body': throwing(() => new SyntaxError('Unexpected end of JSON input')),
  'malformed JSON': throwing(() => new SyntaxError('Unexpected token \'<\', "<html>" is not valid JSON')),
  'body cut off by a reset': throwing(() => Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
  'body that is no answer': async () => undefined,
} as const satisfies Readonly<Record<string, () => Promise<unknown>>>;

export const isCallOf = ({ service, operation }: Call, wanted: string): boolean => {
  const { service: ownService, operation: own } = callOf(wanted, '', {});
  return service === ownService && operation === own;
};

/** The account with other answers. What has not been answered when everything else has is given up. */
export async function collectThrough(seam: Send, options: Partial<CollectOptions> = {}): Promise<Snapshot> {
  const deadline = new AbortController();
  const run = collectDeciding({ ...options, deadline: deadline.signal, send: seam });
  // All that can be answered is, before the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  deadline.abort();
  return run;
}

/** Breaks the calls that it is told to. */
export const breaking =
  (isBroken: (call: Call) => boolean, fault: () => Promise<unknown>): Send =>
  (call) =>
    isBroken(call) ? fault() : send(call);

/** Gives the lists of an operation's answers in two pages, of which the second breaks. */
export function breakingSecondPage(operation: string, onFirst: number, fault: () => Promise<unknown>): Send {
  return async (call) => {
    if (!isCallOf(call, operation)) return send(call);
    if (Object.hasOwn(call.params, 'NextToken')) return fault();
    const answer = (await send(call)) as Members;
    const isCut = Object.values(answer).some((value) => Array.isArray(value) && value.length > onFirst);
    return isCut ? { ...cut(answer, onFirst), NextToken: 'second page' } : answer;
  };
}

const cut = (answer: Members, onFirst: number): Members =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, onFirst) : value]),
  );

/** Every call of the account when nothing breaks. */
export async function allCalls(): Promise<readonly Call[]> {
  const memory = inMemoryAccount(decidingAnswers);
  await collectDeciding({ send: memory.send });
  return memory.calls;
}
