import { alerts, type Via } from '../../../src/proof/alerting/alerts.ts';
import type { Answer, Evidence } from '../../../src/proof/answer.ts';
import type { Gap, Snapshot } from '../../../src/snapshot/snapshot.ts';
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
export const refused = (operation: string, resource?: string, region?: string): Pick<Setting, 'more'> => {
  const gap: Gap = { operation, error: 'AccessDenied', ...(resource && { resource }), ...(region && { region }) };
  return { more: { gaps: [gap] } };
};
export const without = (item: Item, ...names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
/** A policy that lets a service do something with anything. */
export const allow = (service: string, Action: string | readonly string[] = 'sns:Publish', more: Item = {}): string =>
  JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action, Resource: '*', ...more },
  });
export const ruleArn = (region = 'us-east-1'): string => `arn:aws:events:${region}:${home}:rule/r`;
export const rule = (pattern: unknown, more: Item = {}, region = 'us-east-1'): Item => ({
  Arn: ruleArn(region),
  Name: 'r',
  EventBusName: 'default',
  State: 'ENABLED',
  EventPattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
  Targets: [{ Id: 't', Arn: topicArn }],
  ...more,
});
/** The pattern that the console writes for one call. */
export const named = (eventName: string, eventSource = 'cloudtrail.amazonaws.com') => ({
  source: [`aws.${eventSource.split('.')[0]}`],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventSource: [eventSource], eventName: [eventName] },
});
/** An account in which a rule is all that could tell somebody, and its topic lets rules in. */
export const byRule = (rules: readonly Item[], more: Setting = {}): Setting => ({
  filters: [],
  alarms: [],
  topics: [topic({ Policy: allow('events.amazonaws.com') })],
  rules,
  ...more,
});

/** What there is, where it differs from an account in which somebody learns of StopLogging. */
export interface Setting {
  readonly trails?: readonly Item[];
  readonly groups?: readonly Item[];
  readonly filters?: readonly Item[];
  readonly alarms?: readonly Item[];
  readonly topics?: readonly Item[];
  readonly rules?: readonly Item[];
  readonly keys?: readonly Item[];
  readonly functions?: readonly Item[];
  readonly subscriptions?: readonly Item[];
  readonly of?: 'AWS::Account' | 'AWS::Region';
  readonly events?: Item;
  readonly classes?: readonly Item[];
  readonly via?: Via;
  readonly prefix?: string;
  readonly more?: Partial<Snapshot>;
}

export const snapshotOf = (setting: Setting): Snapshot =>
  snapshotWith(
    {
      'AWS::CloudTrail::Trail': setting.trails ?? [main()],
      'AWS::Logs::LogGroup': setting.groups ?? [{ LogGroupArn: group, LogGroupName: 'trails' }],
      'AWS::Logs::MetricFilter': setting.filters ?? [filter(stop)],
      'AWS::CloudWatch::Alarm': setting.alarms ?? [alarm()],
      'AWS::SNS::Topic': setting.topics ?? [topic()],
      'AWS::Events::Rule': setting.rules ?? [],
      'AWS::KMS::Key': setting.keys ?? [],
      'AWS::Lambda::Function': setting.functions ?? [],
      'AWS::SNS::Subscription': setting.subscriptions ?? [],
    },
    setting.more ?? {},
  );

export function ask(setting: Setting) {
  const question = {
    classes: setting.classes ?? [
      setting.events ?? { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' },
    ],
    via: setting.via ?? 'any',
  } as const;
  return alerts(resourceOf(snapshotOf(setting), setting.of ?? 'AWS::Account'), question, setting.prefix ?? '', {
    now: undefined,
    thorough: 'no',
  });
}
export const truth = (setting: Setting) => ask(setting).truth;
/** What a listing says of what is not there: that these are all. */
const isListing = ({ path, note }: Evidence): boolean =>
  note === undefined && /(^|\.)(trails|metricFilters|eventRules|alarms|regions)$/.test(path);
/** What leads from one link to the next. */
const isPointer = ({ path, note }: Evidence): boolean =>
  note === undefined && /\.(CloudWatchLogsLogGroupArn|KmsKeyId|KmsMasterKeyId)$/.test(path);
const isLink = (item: Evidence): boolean => item.gap !== undefined || !(isListing(item) || isPointer(item));
/** What it rests on besides these. */
export const links = (answer: Answer) => brief({ ...answer, evidence: answer.evidence.filter(isLink) });
export const said = (setting: Setting) => links(ask(setting));
/** What lists what there is. */
export const listings = (setting: Setting) =>
  ask(setting)
    .evidence.filter((item) => !item.gap && isListing(item))
    .map(({ path, actual, from }) => `${path}: ${actual} by ${from}`);
/** What could not be read, and the IAM actions that would tell. */
export const wanted = (setting: Setting) => {
  const { truth: answer, evidence } = ask(setting);
  return [answer, ...evidence.map(({ path, gap }) => `${path}: ${gap?.error} ${gap?.action ?? ''}`.trim())];
};
