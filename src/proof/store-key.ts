import { target } from '../snapshot/links.ts';
import { type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { decide } from './policy/decide.ts';
import { parsePolicy } from './policy/policy.ts';
import { serviceContext } from './policy/request.ts';

const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * Whether CloudTrail Lake can encrypt what an event data store takes in (aws-semantics §5.2, §8): without a key of
 * its own AWS's is used; with one, nothing is ingested unless it is enabled and its policy lets CloudTrail use it.
 */
export function storeKeyUsable(store: ResourceView, prefix: string): Answer {
  const leads = target(store, 'key');
  const path = `${prefix}key`;
  const from = leads.pointer.from && { from: leads.pointer.from };
  if (leads.is === 'unknown') return unknown(store, path, leads.gaps, leads.pointer.from);
  if (leads.is === 'none') {
    return decided(true, { path: `${prefix}KmsKeyId`, ...from, resource: store.id, note: 'a key that AWS owns' });
  }
  if (leads.is === 'dangling') {
    return decided(false, { path, actual: leads.id, ...from, resource: store.id, note: 'the key does not exist' });
  }
  return all([isEnabled(leads.view, path), letsLakeIn(leads.view, path)], 'no');
}

/** On its way: whether it can be used already is not documented. */
const changing = ['Creating', 'Updating'];

function isEnabled(key: ResourceView, prefix: string): Answer {
  const path = `${prefix}.KeyState`;
  const reading = read(key, 'KeyState');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? String(reading.value) : undefined;
  const evidence = { path, expected: 'Enabled', actual, ...(reading.from && { from: reading.from }), resource: key.id };
  if (actual !== undefined && changing.includes(actual))
    return undecided({ ...evidence, note: `a key that is ${actual} may not be usable yet` });
  return decided(actual === 'Enabled', evidence, [[{ resource: key.id, path: 'KeyState', set: 'Enabled' }]]);
}

/** CloudTrail Lake says of no request which store it is for: a policy that asks for the source lets none through (§8). */
const context = serviceContext(cloudTrail, { 'aws:SourceArn': undefined, 'aws:SourceAccount': undefined });

function letsLakeIn(key: ResourceView, prefix: string): Answer {
  const path = `${prefix}.Policy`;
  const reading = read(key, 'Policy');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: key.id };
  if (reading.is === 'absent') return undecided({ ...evidence, note: 'every key has a policy, and none is here' });
  const parsed = parsePolicy(String(reading.value));
  if ('mistake' in parsed) return undecided({ ...evidence, note: parsed.mistake });
  const answers = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => {
    const caller = { kind: 'service', name: cloudTrail } as const;
    const { allowed, why } = decide(parsed, { caller, action, resource: key.id, context });
    const said = { ...evidence, note: why };
    return allowed === 'unknown' ? undecided(said) : decided(allowed === 'yes', said);
  });
  return all(answers, 'no');
}
