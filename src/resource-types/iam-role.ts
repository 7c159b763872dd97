import type { RoleDetail } from '@aws-sdk/client-iam';
import { attachedPolicies, details, inlinePolicies, permissionsBoundary } from './iam-policies.ts';
import { resourceType } from './resource-type.ts';
import { json, object, text } from './shape.ts';

/** The roles of an account: who may take them on, and what they may then do. */
export const role = resourceType({
  name: 'AWS::IAM::Role',
  id: 'Arn',
  label: 'RoleName',
  home: 'global',
  item: object<RoleDetail>()({
    Arn: text,
    RoleName: text,
    Path: text,
    AssumeRolePolicyDocument: json,
    RolePolicyList: inlinePolicies,
    AttachedManagedPolicies: attachedPolicies,
    PermissionsBoundary: permissionsBoundary,
  }),
  list: details(['Role'], 'RoleDetailList'),
  reads: {},
  relations: {},
});
