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
  // Security Hub's own quotas (API reference, "Welcome").
  'securityhub:GetFindings': 3,
  'securityhub:BatchImportFindings': 10,
  'securityhub:BatchUpdateFindings': 10,
  // Not documented: what it is known to bear for long.
  organizations: 5,
};

/** The time, in milliseconds, and how to let it pass. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const machine: Clock = { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) };
const second = 1000;

/**
 * Keeps each API of each region to its documented rate: no more calls reach it in any second than that. What AWS would
 * throttle and the SDK would repeat is not sent at all.
 */
export function paced(send: Send, clock: Clock = machine): Send {
  const answered = new Map<string, Promise<number>[]>();
  return async (call) => {
    const rate = rateOf(call);
    return rate === undefined ? send(call) : inTurn(rate, call);
  };

  /**
   * A call may go a second after the one that many places before it was answered. Not after that one was sent: the
   * first of a region wait for a connection, and would reach AWS together with those that come after.
   */
  async function inTurn(rate: number, call: Call): Promise<unknown> {
    const key = `${call.service}:${call.operation} ${call.region}`;
    const answers = answered.get(key) ?? [];
    answered.set(key, answers);
    const before = answers.length < rate ? undefined : answers.shift();
    const { promise, resolve } = Promise.withResolvers<number>();
    answers.push(promise);
    if (before) {
      const wait = (await before) + second - clock.now();
      if (wait > 0) await clock.sleep(wait);
    }
    try {
      return await send(call);
    } finally {
      resolve(clock.now());
    }
  }
}

/** An operation's own rate, else that of its service; undefined: none is documented, or it is in the hundreds. */
function rateOf({ service, operation }: Call): number | undefined {
  const own = `${service}:${operation}`;
  if (Object.hasOwn(rates, own)) return rates[own];
  return Object.hasOwn(rates, service) ? rates[service] : undefined;
}
