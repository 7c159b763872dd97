import { type CollectOptions, collect } from '../../src/collectors/collect.ts';
import { everything } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type Answers, account, inMemoryAccount } from './in-memory-account.ts';

/** Collects everything an account in memory has, unless told otherwise. */
export function collectFrom(answers: Answers, options: Partial<CollectOptions> = {}): Promise<Snapshot> {
  return collect({
    registry: resourceTypes,
    plan: everything(resourceTypes),
    send: inMemoryAccount(answers).send,
    account,
    concurrency: 50,
    collectedAt: '2026-11-20T09:00:00.000Z',
    ...options,
  });
}
