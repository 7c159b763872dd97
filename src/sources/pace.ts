import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Send } from '../collectors/call.ts';

/** Calls a second that AWS documents for one API of an account in a region (aws-semantics §10.4). */
const rates: Readonly<Record<string, number>> = {
  cloudtrail: 10,
  'cloudwatch-logs': 10,
};

/** The time, in milliseconds, and how to let it pass. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const machine: Clock = { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) };

/**
 * Keeps each API of each region to its documented rate: a second's worth at once, then one at a time. What AWS
 * would throttle and the SDK would repeat is not sent at all.
 */
export function paced(send: Send, clock: Clock = machine): Send {
  const buckets = new Map<string, { full: number }>();
  return async (call) => {
    const rate = rateOf(call);
    if (rate !== undefined) await turn(rate, call);
    return send(call);
  };

  async function turn(rate: number, { service, operation, region }: Call): Promise<void> {
    const key = `${service}:${operation} ${region}`;
    const bucket = buckets.get(key) ?? { full: Number.NEGATIVE_INFINITY };
    buckets.set(key, bucket);
    const now = clock.now();
    // When the bucket would be full again: each call moves that a turn further away.
    bucket.full = Math.max(bucket.full, now) + 1000 / rate;
    const wait = bucket.full - now - 1000;
    if (wait > 0) await clock.sleep(wait);
  }
}

const rateOf = ({ service }: Call): number | undefined => (Object.hasOwn(rates, service) ? rates[service] : undefined);
