import { describe, expect, test } from 'vitest';
import { grants } from '../../src/proof/grants.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const arn = (name: string) => `arn:aws:iam::${home}:${name}`;
const document = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'cloudtrail:*', Resource: '*', ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const inline = (...statements: readonly object[]) => [{ PolicyName: 'own', PolicyDocument: document(...statements) }];
const managed = (name: string, ...statements: readonly object[]) => ({
  Arn: arn(`policy/${name}`),
  PolicyName: name,
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document(...statements) }],
});
const attached = (...names: readonly string[]) => names.map((name) => ({ PolicyArn: arn(`policy/${name}`) }));
const stop = ['cloudtrail:StopLogging'];

type Resources = Readonly<Record<string, readonly object[]>>;

const ofRole = (role: object, resources: Resources = {}, more: Partial<Snapshot> = {}, actions = stop) => {
  const snapshot = snapshotWith(
    { 'AWS::IAM::Role': [{ Arn: arn('role/r'), RoleName: 'r', ...role }], ...resources },
    more,
  );
  return grants(resourceOf(snapshot, 'AWS::IAM::Role'), { actions }, 'at.');
};
const withPolicies = (...statements: readonly object[]) => ofRole({ RolePolicyList: inline(...statements) }).truth;

describe('a policy that is written into it', () => {
  test.each<[string, readonly object[], string]>([
    ['allows it', [allow()], 'yes'],
    ['allows it on one trail', [allow({ Resource: `arn:aws:cloudtrail:us-east-1:${home}:trail/main` })], 'yes'],
    ['allows it on a condition', [allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })], 'yes'],
    ['allows all but something else', [allow({ Action: undefined, NotAction: 'iam:*' })], 'yes'],
    ['allows it on something else', [allow({ Action: '*', Resource: 'arn:aws:s3:::data/*' })], 'no'],
    ['allows something else', [allow({ Action: 's3:*' })], 'no'],
    ['allows and denies it', [allow(), deny()], 'no'],
    ['denies it on one trail', [allow(), deny({ Resource: `arn:aws:cloudtrail:us-east-1:${home}:trail/main` })], 'yes'],
    ['denies it on a condition', [allow(), deny({ Condition: { Bool: { 'aws:ViaAWSService': 'false' } } })], 'yes'],
    ['says nothing', [], 'no'],
  ])('%s', (_, statements, expected) => {
    expect(withPolicies(...statements)).toBe(expected);
  });

  test('one of several actions is enough', () => {
    const role = { RolePolicyList: inline(allow({ Action: 'cloudtrail:UpdateTrail' })) };
    expect(ofRole(role, {}, {}, ['cloudtrail:StopLogging', 'cloudtrail:UpdateTrail']).truth).toBe('yes');
  });

  test('that is none: nobody knows', () => {
    expect(brief(ofRole({ RolePolicyList: [{ PolicyName: 'own', PolicyDocument: '{' }] }))[0]).toBe('unknown');
  });
});

describe('a policy that is attached to it', () => {
  const policies = {
    'AWS::IAM::ManagedPolicy': [managed('full', allow()), managed('bounds', allow({ Action: 's3:*' }))],
  };
  const full = { AttachedManagedPolicies: attached('full') };

  test('allows it, and says which statement of which policy', () => {
    expect(brief(ofRole(full, policies))).toEqual([
      'yes',
      `at.AWS::IAM::ManagedPolicy[${arn('policy/full')}].PolicyVersionList: statement 1 of full allows cloudtrail:StopLogging`,
      'at.RolePolicyList: undefined',
      'at.AttachedManagedPolicies: undefined',
      'at.PermissionsBoundary: undefined',
      `at.AWS::IAM::ManagedPolicy[${arn('policy/full')}].PolicyVersionList: undefined`,
    ]);
  });

  test('counts by its default version alone', () => {
    const versions = [
      { VersionId: 'v1', Document: document(allow()) },
      { VersionId: 'v2', Document: document(allow({ Action: 's3:*' })) },
    ];
    const one = (DefaultVersionId: string) => ({
      'AWS::IAM::ManagedPolicy': [{ ...managed('full'), DefaultVersionId, PolicyVersionList: versions }],
    });
    expect([ofRole(full, one('v1')).truth, ofRole(full, one('v2')).truth]).toEqual(['yes', 'no']);
  });

  test('that is not here may say anything', () => {
    expect(brief(ofRole(full))).toEqual([
      'unknown',
      `at.AWS::IAM::ManagedPolicy[${arn('policy/full')}].PolicyVersionList: what ${arn('policy/full')} says is not here`,
    ]);
    const gaps = [{ operation: 'iam:GetAccountAuthorizationDetails', error: 'AccessDenied' }];
    expect(brief(ofRole(full, {}, { gaps }))).toEqual([
      'unknown',
      `at.AWS::IAM::ManagedPolicy[${arn('policy/full')}].PolicyVersionList: AccessDenied`,
    ]);
  });

  test('a boundary that does not allow it takes it away, one that denies it too', () => {
    const bounded = (name: string) => ({
      ...full,
      PermissionsBoundary: { PermissionsBoundaryArn: arn(`policy/${name}`) },
    });
    const denying = managed('denying', allow({ Action: '*' }), deny());
    const all = { 'AWS::IAM::ManagedPolicy': [...policies['AWS::IAM::ManagedPolicy'], denying] };
    expect(ofRole(bounded('bounds'), all).truth).toBe('no');
    expect(ofRole(bounded('denying'), all).truth).toBe('no');
    expect(ofRole(bounded('full'), all).truth).toBe('yes');
    expect(ofRole(bounded('unknown'), all).truth).toBe('unknown');
  });
});

describe('a user', () => {
  const group = { Arn: arn('group/admins'), GroupName: 'admins', GroupPolicyList: inline(allow()) };
  const of = (user: object, resources: Resources = {}, more: Partial<Snapshot> = {}) => {
    const snapshot = snapshotWith(
      { 'AWS::IAM::User': [{ Arn: arn('user/u'), UserName: 'u', ...user }], ...resources },
      more,
    );
    return brief(grants(resourceOf(snapshot, 'AWS::IAM::User'), { actions: stop }, ''));
  };

  test('may do what its own policies allow, and those of its groups', () => {
    expect(of({ UserPolicyList: inline(allow()) })[0]).toBe('yes');
    expect(of({ GroupList: ['admins'] }, { 'AWS::IAM::Group': [group] })[0]).toBe('yes');
    expect(of({ GroupList: [] }, { 'AWS::IAM::Group': [group] })[0]).toBe('no');
  });

  test('may do what policies that are attached to its groups allow', () => {
    const attachedTo = { ...group, GroupPolicyList: [], AttachedManagedPolicies: attached('full') };
    const resources = { 'AWS::IAM::Group': [attachedTo], 'AWS::IAM::ManagedPolicy': [managed('full', allow())] };
    expect(of({ GroupList: ['admins'] }, resources)[0]).toBe('yes');
  });

  test('in a group that is not here may do anything', () => {
    expect(of({ GroupList: ['admins'] })).toEqual(['unknown', 'AWS::IAM::Group[admins].: group admins is not here']);
    const gaps = [{ operation: 'iam:GetAccountAuthorizationDetails', error: 'AccessDenied' }];
    expect(of({ GroupList: ['admins'], UserPolicyList: [], AttachedManagedPolicies: [] }, {}, { gaps })[0]).toBe(
      'unknown',
    );
  });
});
