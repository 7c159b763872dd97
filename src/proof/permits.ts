import { type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { decide } from './policy/decide.ts';
import { type Policy, parsePolicy } from './policy/policy.ts';
import { type Caller, contextOf, serviceContext } from './policy/request.ts';

/** May this caller do this, by the policy of the resource? */
export interface PermitsQuestion {
  /** A service (`cloudtrail.amazonaws.com`), an account or an ARN in it, or `*` for anybody. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** Left out: the resource itself. */
  readonly resource: string | undefined;
  /** Condition keys that the request carries; all others are unknown. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether the policy of a resource lets a request through, each of its actions (aws-semantics §4.3, §8). */
export function permits(view: ResourceView, question: PermitsQuestion, prefix: string, { thorough }: Context): Answer {
  const path = `${prefix}Policy`;
  const reading = read(view, 'Policy');
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: view.id };
  if (reading.is === 'absent') return decided(false, { ...evidence, note: 'it has no policy' });
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  return all(
    question.actions.map((action) => {
      const { allowed, why } = asked(policy, view, { ...question, action });
      const said = { ...evidence, note: why };
      return allowed === 'unknown' ? undecided(said) : decided(allowed === 'yes', said);
    }),
    thorough,
  );
}

function asked(
  policy: Policy,
  view: ResourceView,
  { principal, action, resource, keys }: PermitsQuestion & { readonly action: string },
) {
  const caller = callerOf(principal);
  const context = caller.kind === 'service' ? serviceContext(caller.name, keys) : contextOf(keys);
  return decide(policy, { caller, action, resource: resource ?? view.id, context });
}

function callerOf(principal: string): Caller {
  if (principal === '*') return { kind: 'anonymous' };
  if (/^\d{12}$/.test(principal)) return { kind: 'account', account: principal };
  const account = principal.startsWith('arn:') ? principal.split(':')[4] : undefined;
  return account ? { kind: 'account', account, arn: principal } : { kind: 'service', name: principal };
}
