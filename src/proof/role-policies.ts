import type { Reading, ResourceView } from '../snapshot/resource-view.ts';
import { read } from '../snapshot/resource-view.ts';
import { identityOf } from './identity-policies.ts';
import type { Listed } from './policy/policy.ts';
import { parsePolicy } from './policy/policy.ts';

const gapOf = (view: ResourceView, message: string): Reading => ({
  is: 'gap',
  gaps: [{ resource: view.id, error: 'NotDecidable', message }],
  from: undefined,
});

/** An account's root is the account. */
const nameOf = (principal: string): string => /^arn:[^:]*:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;

/**
 * Whom the trust policy of a role names, on whatever condition: services, accounts by their ids, ARNs in them, `*` for
 * everybody; of a statement that leaves out whom it names, everybody.
 */
export function trustedPrincipals(view: ResourceView): Reading {
  const reading = read(view, 'AssumeRolePolicyDocument');
  if (reading.is !== 'value') return reading;
  const policy = parsePolicy(String(reading.value), 'trust');
  if ('mistake' in policy) return gapOf(view, policy.mistake);
  const names = policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals: { not, everyone, byKind } }) =>
      not || everyone ? ['*'] : [...byKind.values()].flat().map(nameOf),
    );
  return { is: 'value', value: [...new Set(names)], from: reading.from };
}

const allowed =
  (part: 'actions' | 'resources') =>
  (view: ResourceView): Reading => {
    const { policies, open } = identityOf(view, '');
    const [unread] = open.flatMap(({ evidence }) => evidence);
    if (unread)
      return unread.gap ? { is: 'gap', gaps: [unread.gap], from: unread.from } : gapOf(view, unread.note ?? '');
    const statements = policies.flatMap(({ policy }) => policy.statements).filter(({ effect }) => effect === 'Allow');
    const from = read(view, 'RolePolicyList').from;
    return { is: 'value', value: [...new Set(statements.flatMap((statement) => valuesOf(statement[part])))], from };
  };

/** What leaves out some means all others. */
const valuesOf = ({ not, values }: Listed): readonly string[] => (not ? ['*'] : values);

/** The actions that the policies of a role allow, in lower case: those attached to it and those written into it. */
export const allowedActions = (view: ResourceView): Reading => {
  const reading = allowed('actions')(view);
  if (reading.is !== 'value') return reading;
  // AWS compares them without regard to case.
  return {
    ...reading,
    value: [...new Set((reading.value as readonly string[]).map((action) => action.toLowerCase()))],
  };
};

/** What the policies of a role allow them with, as it is written. */
export const allowedResources = allowed('resources');
