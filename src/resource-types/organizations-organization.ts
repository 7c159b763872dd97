import type { Organization } from '@aws-sdk/client-organizations';
import { resourceType } from './resource-type.ts';
import { object, oneOf, text } from './shape.ts';

/** The organization that the account is in; a member may ask for it too (aws-semantics §10.1). */
export const organization = resourceType({
  name: 'AWS::Organizations::Organization',
  id: 'Arn',
  label: 'Id',
  home: 'global',
  item: object<Organization>()({
    Arn: text,
    Id: text,
    MasterAccountId: text,
    FeatureSet: oneOf('ALL', 'CONSOLIDATED_BILLING'),
  }),
  list: {
    operation: 'organizations:DescribeOrganization',
    at: 'Organization',
    once: 'account',
    notSet: ['AWSOrganizationsNotInUseException'],
  },
  reads: {},
  relations: {},
});
