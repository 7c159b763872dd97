import type { MetricFilter, MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import { resourceType } from './resource-type.ts';
import { flag, list, number, object, tags, text } from './shape.ts';

/** The metric filters of log groups (aws-semantics §6.2). AWS gives them no ARN: they are called by their group's. */
export const metricFilter = resourceType({
  name: 'AWS::Logs::MetricFilter',
  id: '{LogGroupArn}:metric-filter:{FilterName}',
  label: 'FilterName',
  home: 'arn',
  derived: { LogGroupArn: 'arn:{partition}:logs:{region}:{account}:log-group:{LogGroupName}' },
  item: object<MetricFilter & { readonly logGroupArn?: string }>()({
    FilterName: text,
    FilterPattern: text,
    LogGroupName: text,
    LogGroupArn: text,
    MetricTransformations: list(
      object<MetricTransformation>()({
        MetricNamespace: text,
        MetricName: text,
        MetricValue: text,
        DefaultValue: number,
        Unit: text,
        Dimensions: tags,
      }),
    ),
    ApplyOnTransformedLogs: flag,
    FieldSelectionCriteria: text,
    EmitSystemFieldDimensions: list(text),
  }),
  list: { operation: 'logs:DescribeMetricFilters', at: 'metricFilters' },
  reads: {},
  relations: {},
});
