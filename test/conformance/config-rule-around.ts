import type { Members } from '../../src/collectors/call.ts';
import { type Around, answered, answersOf, type Placed } from './config-rule-account.ts';
import type { ConfigRuleCall } from './config-rule-case.ts';

/** Buckets are listed where a parameter names them. */
export const bucketsOfParameter: Around = ({ parameters, region }) => [
  answered('s3:ListBuckets', {
    Buckets: namesIn(parameters.S3BucketName).map((Name) => ({ Name, BucketRegion: region })),
  }),
];

/** `a, b` */
export const namesIn = (names = ''): readonly string[] =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** Each log group is one that a trail writes to, and is asked for by its name. */
export const trailsOfLogGroups: Around = (one) => {
  const groups = listed(one, 'DescribeLogGroups', 'logGroups');
  const writing = groups.map(({ logGroupName }) => ({
    CloudWatchLogsLogGroupArn: one.arn('logs', `log-group:${String(logGroupName)}:*`),
  }));
  const asked = groups.map((group) =>
    answered('logs:DescribeLogGroups', { logGroups: [group] }, { logGroupNamePrefix: group.logGroupName }),
  );
  return [...trails(one, writing), ...asked];
};

/** Each key that was described encrypts what a trail delivers. */
export const trailsOfKeys: Around = (one) =>
  trails(
    one,
    answersOf(one, 'DescribeKey').map(({ response }) => ({ KmsKeyId: (response.KeyMetadata as Members).Arn })),
  );

function trails({ region, arn }: Placed, such: readonly Members[]): readonly ConfigRuleCall[] {
  const trailList = such.map((more, at) => {
    const Name = `trail-${at}`;
    return { Name, TrailARN: arn('cloudtrail', `trail/${Name}`), HomeRegion: region, ...more };
  });
  return [answered('cloudtrail:DescribeTrails', { trailList })];
}

/** Each topic is notified by an alarm on what a metric filter counts in the log group of a trail, and by no event rule. */
export const alarmOfTopics: Around = (one) => {
  const topics = [...listed(one, 'ListTopics', 'Topics'), ...listed(one, 'ListSubscriptions', 'Subscriptions')].map(
    ({ TopicArn }) => String(TopicArn),
  );
  const logGroupName = 'trail';
  const metric = { metricNamespace: 'Audit', metricName: 'Changes' };
  const filter = { filterName: 'changes', logGroupName, filterPattern: '{ $.eventName = StopLogging }' };
  const alarm = {
    AlarmName: 'changes',
    AlarmArn: one.arn('cloudwatch', 'alarm:changes'),
    Namespace: metric.metricNamespace,
    MetricName: metric.metricName,
    AlarmActions: topics,
  };
  return [
    ...trails(one, [{ CloudWatchLogsLogGroupArn: one.arn('logs', `log-group:${logGroupName}:*`) }]),
    answered('logs:DescribeMetricFilters', {
      metricFilters: [{ ...filter, metricTransformations: [{ ...metric, metricValue: '1' }] }],
    }),
    answered('events:ListRules', { Rules: [] }),
    answered('cloudwatch:DescribeAlarms', { MetricAlarms: [alarm], CompositeAlarms: [] }),
  ];
};

/** The same, and the subscriptions of the account are asked for topic by topic. */
export const alarmOfSubscribed: Around = (one) => {
  const byTopic = Map.groupBy(listed(one, 'ListSubscriptions', 'Subscriptions'), ({ TopicArn }) => TopicArn);
  const asked = [...byTopic].flatMap(([TopicArn, Subscriptions]) => [
    answered('sns:GetTopicAttributes', { Attributes: { TopicArn } }, { TopicArn }),
    answered('sns:ListSubscriptionsByTopic', { Subscriptions }, { TopicArn }),
  ]);
  return [...alarmOfTopics(one), ...asked];
};

const listed = (one: Placed, operation: string, at: string): readonly Members[] =>
  answersOf(one, operation).flatMap(({ response }) => response[at] as Members[]);
