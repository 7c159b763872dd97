import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, all } from '../answer.ts';
import { decided, undecided } from '../leaf.ts';
import { permitted } from './permitted.ts';

/** Whether a key lets a service encrypt what it publishes for an account (aws-semantics §6.8). */
export function keyAdmits(
  key: ResourceView,
  prefix: string,
  { service, account }: { readonly service: string; readonly account: string },
): Answer {
  const evidence = { path: `${prefix}Policy`, resource: key.id };
  if (key.item.KeyManager === 'AWS') {
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
