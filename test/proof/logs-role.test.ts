import { describe, expect, test } from 'vitest';
import { logsRoleWrites } from '../../src/proof/logs-role.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith, trail } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const roleArn = `arn:aws:iam::${home}:role/logs`;
const organization = { Arn: `arn:aws:organizations::${home}:organization/o-exampleorgid`, Id: 'o-exampleorgid' };
const writes = (Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource,
  ...more,
});

interface Setting {
  readonly statements?: readonly object[];
  readonly trail?: object;
  readonly resources?: Readonly<Record<string, readonly object[]>>;
  readonly more?: Partial<Snapshot>;
}

function ask({ statements = [writes(`${group}:*`)], trail: set = {}, resources = {}, more = {} }: Setting = {}) {
  const own = { CloudWatchLogsLogGroupArn: `${group}:*`, CloudWatchLogsRoleArn: roleArn, ...set };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const role = { Arn: roleArn, RoleName: 'logs', RolePolicyList: [{ PolicyName: 'write', PolicyDocument }] };
  const all = { 'AWS::CloudTrail::Trail': [trail('main', own)], 'AWS::IAM::Role': [role], ...resources };
  const view = resourceOf(snapshotWith(all, more), 'AWS::CloudTrail::Trail');
  return brief(logsRoleWrites(view, '', { now: undefined, thorough: 'yes' }));
}

describe('the streams of a trail', () => {
  test.each([
    ['of the whole log group', `${group}:*`, 'yes'],
    ['that CloudTrail names', `${group}:log-stream:${home}_CloudTrail_us-east-1*`, 'yes'],
    ['of another region', `${group}:log-stream:${home}_CloudTrail_eu-west-1*`, 'no'],
    ['of another log group', `${group}-old:*`, 'no'],
    ['of no log group', group, 'no'],
    ['everything', '*', 'yes'],
  ])('%s', (_, resource, expected) => {
    expect(ask({ statements: [writes(resource)] })[0]).toBe(expected);
  });

  test('both actions are needed', () => {
    expect(ask({ statements: [writes('*', { Action: 'logs:PutLogEvents' })] })).toEqual([
      'no',
      `logsRole.RolePolicyList: it may not do logs:CreateLogStream on ${group}:log-stream:${home}_CloudTrail_us-east-1`,
      'logsRole.AttachedManagedPolicies: undefined',
      'logsRole.PermissionsBoundary: undefined',
      'logsRole.RolePolicyList: undefined',
    ]);
  });

  test('a Deny takes them away, and a condition is open', () => {
    expect(ask({ statements: [writes('*'), writes('*', { Effect: 'Deny' })] })[0]).toBe('no');
    const only = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'audit' } } };
    expect(ask({ statements: [writes('*', only)] })[0]).toBe('unknown');
  });
});

describe("an organization trail writes the organization's too (E34)", () => {
  const trailOf = { IsOrganizationTrail: true };
  const resources = { 'AWS::Organizations::Organization': [organization] };
  const own = `${group}:log-stream:${home}_CloudTrail_us-east-1*`;

  test.each([
    ['those of its own account alone', [own], 'no'],
    ['those of the organization alone', [`${group}:log-stream:o-exampleorgid_*`], 'no'],
    ['both', [own, `${group}:log-stream:o-exampleorgid_*`], 'yes'],
    ['those of another organization', [own, `${group}:log-stream:o-anotherorg0_*`], 'no'],
    ['all', [`${group}:*`], 'yes'],
  ])('%s', (_, resource, expected) => {
    expect(ask({ statements: [writes(resource)], trail: trailOf, resources })[0]).toBe(expected);
  });

  test('of an organization that nobody knows', () => {
    expect(ask({ trail: trailOf })).toEqual([
      'unknown',
      'AWS::Organizations::Organization: which organization it is of is not known',
    ]);
  });
});

describe('without a role that can be read', () => {
  test('none, or one that is gone', () => {
    expect(ask({ trail: { CloudWatchLogsRoleArn: undefined } })).toEqual([
      'no',
      'CloudWatchLogsRoleArn: there is no such role',
    ]);
    expect(ask({ resources: { 'AWS::IAM::Role': [] } })[0]).toBe('no');
  });

  test('one that was refused', () => {
    const gaps = [{ operation: 'iam:GetAccountAuthorizationDetails', error: 'AccessDenied' }];
    expect(ask({ resources: { 'AWS::IAM::Role': [] }, more: { gaps } })).toEqual(['unknown', 'logsRole: AccessDenied']);
  });

  test('a policy that is attached and not here', () => {
    const role = {
      Arn: roleArn,
      RoleName: 'logs',
      AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/x' }],
    };
    expect(ask({ resources: { 'AWS::IAM::Role': [role] } })[0]).toBe('unknown');
  });

  test('no log group', () => {
    expect(ask({ trail: { CloudWatchLogsLogGroupArn: undefined } })).toEqual([
      'no',
      'CloudWatchLogsLogGroupArn: it has no log group',
    ]);
  });
});
