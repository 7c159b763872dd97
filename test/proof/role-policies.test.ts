import { describe, expect, test } from 'vitest';
import { allowedActions, allowedResources, trustedPrincipals } from '../../src/proof/role-policies.ts';
import { home, snapshotWith } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

const roleWith = (role: object) =>
  resourceOf(
    snapshotWith({ 'AWS::IAM::Role': [{ Arn: `arn:aws:iam::${home}:role/r`, RoleName: 'r', ...role }] }),
    'AWS::IAM::Role',
  );

describe('whom a role trusts', () => {
  const trusted = (...statements: readonly object[]) =>
    trustedPrincipals(
      roleWith({ AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }),
    );
  const allow = (more: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...more });

  test.each<[string, object, readonly string[]]>([
    ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, ['cloudtrail.amazonaws.com']],
    ['an account, however it is written', { Principal: { AWS: [home, `arn:aws:iam::${home}:root`] } }, [home]],
    ['a role', { Principal: { AWS: `arn:aws:iam::${home}:role/admin` } }, [`arn:aws:iam::${home}:role/admin`]],
    ['everybody', { Principal: '*' }, ['*']],
    ['everybody of all accounts', { Principal: { AWS: '*' } }, ['*']],
    ['everybody but one', { NotPrincipal: { AWS: home } }, ['*']],
    ['a provider', { Principal: { Federated: 'accounts.google.com' } }, ['accounts.google.com']],
  ])('%s', (_, more, expected) => {
    expect(trusted(allow(more))).toMatchObject({ is: 'value', value: expected });
  });

  test('whom a statement denies is not trusted by it', () => {
    expect(trusted({ ...allow({ Principal: '*' }), Effect: 'Deny' })).toMatchObject({ value: [] });
  });

  test('a policy that is none says nothing', () => {
    expect(trusted(allow({ Principal: '*', Resource: '*' }))).toMatchObject({
      is: 'gap',
      gaps: [
        { error: 'NotDecidable', message: 'statement 1 of the policy has a Resource, which none of its kind has' },
      ],
    });
    expect(trustedPrincipals(roleWith({})).is).toBe('absent');
  });
});

describe('what a role is allowed, as it is written', () => {
  const statements = [
    { Effect: 'Allow', Action: ['logs:PutLogEvents', 'logs:Create*'], Resource: 'arn:aws:logs:*:*:*' },
    { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::x' },
  ];
  const role = (...written: readonly object[]) =>
    roleWith({ RolePolicyList: [{ PolicyName: 'own', PolicyDocument: JSON.stringify({ Statement: written }) }] });

  test('its actions, and the resources it is allowed them with', () => {
    expect(allowedActions(role(...statements))).toMatchObject({ value: ['logs:putlogevents', 'logs:create*'] });
    expect(allowedResources(role(...statements))).toMatchObject({ value: ['arn:aws:logs:*:*:*'] });
  });

  test('one action in two spellings is one', () => {
    const twice = { Effect: 'Allow', Action: ['logs:PutLogEvents', 'LOGS:putlogevents'], Resource: '*' };
    expect(allowedActions(role(twice))).toMatchObject({ value: ['logs:putlogevents'] });
  });

  test('all but some is everything', () => {
    const most = { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::x' };
    expect(allowedActions(role(most))).toMatchObject({ value: ['*'] });
    expect(allowedResources(role(most))).toMatchObject({ value: ['*'] });
  });

  test('what an attached policy says that is not here is not known', () => {
    const attached = roleWith({ AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] });
    expect(allowedActions(attached)).toMatchObject({
      is: 'gap',
      gaps: [{ error: 'NotDecidable', message: 'what arn:aws:iam::aws:policy/ReadOnlyAccess says is not here' }],
    });
  });
});
