import { expect, test } from 'vitest';
import { watchCritical } from '../../src/evaluation/idle-critical.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import { viewTogether } from '../../src/snapshot/run.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, other, ruleWith, snapshotWith } from '../rules/judging.ts';

const asking = ruleWith({
  resource: 'AWS::S3::Bucket',
  when: { any: [{ not: { critical: false } }] },
  require: { Name: { exists: true } },
});
const silent = ruleWith({ resource: 'AWS::S3::Bucket', require: { Name: 'critical' } });

const tagged = snapshotWith({ 'AWS::S3::Bucket': [bucket('pay', { tags: { team: 'pay', constructor: 'x' } })] });
const plain: Snapshot = {
  ...snapshotWith({ 'AWS::S3::Bucket': [bucket('logs')] }),
  account: { id: other, partition: 'aws' },
};
const gap = (more: object): Snapshot => ({ ...tagged, gaps: [{ error: 'AccessDenied', ...more }] });

/** The words that named nothing in the accounts. */
function idle(critical: readonly CriticalSelector[], snapshots: readonly Snapshot[], rules = [asking]) {
  const watch = watchCritical(critical, rules);
  for (const view of viewTogether(snapshots, { registry: resourceTypes, critical })) watch.see(view);
  return watch.idle();
}

test.each<[string, readonly CriticalSelector[], readonly string[]]>([
  ['names and globs of ids, in whichever account', ['pay', 'arn:aws:s3:::lo*', '*'], []],
  ['what is spelled in another way', ['Pay', 'pa', 'arn:aws:s3:::log'], ['Pay', 'pa', 'arn:aws:s3:::log']],
  [
    'tags',
    [{ tag: { team: 'pay' } }, { tag: { team: 'ops' } }, { tag: { toString: 'x' } }],
    ['tag {"team":"ops"}', 'tag {"toString":"x"}'],
  ],
])('%s', (_, critical, words) => {
  expect(idle(critical, [tagged, plain])).toEqual(words);
});

test('what nobody could read may be what is meant', () => {
  expect(idle(['x', { tag: { team: 'x' } }], [gap({ operation: 's3:ListBuckets' })])).toEqual([]);
  const untold = {
    ...snapshotWith({ 'AWS::S3::Bucket': [bucket('a')] }),
    gaps: gap({ operation: 's3:GetBucketTagging' }).gaps,
  };
  expect(idle(['x', { tag: { team: 'x' } }], [untold as Snapshot])).toEqual(['x']);
});

test('where no rule asks, nobody needs to know', () => {
  expect(idle(['x'], [tagged], [silent])).toEqual([]);
});
