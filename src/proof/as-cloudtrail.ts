import { unseen } from '../snapshot/members.ts';
import { type AccountView, type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import { type Answer, all } from './answer.ts';
import { organizationOf } from './folders.ts';
import { unknown } from './leaf.ts';
import { type Keys, type Request, serviceContext } from './policy/request.ts';

const cloudTrail = 'cloudtrail.amazonaws.com';

/** Who asks a bucket or a key when CloudTrail acts for a trail, and what its request carries (aws-semantics §4.3, §8). */
export const asCloudTrail = (trail: ResourceView, keys: Keys): Pick<Request, 'caller' | 'context'> => ({
  caller: { kind: 'service', name: cloudTrail },
  context: serviceContext(cloudTrail, {
    'aws:SourceArn': trail.id,
    'aws:SourceAccount': trail.accountId,
    ...sourceOrganization(trail),
    ...keys,
  }),
});

/** Where the trail's organization would decide: the same answer, with what would tell the organization. */
export function tellingOrganization(answer: Answer, trail: ResourceView, prefix: string): Answer {
  const isOpen = answer.evidence.some(({ note = '' }) => /aws:SourceOrg|the trail's organization/i.test(note));
  if (answer.truth !== 'unknown' || !isOpen) return answer;
  return all([answer, unknown(trail, `${prefix}account.organization`, gapsOf(trail.account))], 'no');
}

/** Why nobody knows the organization of an account; empty: it is known, or there is none. */
function gapsOf(account: AccountView): readonly Gap[] {
  const type = account.registry['AWS::Organizations::Organization'];
  return type ? unseen(type, account) : [];
}

/** The organization of the trail's owner, where it is known: it is that of whoever sees the trail. */
function sourceOrganization(trail: ResourceView): Keys {
  const id = organizationOf(trail);
  if (id) return { 'aws:SourceOrgID': id };
  const none = gapsOf(trail.account).length === 0 && saidBy(read(trail, 'IsOrganizationTrail')) !== true;
  return none ? { 'aws:SourceOrgID': undefined, 'aws:SourceOrgPaths': undefined } : {};
}
