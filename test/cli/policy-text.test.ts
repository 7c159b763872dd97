import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { policyFormats, policyText } from '../../src/cli/policy-text.ts';

const actions = ['cloudtrail:DescribeTrails', 's3:GetBucketPolicy'];

test('every form allows these actions, in this order, and asks for nothing else', async () => {
  for (const format of policyFormats) {
    const text = await policyText(actions, format);
    const named = [...text.matchAll(/["\s]((?!sts|AWS)[a-z0-9]+:[A-Z]\w+)["\s]/g)].map(([, action]) => action);
    expect([format, named]).toEqual([format, actions]);
  }
});

test('the template is one to YAML 1.1 too, and holds the policy', async () => {
  const policy = JSON.parse(await policyText(actions, 'json'));
  const text = await policyText(actions, 'cloudformation');
  for (const version of ['1.1', '1.2'] as const) {
    const template = parse(text, { version });
    expect(template.AWSTemplateFormatVersion).toBe('2010-09-09');
    const { AssumeRolePolicyDocument: trust, Policies } = template.Resources.Role.Properties;
    expect(Policies).toEqual([{ PolicyName: 'trailproof', PolicyDocument: policy }]);
    expect(trust.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: { Ref: 'TrustedPrincipal' } },
        Action: 'sts:AssumeRole',
        Condition: {
          'Fn::If': [
            'HasExternalId',
            { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
            { Ref: 'AWS::NoValue' },
          ],
        },
      },
    ]);
    expect(template.Conditions.HasExternalId).toEqual({
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExternalId' }, ''] }],
    });
  }
});
