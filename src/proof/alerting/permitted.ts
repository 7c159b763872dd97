import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { decide } from '../policy/decide.ts';
import { parsePolicy } from '../policy/policy.ts';
import { serviceContext } from '../policy/request.ts';

/** What a service asks of a resource, and what its policy is asked with. */
export interface Asking {
  readonly service: string;
  readonly action: string;
  readonly keys: Readonly<Record<string, string | undefined>>;
  /** The answer where there is no policy. */
  readonly without: Answer;
}

/** Whether the policy of a resource lets a service do something (aws-semantics §4.3). */
export function permitted(view: ResourceView, prefix: string, { service, action, keys, without }: Asking): Answer {
  const path = `${prefix}Policy`;
  const reading = read(view, 'Policy');
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  if (reading.is === 'absent') return without;
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: view.id };
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  const { allowed, why } = decide(policy, {
    caller: { kind: 'service', name: service },
    action,
    resource: view.id,
    context: serviceContext(service, keys),
  });
  return allowed === 'unknown'
    ? undecided({ ...evidence, note: why })
    : decided(allowed === 'yes', { ...evidence, note: why });
}
