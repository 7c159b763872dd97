// Faults below the SDK's own retries, of each operation that the rules need: what passes is not seen, what stays is a
// refusal that says what it was.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Call, Send } from '../../src/collectors/call.ts';
import { refusalOf } from '../../src/collectors/refusal.ts';
import { awsClients } from '../../src/sources/aws-clients.ts';
import { inMemoryAccount } from '../collectors/in-memory-account.ts';
import { letClockRun, step, stopClock, waiting } from './clock.ts';
import { decidingAnswers } from './deciding-account.ts';
import { collectDeciding, scanPlan } from './judge-account.ts';
import { allCalls, isCallOf } from './seam-faults.ts';

const operations = [...scanPlan.operations.keys()].sort();
const calls = await allCalls();
const { send: account } = inMemoryAccount(decidingAnswers);
const whole = JSON.stringify(await collectDeciding());

/** What becomes of one attempt of a call: the first is 1. */
type Attempts = (call: Call, nth: number) => Promise<unknown>;

/** The same account behind the SDK's own clients, new ones: what a client may repeat in all is limited. */
function sdk(attempts: Attempts): { readonly send: Send; readonly made: ReadonlyMap<string, number> } {
  const made = new Map<string, number>();
  const attempt: Send = (call) => {
    const key = JSON.stringify(call);
    const nth = (made.get(key) ?? 0) + 1;
    made.set(key, nth);
    return attempts(call, nth);
  };
  const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  return { send: awsClients({ environment: {}, credentials, attempt }).request, made };
}

/** Loading a client takes turns of the event loop that no clock counts. */
beforeAll(() => collectDeciding({ send: sdk(account).send }).then(() => undefined));
beforeEach(stopClock);
afterEach(() => {
  letClockRun();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function answered(status: number, name: string): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
}

const failing =
  (thrown: () => unknown, times = Number.POSITIVE_INFINITY): Attempts =>
  async (call, nth) => {
    if (nth <= times) throw thrown();
    return account(call);
  };

const throttle = () => answered(400, 'ThrottlingException');
const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const cut = () =>
  Object.assign(new SyntaxError('Unexpected end of JSON input'), { $metadata: { httpStatusCode: 200 } });
const page = () => Object.assign(new SyntaxError("Unexpected token '<'"), { $metadata: { httpStatusCode: 200 } });

/** Fault, and what comes of it: after how many attempts which code, or nothing: an answer. */
const faults: Readonly<Record<string, readonly [Attempts, attempts: number, code?: string]>> = {
  AccessDenied: [failing(() => answered(400, 'AccessDeniedException')), 1, 'AccessDeniedException'],
  'throttled twice': [failing(throttle, 2), 3],
  'throttled for good': [failing(throttle), 4, 'ThrottlingException'],
  '500': [failing(() => answered(500, 'InternalFailure')), 4, 'InternalFailure'],
  '500 once': [failing(() => answered(500, 'InternalFailure'), 1), 2],
  reset: [failing(reset), 4, 'ConnectionReset'],
  'reset once': [failing(reset, 1), 2],
  'truncated body': [failing(cut), 1, 'UnreadableAnswer'],
  'malformed JSON': [failing(page), 1, 'UnreadableAnswer'],
};

const outcomeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    (thrown: unknown) => refusalOf(thrown).code,
  );

describe.each(operations)('%s', (operation) => {
  const own = calls.filter((call) => isCallOf(call, operation));
  const regions = [...new Set(own.map(({ region }) => region))].sort();

  test.each(Object.entries(faults))('%s', async (_, [broken, attempts, code]) => {
    for (const call of own) {
      const { send, made } = sdk(broken);
      const { result } = await waiting(outcomeOf(send(call)));
      expect([...made.values(), result]).toEqual([attempts, code ?? (await outcomeOf(account(call)))]);
    }
  });

  // Which region it is makes no difference to a client: one service stands for all.
  const alone = operation.startsWith('cloudtrail:') && regions.length > 1 ? regions : [];
  const places = [undefined, ...alone];
  test.each(places)(
    'throttled twice in %s: the snapshot is the same bytes, and so are all findings',
    async (region) => {
      const isBroken = (call: Call) => isCallOf(call, operation) && (region === undefined || call.region === region);
      const { send, made } = sdk((call, nth) => (isBroken(call) ? failing(throttle, 2) : account)(call, nth));
      const { result } = await waiting(collectDeciding({ send }));
      expect(JSON.stringify(result)).toBe(whole);
      expect(Math.max(...made.values())).toBe(3);
    },
  );
});

describe('between attempts', () => {
  const few = calls.filter(({ service, region }) => service === 'cloudtrail' && region === 'us-east-1');

  /** How long calls wait in all that are throttled for good, where chance is so. */
  async function waitedWhere(chance: number): Promise<number> {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    const { send } = sdk(failing(throttle));
    let waited = 0;
    for (const call of few) waited += (await waiting(outcomeOf(send(call)))).waited;
    return waited;
  }

  test('the SDK waits as chance has it, twice as long each time at most, and never adapts', async () => {
    // Whatever somebody's other tools do: the limiter of the adaptive mode would wait where chance says not to.
    vi.stubEnv('AWS_RETRY_MODE', 'adaptive');
    expect(await waitedWhere(0)).toBe(few.length * step);
    expect(await waitedWhere(0.5)).toBe(few.length * 500 * (1 + 2 + 4));
    expect(await waitedWhere(1)).toBe(few.length * 1000 * (1 + 2 + 4));
  });
});
