import type { UserDetail } from '@aws-sdk/client-iam';
import { attachedPolicies, details, inlinePolicies, permissionsBoundary } from './iam-policies.ts';
import { resourceType } from './resource-type.ts';
import { list, object, text } from './shape.ts';

/** The users of an account, with the groups whose policies are theirs too. */
export const user = resourceType({
  name: 'AWS::IAM::User',
  id: 'Arn',
  label: 'UserName',
  home: 'global',
  item: object<UserDetail>()({
    Arn: text,
    UserName: text,
    Path: text,
    UserPolicyList: inlinePolicies,
    GroupList: list(text),
    AttachedManagedPolicies: attachedPolicies,
    PermissionsBoundary: permissionsBoundary,
  }),
  list: details(['User'], 'UserDetailList'),
  reads: {},
  relations: {},
});
