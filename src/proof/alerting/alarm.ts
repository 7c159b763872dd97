import { isObject, objectsIn, type ResourceView } from '../../snapshot/resource-view.ts';
import type { Truth } from '../answer.ts';
import { comparedBy } from './expression.ts';

/** A metric that a filter writes to, and what it writes. */
export interface Written {
  readonly namespace: string;
  readonly name: string;
  /** What one matching event adds; undefined: a field of the event says it. */
  readonly value: number | undefined;
  /** What is written where log events come and none matches. */
  readonly otherwise: number | undefined;
  readonly unit: string;
  /** The names of its dimensions; fields of the event say their values. */
  readonly dimensions: readonly string[];
  /** Also by the account or region of the log event. */
  readonly bySystem: boolean;
}

/** Whether something happens, and why where it is not plain. */
export interface Verdict {
  readonly truth: Truth;
  readonly note?: string;
}

type Item = Readonly<Record<string, unknown>>;

/** What an alarm looks at, and how it sums it up. */
interface Watched {
  readonly statistic: string;
  readonly unit: unknown;
  readonly period: number;
  readonly dimensions: readonly string[];
  /** What an expression puts where there is no data. */
  readonly filled: number | undefined;
}

const no = (note: string): Verdict => ({ truth: 'no', note });
const nobodyKnows = (note: string): Verdict => ({ truth: 'unknown', note });

/** How an alarm watches a metric; undefined: it does not. Names are compared to the letter (aws-semantics §6.7). */
function watching({ item, accountId }: ResourceView, written: Written): Watched | 'unclear' | undefined {
  const isIt = ({ Namespace, MetricName }: Item): boolean =>
    Namespace === written.namespace && MetricName === written.name;
  const queries = objectsIn(item.Metrics);
  if (queries.length === 0) return isIt(item) ? watched(item, item) : undefined;
  const isOwn = ({ MetricStat: stat, AccountId: owner = accountId }: Item): boolean =>
    isIt(inside(inside(stat).Metric)) && owner === accountId;
  const compared = comparedBy({ all: queries, isOwn });
  if (compared === undefined || compared === 'unclear') return compared;
  const stat = inside(compared.query.MetricStat);
  return { ...watched({ ...stat, Statistic: stat.Stat }, inside(stat.Metric)), filled: compared.filled };
}

/** The metrics that an alarm looks at, each its namespace and name. */
export const metricsOf = ({ item }: ResourceView): readonly (readonly [string, string])[] =>
  [item, ...objectsIn(item.Metrics).map(({ MetricStat: stat }) => inside(inside(stat).Metric))].flatMap(
    ({ Namespace, MetricName }) =>
      typeof Namespace === 'string' && typeof MetricName === 'string' ? [[Namespace, MetricName] as const] : [],
  );

const inside = (value: unknown): Item => (isObject(value) ? value : {});

const watched = ({ Statistic, ExtendedStatistic, Unit, Period }: Item, { Dimensions }: Item): Watched => ({
  statistic: String(Statistic ?? ExtendedStatistic ?? ''),
  unit: Unit,
  period: Number(Period ?? 60),
  dimensions: objectsIn(Dimensions).map(({ Name }) => String(Name)),
  filled: undefined,
});

/**
 * Whether an alarm goes off when one event is counted; undefined: it watches another metric. One period holds what
 * the event adds, the others what is written otherwise, or nothing (aws-semantics §6.7).
 */
export function goesOff(alarm: ResourceView, written: Written): Verdict | undefined {
  const how = watching(alarm, written);
  if (how === undefined) return undefined;
  if (how === 'unclear') return nobodyKnows('what its expression makes of the metric is not worked out');
  const { dimensions, unit } = how;
  if (dimensions.length > 0) {
    const isSame = [...dimensions].toSorted().join(' ') === [...written.dimensions].toSorted().join(' ');
    if (!isSame && !written.bySystem) return undefined;
    return nobodyKnows('fields of the event say which dimensions the filter writes the metric by');
  }
  if (written.dimensions.length > 0) return no('the filter writes the metric by dimensions, and it watches it without');
  if (written.bySystem) return nobodyKnows('the filter writes the metric by the account or region of the event');
  if (unit && unit !== written.unit) return no(`it watches ${String(unit)}, and the filter writes ${written.unit}`);
  if (written.value === undefined) return nobodyKnows('a field of the event says what is added to the metric');
  return breaches(alarm.item, how, { value: written.value, otherwise: written.otherwise });
}

/** What is added to a metric by an event, and where log events come and none matches. */
interface Added {
  readonly value: number;
  readonly otherwise: number | undefined;
}

function breaches(item: Item, how: Watched, added: Added): Verdict {
  const datapoints = Number(item.DatapointsToAlarm ?? item.EvaluationPeriods);
  if (datapoints > 1) return no(`it takes ${datapoints} periods, and one event fills one`);
  if (datapoints !== 1) return nobodyKnows('how many periods it takes is not said');
  const compare = comparisonOf(item);
  if (compare === 'other way') return no('it goes off when there are few events, not when there is one');
  if (compare === undefined)
    return nobodyKnows(`${String(item.ComparisonOperator)} ${String(item.Threshold)} is not worked out`);
  const sums = summary(how, item, added);
  if ('truth' in sums) return sums;
  const atRest = [added.otherwise === undefined ? undefined : sums.without, how.filled];
  if (atRest.some(compare)) return no('it is in ALARM without any event');
  if (!compare(sums.with)) return no(`one event makes ${sums.with}, and the threshold is ${String(item.Threshold)}`);
  const missing = how.filled === undefined ? whereNothingComes(item, added) : undefined;
  return missing ?? { truth: 'yes', ...(item.StateValue === 'ALARM' && inAlarm) };
}

/** Actions are taken on the way into ALARM alone. */
const inAlarm = { note: 'it is in ALARM now, and tells nobody of another event before it has left it' };

/** Where missing data keeps an alarm from changing its state; undefined: it does not. */
function whereNothingComes({ TreatMissingData: missing }: Item, { otherwise }: Added): Verdict | undefined {
  switch (missing ?? 'missing') {
    case 'missing':
    case 'notBreaching':
      return undefined;
    case 'breaching':
      return otherwise === undefined
        ? no('it takes missing data for breaching, and so never changes its state')
        : nobodyKnows('it takes missing data for breaching: where no log event comes it is in ALARM already');
    case 'ignore':
      return otherwise === undefined ? no('it ignores missing data: after one event it stays in ALARM') : undefined;
    default:
      return nobodyKnows(`what it does where data is missing is not known: ${String(missing)}`);
  }
}

/** Whether a value sets an alarm off; where there is none it does not. */
type Compare = (value: number | undefined) => boolean;

function comparisonOf({ ComparisonOperator: operator, Threshold: threshold }: Item): Compare | 'other way' | undefined {
  if (typeof threshold !== 'number') return undefined;
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return (value = Number.NaN) => value >= threshold;
    case 'GreaterThanThreshold':
      return (value = Number.NaN) => value > threshold;
    case 'LessThanThreshold':
    case 'LessThanOrEqualToThreshold':
      return 'other way';
    default:
      return undefined;
  }
}

interface Summary {
  readonly with: number;
  readonly without: number;
}

/**
 * What a period comes to with the event in it, and without, where something is written otherwise; at worst, where other
 * log events count too.
 */
function summary({ statistic, period }: Watched, item: Item, { value, otherwise }: Added): Summary | Verdict {
  const without = otherwise ?? 0;
  // What is written otherwise is written once a minute.
  const minutes = Math.ceil(period / 60);
  switch (statistic) {
    case 'Sum':
      return { with: value + Math.min(0, without) * (minutes - 1), without: Math.max(without, without * minutes) };
    case 'SampleCount':
      return { with: 1, without: minutes };
    case 'Maximum':
      return { with: Math.max(value, otherwise ?? value), without };
    case 'Minimum':
      return { with: Math.min(value, otherwise ?? value), without };
    case 'Average':
      // Among many others one event hardly moves it: it comes to a little more than without.
      return { with: otherwise === undefined ? value : otherwise + (value - otherwise) * Number.EPSILON, without };
    default:
      return percentile(statistic, item, { value, otherwise });
  }
}

function percentile(statistic: string, item: Item, { value, otherwise }: Added): Summary | Verdict {
  const isOne = /^p\d+(\.\d+)?$/.test(statistic);
  if (!isOne || otherwise !== undefined)
    return nobodyKnows(`the statistic ${statistic || 'is not set and'} is not worked out`);
  return item.EvaluateLowSampleCountPercentile === 'ignore'
    ? no('it ignores percentiles of few samples, and one event is one')
    : { with: value, without: 0 };
}
