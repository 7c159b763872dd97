import { unseen } from '../snapshot/members.ts';
import type { Reading, ResourceView } from '../snapshot/resource-view.ts';
import { organizationOf } from './folders.ts';
import { permits } from './permits.ts';
import { fromPolicy } from './policy/let-in.ts';
import type { Condition, Statement } from './policy/policy.ts';

/** Everybody. */
const anybody = '*';

/**
 * Whom a resource policy lets in beside the account itself and its organization (aws-semantics §4.3): accounts and
 * organizations by their ids, `*` for anybody. What a statement for everybody is narrowed to by condition counts
 * instead; services are not counted, they act for somebody. Denials take nobody off but anybody.
 *
 * It is what the policy shares as it is written, for a rule to compare with whom a bus is meant for. `outsiders` names
 * accounts alone, those that are left when denials are counted; `limits` asks who may do given actions.
 */
export const sharedWith = (view: ResourceView): Reading =>
  fromPolicy(view, ({ statements }) => {
    const named = [...new Set(statements.filter(({ effect }) => effect === 'Allow').flatMap(letInBy))];
    const open = named.includes(anybody) ? isOpen(view) : 'no';
    if (open === 'unknown') return 'whom its conditions leave of everybody is not worked out';
    const own = organizationOf(view);
    const organizations = named.filter((id) => id.startsWith('o-'));
    const unread = own === undefined && organizations.length > 0 ? organizationGaps(view) : [];
    if (unread.length > 0) return { unread };
    return named.filter((id) => id !== view.accountId && id !== own && (id !== anybody || open === 'yes')).toSorted();
  });

function organizationGaps({ account }: ResourceView) {
  const type = account.registry['AWS::Organizations::Organization'];
  return type ? unseen(type, account) : [];
}

/** Whether anybody may put events; where only a denial keeps them out, who is left is not known. */
function isOpen(view: ResourceView): 'yes' | 'unknown' {
  const question = { principal: anybody, actions: ['events:PutEvents'], resource: undefined, keys: {} };
  return permits(view, question, '', { now: undefined, thorough: 'no' }).truth === 'yes' ? 'yes' : 'unknown';
}

function letInBy({ principals, conditions }: Statement): readonly string[] {
  if (principals.not) return [anybody];
  const names = principals.everyone ? [anybody] : [...(principals.byKind.get('AWS') ?? [])];
  const others = [...principals.byKind]
    .filter(([kind]) => kind !== 'AWS' && kind !== 'Service')
    .flatMap(([, ids]) => ids);
  const narrowed = conditions.map(ownersIn).find((owners) => owners.length > 0);
  return [...names.flatMap((name) => (name === anybody && narrowed ? narrowed : [accountOf(name)])), ...others];
}

/** A principal's account; what has none stays as it is written. */
const accountOf = (principal: string): string => principal.split(':')[4] || principal;

const ofOwners = [
  'aws:principalorgid',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourceorgid',
];

/** The accounts and organizations that a condition asks for by their whole ids. */
function ownersIn({ operator, key, values }: Condition): readonly string[] {
  const isWhole =
    /^StringEquals$/i.test(operator) || (/^(String|Arn)(Like|Equals)$/i.test(operator) && isPlain(values));
  if (!isWhole || !ofOwners.includes(key.toLowerCase())) return [];
  return values.map(accountOf);
}

const isPlain = (values: readonly string[]): boolean => values.every((value) => /^[\w-]+$/.test(accountOf(value)));
