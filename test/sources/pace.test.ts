import { expect, test } from 'vitest';
import { paced } from '../../src/sources/pace.ts';

test('a second of calls at once, then one at a time, for each API and region', async () => {
  let now = 0;
  const waits: number[] = [];
  const send = paced(async ({ operation }) => operation, {
    now: () => now,
    sleep: async (milliseconds) => void waits.push(milliseconds),
  });
  const call = (operation: string, region = 'us-east-1', service = 'cloudtrail') =>
    send({ service, operation, region, params: {} });

  for (let count = 0; count < 12; count += 1) await call('GetTrailStatus');
  expect(waits).toEqual([100, 200]);

  await call('GetEventSelectors');
  await call('GetTrailStatus', 'eu-west-1');
  for (let count = 0; count < 50; count += 1) await call('GetBucketPolicy', 'us-east-1', 's3');
  expect(waits).toEqual([100, 200]);

  now = 1200;
  for (let count = 0; count < 11; count += 1) await call('GetTrailStatus');
  expect(waits).toEqual([100, 200, 100]);
});
