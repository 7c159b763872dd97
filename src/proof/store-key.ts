import { target } from '../snapshot/links.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, all, nothingSaid } from './answer.ts';
import { keyIsEnabled } from './key-qualities.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { answerOf, policyOf } from './policy/of-resource.ts';
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
  return all([keyIsEnabled(leads.view, `${path}.`), letsLakeIn(leads.view, path)], 'no');
}

/**
 * Whether an event data store has its key: one that is off or gone stops it from taking events in (aws-semantics §5.2).
 * What the key's policy says is no matter of recording but of encrypting.
 */
export function storeHasItsKey(store: ResourceView, prefix: string): Answer {
  const leads = target(store, 'key');
  if (leads.is === 'none') return nothingSaid;
  return leads.is === 'found' ? keyIsEnabled(leads.view, `${prefix}key.`) : storeKeyUsable(store, prefix);
}

/** CloudTrail Lake says of no request which store it is for: a policy that asks for the source lets none through (§8). */
const context = serviceContext(cloudTrail, { 'aws:SourceArn': undefined, 'aws:SourceAccount': undefined });

function letsLakeIn(key: ResourceView, prefix: string): Answer {
  const policy = policyOf(key, `${prefix}.`);
  if (policy.is === 'unreadable') return policy.answer;
  const { evidence } = policy;
  if (policy.is === 'absent') return undecided({ ...evidence, note: 'every key has a policy, and none is here' });
  const caller = { kind: 'service', name: cloudTrail } as const;
  const answers = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
    answerOf(policy.simulate({ caller, action, resource: key.id, context }), evidence),
  );
  return all(answers, 'no');
}
