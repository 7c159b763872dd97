import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, any, type Evidence } from '../answer.ts';
import { decided, unknown } from '../leaf.ts';
import { metricsOf } from './alarm.ts';
import { ownAlarms } from './alarmed.ts';
import { mayBeMore } from './listing.ts';
import { composites } from './risen.ts';
import { unreadIn } from './unread.ts';
import { metricKey, type Writer, writersByMetric } from './written.ts';

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

export const accountOf = ({ account }: ResourceView): ResourceView | undefined =>
  account.byType.get('AWS::Account')?.[0];

export const filterFrom = 'logs:DescribeMetricFilters';
export const alarmFrom = 'cloudwatch:DescribeAlarms';

function watchOf(account: ResourceView): Watch {
  const filters = filtersOnTrails(account);
  const metrics = writersByMetric(filters.keys());
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
    const shown = { path, actual, from: filterFrom, resource: filter.id };
    found.set(alarm, [...(filters.get(filter) ?? []), shown, watchedBy(alarm, 'MetricName')]);
  }
  for (const [alarm, shown] of [...found]) {
    for (const { alarm: above } of composites(alarm, ownAlarms(account, alarm))) {
      if (!found.has(above)) found.set(above, [...shown, watchedBy(above, 'AlarmRule')]);
    }
  }
  return found;
}

/** What of an alarm shows what it watches. */
const watchedBy = (alarm: ResourceView, property: string): Evidence => ({
  path: `account.alarms[${alarm.id}].${property}`,
  actual: alarm.item[property],
  from: alarmFrom,
  resource: alarm.id,
});

const writersFor = (alarm: ResourceView, metrics: Watch['metrics']): readonly Writer[] =>
  metricsOf(alarm).flatMap(([namespace, name]) => metrics.get(metricKey(alarm.region, namespace, name)) ?? []);

export const actionsOf = ({ item: { AlarmActions } }: ResourceView): readonly string[] =>
  Array.isArray(AlarmActions) ? AlarmActions.map(String) : [];

/** The filters that write what an alarm watches, of those on the log groups of trails. */
export const writersOf = (alarm: ResourceView, account: ResourceView): readonly Writer[] =>
  writersFor(alarm, workedOut(account, watchOf).metrics);

/** What each of these is told by, and by which properties: where the filters are, which metrics, whom alarms notify. */
const telling = {
  trails: ['CloudWatchLogsLogGroupArn'],
  metricFilters: ['MetricTransformations'],
  alarms: ['MetricName', 'Metrics', 'AlarmRule', 'AlarmActions'],
} as const;
type Telling = keyof typeof telling;
const toldBy: Readonly<Record<string, readonly Telling[]>> = {
  'AWS::Logs::MetricFilter': ['trails'],
  'AWS::CloudWatch::Alarm': ['trails', 'metricFilters', 'alarms'],
  'AWS::SNS::Topic': ['trails', 'metricFilters', 'alarms'],
};

/** Why some of them may be what is looked for: it was not listed, or not read; no: these are all. */
export function perhapsOthers(account: ResourceView, prefix: string, relation: Telling): readonly Answer[] {
  const unread = members(account, relation).sure.flatMap(
    (it) => unreadIn(it, `${prefix}account.${relation}[${it.id}].`, telling[relation]) ?? [],
  );
  return [mayBeMore(account, `${prefix}account.`, relation), ...unread];
}

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
  const none = decided(false, { path: `${prefix}auditing`, resource: view.id, note: 'it keeps no watch over a trail' });
  const more = (toldBy[view.type.name] ?? []).flatMap((it) => perhapsOthers(account, prefix, it));
  return any([none, ...more], 'no');
}

function notifiedBy([alarm]: readonly ResourceView[] = [], alarms: Watch['alarms']): readonly Evidence[] | undefined {
  if (!alarm) return undefined;
  const path = `account.alarms[${alarm.id}].AlarmActions`;
  return [...(alarms.get(alarm) ?? []), { path, actual: actionsOf(alarm), from: alarmFrom, resource: alarm.id }];
}
