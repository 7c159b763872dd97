import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { objectsIn, type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import { type Answer, all, any } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { functionTells } from './notice.ts';
import type { Notifier } from './notifier.ts';
import { topicTakes } from './topic.ts';

/** Whether any of a rule's targets does something with what it is sent; without a target none does. */
export function anyTarget(
  rule: ResourceView,
  prefix: string,
  does: (arn: string, notifier: Notifier) => Answer,
): Answer {
  const path = `${prefix}Targets`;
  const reading = read(rule, 'Targets');
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const targets = objectsIn(saidBy(reading));
  const evidence = { path, actual: targets.length, ...(reading.from && { from: reading.from }), resource: rule.id };
  if (targets.length === 0) return decided(false, { ...evidence, note: 'it has no target' });
  const done = targets.map(({ Arn, RoleArn }, index) =>
    does(String(Arn), { view: rule, service: 'events.amazonaws.com', prefix: `${path}[${index}].`, role: RoleArn }),
  );
  const answer = any(done, 'no');
  // That none of them does says something of the rule only with the list of all.
  return answer.truth === 'no'
    ? { ...answer, evidence: [evidence, ...answer.evidence] }
    : all([decided(true, evidence), answer], 'no');
}

/**
 * Whether one of a rule's targets is there and lets EventBridge in (aws-semantics §7.5), whoever learns of it then: a
 * topic and a function are asked, of other kinds nobody reads the policy.
 */
export const reachesTarget = (rule: ResourceView, prefix: string): Answer => anyTarget(rule, prefix, takes);

function takes(arn: string, notifier: Notifier): Answer {
  const service = arn.split(':')[2];
  if (service === 'sns') return topicTakes(arn, notifier);
  if (service === 'lambda') return functionTells(arn, notifier);
  const note = 'whether it exists and lets EventBridge in is not read';
  return undecided({ path: `${notifier.prefix}Arn`, actual: arn, resource: notifier.view.id, note });
}

/** The alarms that count failed invocations, by region and rule; without a rule they count those of all. */
type Counting = ReadonlyMap<string, readonly ResourceView[]>;

/** Stands for the rule whose invocations an alarm counts that nobody could read. */
const unread = '?';

const keyOf = (region: string, rule: string): string => `${region} ${rule}`;

/** Each alarm is looked at once, however many rules there are. */
function countingIn({ account }: ResourceView): Counting {
  const found = new Map<string, ResourceView[]>();
  for (const alarm of account.byType.get('AWS::CloudWatch::Alarm') ?? []) {
    const rules = read(alarm, 'MetricName').is === 'gap' ? [unread] : rulesCountedBy(alarm);
    for (const rule of rules) remember(found, keyOf(alarm.region, rule), () => []).push(alarm);
  }
  return found;
}

/** These go off while little fails. */
const otherWay: readonly unknown[] = ['LessThanThreshold', 'LessThanOrEqualToThreshold', 'LessThanLowerThreshold'];

/** By the names of rules: those whose failures it counts; none where it is about something else. */
function rulesCountedBy({ item }: ResourceView): readonly string[] {
  if (otherWay.includes(item.ComparisonOperator)) return [];
  const metrics = [item, ...objectsIn(item.Metrics).flatMap(({ MetricStat }) => metricsIn(MetricStat))];
  const counting = metrics.filter(
    ({ Namespace, MetricName }) => Namespace === 'AWS/Events' && MetricName === 'FailedInvocations',
  );
  return counting.flatMap(({ Dimensions }) => {
    const [only, ...others] = objectsIn(Dimensions);
    if (!only) return [''];
    return only.Name === 'RuleName' && others.length === 0 ? [String(only.Value)] : [];
  });
}

const metricsIn = (stat: unknown) => objectsIn([stat]).flatMap(({ Metric }) => objectsIn([Metric]));

/** Whether an alarm with something to do counts the invocations of a rule that failed. */
export function failuresAlarmed(rule: ResourceView, prefix: string): Answer {
  const owner = rule.account.byType.get('AWS::Account')?.[0] ?? rule;
  const path = `${prefix}account.alarms`;
  const counting = workedOut(owner, countingIn);
  const alarms = ['', rule.name].flatMap((name) => counting.get(keyOf(rule.region, name)) ?? []);
  const { sure, gaps, from } = members(owner, 'alarms');
  const near = gaps.filter((gap) => !gap.region || gap.region === rule.region);
  const note = 'no alarm counts its FailedInvocations';
  const listed = { path, actual: sure.length, ...(from && { from }), resource: owner.id };
  const rest =
    near.length > 0
      ? unknown(owner, path, near, from)
      : decided(false, alarms.length > 0 ? listed : { ...listed, note });
  const perhaps = counting.get(keyOf(rule.region, unread)) ?? [];
  const answers = [...alarms, ...perhaps].map((alarm) => hasAction(alarm, `${path}[${alarm.id}].`));
  return any([...answers, rest], 'no');
}

function hasAction(alarm: ResourceView, prefix: string): Answer {
  const [enabled, actions] = [read(alarm, 'ActionsEnabled'), read(alarm, 'AlarmActions')];
  const metric = read(alarm, 'MetricName');
  if (metric.is === 'gap') return unknown(alarm, `${prefix}MetricName`, metric.gaps, metric.from);
  if (actions.is === 'gap') return unknown(alarm, `${prefix}AlarmActions`, actions.gaps, actions.from);
  const list = saidBy(actions);
  const count = Array.isArray(list) ? list.length : 0;
  const said = { ...(actions.from && { from: actions.from }), resource: alarm.id };
  return all(
    [
      decided(count > 0, { path: `${prefix}AlarmActions`, actual: count, ...said }),
      decided(saidBy(enabled) !== false, { path: `${prefix}ActionsEnabled`, actual: saidBy(enabled), ...said }),
    ],
    'no',
  );
}
