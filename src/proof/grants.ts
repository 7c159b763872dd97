import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, distinct } from './answer.ts';
import { everythingOf, type Identity, identityOf, type OwnPolicy } from './identity-policies.ts';
import { decided } from './leaf.ts';
import { applies, readBy } from './policy/decide.ts';
import type { Statement } from './policy/policy.ts';
import { contextFor, type Request } from './policy/request.ts';
import { thingsOf } from './service-control/resources-of.ts';

/** Do its own policies let a principal do one of these? */
export interface GrantsQuestion {
  readonly actions: readonly string[];
}

/**
 * Whether the policies of a user, group or role let it do at least one of the actions with something in the account: a
 * statement that allows it, on whatever condition, and none that denies it whatever happens; and its permissions
 * boundary does as well (IAM User Guide, "Policy evaluation logic"). What bounds the whole account is not looked at.
 */
export function grants(view: ResourceView, { actions }: GrantsQuestion, prefix: string): Answer {
  const identity = identityOf(view, prefix);
  for (const action of actions) {
    const by = allowedBy(action, identity, view);
    if (by && !isDenied(action, identity, view) && !isOutOfBounds(action, identity, view)) {
      // What could not be read may deny it: then nobody knows.
      if (identity.open.length > 0) break;
      const note = `${by.statement.name} of ${by.own.name} allows ${action}`;
      const evidence = [{ ...by.own.evidence, note }, ...everythingOf(identity)];
      return distinct({ truth: 'yes', evidence, changes: [] });
    }
  }
  if (identity.open.length > 0) {
    return { truth: 'unknown', evidence: identity.open.flatMap(({ evidence }) => evidence), changes: [] };
  }
  const note = `its policies allow none of ${actions.join(', ')}`;
  const [first, ...others] = everythingOf(identity);
  const none = decided(false, { ...(first ?? { path: `${prefix}grants`, resource: view.id }), note });
  return distinct({ ...none, evidence: [...none.evidence, ...others] });
}

function requestOf(action: string, { account, id }: ResourceView): Request {
  const home = account.account;
  const caller = { kind: 'account', account: home.id, arn: id } as const;
  return { caller, action, resource: thingsOf(action, home).all, context: contextFor(caller, {}) };
}

interface Allowing {
  readonly own: OwnPolicy;
  readonly statement: Statement;
}

const statementsOf = (policies: readonly OwnPolicy[], effect: Statement['effect']): readonly Allowing[] =>
  policies.flatMap((own) =>
    own.policy.statements.flatMap((statement) => (statement.effect === effect ? [{ own, statement }] : [])),
  );

/** A statement that allows an action with something: with part of what the action is about is enough. */
const allowing = (policies: readonly OwnPolicy[], request: Request): Allowing | undefined =>
  statementsOf(policies, 'Allow').find(
    ({ own, statement }) => applies(statement, readBy(own.policy, request)) !== 'no',
  );

const allowedBy = (action: string, { policies }: Identity, view: ResourceView): Allowing | undefined =>
  allowing(policies, requestOf(action, view));

/** Denied with everything, on no condition: by its policies or its boundary. */
const isDenied = (action: string, { policies, boundary }: Identity, view: ResourceView): boolean =>
  statementsOf(boundary ? [...policies, boundary] : policies, 'Deny').some(
    ({ own, statement }) => applies(statement, readBy(own.policy, requestOf(action, view))) === 'yes',
  );

const isOutOfBounds = (action: string, { boundary }: Identity, view: ResourceView): boolean =>
  boundary !== undefined && !allowing([boundary], requestOf(action, view));
