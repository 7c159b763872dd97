import { unseen } from '../snapshot/members.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import { organizationOf } from './folders.ts';
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

/** Why nobody knows the organization of an account; empty: it is known, or there is none. */
export function organizationGaps({ account }: ResourceView): readonly Gap[] {
  const type = account.registry['AWS::Organizations::Organization'];
  return type ? unseen(type, account) : [];
}

/** The organization of the trail's owner, where it is known: it is that of whoever sees the trail. */
function sourceOrganization(trail: ResourceView): Keys {
  const id = organizationOf(trail);
  if (id) return { 'aws:SourceOrgID': id };
  const none = organizationGaps(trail).length === 0 && trail.item.IsOrganizationTrail !== true;
  return none ? { 'aws:SourceOrgID': undefined, 'aws:SourceOrgPaths': undefined } : {};
}
