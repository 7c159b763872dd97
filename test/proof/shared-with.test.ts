import { describe, expect, test } from 'vitest';
import { sharedWith } from '../../src/proof/shared-with.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

const arn = `arn:aws:events:us-east-1:${home}:event-bus/default`;
const organization = { Arn: `arn:aws:organizations::${other}:organization/o-own`, Id: 'o-own' };

function shared(Policy: unknown, more: Partial<Snapshot> = {}, organizations: readonly object[] = [organization]) {
  const written = typeof Policy === 'string' || Policy === undefined ? Policy : JSON.stringify(Policy);
  const snapshot = snapshotWith(
    {
      'AWS::Events::EventBus': [{ Arn: arn, Name: 'default', ...(written !== undefined && { Policy: written }) }],
      'AWS::Organizations::Organization': organizations,
    },
    more,
  );
  const reading = sharedWith(resourceOf(snapshot, 'AWS::Events::EventBus'));
  return reading.is === 'value'
    ? reading.value
    : reading.is === 'gap'
      ? reading.gaps.map(({ error }) => error)
      : 'absent';
}

const letting = (Principal: unknown, Condition?: unknown, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal,
      Action: 'events:PutEvents',
      Resource: arn,
      ...(Condition !== undefined && { Condition }),
      ...more,
    },
  ],
});
const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });

describe('whom a policy lets in beside its own account and organization', () => {
  test.each<[string, unknown, unknown]>([
    ['no policy', undefined, []],
    ['the account itself', letting({ AWS: `arn:aws:iam::${home}:root` }), []],
    ['a service', letting({ Service: 'events.amazonaws.com' }), []],
    ['another account', letting({ AWS: other }), [other]],
    [
      'roles of other accounts',
      letting({
        AWS: [`arn:aws:iam::${other}:role/a`, 'arn:aws:iam::444455556666:user/b', `arn:aws:iam::${home}:root`],
      }),
      ['444455556666', other],
    ],
    ['anybody', letting('*'), ['*']],
    ['anybody, as AWS', letting({ AWS: '*' }), ['*']],
    ['the own organization', letting('*', equals('aws:PrincipalOrgID', 'o-own')), []],
    ['the same, in another spelling', letting('*', { stringequals: { 'AWS:PRINCIPALORGID': 'o-own' } }), []],
    ['another organization', letting('*', equals('aws:PrincipalOrgID', ['o-own', 'o-other'])), ['o-other']],
    ['an account by condition', letting('*', equals('aws:PrincipalAccount', other)), [other]],
    ['roles by condition', letting('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/*` } }), [other]],
    [
      'a denial',
      { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] },
      [],
    ],
    ['all but one', letting(undefined, undefined, { Principal: undefined, NotPrincipal: { AWS: other } }), ['*']],
    ['a canonical user', letting({ CanonicalUser: 'abc' }), ['abc']],
    [
      'anybody whose organization is no matter',
      letting('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-own/*' } }),
      ['NotDecidable'],
    ],
    ['an account for which a service acts', letting('*', equals('aws:SourceAccount', other)), [other]],
    ['an organization for which a service acts', letting('*', equals('aws:SourceOrgID', 'o-other')), ['o-other']],
    ['an account, of which an organization', letting({ AWS: other }, equals('aws:PrincipalOrgID', 'o-own')), [other]],
    ['all but an organization', letting('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-own' } }), ['*']],
    [
      'an organization, or whoever has none',
      letting('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-own' } }),
      ['*'],
    ],
    [
      'organizations, or whoever has none',
      letting('*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': ['o-own'] } }),
      ['*'],
    ],
    [
      'roles of any account',
      letting('*', { ArnLike: { 'aws:PrincipalArn': [`arn:aws:iam::${other}:role/a`, 'arn:aws:iam::*:role/b'] } }),
      ['*'],
    ],
    ['an organization by a pattern', letting('*', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), ['*']],
    ['whoever is called so', letting('*', equals('aws:username', 'jane')), ['NotDecidable']],
    ['a policy that cannot be read', '{', ['NotDecidable']],
  ])('%s', (_, policy, expected) => {
    expect(shared(policy)).toEqual(expected);
  });

  test('which organization is its own', () => {
    const own = letting('*', equals('aws:PrincipalOrgID', 'o-own'));
    const gaps = [{ operation: 'organizations:DescribeOrganization', error: 'AccessDenied' }];
    expect(shared(own, { gaps }, [])).toEqual(['AccessDenied']);
    expect(shared(letting({ AWS: other }), { gaps }, [])).toEqual([other]);
    expect(shared(own, {}, [])).toEqual(['o-own']);
  });

  test('a policy that was refused', () => {
    const gaps = [{ operation: 'events:ListEventBuses', resource: arn, error: 'AccessDenied' }];
    expect(shared(undefined, { gaps })).toEqual(['AccessDenied']);
  });
});
