import { describe, expect, test } from 'vitest';
import type { Call, Send } from '../../src/collectors/call.ts';
import { everything } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { ResourceType } from '../../src/resource-types/resource-type.ts';
import type { Item, Snapshot } from '../../src/snapshot/snapshot.ts';
import { collectFrom } from './collect-in-memory.ts';
import { answers, awsError, inMemoryAccount } from './in-memory-account.ts';

/** Every way a call can go wrong, as the SDK throws it after its retries. */
const faults: Readonly<Record<string, { readonly thrown: () => unknown; readonly error: string }>> = {
  AccessDenied: {
    thrown: () => awsError('AccessDeniedException', 'User: x is not authorized'),
    error: 'AccessDeniedException',
  },
  throttled: { thrown: () => awsError('ThrottlingException', 'Rate exceeded'), error: 'ThrottlingException' },
  '500': {
    thrown: () =>
      Object.assign(new Error('UnknownError'), { name: 'UnknownError', $metadata: { httpStatusCode: 500 } }),
    error: 'InternalError',
  },
  reset: {
    thrown: () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    error: 'ConnectionReset',
  },
  'timed out': {
    thrown: () => Object.assign(new Error('Request timed out'), { name: 'TimeoutError' }),
    error: 'TimedOut',
  },
  'truncated body': { thrown: () => new SyntaxError('Unexpected end of JSON input'), error: 'UnreadableAnswer' },
};

const operations = [...everything(resourceTypes).operations.keys()].sort();
const nameOf = (operation: string) => operation.slice(operation.indexOf(':') + 1);
const prefixes: Readonly<Record<string, string>> = {
  logs: 'cloudwatch-logs',
  config: 'config-service',
  s3control: 's3-control',
  events: 'eventbridge',
};
const isCallOf = ({ service, operation }: Call, wanted: string): boolean => {
  const [prefix = ''] = wanted.split(':');
  return service === (prefixes[prefix] ?? prefix) && operation === nameOf(wanted);
};

const { send } = inMemoryAccount(answers);
const whole = await collectFrom(answers);

function failing(operation: string, thrown: () => unknown): Send {
  return async (call) => {
    if (isCallOf(call, operation)) throw thrown();
    return send(call);
  };
}

/** The properties that an operation gives, of every type that asks it. */
const given = (operation: string): ReadonlySet<string> =>
  new Set(
    Object.values<ResourceType>(resourceTypes).flatMap(({ reads }) => Object.keys(reads[operation]?.gives ?? {})),
  );

/** What lists or describes resources, what gives the pointers that lead to others: less is found without it. */
const leads = new Set([
  ...Object.values<ResourceType>(resourceTypes).flatMap(({ list, lookup }) => [list?.operation, lookup?.operation]),
  's3:GetBucketLogging',
  's3:GetBucketReplication',
  'athena:GetWorkGroup',
  'sns:ListSubscriptionsByTopic',
  'events:ListTargetsByRule',
]);

/** Every resource that is left is as it was, but for the properties that the operation gives. */
function expectUntouched(snapshot: Snapshot, operation: string): void {
  for (const [type, items] of Object.entries(snapshot.resources)) {
    const before = whole.resources[type] ?? [];
    const lost = given(operation);
    const without = (item: Item) => JSON.stringify(Object.entries(item).filter(([name]) => !lost.has(name)));
    expect(before.map(without)).toEqual(expect.arrayContaining(items.map(without)));
  }
}

describe.each(operations)('%s', (operation) => {
  const type = Object.values<ResourceType>(resourceTypes).find(({ reads }) => Object.hasOwn(reads, operation));

  test.each(Object.keys(faults))('%s is a gap that names it, and nothing else changes', async (name) => {
    const fault = faults[name];
    if (!fault) throw new Error(name);
    const snapshot = await collectFrom(answers, { send: failing(operation, fault.thrown) });

    const gaps = snapshot.gaps?.filter((gap) => gap.operation === operation && gap.error === fault.error) ?? [];
    expect(gaps.length).toBeGreaterThan(0);
    expect(JSON.stringify(snapshot)).not.toContain('requestId');
    expectUntouched(snapshot, operation);
    if (leads.has(operation)) return;

    expect(snapshot).toEqual({
      ...whole,
      resources: Object.fromEntries(
        Object.entries(whole.resources).map(([typeName, items]) => {
          const reads = Object.hasOwn(resourceTypes, typeName)
            ? resourceTypes[typeName as keyof typeof resourceTypes].reads
            : {};
          if (!Object.hasOwn(reads, operation)) return [typeName, items];
          return [
            typeName,
            items.map((item) => Object.fromEntries(Object.entries(item).filter(([key]) => !given(operation).has(key)))),
          ];
        }),
      ),
      gaps: expect.arrayContaining([...(whole.gaps ?? [])]),
    });
    expect(snapshot.gaps).toHaveLength((whole.gaps?.length ?? 0) + gaps.length);
  });

  test('a hang ends with the time for the scan, as a gap that names it', async () => {
    const deadline = new AbortController();
    const run = collectFrom(answers, {
      deadline: deadline.signal,
      send: (call) => (isCallOf(call, operation) ? new Promise(() => {}) : send(call)),
    });
    // All that can be answered is, before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    deadline.abort();
    const snapshot = await run;
    expect(snapshot.gaps?.some((gap) => gap.operation === operation && gap.error === 'TimedOut')).toBe(true);
    expect(
      snapshot.gaps
        ?.filter((gap) => !whole.gaps?.some(({ error }) => error === gap.error))
        .every(({ error }) => error === 'TimedOut'),
    ).toBe(true);
    for (const [name, items] of Object.entries(snapshot.resources)) {
      for (const item of items) {
        const isPart = (whole.resources[name] ?? []).some((before) =>
          Object.entries(item).every(([key, value]) => JSON.stringify(before[key]) === JSON.stringify(value)),
        );
        expect(isPart).toBe(true);
      }
    }
  });

  const notSet = type?.reads[operation]?.notSet ?? [];
  test.each(notSet)('%s is an answer: it is not set, and that is no gap', async (code) => {
    const [set, refused] = await Promise.all([
      collectFrom(answers, { send: failing(operation, () => awsError(code)) }),
      collectFrom(answers, { send: failing(operation, () => awsError('AccessDenied')) }),
    ]);
    const about = (snapshot: Snapshot, error: string) =>
      snapshot.gaps?.filter((gap) => gap.operation === operation && gap.error === error) ?? [];
    expect(about(set, code)).toEqual([]);
    expect(about(refused, 'AccessDenied').length).toBeGreaterThan(0);
    expect(JSON.stringify(set.resources)).toBe(JSON.stringify(refused.resources));
  });
});

test('every call failing still gives a snapshot, of gaps', async () => {
  const snapshot = await collectFrom({});
  expect(snapshot.resources).toEqual({});
  const all = Object.values<ResourceType>(resourceTypes).flatMap(({ list }) => list ?? []);
  // All of IAM is listed by one operation: that is refused once.
  const listings = new Map(all.map((list) => [list.operation, list])).values();
  const expected = [...listings].flatMap(({ operation, once }) => [
    [operation, undefined],
    // Where nobody knows which regions there are, what one of them shows is not all.
    ...(once ? [] : [[operation, 'us-east-1']]),
  ]);
  const order = (pairs: readonly (readonly unknown[])[]) => pairs.map((pair) => pair.join(' ')).sort();
  expect(order(snapshot.gaps?.map(({ operation, region }) => [operation, region]) ?? [])).toEqual(
    order([...expected, ['s3control:GetPublicAccessBlock', 'us-east-1']]),
  );
});

test('a scan whose time is over before it starts asks nothing', async () => {
  const memory = inMemoryAccount(answers);
  const snapshot = await collectFrom(answers, { send: memory.send, deadline: AbortSignal.abort() });
  expect(memory.calls).toEqual([]);
  expect(new Set(snapshot.gaps?.map(({ error }) => error))).toEqual(new Set(['TimedOut']));
});
