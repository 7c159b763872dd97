import type { LogGroup, ResourcePolicy, SubscriptionFilter } from '@aws-sdk/client-cloudwatch-logs';
import { resourceType } from './resource-type.ts';
import { flag, json, list, number, object, oneOf, tags, text } from './shape.ts';

/** The log groups that a trail writes to (aws-semantics §6.1). */
export const logGroup = resourceType({
  name: 'AWS::Logs::LogGroup',
  id: 'LogGroupArn',
  label: 'LogGroupName',
  home: 'arn',
  // Older answers carry the ARN only in the form that ends in ':*'.
  derived: { LogGroupArn: 'arn:{partition}:logs:{region}:{account}:log-group:{LogGroupName}' },
  item: object<LogGroup>()({
    LogGroupArn: text,
    LogGroupName: text,
    LogGroupClass: oneOf('STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'),
    RetentionInDays: number,
    KmsKeyId: text,
    MetricFilterCount: number,
    DeletionProtectionEnabled: flag,
  }),
  lookup: {
    operation: 'logs:DescribeLogGroups',
    params: { logGroupNamePrefix: '{LogGroupName}' },
    beginning: { asked: 'logGroupNamePrefix', of: 'logGroupName' },
    at: 'logGroups',
    notFound: ['ResourceNotFoundException'],
  },
  reads: {
    'logs:DescribeSubscriptionFilters': {
      params: { logGroupName: '{LogGroupName}' },
      at: 'subscriptionFilters',
      gives: {
        SubscriptionFilters: list(
          object<SubscriptionFilter>()({
            FilterName: text,
            FilterPattern: text,
            DestinationArn: text,
            RoleArn: text,
            Distribution: oneOf('ByLogStream', 'Random'),
            ApplyOnTransformedLogs: flag,
            FieldSelectionCriteria: text,
          }),
        ),
      },
    },
    'logs:DescribeResourcePolicies': {
      // Without them AWS answers with those of the whole region (`AWS::Logs::ResourcePolicy`).
      params: { resourceArn: '{LogGroupArn}', policyScope: 'RESOURCE' },
      at: 'resourcePolicies',
      gives: { ResourcePolicies: list(object<ResourcePolicy>()({ PolicyName: text, PolicyDocument: json })) },
    },
    'logs:ListTagsForResource': { params: { resourceArn: '{LogGroupArn}' }, at: 'tags', gives: { tags } },
  },
  relations: { key: { to: 'AWS::KMS::Key', by: 'KmsKeyId', at: 'Arn', back: 'logGroups' } },
});
