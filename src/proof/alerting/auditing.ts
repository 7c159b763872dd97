import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all, any, type Evidence } from '../answer.ts';
import { decided, unknown } from '../leaf.ts';
import { goesOff, metricsOf, type Written } from './alarm.ts';
import { ownAlarms, writtenBy } from './alarmed.ts';
import { mayBeMore } from './listing.ts';
import { composites } from './risen.ts';
import { atTopic, mayPublishFor, somebodyListens } from './topic.ts';
import { unreadIn } from './unread.ts';

/** What keeps watch over the trails of an account, each with what shows it (aws-semantics §6.5, §6.7). */
interface Watch {
  /** Metric filters on log groups that trails write to. */
  readonly filters: ReadonlyMap<ResourceView, readonly Evidence[]>;
  /** By the metric that is written: which filters write it, and what. */
  readonly metrics: ReadonlyMap<string, readonly Writer[]>;
  /** Alarms on these metrics, and composite alarms above them. */
  readonly alarms: ReadonlyMap<ResourceView, readonly Evidence[]>;
  /** The alarms that notify, by the topic. */
  readonly notifying: ReadonlyMap<string, readonly ResourceView[]>;
}

interface Writer {
  readonly filter: ResourceView;
  readonly written: Written;
}

const accountOf = ({ account }: ResourceView): ResourceView | undefined => account.byType.get('AWS::Account')?.[0];
const metricKey = (region: string, namespace: string, name: string): string =>
  JSON.stringify([region, namespace, name]);

const filterFrom = 'logs:DescribeMetricFilters';
const alarmFrom = 'cloudwatch:DescribeAlarms';

function watchOf(account: ResourceView): Watch {
  const filters = filtersOnTrails(account);
  const metrics = new Map<string, Writer[]>();
  for (const filter of filters.keys()) {
    for (const written of writtenBy(filter)) {
      remember(metrics, metricKey(filter.region, written.namespace, written.name), (): Writer[] => []).push({
        filter,
        written,
      });
    }
  }
  const alarms = alarmsOn(account, { filters, metrics });
  const notifying = new Map<string, ResourceView[]>();
  for (const alarm of alarms.keys()) {
    for (const arn of actionsOf(alarm)) remember(notifying, arn, (): ResourceView[] => []).push(alarm);
  }
  return { filters, metrics, alarms, notifying };
}

function filtersOnTrails(account: ResourceView): Watch['filters'] {
  const groups = new Map<string, Evidence>();
  for (const trail of members(account, 'trails').sure) {
    const reading = read(trail, 'CloudWatchLogsLogGroupArn');
    if (reading.is !== 'value') continue;
    const arn = String(reading.value).replace(/:\*$/, '');
    const path = `account.trails[${trail.id}].CloudWatchLogsLogGroupArn`;
    groups.set(arn, { path, actual: reading.value, ...(reading.from && { from: reading.from }), resource: trail.id });
  }
  return new Map(
    members(account, 'metricFilters').sure.flatMap((filter) => {
      const trail = groups.get(String(filter.item.LogGroupArn));
      return trail ? [[filter, [trail]] as const] : [];
    }),
  );
}

function alarmsOn(account: ResourceView, { filters, metrics }: Pick<Watch, 'filters' | 'metrics'>): Watch['alarms'] {
  const found = new Map<ResourceView, readonly Evidence[]>();
  for (const alarm of members(account, 'alarms').sure) {
    const [writer] = writersFor(alarm, metrics);
    if (!writer) continue;
    const { filter, written } = writer;
    const path = `account.metricFilters[${filter.id}].MetricTransformations`;
    const actual = `${written.namespace} ${written.name}`;
    found.set(alarm, [...(filters.get(filter) ?? []), { path, actual, from: filterFrom, resource: filter.id }]);
  }
  for (const [alarm, shown] of [...found]) {
    for (const { alarm: above } of composites(alarm, ownAlarms(account, alarm))) {
      if (!found.has(above)) found.set(above, [...shown, watchedBy(alarm)]);
    }
  }
  return found;
}

/** That an alarm, which its own name in evidence tells, was read. */
const watchedBy = (alarm: ResourceView): Evidence => ({
  path: `account.alarms[${alarm.id}].MetricName`,
  actual: alarm.item.MetricName,
  from: alarmFrom,
  resource: alarm.id,
});

const writersFor = (alarm: ResourceView, metrics: Watch['metrics']): readonly Writer[] =>
  metricsOf(alarm).flatMap(([namespace, name]) => metrics.get(metricKey(alarm.region, namespace, name)) ?? []);

const actionsOf = ({ item: { AlarmActions } }: ResourceView): readonly string[] =>
  Array.isArray(AlarmActions) ? AlarmActions.map(String) : [];

/** What each of these is told by: trails say where the filters are, these which metrics, alarms whom they notify. */
const toldBy: Readonly<Record<string, readonly string[]>> = {
  'AWS::Logs::MetricFilter': ['trails'],
  'AWS::CloudWatch::Alarm': ['trails', 'metricFilters', 'alarms'],
  'AWS::SNS::Topic': ['trails', 'metricFilters', 'alarms'],
};

/**
 * Whether something belongs to the watch over a trail: a metric filter on a trail's log group, an alarm on what such a
 * filter writes or above one, a topic that such an alarm notifies (aws-semantics §6.5, §6.7).
 */
export function auditing(view: ResourceView, prefix: string): Answer {
  const account = accountOf(view);
  if (!account) return unknown(view, `${prefix}account`, view.unread ?? []);
  const { filters, alarms, notifying } = workedOut(account, watchOf);
  const shown = filters.get(view) ?? alarms.get(view) ?? notifiedBy(notifying.get(view.id), alarms);
  if (shown)
    return { truth: 'yes', evidence: shown.map((it) => ({ ...it, path: `${prefix}${it.path}` })), changes: [] };
  const unread = unreadIn(view, prefix, ['MetricName', 'Metrics', 'AlarmRule', 'LogGroupArn'].filter(isOf(view)));
  const told = toldBy[view.type.name] ?? [];
  const none = decided(false, { path: `${prefix}auditing`, resource: view.id, note: 'it keeps no watch over a trail' });
  const more = told.map((it) => mayBeMore(account, `${prefix}account.`, it));
  return any([none, ...(unread ? [unread] : []), ...more], 'no');
}

const isOf =
  ({ type: { item } }: ResourceView) =>
  (property: string): boolean =>
    item.node.kind === 'object' && Object.hasOwn(item.node.properties, property);

function notifiedBy([alarm]: readonly ResourceView[] = [], alarms: Watch['alarms']): readonly Evidence[] | undefined {
  if (!alarm) return undefined;
  const path = `account.alarms[${alarm.id}].AlarmActions`;
  return [...(alarms.get(alarm) ?? []), { path, actual: actionsOf(alarm), from: alarmFrom, resource: alarm.id }];
}

/** Whether for each metric that a filter writes there is an alarm: by namespace and name, to the letter. */
export function watched(filter: ResourceView, prefix: string): Answer {
  const account = accountOf(filter);
  if (!account) return unknown(filter, `${prefix}account`, filter.unread ?? []);
  const unread = unreadIn(filter, prefix, ['MetricTransformations']);
  if (unread) return unread;
  const alarms = ownAlarms(account, filter);
  const written = writtenBy(filter);
  const own = { path: `${prefix}MetricTransformations`, actual: written.length, from: filterFrom, resource: filter.id };
  return all(
    [decided(written.length > 0, own), ...written.map((it) => watches(it, alarms, { account, prefix }))],
    'no',
  );
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
  const { truth, evidence } = mayBeMore(account, `${prefix}account.`, 'alarms');
  const note = [`no alarm is on ${metric}`, ...others].join('; ');
  return { truth, evidence: evidence.map((it) => (it.gap ? it : { ...it, note })), changes: [] };
}

/** Whether one event that a filter counts sets an alarm off, by its statistic, threshold and periods. */
export function oneEventEnough(alarm: ResourceView, prefix: string): Answer {
  const account = accountOf(alarm);
  if (!account) return unknown(alarm, `${prefix}account`, alarm.unread ?? []);
  const path = `${prefix}Threshold`;
  const said = { path, actual: alarm.item.Threshold, from: alarmFrom, resource: alarm.id };
  const answers = writersFor(alarm, workedOut(account, watchOf).metrics).flatMap(({ filter, written }) => {
    const verdict = goesOff(alarm, written);
    if (!verdict) return [];
    const at = `${prefix}account.metricFilters[${filter.id}].MetricTransformations`;
    const counts = { path: at, actual: written.value, from: filterFrom, resource: filter.id };
    const evidence = [counts, { ...said, ...(verdict.note && { note: verdict.note }) }];
    return [{ truth: verdict.truth, evidence, changes: [] }];
  });
  const more = mayBeMore(account, `${prefix}account.`, 'metricFilters');
  return any([...answers, more], 'no');
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
  return all([hasAction(alarm, prefix), enabled, open], 'no');
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
  return any([has(alarm, prefix), ...above, mayBeMore(account, `${prefix}account.`, 'alarms')], 'no');
}

/** Whether an alarm, or a composite alarm that goes off with it, takes an action when it goes off. */
export const takesAction = (alarm: ResourceView, prefix: string): Answer => itselfOrAbove(alarm, prefix, hasAction);

/** Whether such an action is switched on, and no other alarm may hold it back. */
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
