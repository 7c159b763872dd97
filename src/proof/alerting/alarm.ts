import { isObject, objectsIn, type ResourceView } from '../../snapshot/resource-view.ts';
import type { Truth } from '../answer.ts';
import { comparedBy } from './expression.ts';
import { alone, type Beside, type Written } from './written.ts';

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
  const compared = comparedBy({ all: queries, isOwn, metric: written });
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
 * the event adds, and what others write to the metric, the others what is written otherwise, or nothing
 * (aws-semantics §6.7).
 */
export function goesOff(alarm: ResourceView, written: Written, beside: Beside = alone): Verdict | undefined {
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
  const others = beside.filters.filter((it) => !unit || it.unit === unit);
  if (others.some((it) => it.unit !== written.unit))
    return nobodyKnows('filters write the metric in more than one unit, and it names none');
  const { value, otherwise } = written;
  return breaches(alarm.item, how, { value, otherwise, ...addedBy(others, beside) });
}

/** What is added to a metric by an event, and where log events come and none matches. */
interface Added {
  readonly value: number;
  readonly otherwise: number | undefined;
  /** What each other filter writes otherwise. */
  readonly atRest: readonly number[];
  /** What comes to it beside the event, or does not: of fields of events nobody knows how little. */
  readonly perhaps: readonly number[];
}

function addedBy(others: readonly Written[], { unseen }: Beside): Pick<Added, 'atRest' | 'perhaps'> {
  const sure = others.filter(({ bySystem }) => !bySystem);
  return {
    atRest: sure.flatMap(({ otherwise = [] }) => otherwise),
    perhaps: [
      ...others.map(({ value = Number.NEGATIVE_INFINITY }) => value),
      ...others.flatMap(({ bySystem, otherwise = [] }) => (bySystem ? otherwise : [])),
      ...(unseen ? [0] : []),
    ],
  };
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
  const atRest = [restOf(added).length === 0 ? undefined : sums.without, how.filled];
  if (atRest.some(compare)) return no('it is in ALARM without any event');
  const beside = added.atRest.length > 0 ? ' beside what other filters write' : '';
  if (!compare(sums.with))
    return no(`one event makes ${sums.with}${beside}, and the threshold is ${String(item.Threshold)}`);
  const least = summary(how, item, { ...added, atRest: [...added.atRest, ...added.perhaps] });
  if ('truth' in least || !compare(least.with))
    return nobodyKnows('other filters may write to the metric at the same time, and less');
  const missing = how.filled === undefined ? whereNothingComes(item, added) : undefined;
  return missing ?? { truth: 'yes', ...(item.StateValue === 'ALARM' && inAlarm) };
}

/** Actions are taken on the way into ALARM alone. */
const inAlarm = { note: 'it is in ALARM now, and tells nobody of another event before it has left it' };

/** Where missing data keeps an alarm from changing its state; undefined: it does not. */
function whereNothingComes({ TreatMissingData: missing }: Item, added: Added): Verdict | undefined {
  const isEmpty = restOf(added).length === 0;
  switch (missing ?? 'missing') {
    case 'missing':
    case 'notBreaching':
      return undefined;
    case 'breaching':
      return isEmpty
        ? no('it takes missing data for breaching, and so never changes its state')
        : nobodyKnows('it takes missing data for breaching: where no log event comes it is in ALARM already');
    case 'ignore':
      return isEmpty ? no('it ignores missing data: after one event it stays in ALARM') : undefined;
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

/** What is written to the metric where no such event comes. */
const restOf = ({ otherwise, atRest }: Added): readonly number[] =>
  otherwise === undefined ? atRest : [otherwise, ...atRest];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * What a period comes to with the event in it, and without, where something is written otherwise; at worst, where other
 * log events count too.
 */
function summary({ statistic, period }: Watched, item: Item, added: Added): Summary | Verdict {
  const { value, otherwise = 0, atRest } = added;
  const rest = restOf(added);
  // What is written otherwise is written once a minute.
  const minutes = Math.ceil(period / 60);
  const lowest = Math.min(value, ...rest);
  switch (statistic) {
    case 'Sum':
      return {
        with: value + Math.min(0, otherwise) * (minutes - 1) + sum(atRest.map((it) => Math.min(0, it) * minutes)),
        without: sum(rest.map((it) => Math.max(it, it * minutes))),
      };
    case 'SampleCount':
      return { with: 1, without: minutes * rest.length };
    case 'Maximum':
      return { with: Math.max(value, ...rest), without: Math.max(...rest) };
    case 'Minimum':
      return { with: lowest, without: Math.min(...rest) };
    case 'Average':
      // Among many others one event hardly moves it: it comes to a little more than without.
      return { with: lowest + (value - lowest) * Number.EPSILON, without: sum(rest) / rest.length };
    default:
      return percentile(statistic, item, { value, rest });
  }
}

interface Among {
  readonly value: number;
  readonly rest: readonly number[];
}

function percentile(statistic: string, item: Item, { value, rest }: Among): Summary | Verdict {
  const isOne = /^p\d+(\.\d+)?$/.test(statistic);
  if (!isOne || rest.some((it) => it < value))
    return nobodyKnows(`the statistic ${statistic || 'is not set and'} is not worked out`);
  return item.EvaluateLowSampleCountPercentile === 'ignore'
    ? no('it ignores percentiles of few samples, and one event is one')
    : { with: value, without: Math.min(...rest) };
}
