import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, all, any, distinct, resting } from './answer.ts';
import { type Context, decided, undecided } from './leaf.ts';
import { callersOf } from './policy/callers.ts';
import { alwaysHavePolicy, answerOf, policyOf } from './policy/of-resource.ts';
import { type Caller, type Keys, waysOf } from './policy/request.ts';
import { asStrangers } from './policy/strangers.ts';

/** May this caller do this, by the policy of the resource? */
export interface PermitsQuestion {
  /** A service (`cloudtrail.amazonaws.com`), an account or an ARN in it, or `*` for anybody. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** Left out: the resource itself. */
  readonly resource: string | undefined;
  /** Condition keys that the request carries, or with `undefined` does not; all others are unknown. */
  readonly keys: Keys;
}

/**
 * Whether the policy of a resource lets a request through, each of its actions (aws-semantics §4.3, §8). Anybody is let
 * in where somebody without credentials is, or somebody with those of an account that no policy names, or a service that
 * acts for such an account by a statement for everybody.
 */
export function permits(view: ResourceView, question: PermitsQuestion, prefix: string, { thorough }: Context): Answer {
  const policy = policyOf(view, prefix);
  if (policy.is === 'unreadable') return policy.answer;
  const { evidence, complete } = policy;
  if (policy.is === 'absent') {
    return alwaysHavePolicy.includes(view.type.name)
      ? undecided({ ...evidence, note: 'it always has a policy, and none is here' })
      : resting(decided(false, { ...evidence, note: 'it has no policy' }), complete);
  }
  const { principal, actions, resource = view.id, keys } = question;
  const ask = (action: string, caller: Caller): readonly Answer[] =>
    waysOf(caller, keys).map((context) => answerOf(policy.simulate({ caller, action, resource, context }), evidence));
  const forAnybody = principal === '*' ? asStrangers(policy.policy, view.account.account.partition, keys) : () => [];
  const answer = all(
    actions.map((action) => {
      const answers = callersOf(principal).flatMap((caller) => ask(action, caller));
      const through = forAnybody({ action, resource }).map((decision) => answerOf(decision, evidence));
      return distinct(any([...answers, ...through], thorough));
    }),
    thorough,
  );
  return resting(answer, complete);
}
