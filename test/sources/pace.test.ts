import { describe, expect, test } from 'vitest';
import { type Clock, paced } from '../../src/sources/pace.ts';
import { jumpingClock } from './jumping-clock.ts';

/** A clock in which nothing happens but what is waited for, and the moments at which calls went out. */
function watch(start = 0) {
  let now = start;
  const sent: number[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
  const send = paced(async () => Promise.resolve(void sent.push(now)), clock);
  const call = async (operation: string, count: number, { region = 'us-east-1', service = 'cloudtrail' } = {}) => {
    for (let index = 0; index < count; index += 1) await send({ service, operation, region, params: {} });
  };
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { call, sent, pass };
}

/** The most calls in any one second. */
const most = (sent: readonly number[]): number =>
  Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 1000).length));

describe('no more calls in any second than AWS documents', () => {
  test.each([
    ['cloudtrail', 'GetTrailStatus', 10],
    ['cloudtrail', 'GetResourcePolicy', 1],
    ['cloudwatch-logs', 'DescribeLogGroups', 10],
    ['cloudwatch-logs', 'DescribeMetricFilters', 5],
    ['cloudwatch', 'DescribeAlarms', 9],
    ['sns', 'ListSubscriptionsByTopic', 30],
    ['eventbridge', 'ListTargetsByRule', 50],
    ['organizations', 'ListTagsForResource', 5],
  ])('%s:%s', async (service, operation, rate) => {
    const { call, sent } = watch();
    await call(operation, rate * 3 + 1, { service });
    expect(most(sent)).toBe(rate);
    expect(sent.at(-1)).toBe(3000);
  });
});

test('a full second goes at once, also after a pause', async () => {
  const { call, sent, pass } = watch();
  await call('GetTrailStatus', 10);
  pass(5000);
  await call('GetTrailStatus', 10);
  expect(new Set(sent)).toEqual(new Set([0, 5000]));
});

test('other operations, regions and services do not wait', async () => {
  const { call, sent } = watch();
  await call('GetTrailStatus', 10);
  await call('GetEventSelectors', 10);
  await call('GetTrailStatus', 10, { region: 'eu-west-1' });
  await call('GetBucketPolicy', 500, { service: 's3' });
  expect(new Set(sent)).toEqual(new Set([0]));
});

describe('calls that come together', () => {
  const call = { service: 'cloudtrail', operation: 'GetTrailStatus', region: 'us-east-1', params: {} };

  /** When calls reach AWS, of which the first few are so long on their way. */
  async function arrivals(slow: number, onTheWay: number, outcome = () => undefined): Promise<readonly number[]> {
    const clock = jumpingClock();
    const { sleep: takes } = clock;
    const arrived: number[] = [];
    let sent = 0;
    const send = paced(async () => {
      sent += 1;
      await takes(sent <= slow ? onTheWay : 0);
      arrived.push(clock.now());
      return outcome();
    }, clock);
    const all = Promise.allSettled(Array.from({ length: 25 }, () => send(call)));
    await clock.runOut();
    await all;
    return arrived;
  }

  test('keep their distance', async () => {
    expect(await arrivals(0, 0)).toEqual([...Array(10).fill(0), ...Array(10).fill(1000), ...Array(5).fill(2000)]);
  });

  test('keep it where they arrive, however long the first are on their way', async () => {
    const arrived = await arrivals(10, 700);
    expect(arrived).toEqual([...Array(10).fill(700), ...Array(10).fill(1700), ...Array(5).fill(2700)]);
    expect(most(await arrivals(3, 700))).toBe(10);
  });

  test('go on after those that fail', async () => {
    const refuse = () => {
      throw new Error('no');
    };
    expect((await arrivals(0, 0, refuse)).at(-1)).toBe(2000);
  });
});
