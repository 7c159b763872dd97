import type { GroupDetail } from '@aws-sdk/client-iam';
import { attachedPolicies, details, inlinePolicies } from './iam-policies.ts';
import { resourceType } from './resource-type.ts';
import { object, text } from './shape.ts';

/** The groups of an account's users. */
export const group = resourceType({
  name: 'AWS::IAM::Group',
  id: 'Arn',
  label: 'GroupName',
  home: 'global',
  item: object<GroupDetail>()({
    Arn: text,
    GroupName: text,
    Path: text,
    GroupPolicyList: inlinePolicies,
    AttachedManagedPolicies: attachedPolicies,
  }),
  list: details(['Group'], 'GroupDetailList'),
  reads: {},
  relations: {},
});
