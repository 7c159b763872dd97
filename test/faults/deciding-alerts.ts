import type { Members } from '../../src/collectors/call.ts';
import { account, ids } from '../collectors/in-memory-account.ts';

export const ruleOnTrails = (Name: string): Members => ({
  Arn: `arn:aws:events:us-east-1:${account.id}:rule/${Name}`,
  Name,
  EventBusName: 'default',
  State: 'ENABLED',
  EventPattern: '{"source":["aws.cloudtrail"],"detail":{"eventSource":["cloudtrail.amazonaws.com"]}}',
});

const services = ['cloudtrail', 'cloudwatch', 'events', 'logs.us-east-1'].map((name) => `${name}.amazonaws.com`);

export const lettingIn = (Action: string | readonly string[]): string =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: services }, Action, Resource: '*' } });

export const lettingInAccount = (AWS: string): string =>
  JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'cloudtrail-data:PutAuditEvents', Resource: ids.channel },
  });

/** Buckets that no trail writes to. */
export const ours = ['archive', 'query-results', 'unrelated'];

/** Finds what the root user does, and tells somebody. */
export const rootUsed: Members = {
  filterName: 'root',
  logGroupName: 'trails',
  filterPattern:
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  metricTransformations: [{ metricNamespace: 'Audit', metricName: 'Root', metricValue: '1' }],
};
export const rootAlarm: Members = {
  AlarmArn: `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:root`,
  AlarmName: 'root',
  Namespace: 'Audit',
  MetricName: 'Root',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  ActionsEnabled: true,
  AlarmActions: [ids.topic],
};
export const functionNamed = (FunctionArn: string): Members => ({
  FunctionArn,
  FunctionName: FunctionArn.split(':').at(-1),
});
export const deletedFunction = `${ids.responder}-deleted`;

export const targets: Readonly<Record<string, string>> = {
  tampering: ids.topic,
  responding: ids.responder,
  stale: deletedFunction,
};

export const failedInvocations: Members = {
  AlarmArn: `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:failed`,
  AlarmName: 'failed',
  Namespace: 'AWS/Events',
  MetricName: 'FailedInvocations',
  ActionsEnabled: true,
  AlarmActions: [ids.topic],
};

/** The managed rules of AWS Config that watch a trail. */
export const guarding = ['ENABLED', 'ENCRYPTION_ENABLED', 'LOG_FILE_VALIDATION_ENABLED', 'CLOUD_WATCH_LOGS_ENABLED'];

export const managedRule = (what: string): Members => ({
  ConfigRuleName: what,
  ConfigRuleArn: `arn:aws:config:us-east-1:${account.id}:config-rule/${what}`,
  ConfigRuleState: 'ACTIVE',
  Source: { Owner: 'AWS', SourceIdentifier: `CLOUD_TRAIL_${what}` },
});
