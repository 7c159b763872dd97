import type { PolicySummary, PolicyTargetSummary } from '@aws-sdk/client-organizations';
import { resourceType } from './resource-type.ts';
import { flag, json, list, object, oneOf, text } from './shape.ts';

/**
 * The service control policies of the organization, AWS's own among them, with the roots, organizational units and
 * accounts that they are attached to.
 */
export const organizationPolicy = resourceType({
  name: 'AWS::Organizations::Policy',
  id: 'Arn',
  label: 'Name',
  home: 'global',
  item: object<PolicySummary>()({
    Arn: text,
    Id: text,
    Name: text,
    Type: oneOf('SERVICE_CONTROL_POLICY'),
    AwsManaged: flag,
  }),
  list: {
    operation: 'organizations:ListPolicies',
    params: { Filter: 'SERVICE_CONTROL_POLICY' },
    at: 'Policies',
    once: 'account',
    within: 'AWS::Organizations::Organization',
    notSet: ['AWSOrganizationsNotInUseException'],
  },
  reads: {
    'organizations:DescribePolicy': {
      params: { PolicyId: '{Id}' },
      at: 'Policy.Content',
      gives: { Content: json },
    },
    'organizations:ListTargetsForPolicy': {
      params: { PolicyId: '{Id}' },
      at: 'Targets',
      gives: {
        Targets: list(
          object<PolicyTargetSummary>()({
            TargetId: text,
            Arn: text,
            Name: text,
            Type: oneOf('ACCOUNT', 'ORGANIZATIONAL_UNIT', 'ROOT'),
          }),
        ),
      },
    },
  },
  relations: {},
});
