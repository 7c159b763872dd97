import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Send } from '../collectors/call.ts';

/** Calls a second that AWS documents for one API of an account in a region (aws-semantics §10.4). */
const rates: Readonly<Record<string, number>> = {
  cloudtrail: 10,
  'cloudtrail:GetResourcePolicy': 1,
  'cloudwatch-logs': 10,
  'cloudwatch-logs:DescribeMetricFilters': 5,
  'cloudwatch-logs:DescribeSubscriptionFilters': 5,
  'cloudwatch:DescribeAlarms': 9,
  'sns:ListSubscriptionsByTopic': 30,
  'sns:GetTopicAttributes': 30,
  eventbridge: 50,
};

/** The time, in milliseconds, and how to let it pass. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const machine: Clock = { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) };
const second = 1000;

/**
 * Keeps each API of each region to its documented rate: no more calls in any second than that. What AWS would throttle
 * and the SDK would repeat is not sent at all.
 */
export function paced(send: Send, clock: Clock = machine): Send {
  const sent = new Map<string, number[]>();
  return async (call) => {
    const rate = rateOf(call);
    if (rate !== undefined) await turn(rate, call);
    return send(call);
  };

  /** A call may go when the one that many places before it is a second old. */
  async function turn(rate: number, { service, operation, region }: Call): Promise<void> {
    const key = `${service}:${operation} ${region}`;
    const times = sent.get(key) ?? [];
    sent.set(key, times);
    const now = clock.now();
    const earliest = times.length < rate ? now : Math.max(now, (times.shift() ?? now) + second);
    times.push(earliest);
    if (earliest > now) await clock.sleep(earliest - now);
  }
}

/** An operation's own rate, else that of its service; undefined: none is documented, or it is in the hundreds. */
function rateOf({ service, operation }: Call): number | undefined {
  const own = `${service}:${operation}`;
  if (Object.hasOwn(rates, own)) return rates[own];
  return Object.hasOwn(rates, service) ? rates[service] : undefined;
}
