import type { Item, Snapshot } from '../src/snapshot/snapshot.ts';
import { bucket } from './account-buckets.ts';
import { recordersOf } from './account-config.ts';
import { keysOf } from './account-trails.ts';
import { type Owner, publicAccessBlock, regions } from './owner.ts';
import { seeded } from './random.ts';

const id = '111122223333';
const group = `arn:aws:logs:us-east-1:${id}:log-group:trails`;
const topic = `arn:aws:sns:us-east-1:${id}:alerts`;
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const regionAt = (index: number): string => regions[index % regions.length] ?? regions[0];

/** Calls whose alarms and rules the account has; each filter and each rule is about some of them. */
export const watched: readonly string[] = times(60, (index) => `DeleteThing${index}`);

/** An account as a large company has it: five trails, many critical buckets, dozens of filters, alarms and rules. */
export function proofAccount(buckets: number): Snapshot {
  const owner: Owner = { id, partition: 'aws', random: seeded(buckets) };
  const critical = times(buckets, (index) => ({
    ...bucket(owner, `critical-${index}`),
    BucketRegion: regionAt(index),
  }));
  const resources: Readonly<Record<string, readonly Item[]>> = {
    'AWS::Account': [{ PublicAccessBlock: publicAccessBlock(true) }],
    'AWS::Region': regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
    'AWS::CloudTrail::Trail': times(5, (index) => trail(index, buckets)),
    'AWS::S3::Bucket': [
      { ...bucket(owner, 'audit-logs'), BucketRegion: 'us-east-1', Policy: allow('cloudtrail', 's3:*', '*') },
      ...critical,
    ],
    'AWS::KMS::Key': keysOf(owner),
    'AWS::Config::ConfigurationRecorder': recordersOf(owner),
    'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails', LogGroupClass: 'STANDARD' }],
    'AWS::Logs::MetricFilter': times(60, filter),
    'AWS::CloudWatch::Alarm': times(40, alarm),
    'AWS::SNS::Topic': [
      {
        TopicArn: topic,
        Policy: allow('cloudwatch', 'sns:Publish', topic),
        Subscriptions: [{ SubscriptionArn: `${topic}:1`, Protocol: 'email' }],
      },
    ],
    'AWS::Events::Rule': times(80, rule),
  };
  return {
    trailproof: 'snapshot/1',
    account: { id, partition: 'aws' },
    collectedAt: '2026-11-20T09:00:00Z',
    regions,
    resources: resources as Snapshot['resources'],
  };
}

const allow = (service: string, Action: string, Resource: string): string =>
  JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action, Resource },
  });

/** The first records management events, each other one the objects of a quarter of the buckets. */
function trail(index: number, buckets: number): Item {
  const [from, to] = [Math.floor(((index - 1) * buckets) / 4), Math.floor((index * buckets) / 4)];
  const objects = [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
    { Field: 'resources.ARN', StartsWith: times(to - from, (at) => `arn:aws:s3:::critical-${from + at}/`) },
  ];
  return {
    TrailARN: `arn:aws:cloudtrail:us-east-1:${id}:trail/t${index}`,
    Name: `t${index}`,
    HomeRegion: 'us-east-1',
    S3BucketName: 'audit-logs',
    IsMultiRegionTrail: index < 4,
    IsOrganizationTrail: false,
    CloudWatchLogsLogGroupArn: `${group}:*`,
    Status: { IsLogging: true },
    ...(index === 0
      ? { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }
      : { AdvancedEventSelectors: [{ FieldSelectors: objects }] }),
  };
}

const filter = (index: number): Item => ({
  FilterName: `f${index}`,
  LogGroupName: 'trails',
  LogGroupArn: group,
  FilterPattern: `{ ($.eventName = ${watched[index]}) || (($.eventName = ${watched[(index + 1) % 60]}) && ($.errorCode NOT EXISTS)) }`,
  MetricTransformations: [{ MetricNamespace: 'Audit', MetricName: `m${index}`, MetricValue: '1' }],
});

const alarm = (index: number): Item => ({
  AlarmArn: `arn:aws:cloudwatch:us-east-1:${id}:alarm:a${index}`,
  AlarmName: `a${index}`,
  Namespace: 'Audit',
  MetricName: `m${index}`,
  Statistic: 'Sum',
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  ActionsEnabled: true,
  AlarmActions: [topic],
});

const rule = (index: number): Item => ({
  Arn: `arn:aws:events:${regionAt(index)}:${id}:rule/r${index}`,
  Name: `r${index}`,
  EventBusName: 'default',
  State: 'ENABLED',
  EventPattern: JSON.stringify({
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventName: [watched[index % 60], { prefix: `Stop${index}` }], errorCode: [{ exists: false }] },
  }),
  Targets: [{ Id: 't', Arn: topic }],
});
