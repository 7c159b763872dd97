import type { Account, DelegatedService } from '@aws-sdk/client-organizations';
import { resourceType } from './resource-type.ts';
import { list, object, oneOf, tags, text, time } from './shape.ts';

export const accountState = oneOf('ACTIVE', 'PENDING_ACTIVATION', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED');

/**
 * The accounts of the organization, as its management account sees them and delegated administrators do; to others AWS
 * refuses them, which is a gap (aws-semantics §10.1).
 */
export const memberAccount = resourceType({
  name: 'AWS::Organizations::Account',
  id: 'Arn',
  label: 'Name',
  home: 'global',
  // Older answers say `Status` alone, which AWS has retired.
  derived: { State: '{Status}' },
  item: object<Account>()({
    Arn: text,
    Id: text,
    Name: text,
    State: accountState,
    Status: oneOf('ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE'),
    Paths: list(text),
    JoinedMethod: oneOf('CREATED', 'INVITED'),
    JoinedTimestamp: time,
  }),
  list: {
    operation: 'organizations:ListAccounts',
    at: 'Accounts',
    once: 'account',
    within: 'AWS::Organizations::Organization',
    notSet: ['AWSOrganizationsNotInUseException'],
  },
  reads: {
    'organizations:ListDelegatedServicesForAccount': {
      params: { AccountId: '{Id}' },
      at: 'DelegatedServices',
      // It administers nothing: no service has delegated to it.
      notSet: ['AccountNotRegisteredException'],
      gives: {
        DelegatedServices: list(object<DelegatedService>()({ ServicePrincipal: text, DelegationEnabledDate: time })),
      },
    },
    'organizations:ListTagsForResource': { params: { ResourceId: '{Id}' }, at: 'Tags', gives: { tags } },
  },
  relations: {},
});
