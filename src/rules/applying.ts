import type { Evidence } from '../proof/answer.ts';
import { remember } from '../snapshot/remember.ts';
import type { Asking, ResourceJudge } from './compile-context.ts';
import { once, type Proof } from './once.ts';
import type { RuleDefinition } from './rule.ts';

/** Whether a rule applies to a resource; evidence of it says that it is that. */
export type Applying = Proof<Asking>;

/** The same of rules that are compiled together, by what they want of which resources. */
export type SharedApplying = Map<string, Applying>;

/**
 * Whether a rule applies, by what its `when` comes to. Many rules apply to the same resources: of those that want the
 * same each resource is asked once. What names a parameter is another question for each rule.
 */
export function applyingTo(
  { resource, when }: RuleDefinition,
  judge: ResourceJudge,
  shared: SharedApplying | undefined,
): Applying {
  const applies: Applying = (view, prefix, asking) => {
    const answer = judge(view, prefix, asking);
    return { ...answer, evidence: answer.evidence.map((item): Evidence => ({ ...item, when: true })) };
  };
  const text = `${resource} ${JSON.stringify(when)}`;
  return shared && !text.includes('$') ? remember(shared, text, () => once(applies)) : applies;
}
