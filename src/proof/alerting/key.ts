import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { permitted } from './permitted.ts';

/** On its way: whether it can be used already is not documented. */
const changing = ['Creating', 'Updating'];

/** Whether a key can be used at all (aws-semantics §8); a file that does not say so means one that can. */
export function keyWorks(key: ResourceView, prefix: string): Answer {
  const path = `${prefix}KeyState`;
  const reading = read(key, 'KeyState');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? reading.value : 'Enabled';
  const evidence = { path, expected: 'Enabled', actual, ...(reading.from && { from: reading.from }), resource: key.id };
  if (changing.includes(String(actual)))
    return undecided({ ...evidence, note: `a key that is ${actual} may not be usable yet` });
  return decided(actual === 'Enabled', evidence, [[{ resource: key.id, path: 'KeyState', set: 'Enabled' }]]);
}

/** Whether a key lets a service encrypt what it publishes for an account (aws-semantics §6.8). */
export function keyAdmits(
  key: ResourceView,
  prefix: string,
  { service, account }: { readonly service: string; readonly account: string },
): Answer {
  const evidence = { path: `${prefix}Policy`, resource: key.id };
  const byAws = read(key, 'KeyManager');
  if (byAws.is === 'value' && byAws.value === 'AWS') {
    return decided(false, { ...evidence, path: `${prefix}KeyManager`, actual: 'AWS', note: onlyForSns(service) });
  }
  const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
  const answers = actions.map((action) =>
    permitted(key, prefix, {
      service,
      action,
      keys: { 'aws:SourceAccount': account },
      without: undecided({ ...evidence, note: 'every key has a policy, and none is here' }),
    }),
  );
  return all(answers, 'no');
}

/** Nobody can change the policy of the key that SNS brings along. */
export const onlyForSns = (service: string): string => `the key of SNS itself lets ${service} in nowhere`;
