import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { answerOf, policyOf } from '../policy/of-resource.ts';
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
  const policy = policyOf(view, prefix);
  if (policy.is === 'unreadable') return policy.answer;
  if (policy.is === 'absent') return without;
  const caller = { kind: 'service', name: service } as const;
  const decision = policy.simulate({ caller, action, resource: view.id, context: serviceContext(service, keys) });
  return answerOf(decision, policy.evidence);
}
