import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { startNames } from '../../src/snapshot/named-elsewhere.ts';
import { startIndex } from '../../src/snapshot/run-index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { snapshotWith, trail, trailArn } from '../rules/judging.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const held = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const archive = '888877776666';

/** A member whose own trail writes to a central bucket, with a central key, and which sees the organization's. */
function member(number: number): Snapshot {
  const id = String(100_000_000_000 + number);
  const central = { S3BucketName: 'central', KmsKeyId: `arn:aws:kms:us-east-1:${archive}:key/1` };
  const trails = [id, archive].map((owner) => ({
    ...trail('own', central),
    TrailARN: trailArn('own', 'us-east-1', owner),
    // What nobody keeps.
    tags: { text: `${number} `.repeat(4_000) },
  }));
  const buckets = Array.from({ length: 5 }, (_, bucket) => ({ Name: `bucket-${bucket}-of-${id}` }));
  return snapshotWith(
    { 'AWS::CloudTrail::Trail': trails, 'AWS::S3::Bucket': buckets },
    { account: { id, partition: 'aws' } },
  );
}

test.each([
  ['who points where', startIndex],
  ['what is named elsewhere', startNames],
])('of each account a run keeps a few hundred bytes: %s', (_, start) => {
  const index = start(resourceTypes);
  const take = (from: number, to: number): void => {
    for (let number = from; number < to; number += 1) index.add(member(number));
  };
  take(0, 500);
  const before = held();
  take(500, 2_500);
  expect((held() - before) / 2_000).toBeLessThan(500);
  // Held until here.
  index.add(member(2_500));
});
