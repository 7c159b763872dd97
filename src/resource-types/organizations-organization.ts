import type {
  DelegatedAdministrator,
  EnabledServicePrincipal,
  Organization,
  PolicyTypeSummary,
  Root,
} from '@aws-sdk/client-organizations';
import { accountState } from './organizations-account.ts';
import { resourceType } from './resource-type.ts';
import { list, object, oneOf, text, time } from './shape.ts';

/**
 * The organization that the account is in; a member may ask for it too (aws-semantics §10.1). All else AWS tells the
 * management account and delegated administrators alone.
 */
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
  reads: {
    'organizations:ListDelegatedAdministrators': {
      // Those of CloudTrail: which services another administers is said with its account (`DelegatedServices`).
      params: { ServicePrincipal: 'cloudtrail.amazonaws.com' },
      at: 'DelegatedAdministrators',
      gives: {
        DelegatedAdministrators: list(
          object<DelegatedAdministrator>()({
            Id: text,
            Arn: text,
            Name: text,
            State: accountState,
            DelegationEnabledDate: time,
          }),
        ),
      },
    },
    'organizations:ListAWSServiceAccessForOrganization': {
      at: 'EnabledServicePrincipals',
      gives: {
        EnabledServicePrincipals: list(
          object<EnabledServicePrincipal>()({ ServicePrincipal: text, DateEnabled: time }),
        ),
      },
    },
    'organizations:ListRoots': {
      at: 'Roots',
      gives: {
        Roots: list(
          object<Root>()({
            Id: text,
            Arn: text,
            Name: text,
            // A policy of a type that is not enabled has no effect, wherever it is attached.
            PolicyTypes: list(
              object<PolicyTypeSummary>()({
                Type: text,
                Status: oneOf('ENABLED', 'PENDING_ENABLE', 'PENDING_DISABLE'),
              }),
            ),
          }),
        ),
      },
    },
  },
  relations: {},
});
