import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, all, any } from '../answer.ts';
import { decided, pointedAt, unknown } from '../leaf.ts';
import { goesOff, metricsOf } from './alarm.ts';
import { muted, ownAlarms } from './alarmed.ts';
import { accountOf, actionsOf, alarmFrom, filterFrom, perhapsOthers, writersOf } from './auditing.ts';
import { mayBeMore } from './listing.ts';
import { composites } from './risen.ts';
import { atTopic, mayPublishFor, somebodyListens } from './topic.ts';
import { unreadIn } from './unread.ts';
import { besideOf, type Written, writtenBy } from './written.ts';

/** Whether for each metric that a filter writes there is an alarm: by namespace and name, to the letter. */
export function watched(filter: ResourceView, prefix: string): Answer {
  const account = accountOf(filter);
  if (!account) return unknown(filter, `${prefix}account`, filter.unread ?? []);
  const unread = unreadIn(filter, prefix, ['MetricTransformations']);
  if (unread) return unread;
  const alarms = ownAlarms(account, filter);
  const written = writtenBy(filter);
  const own = { path: `${prefix}MetricTransformations`, actual: written.length, from: filterFrom, resource: filter.id };
  const each = written.map((it) => watches(it, alarms, { account, prefix }));
  return pointedAt(own, all([decided(written.length > 0, own), ...each], 'no'));
}

interface Asked {
  readonly account: ResourceView;
  readonly prefix: string;
}

function watches(written: Written, alarms: readonly ResourceView[], { account, prefix }: Asked): Answer {
  const { namespace, name } = written;
  const watching = alarms.find((alarm) => goesOff(alarm, written) !== undefined);
  const metric = `${namespace} ${name}`;
  if (watching) {
    const path = `${prefix}account.alarms[${watching.id}].MetricName`;
    return decided(true, { path, expected: metric, actual: metric, from: alarmFrom, resource: watching.id });
  }
  const others = alarms.flatMap((alarm) =>
    metricsOf(alarm).flatMap(([space, other]) => (other === name ? [`${alarm.name} is on ${space} ${other}`] : [])),
  );
  const { truth, evidence } = any(perhapsOthers(account, prefix, 'alarms'), 'no');
  const note = [`no alarm is on ${metric}`, ...others].join('; ');
  return { truth, evidence: evidence.map((it) => (it.gap ? it : { ...it, note })), changes: [] };
}

/** Whether one event that a filter counts sets an alarm off, by its statistic, threshold and periods. */
export function oneEventEnough(alarm: ResourceView, prefix: string): Answer {
  const account = accountOf(alarm);
  if (!account) return unknown(alarm, `${prefix}account`, alarm.unread ?? []);
  const path = `${prefix}Threshold`;
  const said = { path, actual: alarm.item.Threshold, from: alarmFrom, resource: alarm.id };
  const answers = writersOf(alarm, account).flatMap(({ filter, written }) => {
    const verdict = goesOff(alarm, written, besideOf(account, filter, written));
    if (!verdict) return [];
    const at = `${prefix}account.metricFilters[${filter.id}].MetricTransformations`;
    const counts = { path: at, actual: written.value, from: filterFrom, resource: filter.id };
    // Where what others write might make a difference, it rests on all of them having been listed.
    const alike = goesOff(alarm, written, { filters: [], unseen: true })?.truth === verdict.truth;
    const listed = alike ? [] : mayBeMore(account, `${prefix}account.`, 'metricFilters').evidence;
    const evidence = [counts, ...listed, { ...said, ...(verdict.note && { note: verdict.note }) }];
    return [{ truth: verdict.truth, evidence, changes: [] }];
  });
  return any([...answers, ...perhapsOthers(account, prefix, 'metricFilters')], 'no');
}

type Has = (alarm: ResourceView, prefix: string) => Answer;

const hasAction: Has = (alarm, prefix) => {
  const unread = unreadIn(alarm, prefix, ['AlarmActions']);
  const { length } = actionsOf(alarm);
  return (
    unread ??
    decided(length > 0, { path: `${prefix}AlarmActions`, actual: length, from: alarmFrom, resource: alarm.id })
  );
};

const hasEnabled: Has = (alarm, prefix) => {
  const unread = unreadIn(alarm, prefix, ['ActionsEnabled', 'ActionsSuppressor']);
  if (unread) return unread;
  const { ActionsEnabled: actual = true, ActionsSuppressor: suppressor } = alarm.item;
  const of = { from: alarmFrom, resource: alarm.id };
  const change = [[{ resource: alarm.id, path: 'ActionsEnabled', set: true }]];
  const enabled = decided(actual !== false, { path: `${prefix}ActionsEnabled`, expected: true, actual, ...of }, change);
  const free = { path: `${prefix}ActionsSuppressor`, expected: { exists: false }, ...of };
  const open = decided(suppressor === undefined, suppressor === undefined ? free : { ...free, actual: suppressor });
  return all([hasAction(alarm, prefix), enabled, open, ...muted(alarm, prefix)], 'no');
};

/** Of an alarm itself, or of a composite alarm that goes off with it. */
function itselfOrAbove(alarm: ResourceView, prefix: string, has: Has): Answer {
  const account = accountOf(alarm);
  if (!account) return unknown(alarm, `${prefix}account`, alarm.unread ?? []);
  const above = composites(alarm, ownAlarms(account, alarm)).map(({ alarm: parent, truth }): Answer => {
    const at = `${prefix}parents[${parent.id}].`;
    const rule = { path: `${at}AlarmRule`, actual: parent.item.AlarmRule, from: alarmFrom, resource: parent.id };
    return all([{ truth, evidence: [rule], changes: [] }, has(parent, at)], 'no');
  });
  return any([has(alarm, prefix), ...above, ...perhapsOthers(account, prefix, 'alarms')], 'no');
}

/** Whether an alarm, or a composite alarm that goes off with it, takes an action when it goes off. */
export const takesAction = (alarm: ResourceView, prefix: string): Answer => itselfOrAbove(alarm, prefix, hasAction);

/** Whether such an action is switched on, and no other alarm or mute rule may hold it back. */
export const actionsEnabled = (alarm: ResourceView, prefix: string): Answer => itselfOrAbove(alarm, prefix, hasEnabled);

/** Whether each topic that an alarm notifies has a confirmed subscription that lets its messages through (§6.8). */
export const heard = (alarm: ResourceView, prefix: string): Answer => eachTopic(alarm, prefix, somebodyListens);

/** Whether an alarm may publish to each topic that it notifies, under the topic's key (§6.8). */
export const mayPublish = (view: ResourceView, prefix: string): Answer =>
  eachTopic(view, prefix, (topic, at) =>
    mayPublishFor(topic, { view, service: 'cloudwatch.amazonaws.com', prefix }, at),
  );

function eachTopic(view: ResourceView, prefix: string, ask: Parameters<typeof atTopic>[2]): Answer {
  const topics = actionsOf(view).filter((arn) => arn.split(':')[2] === 'sns');
  const notifier = { view, service: 'cloudwatch.amazonaws.com', prefix } as const;
  return all([hasAction(view, prefix), ...topics.map((arn) => atTopic(arn, notifier, ask))], 'no');
}
