import { members } from '../snapshot/members.ts';
import { type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import type { Answer } from './answer.ts';
import { decided, unknown } from './leaf.ts';

/**
 * Whether the management account of the organization that the judged account is in owns a trail, as it owns each that
 * is the organization's, even one that a delegated administrator made (aws-semantics §1.3). Nobody's management account
 * does where there is no organization; where nobody may ask for it, it is not known.
 */
export function ownedByManagement(trail: ResourceView, prefix: string): Answer {
  const owner = trail.account.byType.get('AWS::Account')?.[0] ?? trail;
  const { sure, gaps, from } = members(owner, 'organization');
  const path = `${prefix}account.organization`;
  const [organization] = sure;
  if (!organization) {
    if (gaps.length > 0) return unknown(owner, path, gaps, from);
    return decided(false, { path, expected: trail.accountId, actual: 0, ...(from && { from }), resource: owner.id });
  }
  const own = `${path}[${organization.id}].MasterAccountId`;
  const reading = read(organization, 'MasterAccountId');
  if (reading.is === 'gap') return unknown(organization, own, reading.gaps, reading.from);
  const actual = saidBy(reading);
  return decided(actual === trail.accountId, {
    path: own,
    expected: trail.accountId,
    actual,
    ...(reading.from && { from: reading.from }),
    resource: organization.id,
  });
}
