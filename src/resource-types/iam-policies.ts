import type { AttachedPermissionsBoundary, AttachedPolicy, PolicyDetail } from '@aws-sdk/client-iam';
import type { Listing } from './resource-type.ts';
import { json, list, object, text } from './shape.ts';

/** The one operation that says all of IAM at once, asked for some of it. */
export const details = (Filter: readonly string[], at: string): Listing => ({
  operation: 'iam:GetAccountAuthorizationDetails',
  params: { Filter },
  at,
  once: 'account',
});

/** The policies that are written into a principal. */
export const inlinePolicies = list(object<PolicyDetail>()({ PolicyName: text, PolicyDocument: json }));

/** The policies that are attached to a principal, by their ARNs. */
export const attachedPolicies = list(object<AttachedPolicy>()({ PolicyName: text, PolicyArn: text }));

/** What bounds a principal, whatever its policies allow. */
export const permissionsBoundary = object<AttachedPermissionsBoundary>()({ PermissionsBoundaryArn: text });
