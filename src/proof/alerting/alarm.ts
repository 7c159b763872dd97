import { isObject, type ResourceView, read } from '../../snapshot/resource-view.ts';
import type { Truth } from '../answer.ts';

/** A metric that a filter writes to, and what it writes. */
export interface Written {
  readonly namespace: string;
  readonly name: string;
  /** What one matching event adds; undefined: a field of the event says it. */
  readonly value: number | undefined;
  /** What is written where log events come and none matches. */
  readonly otherwise: number | undefined;
  readonly unit: string;
  readonly hasDimensions: boolean;
}

/** Whether something happens, and why where it is not plain. */
export interface Verdict {
  readonly truth: Truth;
  readonly note?: string;
}

/** What an alarm looks at, and how it sums it up. */
interface Watched {
  readonly statistic: string;
  readonly unit: string | undefined;
}

type Item = Readonly<Record<string, unknown>>;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** How an alarm watches a metric; undefined: it does not. Names are compared to the letter (aws-semantics §6.7). */
function watching({ item }: ResourceView, { namespace, name }: Written): Watched | 'unclear' | undefined {
  const isIt = (metric: Item): boolean => metric.Namespace === namespace && metric.MetricName === name;
  const isBare = ({ Dimensions }: Item): boolean => !Array.isArray(Dimensions) || Dimensions.length === 0;
  if (!Array.isArray(item.Metrics) || item.Metrics.length === 0) {
    if (!isIt(item) || !isBare(item)) return undefined;
    return { statistic: textOf(item.Statistic ?? item.ExtendedStatistic) ?? '', unit: textOf(item.Unit) };
  }
  const queries = item.Metrics.filter(isObject);
  const stats = queries.map(({ MetricStat }) => MetricStat).filter(isObject);
  const own = stats.filter(({ Metric }) => isObject(Metric) && isIt(Metric) && isBare(Metric));
  const [only] = own;
  if (!only) return undefined;
  // What an expression makes of several metrics is not worked out.
  return queries.length > 1 ? 'unclear' : { statistic: textOf(only.Stat) ?? '', unit: textOf(only.Unit) };
}

/**
 * Whether an alarm goes off when one event is counted; undefined: it watches another metric. One period holds what
 * the event adds, the others what is written otherwise, or nothing (aws-semantics §6.7).
 */
export function goesOff(alarm: ResourceView, written: Written): Verdict | undefined {
  const how = watching(alarm, written);
  if (how === undefined) return undefined;
  if (how === 'unclear') return { truth: 'unknown', note: 'what its expression makes of the metric is not worked out' };
  if (written.hasDimensions)
    return { truth: 'no', note: 'the filter writes the metric by dimensions, and it watches it without' };
  if (how.unit && how.unit !== written.unit)
    return { truth: 'no', note: `it watches ${how.unit}, and the filter writes ${written.unit}` };
  if (written.value === undefined)
    return { truth: 'unknown', note: 'a field of the event says what is added to the metric' };
  return breaches(alarm.item, how.statistic, written.value, written.otherwise);
}

function breaches(item: Item, statistic: string, value: number, otherwise: number | undefined): Verdict {
  const datapoints = Number(item.DatapointsToAlarm ?? item.EvaluationPeriods ?? 1);
  if (datapoints > 1) return { truth: 'no', note: `it takes ${datapoints} periods, and one event fills one` };
  const compare = comparisonOf(item);
  if (compare === 'other way')
    return { truth: 'no', note: 'it goes off when there are few events, not when there is one' };
  if (compare === undefined) return { truth: 'unknown', note: `${String(item.ComparisonOperator)} is not worked out` };
  const sums = summary(statistic, value, otherwise);
  if (!sums) return { truth: 'unknown', note: `the statistic ${statistic || 'is not set and'} is not worked out` };
  if (otherwise === undefined) {
    const { TreatMissingData: missing } = item;
    if (missing === 'breaching')
      return { truth: 'no', note: 'it takes missing data for breaching, and so never changes its state' };
    if (missing === 'ignore')
      return { truth: 'no', note: 'it ignores missing data: after one event it stays in ALARM' };
  } else if (compare(sums.without)) return { truth: 'no', note: 'it is in ALARM without any event' };
  return compare(sums.with)
    ? { truth: 'yes' }
    : { truth: 'no', note: `one event makes ${sums.with}, and the threshold is ${String(item.Threshold)}` };
}

type Compare = (value: number) => boolean;

function comparisonOf({ ComparisonOperator: operator, Threshold }: Item): Compare | 'other way' | undefined {
  const threshold = Number(Threshold);
  if (typeof Threshold !== 'number') return undefined;
  if (operator === 'GreaterThanOrEqualToThreshold') return (value) => value >= threshold;
  if (operator === 'GreaterThanThreshold') return (value) => value > threshold;
  return String(operator).startsWith('LessThan') && !String(operator).includes('Upper') ? 'other way' : undefined;
}

/** What a period comes to with the event in it, and without; at worst, where other log events count too. */
function summary(
  statistic: string,
  value: number,
  otherwise: number | undefined,
): { readonly with: number; readonly without: number } | undefined {
  const without = otherwise ?? 0;
  switch (statistic) {
    case 'Sum':
      return { with: value, without };
    case 'Maximum':
      return { with: Math.max(value, without), without };
    case 'SampleCount':
      return { with: 1, without: otherwise === undefined ? 0 : 1 };
    case 'Minimum':
      return { with: otherwise === undefined ? value : Math.min(value, otherwise), without };
    case 'Average':
      // Among many others one event hardly moves it: it comes to a little more than without.
      return { with: otherwise === undefined ? value : otherwise + (value - otherwise) * Number.EPSILON, without };
    default:
      return /^p\d/.test(statistic) && otherwise === undefined ? { with: value, without } : undefined;
  }
}

/** The actions that an alarm takes when it goes off; none: it takes no notice of anybody. */
export function actionsOf(alarm: ResourceView): readonly string[] {
  const actions = read(alarm, 'AlarmActions');
  return actions.is === 'value' && Array.isArray(actions.value) ? actions.value.map(String) : [];
}
