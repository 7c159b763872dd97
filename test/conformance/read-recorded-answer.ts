import { type Members, type Send, serviceOf } from '../../src/collectors/call.ts';
import { collect } from '../../src/collectors/collect.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { ResourceType } from '../../src/resource-types/resource-type.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { RecordedAnswer } from './conformance-folder.ts';

/**
 * What the collector makes of an account that gives this one answer. All that comes before it, the listing of the
 * resource that the answer is about and of the trail that names it, is an account with nothing but names.
 */
export function readRecordedAnswer(type: ResourceType, { operation, response }: RecordedAnswer): Promise<Snapshot> {
  const { account, region, answers } = surroundings(response);
  const namers = [resourceTypes['AWS::CloudTrail::Trail'], resourceTypes['AWS::CloudWatch::Alarm']];
  const before = [type.list, type.lookup, ...(type.list ? [] : namers.map(({ list }) => list))];
  const topic = resourceTypes['AWS::SNS::Topic'];
  const isNamedByTopic = topic.references?.some(({ to }) => to === type.name && type.list === undefined);
  const ofTopics = isNamedByTopic ? [topic.lookup?.operation ?? [], ...Object.keys(topic.reads)].flat() : [];
  const operations = [operation, ...ofTopics, ...before.flatMap((call) => (call ? [call.operation] : []))];
  const send: Send = async (call) => {
    const name = `${call.service}:${call.operation}`;
    if (name === `${serviceOf(operation)}:${operation.slice(operation.indexOf(':') + 1)}`) return response;
    if (!Object.hasOwn(answers, name)) throw new Error(`nobody thought of ${name}`);
    return answers[name];
  };
  return collect({
    registry: resourceTypes,
    plan: { operations: new Map(operations.map((one) => [one, 'all'])) },
    send,
    regions: [region],
    account: { id: account, partition: 'aws' },
    concurrency: 1,
    collectedAt: '2026-11-20T09:00:00Z',
  });
}

interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** An account in which the answer can be given: its id and region, and the names that the answer mentions. */
function surroundings(response: Members): Surroundings {
  const text = JSON.stringify(response);
  const [, mentioned, owner] = /"arn:aws:(?:cloudtrail|kms|sns):([\w-]+):(\d{12}):/.exec(text) ?? [];
  const [account, region] = [owner ?? '123456789012', mentioned ?? 'us-east-1'];
  const trailNamed = arns(text, `arn:aws:cloudtrail:${region}:${account}:trail/[^"]+`);
  const key = arns(text, `arn:aws:kms:${region}:${account}:key/[^"]+`)[0] ?? `arn:aws:kms:${region}:${account}:key/1`;
  const topic = arns(text, `arn:aws:sns:${region}:${account}:[^":]+`)[0] ?? `arn:aws:sns:${region}:${account}:topic`;
  const subscription = arns(text, `arn:aws:sns:${region}:${account}:[^":]+:[^":]+`)[0] ?? `${topic}:1`;
  const alarm = `arn:aws:cloudwatch:${region}:${account}:alarm:tampering`;
  const rulesNamed = [...text.matchAll(/"ConfigRuleName":"([^"]+)"/g)].flatMap(([, name]) => name ?? []);
  const [, logGroup = 'my-logs'] = /"logGroupName":"([^"]+)"/.exec(text) ?? [];
  const trail = {
    TrailARN: trailNamed[0] ?? `arn:aws:cloudtrail:${region}:${account}:trail/main`,
    HomeRegion: region,
    KmsKeyId: key,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:${logGroup}:*`,
  };
  return {
    account,
    region,
    answers: {
      'ec2:DescribeRegions': { Regions: [{ RegionName: region }] },
      'cloudtrail:DescribeTrails': {
        trailList: [trail, ...trailNamed.slice(1).map((TrailARN) => ({ ...trail, TrailARN }))],
      },
      'cloudtrail:ListEventDataStores': { EventDataStores: [] },
      's3:HeadBucket': { BucketRegion: region },
      's3:ListBuckets': { Buckets: [{ Name: 'audit-logs', BucketRegion: region }] },
      'cloudwatch:DescribeAlarms': { MetricAlarms: [{ AlarmArn: alarm, AlarmName: 'a', AlarmActions: [topic] }] },
      'sns:GetTopicAttributes': { Attributes: { TopicArn: topic } },
      'sns:ListSubscriptionsByTopic': { Subscriptions: [{ SubscriptionArn: subscription }] },
      'eventbridge:ListRules': { Rules: [{ Arn: `arn:aws:events:${region}:${account}:rule/r`, Name: 'r' }] },
      'lambda:ListFunctions': { Functions: [] },
      'kms:DescribeKey': { KeyMetadata: { Arn: key } },
      'cloudwatch-logs:DescribeLogGroups': { logGroups: [{ logGroupName: logGroup }] },
      'config-service:DescribeConfigRules': {
        ConfigRules: rulesNamed.map((ConfigRuleName) => ({
          ConfigRuleName,
          ConfigRuleArn: `arn:aws:config:${region}:${account}:config-rule/${ConfigRuleName}`,
        })),
      },
      'config-service:DescribeConfigurationRecorders': { ConfigurationRecorders: [{ name: 'default' }] },
    },
  };
}

const arns = (text: string, pattern: string): readonly string[] => [
  ...new Set([...text.matchAll(new RegExp(`"(${pattern})"`, 'g'))].flatMap(([, arn]) => arn ?? [])),
];
