import { target } from '../snapshot/links.ts';
import { isObject, type ResourceView, read, readPath } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { decide } from './policy/decide.ts';
import { parsePolicy } from './policy/policy.ts';
import { serviceContext } from './policy/request.ts';

const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * Whether CloudTrail can encrypt with the trail's key (aws-semantics §8): it is enabled, symmetric, in the bucket's
 * region, and its policy lets CloudTrail make data keys. A trail without a key needs none.
 */
export function keyUsable(trail: ResourceView, prefix: string): Answer {
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
  const key = leads.view;
  return all(
    [state(key, `${path}.`), fits(key, `${path}.`), near(key, trail, prefix), policy(key, trail, prefix)],
    'no',
  );
}

/** On its way: whether it can be used already is not documented. */
const changing = ['Creating', 'Updating'];

function state(key: ResourceView, prefix: string): Answer {
  const path = `${prefix}KeyState`;
  const reading = read(key, 'KeyState');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? reading.value : undefined;
  const evidence = { path, expected: 'Enabled', actual, ...(reading.from && { from: reading.from }), resource: key.id };
  if (changing.includes(String(actual)))
    return undecided({ ...evidence, note: `a key that is ${actual} may not be usable yet` });
  return decided(actual === 'Enabled', evidence, [[{ resource: key.id, path: 'KeyState', set: 'Enabled' }]]);
}

/** Only symmetric keys make data keys. What a file leaves out is what most keys are. */
function fits(key: ResourceView, prefix: string): Answer {
  const wanted = { KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT' } as const;
  const answers = Object.entries(wanted).map(([property, expected]) => {
    const path = `${prefix}${property}`;
    const reading = read(key, property);
    if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
    const actual = reading.is === 'value' ? reading.value : undefined;
    const evidence = {
      path,
      expected,
      ...(actual !== undefined && { actual }),
      ...(reading.from && { from: reading.from }),
      resource: key.id,
    };
    return decided(actual === undefined || actual === expected, evidence);
  });
  return all(answers, 'no');
}

/** The key and the bucket must be in one region (aws-semantics §4.1). */
function near(key: ResourceView, trail: ResourceView, prefix: string): Answer {
  const bucket = target(trail, 'bucket');
  const region = bucket.is === 'found' ? bucket.view.region : '';
  const evidence = { path: `${prefix}key.region`, expected: region, actual: key.region, resource: key.id };
  // Where the bucket is nobody knows: then its own link says so.
  if (!region || !key.region) return { truth: 'yes', evidence: [], changes: [] };
  return decided(key.region === region, evidence);
}

function policy(key: ResourceView, trail: ResourceView, prefix: string): Answer {
  const path = `${prefix}key.Policy`;
  const reading = read(key, 'Policy');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: key.id };
  if (reading.is === 'absent') return undecided({ ...evidence, note: 'every key has a policy, and none is here' });
  const parsed = parsePolicy(String(reading.value));
  if ('mistake' in parsed) return undecided({ ...evidence, note: parsed.mistake });
  const context = serviceContext(cloudTrail, {
    'aws:SourceArn': trail.id,
    'aws:SourceAccount': trail.accountId,
    'kms:EncryptionContext:aws:cloudtrail:arn': trail.id,
    'kms:EncryptionContextKeys': ['aws:cloudtrail:arn'],
    'kms:CallerAccount': trail.accountId,
  });
  const actions = ['kms:GenerateDataKey', ...(usesBucketKey(trail) ? ['kms:Decrypt'] : [])];
  const answers = actions.map((action) => {
    const caller = { kind: 'service', name: cloudTrail } as const;
    const { allowed, why } = decide(parsed, { caller, action, resource: key.id, context });
    return allowed === 'unknown'
      ? undecided({ ...evidence, note: why })
      : decided(allowed === 'yes', { ...evidence, note: why });
  });
  return all(answers, 'no');
}

/** With an S3 Bucket Key CloudTrail decrypts as well (aws-semantics §4.1). */
function usesBucketKey(trail: ResourceView): boolean {
  const bucket = target(trail, 'bucket');
  if (bucket.is !== 'found') return false;
  const rule = readPath(bucket.view, 'Encryption.Rules.0');
  return rule.is === 'value' && isObject(rule.value) && rule.value.BucketKeyEnabled === true;
}

/**
 * Whether an event data store can take events in with its key: one that is off or gone stops it (aws-semantics §5.2).
 * The key's policy is not read.
 */
export function storeKeyUsable(store: ResourceView, prefix: string): Answer {
  const leads = target(store, 'key');
  if (leads.is === 'none') return { truth: 'yes', evidence: [], changes: [] };
  if (leads.is !== 'found') return keyUsable(store, prefix);
  const path = `${prefix}key.`;
  return all([state(leads.view, path), fits(leads.view, path)], 'no');
}
