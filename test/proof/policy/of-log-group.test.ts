import { describe, expect, test } from 'vitest';
import { permits } from '../../../src/proof/permits.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import { home, snapshotWith } from '../../rules/judging.ts';
import { policyOf, type Statement, unread } from '../delivering.ts';
import { brief, resourceOf } from '../viewing.ts';
import { variable } from './asking.ts';

const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
const policyArn = (name: string, region = 'us-east-1') => `arn:aws:logs:${region}:${home}:resource-policy:${name}`;
const open = (more: Statement = {}): string =>
  policyOf({ Effect: 'Allow', Principal: '*', Action: 'logs:*', Resource: '*', ...more });
const regional = (PolicyDocument: string | undefined, PolicyName = 'p', Region = 'us-east-1') => ({
  PolicyName,
  Region,
  PolicyDocument,
});

function ask(
  policies: readonly object[],
  attached: readonly object[] | undefined = undefined,
  more: Partial<Snapshot> = {},
) {
  const snapshot = snapshotWith(
    {
      'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', ResourcePolicies: attached }],
      'AWS::Logs::ResourcePolicy': policies,
    },
    more,
  );
  const question = { principal: '*', actions: ['logs:PutLogEvents'], resource: undefined, keys: {} };
  return permits(resourceOf(snapshot, 'AWS::Logs::LogGroup'), question, 'at.', { now: undefined, thorough: 'no' });
}

describe('the policies of a log group', () => {
  test.each<[string, Parameters<typeof ask>, string]>([
    ['there are none', [[]], 'no'],
    ['one of its region', [[regional(open())]], 'yes'],
    ['one of another region', [[regional(open(), 'p', 'eu-west-1')]], 'no'],
    ['one of its region, about another group', [[regional(open({ Resource: `${group}-2` }))]], 'no'],
    ['one that is attached to it', [[], [{ PolicyName: 'own', PolicyDocument: open() }]], 'yes'],
    [
      'one that is attached to it and denies',
      [[regional(open())], [{ PolicyName: 'own', PolicyDocument: open({ Effect: 'Deny' }) }]],
      'no',
    ],
    ['one without a document', [[regional(undefined)]], 'no'],
    ['one that nobody can read', [[regional('{')]], 'unknown'],
    ['two versions', [[regional(open()), regional(open().replace('2012-10-17', '2008-10-17'), 'q')]], 'yes'],
    [
      'two versions, and one with variables',
      [[regional(open({ Resource: variable('aws:x') })), regional(open().replace('2012-10-17', '2008-10-17'), 'q')]],
      'unknown',
    ],
  ])('%s', (_, asked, expected) => {
    expect(ask(...asked).truth).toBe(expected);
  });

  test('are named where they decide, with that these are all', () => {
    expect(brief(ask([regional(open())]))).toEqual([
      'yes',
      `at.ResourcePolicies: statement 1 of p allows logs:PutLogEvents on ${group}`,
      'at.account.logResourcePolicies: undefined',
      `at.account.logResourcePolicies[${policyArn('p')}].PolicyDocument: undefined`,
    ]);
    expect(brief(ask([]))).toEqual([
      'no',
      'at.ResourcePolicies: it has no policy',
      'at.account.logResourcePolicies: undefined',
    ]);
  });

  test('are not known where one was refused', () => {
    const operation = 'logs:DescribeResourcePolicies';
    expect(brief(ask([], undefined, unread(operation, group)))).toEqual([
      'unknown',
      'at.ResourcePolicies: AccessDenied',
    ]);
    expect(brief(ask([regional(undefined)], [], unread(operation, policyArn('p'))))).toEqual([
      'unknown',
      `at.account.logResourcePolicies[${policyArn('p')}].PolicyDocument: AccessDenied`,
    ]);
    const listing = { gaps: [{ operation, region: 'us-east-1', error: 'AccessDenied' }] };
    expect(brief(ask([], [], listing))).toEqual(['unknown', 'at.account.logResourcePolicies: AccessDenied']);
    expect(ask([], [], { gaps: [{ operation, region: 'eu-west-1', error: 'AccessDenied' }] }).truth).toBe('no');
  });
});
