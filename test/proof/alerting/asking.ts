import { alerts, type Via } from '../../../src/proof/alerting/alerts.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import { home, snapshotWith, trail } from '../../rules/judging.ts';
import { brief, resourceOf } from '../viewing.ts';

export type Item = Readonly<Record<string, unknown>>;
export const group = `arn:aws:logs:us-east-1:${home}:log-group:trails`;
export const topicArn = `arn:aws:sns:us-east-1:${home}:alerts`;
export const alarmArn = (name = 'tampering', region = 'us-east-1') =>
  `arn:aws:cloudwatch:${region}:${home}:alarm:${name}`;

export const main = (more: Item = {}): Item =>
  trail('main', {
    IsMultiRegionTrail: true,
    CloudWatchLogsLogGroupArn: `${group}:*`,
    Status: { IsLogging: true },
    ...more,
  });
export const filter = (FilterPattern: string, more: Item = {}): Item => ({
  FilterName: 'tampering',
  LogGroupName: 'trails',
  LogGroupArn: group,
  FilterPattern,
  MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '1' }],
  ...more,
});
export const alarm = (more: Item = {}): Item => ({
  AlarmArn: alarmArn(),
  AlarmName: 'tampering',
  Namespace: 'Audit',
  MetricName: 'Tampering',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  ActionsEnabled: true,
  AlarmActions: [topicArn],
  ...more,
});
export const topic = (more: Item = {}): Item => ({
  TopicArn: topicArn,
  Subscriptions: [{ SubscriptionArn: `${topicArn}:1`, Protocol: 'email' }],
  ...more,
});
export const stop = '{ $.eventName = StopLogging }';

/** What there is, where it differs from an account in which somebody learns of StopLogging. */
export interface Setting {
  readonly trails?: readonly Item[];
  readonly groups?: readonly Item[];
  readonly filters?: readonly Item[];
  readonly alarms?: readonly Item[];
  readonly topics?: readonly Item[];
  readonly rules?: readonly Item[];
  readonly keys?: readonly Item[];
  readonly events?: Item;
  readonly via?: Via;
  readonly more?: Partial<Snapshot>;
}

function ask(setting: Setting) {
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': setting.trails ?? [main()],
      'AWS::Logs::LogGroup': setting.groups ?? [{ LogGroupArn: group, LogGroupName: 'trails' }],
      'AWS::Logs::MetricFilter': setting.filters ?? [filter(stop)],
      'AWS::CloudWatch::Alarm': setting.alarms ?? [alarm()],
      'AWS::SNS::Topic': setting.topics ?? [topic()],
      'AWS::Events::Rule': setting.rules ?? [],
      'AWS::KMS::Key': setting.keys ?? [],
    },
    setting.more ?? {},
  );
  const question = {
    classes: [setting.events ?? { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }],
    via: setting.via ?? 'any',
  } as const;
  return alerts(resourceOf(snapshot, 'AWS::Account'), question, '', { now: undefined, thorough: 'no' });
}
export const truth = (setting: Setting) => ask(setting).truth;
export const said = (setting: Setting) => brief(ask(setting));
