import type {
  AlarmMuteRuleSummary,
  CompositeAlarm,
  Dimension,
  Metric,
  MetricAlarm,
  MetricDataQuery,
  MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { resourceType } from './resource-type.ts';
import { flag, list, number, object, oneOf, text, time } from './shape.ts';

const dimensions = list(object<Dimension>()({ Name: text, Value: text }));

/** Alarms on a metric, on an expression of metrics, or on other alarms (aws-semantics §6.7). */
export const alarm = resourceType({
  name: 'AWS::CloudWatch::Alarm',
  id: 'AlarmArn',
  label: 'AlarmName',
  home: 'arn',
  item: object<MetricAlarm & CompositeAlarm>()({
    AlarmArn: text,
    AlarmName: text,
    ActionsEnabled: flag,
    AlarmActions: list(text),
    OKActions: list(text),
    InsufficientDataActions: list(text),
    StateValue: oneOf('OK', 'ALARM', 'INSUFFICIENT_DATA'),
    Namespace: text,
    MetricName: text,
    Dimensions: dimensions,
    Statistic: oneOf('SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'),
    ExtendedStatistic: text,
    Period: number,
    Unit: text,
    EvaluationPeriods: number,
    DatapointsToAlarm: number,
    Threshold: number,
    ThresholdMetricId: text,
    ComparisonOperator: oneOf(
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold',
      'LessThanLowerThreshold',
      'GreaterThanUpperThreshold',
    ),
    TreatMissingData: oneOf('breaching', 'notBreaching', 'ignore', 'missing'),
    EvaluateLowSampleCountPercentile: oneOf('evaluate', 'ignore'),
    Metrics: list(
      object<MetricDataQuery>()({
        Id: text,
        Expression: text,
        ReturnData: flag,
        Period: number,
        AccountId: text,
        MetricStat: object<MetricStat>()({
          Metric: object<Metric>()({ Namespace: text, MetricName: text, Dimensions: dimensions }),
          Period: number,
          Stat: text,
          Unit: text,
        }),
      }),
    ),
    AlarmRule: text,
    ActionsSuppressor: text,
  }),
  list: {
    operation: 'cloudwatch:DescribeAlarms',
    // Without its name a type of alarm is left out of the answer.
    params: { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    at: ['MetricAlarms', 'CompositeAlarms'],
  },
  reads: {
    'cloudwatch:ListAlarmMuteRules': {
      // Those that have expired mute nothing.
      params: { AlarmName: '{AlarmName}', Statuses: ['ACTIVE', 'SCHEDULED'] },
      at: 'AlarmMuteRuleSummaries',
      gives: {
        MuteRules: list(
          object<AlarmMuteRuleSummary>()({
            AlarmMuteRuleArn: text,
            Status: oneOf('ACTIVE', 'SCHEDULED', 'EXPIRED'),
            MuteType: text,
            ExpireDate: time,
          }),
        ),
      },
    },
  },
  relations: {},
  references: [
    { to: 'AWS::SNS::Topic', by: 'AlarmActions', at: 'TopicArn' },
    { to: 'AWS::Lambda::Function', by: 'AlarmActions', at: 'FunctionArn' },
  ],
});
