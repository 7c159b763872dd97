import { describe, expect, test } from 'vitest';
import { logsRoleTrusts, logsRoleWrites } from '../../src/proof/logs-role.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
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
    ['the first of them, where there may be more', `${group}:log-stream:${home}_CloudTrail_us-east-1`, 'unknown'],
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
      `logsRole.RolePolicyList: it may not do logs:CreateLogStream on ${group}:log-stream:${home}_CloudTrail_us-east-1*`,
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

describe('whether the role lets CloudTrail take it on for the trail', () => {
  const trusts = (...statements: readonly object[]) => ({
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
  const trust = (more: object = {}) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 'sts:AssumeRole',
    ...more,
  });
  const only = (key: string, value: string) => trust({ Condition: { StringEquals: { [key]: value } } });
  const askTrust = (
    role: object,
    more: Partial<Snapshot> = {},
    roles = [{ Arn: roleArn, RoleName: 'logs', ...role }],
  ) => {
    const own = trail('main', { CloudWatchLogsLogGroupArn: `${group}:*`, CloudWatchLogsRoleArn: roleArn });
    const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [own], 'AWS::IAM::Role': roles }, more);
    return brief(logsRoleTrusts(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), 'at.'));
  };

  test.each<[string, object, string]>([
    ['CloudTrail', trusts(trust()), 'yes'],
    ['CloudTrail for this account', trusts(only('aws:SourceAccount', home)), 'yes'],
    ['CloudTrail for this trail', trusts(only('aws:SourceArn', trailArn('main'))), 'yes'],
    ['CloudTrail for another trail', trusts(only('aws:SourceArn', trailArn('other'))), 'no'],
    ['CloudTrail, to do something else', trusts(trust({ Action: 'sts:TagSession' })), 'no'],
    ['CloudTrail, which another statement denies', trusts(trust(), trust({ Effect: 'Deny' })), 'no'],
    ['another service', trusts(trust({ Principal: { Service: 'ec2.amazonaws.com' } })), 'no'],
    ['whoever says a word', trusts(only('sts:ExternalId', 'word')), 'unknown'],
    ['nobody knows whom', { AssumeRolePolicyDocument: '{' }, 'unknown'],
  ])('it trusts %s', (_, role, expected) => {
    expect(askTrust(role)[0]).toBe(expected);
  });

  test('what decided it is said', () => {
    expect(askTrust(trusts(trust()))).toEqual([
      'yes',
      `at.logsRole.AssumeRolePolicyDocument: statement 1 allows sts:AssumeRole on ${roleArn}`,
    ]);
    expect(askTrust({})).toEqual([
      'unknown',
      'at.logsRole.AssumeRolePolicyDocument: every role has one, and none is here',
    ]);
    expect(askTrust({}, {}, [])).toEqual(['no', 'at.CloudWatchLogsRoleArn: there is no such role']);
    const gaps = [{ operation: 'iam:GetAccountAuthorizationDetails', error: 'AccessDenied' }];
    expect(askTrust({}, { gaps }, [])).toEqual(['unknown', 'at.logsRole: AccessDenied']);
  });
});
