import type { ManagedPolicyDetail, PolicyVersion } from '@aws-sdk/client-iam';
import { details } from './iam-policies.ts';
import { resourceType } from './resource-type.ts';
import { flag, json, list, object, text } from './shape.ts';

/** The account's own managed policies, and those of AWS that are attached to somebody in it, with their versions. */
export const managedPolicy = resourceType({
  name: 'AWS::IAM::ManagedPolicy',
  id: 'Arn',
  label: 'PolicyName',
  home: 'global',
  item: object<ManagedPolicyDetail>()({
    Arn: text,
    PolicyName: text,
    DefaultVersionId: text,
    PolicyVersionList: list(object<PolicyVersion>()({ VersionId: text, IsDefaultVersion: flag, Document: json })),
  }),
  list: details(['LocalManagedPolicy', 'AWSManagedPolicy'], 'Policies'),
  reads: {},
  relations: {},
});
