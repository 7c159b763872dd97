/** How evidence names what is on the way, in the account of `asking.ts`. */
import { home, trailArn } from '../../rules/judging.ts';
import {
  alarm,
  alarmArn,
  allow,
  ask,
  byRule,
  group,
  type Item,
  main,
  named,
  rule,
  ruleArn,
  type Setting,
  topic,
  topicArn,
} from './asking.ts';

export const filterArn = `${group}:metric-filter:tampering`;
export const keyArn = `arn:aws:kms:us-east-1:${home}:key/k`;
export const functionArn = `arn:aws:lambda:us-east-1:${home}:function:f`;
export const subscription = `${topicArn}:1`;
export const inFilter = `metricFilters[${filterArn}].`;
export const inAlarm = `${inFilter}alarms[${alarmArn()}].`;
export const inTopic = `${inAlarm}topic[${topicArn}].`;
export const inTrail = `trails[${trailArn('main')}].`;
export const inRule = `eventRules[${ruleArn()}].`;
export const account = `arn:aws:iam::${home}:root`;
export const from = {
  filters: 'logs:DescribeMetricFilters',
  alarms: 'cloudwatch:DescribeAlarms',
  topics: 'sns:GetTopicAttributes',
  listeners: 'sns:ListSubscriptionsByTopic',
  groups: 'logs:DescribeLogGroups',
  rules: 'events:ListRules',
  status: 'cloudtrail:GetTrailStatus',
};

/** All that the answer says about one path. */
export const at = (path: string, setting: Setting = {}) => ask(setting).evidence.find((item) => item.path === path);
export const inGroup = (more: Item): Setting => ({ groups: [{ LogGroupArn: group, LogGroupName: 'trails', ...more }] });
export const status = (more: Item): Setting => ({ trails: [main({ Status: { IsLogging: true, ...more } })] });
export const silent = alarm({ AlarmActions: [] });
export const parent = (more: Item = {}): Item => ({
  AlarmArn: alarmArn('any'),
  AlarmName: 'any',
  AlarmRule: 'ALARM(tampering)',
  AlarmActions: [topicArn],
  ...more,
});
export const encrypted = (more: Item): Setting => ({
  topics: [topic({ KmsMasterKeyId: keyArn })],
  keys: [{ Arn: keyArn, Policy: allow('cloudwatch.amazonaws.com', 'kms:*'), ...more }],
});
export const target = (more: Item): Setting => byRule([rule(named('StopLogging'), { Targets: [more] })]);
export const invoking = (functions: readonly Item[], arn = functionArn): Setting => ({
  alarms: [alarm({ AlarmActions: [arn] })],
  functions,
});
export const known = { FunctionArn: functionArn, FunctionName: 'f' };
