import { target } from '../../snapshot/links.ts';
import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { isObject, type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all, any } from '../answer.ts';
import { type EventSet, nobodyKnowsWhich } from '../event-set.ts';
import { eventsOf } from '../filter-pattern/events-of.ts';
import { parseFilterPattern } from '../filter-pattern/parse.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { isRecording, reaches, recordedIn } from '../recorder.ts';
import { actionsOf, goesOff, type Verdict, type Written } from './alarm.ts';
import { compositeGoesOff } from './alarm-rule.ts';
import { tells } from './notice.ts';
import type { Route } from './route.ts';

/** Where a question stands: the account, and the region that the events happen in. */
export interface Here {
  readonly account: ResourceView;
  readonly region: string;
  readonly prefix: string;
  /** Whether what a pattern matches may be the events that are asked about. */
  readonly isAbout: (matched: EventSet) => boolean;
}

/** From a trail to its log group, over each metric filter on it, to the alarms on its metric (aws-semantics §6). */
export function filterRoutes(trails: readonly ResourceView[], here: Here): readonly Route[] {
  const filters = members(here.account, 'metricFilters').sure.filter((filter) => here.isAbout(matchedByFilter(filter)));
  if (filters.length === 0) return [];
  const recording = trails.filter((view) => here.isAbout(recordedIn({ view, prefix: here.prefix }, here.region)));
  return recording.flatMap((trail) => {
    const group = target(trail, 'logGroup');
    const arn = group.is === 'found' ? group.view.id : groupArn(trail);
    return filters
      .filter(({ item }) => arn !== undefined && item.LogGroupArn === arn)
      .map((filter) => filterRoute(trail, filter, here));
  });
}

/** The log group that a trail names, without the ending that stands for its streams. */
function groupArn({ item }: ResourceView): string | undefined {
  const arn = item.CloudWatchLogsLogGroupArn;
  return typeof arn === 'string' ? arn.replace(/:\*$/, '') : undefined;
}

function filterRoute(trail: ResourceView, filter: ResourceView, here: Here): Route {
  const path = `${here.prefix}metricFilters[${filter.id}]`;
  const recorder = { view: trail, prefix: `${here.prefix}trails[${trail.id}].` };
  return {
    path: `${path}.FilterPattern`,
    resource: filter.id,
    from: read(filter, 'FilterPattern').from,
    // First what most often says no: it is asked of every filter.
    events: { all: [matchedByFilter(filter), recordedIn(recorder, here.region)] },
    works: () =>
      all(
        [
          reaches(recorder, here.region),
          isRecording(recorder),
          arrives(trail, recorder.prefix),
          filters(filter, `${path}.`),
          alarmed(filter, `${path}.`, here),
        ],
        'no',
      ),
  };
}

const patternOf = (filter: ResourceView): ReturnType<typeof parseFilterPattern> =>
  parseFilterPattern(String(filter.item.FilterPattern ?? ''));

/** The events that a filter's pattern matches, if it is one. */
export const matchedByFilter = (filter: ResourceView): EventSet => workedOut(filter, matchedBy);

function matchedBy(filter: ResourceView): EventSet {
  const pattern = workedOut(filter, patternOf);
  const plain = filter.item.ApplyOnTransformedLogs !== true && !filter.item.FieldSelectionCriteria;
  if ('mistake' in pattern) return nobodyKnowsWhich;
  // What is transformed or selected first is not known here: then at most these, and perhaps none.
  return plain ? eventsOf(pattern) : { all: [eventsOf(pattern), nobodyKnowsWhich] };
}

/** Whether what a trail records reaches its log group (aws-semantics §6.1). */
function arrives(trail: ResourceView, prefix: string): Answer {
  const path = `${prefix}Status.LatestCloudWatchLogsDeliveryError`;
  const status = read(trail, 'Status');
  const group = target(trail, 'logGroup');
  const at = `${prefix}logGroup`;
  if (group.is === 'none')
    return decided(false, { path: at, resource: trail.id, note: 'the trail writes to no log group' });
  if (group.is === 'dangling')
    return decided(false, { path: at, actual: group.id, resource: trail.id, note: 'the log group does not exist' });
  if (group.is === 'unknown') return unknown(trail, at, group.gaps, group.pointer.from);
  if (status.is === 'gap') return unknown(trail, path, status.gaps, status.from);
  const said =
    status.is === 'value' && isObject(status.value) ? status.value.LatestCloudWatchLogsDeliveryError : undefined;
  const failed = typeof said === 'string' && said !== '';
  const from = status.from && { from: status.from };
  return all(
    [
      decided(!failed, { path, ...(failed && { actual: said }), ...from, resource: trail.id }),
      standard(group.view, `${at}.`),
    ],
    'no',
  );
}

/** Only groups of the standard class have metric filters. */
function standard(group: ResourceView, prefix: string): Answer {
  const reading = read(group, 'LogGroupClass');
  const path = `${prefix}LogGroupClass`;
  if (reading.is === 'gap') return unknown(group, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? reading.value : undefined;
  const evidence = {
    path,
    ...(actual !== undefined && { actual }),
    ...(reading.from && { from: reading.from }),
    resource: group.id,
  };
  return decided(actual === undefined || actual === 'STANDARD', { ...evidence, expected: 'STANDARD' });
}

/** A pattern that CloudWatch Logs could not have stored: what it matches nobody knows. */
function filters(filter: ResourceView, prefix: string): Answer {
  const pattern = workedOut(filter, patternOf);
  if (!('mistake' in pattern)) return { truth: 'yes', evidence: [], changes: [] };
  const note = `the filter is not valid at column ${pattern.column}: ${pattern.mistake}`;
  return undecided({ path: `${prefix}FilterPattern`, resource: filter.id, note });
}

function writtenBy(filter: ResourceView): readonly Written[] {
  const { MetricTransformations: all } = filter.item;
  return (Array.isArray(all) ? all.filter(isObject) : []).map((it) => ({
    namespace: String(it.MetricNamespace),
    name: String(it.MetricName),
    value: Number.isFinite(Number(it.MetricValue)) ? Number(it.MetricValue) : undefined,
    otherwise: typeof it.DefaultValue === 'number' ? it.DefaultValue : undefined,
    unit: String(it.Unit ?? 'None'),
    hasDimensions: isObject(it.Dimensions) && Object.keys(it.Dimensions).length > 0,
  }));
}

/** Whether some alarm tells somebody: the same for every region and trail, and so asked once. */
const alarmed = (filter: ResourceView, prefix: string, here: Here): Answer =>
  remember(workedOut(filter, noAnswers), prefix, () => alarmsOf(filter, prefix, here));

const noAnswers = (_: ResourceView): Map<string, Answer> => new Map();

/** Whether some alarm, in the region of the log group, goes off for what the filter writes, and tells somebody. */
function alarmsOf(filter: ResourceView, prefix: string, here: Here): Answer {
  const { sure, gaps, from } = members(here.account, 'alarms');
  const near = sure.filter(({ region }) => region === filter.region);
  const answers = near.flatMap((alarm) =>
    writtenBy(filter).flatMap((written) => {
      const verdict = goesOff(alarm, written);
      return verdict ? [alarmTells(alarm, verdict, { alarms: near, prefix: `${prefix}alarms[${alarm.id}].` })] : [];
    }),
  );
  const path = `${prefix}alarms`;
  const hidden = gaps.filter(({ region }) => !region || region === filter.region);
  const none = decided(false, {
    path,
    actual: 0,
    ...(from && { from }),
    resource: filter.id,
    note: 'no alarm watches its metric',
  });
  const listing = hidden.length > 0 ? [unknown(filter, path, hidden, from)] : answers.length === 0 ? [none] : [];
  return any([...answers, ...listing], 'no');
}

interface Among {
  readonly alarms: readonly ResourceView[];
  readonly prefix: string;
}

/** By its own actions, or those of an alarm that watches it (aws-semantics §6.7). */
function alarmTells(alarm: ResourceView, { truth, note }: Verdict, { alarms, prefix }: Among): Answer {
  const evidence = {
    path: `${prefix}Threshold`,
    actual: alarm.item.Threshold,
    from: 'cloudwatch:DescribeAlarms',
    resource: alarm.id,
    ...(note && { note }),
  };
  const off = truth === 'unknown' ? undecided(evidence) : decided(truth === 'yes', evidence);
  const parents = alarms.flatMap((parent) => {
    const rule = parent.item.AlarmRule;
    const goes =
      typeof rule === 'string' ? compositeGoesOff(rule, (name) => name === alarm.name || name === alarm.id) : undefined;
    if (goes === undefined) return [];
    const at = `${prefix}parents[${parent.id}].`;
    const said = { path: `${at}AlarmRule`, actual: rule, from: 'cloudwatch:DescribeAlarms', resource: parent.id };
    return [all([goes === 'unknown' ? undecided(said) : decided(goes === 'yes', said), acts(parent, at)], 'no')];
  });
  return all([off, any([acts(alarm, prefix), ...parents], 'no')], 'no');
}

/** Whether an alarm's actions are on, and one of them tells somebody. */
function acts(alarm: ResourceView, prefix: string): Answer {
  const from = 'cloudwatch:DescribeAlarms';
  const { ActionsEnabled, ActionsSuppressor } = alarm.item;
  const on = decided(
    ActionsEnabled !== false,
    { path: `${prefix}ActionsEnabled`, expected: true, actual: ActionsEnabled ?? true, from, resource: alarm.id },
    [[{ resource: alarm.id, path: 'ActionsEnabled', set: true }]],
  );
  const actions = actionsOf(alarm);
  const path = `${prefix}AlarmActions`;
  const told =
    actions.length === 0
      ? decided(false, { path, actual: 0, from, resource: alarm.id, note: 'it takes no action when it goes off' })
      : any(
          actions.map((arn) => tells(arn, { view: alarm, service: 'cloudwatch.amazonaws.com', prefix })),
          'no',
        );
  const suppressed = ActionsSuppressor
    ? [
        undecided({
          path: `${prefix}ActionsSuppressor`,
          actual: ActionsSuppressor,
          from,
          resource: alarm.id,
          note: 'another alarm may hold its actions back',
        }),
      ]
    : [];
  return all([on, told, ...suppressed], 'no');
}
