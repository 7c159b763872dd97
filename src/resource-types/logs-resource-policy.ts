import type { ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs';
import { resourceType } from './resource-type.ts';
import { json, object, oneOf, text, time } from './shape.ts';

/**
 * The policies of CloudWatch Logs in a region, each for whatever its statements name. AWS says neither an ARN of one
 * nor where it is. Those that are attached to one log group are its `ResourcePolicies`.
 */
export const logResourcePolicy = resourceType({
  name: 'AWS::Logs::ResourcePolicy',
  id: 'arn:{partition}:logs:{Region}:{account}:resource-policy:{PolicyName}',
  label: 'PolicyName',
  home: 'Region',
  derived: { Region: '{region}' },
  item: object<ResourcePolicy & { readonly region?: string }>()({
    PolicyName: text,
    Region: text,
    PolicyDocument: json,
    PolicyScope: oneOf('ACCOUNT', 'RESOURCE'),
    LastUpdatedTime: time,
  }),
  list: { operation: 'logs:DescribeResourcePolicies', at: 'resourcePolicies' },
  reads: {},
  relations: {},
});
