import { target } from '../snapshot/links.ts';
import { isObject, type ResourceView, read, readPath } from '../snapshot/resource-view.ts';
import { type Answer, all, any, not, nothingSaid } from './answer.ts';
import { asCloudTrail } from './as-cloudtrail.ts';
import { keyFits } from './key-qualities.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { answerOf, policyOf } from './policy/of-resource.ts';
import type { Keys } from './policy/request.ts';

/**
 * Whether CloudTrail can encrypt with the trail's key (aws-semantics §8): it is enabled, symmetric, a customer's, in
 * the bucket's region, and its policy lets CloudTrail make data keys. A trail without a key needs none.
 */
export const keyUsable = (trail: ResourceView, prefix: string): Answer =>
  ofItsKey(trail, prefix, (key) => [...fitting(key, trail, prefix), admits(key, trail, prefix)]);

/** The same without what the key's policy says: whether it is a key that CloudTrail can encrypt with at all. */
export const trailKeyFits = (trail: ResourceView, prefix: string): Answer =>
  ofItsKey(trail, prefix, (key) => fitting(key, trail, prefix));

const fitting = (key: ResourceView, trail: ResourceView, prefix: string): readonly Answer[] => [
  ...keyFits(key, `${prefix}key.`),
  near(key, trail, prefix),
];

function ofItsKey(trail: ResourceView, prefix: string, ask: (key: ResourceView) => readonly Answer[]): Answer {
  const leads = target(trail, 'key');
  const path = `${prefix}key`;
  const from = leads.pointer.from && { from: leads.pointer.from };
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps, leads.pointer.from);
  if (leads.is === 'none') {
    return decided(true, {
      path: `${prefix}KmsKeyId`,
      ...from,
      resource: trail.id,
      note: 'SSE-S3, without a key of its own',
    });
  }
  if (leads.is === 'dangling') {
    return decided(false, { path, actual: leads.id, ...from, resource: trail.id, note: 'the key does not exist' });
  }
  return all(ask(leads.view), 'no');
}

/** The key and the bucket must be in one region (aws-semantics §4.1). */
function near(key: ResourceView, trail: ResourceView, prefix: string): Answer {
  const bucket = target(trail, 'bucket');
  // Where the bucket is nobody knows, or does not say: its own link tells, and AWS takes no key of another region.
  if (bucket.is !== 'found') return nothingSaid;
  const reading = read(bucket.view, 'BucketRegion');
  if (reading.is === 'gap') return unknown(bucket.view, `${prefix}bucket.BucketRegion`, reading.gaps, reading.from);
  if (reading.is === 'absent') return nothingSaid;
  const evidence = { path: `${prefix}key.region`, expected: reading.value, actual: key.region, resource: key.id };
  return decided(key.region === reading.value, evidence);
}

/**
 * Whether the key's policy lets CloudTrail make data keys, decrypt where the bucket has an S3 Bucket Key, and describe
 * the key: AWS requires that too, but whether files arrive without it is not documented.
 */
function admits(key: ResourceView, trail: ResourceView, prefix: string): Answer {
  const policy = policyOf(key, `${prefix}key.`);
  if (policy.is === 'unreadable') return policy.answer;
  const { evidence } = policy;
  if (policy.is === 'absent') return undecided({ ...evidence, note: 'every key has a policy, and none is here' });
  const { simulate } = policy;
  const may = (action: string, keys: Keys): Answer =>
    answerOf(simulate({ ...asCloudTrail(trail, keys), action, resource: key.id }), evidence);
  const describes = may('kms:DescribeKey', noContext);
  const withContext = { [encryptionContext]: trail.id };
  return all(
    [
      may('kms:GenerateDataKey', withContext),
      any([may('kms:Decrypt', withContext), not(hasBucketKey(trail, prefix))], 'no'),
      describes.truth === 'no' ? { ...describes, truth: 'unknown' } : describes,
    ],
    'no',
  );
}

const encryptionContext = 'kms:EncryptionContext:aws:cloudtrail:arn';
const noContext: Keys = { [encryptionContext]: undefined, 'kms:EncryptionContextKeys': undefined };

/** Whether the bucket has an S3 Bucket Key: then CloudTrail decrypts as well (aws-semantics §4.1). */
function hasBucketKey(trail: ResourceView, prefix: string): Answer {
  const bucket = target(trail, 'bucket');
  const path = `${prefix}bucket`;
  if (bucket.is === 'unknown') return unknown(trail, path, bucket.gaps, bucket.pointer.from);
  if (bucket.is !== 'found') return { truth: 'no', evidence: [], changes: [] };
  const rules = readPath(bucket.view, 'Encryption.Rules');
  const at = `${path}.Encryption.Rules`;
  if (rules.is === 'gap') return unknown(bucket.view, at, rules.gaps, rules.from);
  const listed: readonly unknown[] = rules.is === 'value' && Array.isArray(rules.value) ? rules.value : [];
  const does = listed.some((rule) => isObject(rule) && rule.BucketKeyEnabled === true);
  const note = does ? 'an S3 Bucket Key' : 'no S3 Bucket Key';
  return decided(does, { path: at, ...(rules.from && { from: rules.from }), resource: bucket.view.id, note });
}
