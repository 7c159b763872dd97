import { logsRoleTrusts, logsRoleWrites } from '../logs-role.ts';
import { allowedActions, allowedResources, trustedPrincipals } from '../role-policies.ts';
import { type Fact, known, texts } from './fact.ts';

/** What can be asked of roles, and of a trail that writes through one. */
export const iamFacts: Readonly<Record<string, Fact>> = {
  trustedPrincipals: {
    says: 'Whom its trust policy names: services, accounts by their ids, ARNs in them, `*` for everybody.',
    node: texts,
    of: ['AWS::IAM::Role'],
    answer: trustedPrincipals,
  },
  allowedActions: {
    says: 'The actions that its policies allow, as they are written but in lower case; `*` for all but some.',
    node: texts,
    of: ['AWS::IAM::Role'],
    answer: allowedActions,
    needs: () => ({ 'AWS::IAM::ManagedPolicy': [] }),
  },
  allowedResources: {
    says: 'The resources that its policies allow something with, as they are written; `*` for all but some.',
    node: texts,
    of: ['AWS::IAM::Role'],
    answer: allowedResources,
    needs: () => ({ 'AWS::IAM::ManagedPolicy': [] }),
  },
  logsRoleTrusts: {
    says: 'Whether the trust policy of its role lets CloudTrail take the role on for this trail.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: logsRoleTrusts,
    needs: () => ({ 'AWS::IAM::Role': [], 'AWS::Organizations::Organization': [] }),
  },
  logsRoleWrites: {
    says: 'Whether its role may write to its log group: to the streams of the organization too, where it is its trail.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: logsRoleWrites,
    needs: () => ({
      'AWS::IAM::Role': [],
      'AWS::IAM::ManagedPolicy': [],
      'AWS::Organizations::Organization': [],
    }),
  },
};
