import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { isObject, objectsIn, type ResourceView, read } from '../../snapshot/resource-view.ts';

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

/** What a filter writes, a metric each. */
export function writtenBy({ item }: ResourceView): readonly Written[] {
  const { MetricTransformations: all, EmitSystemFieldDimensions: system } = item;
  return objectsIn(all).map((it) => ({
    namespace: String(it.MetricNamespace),
    name: String(it.MetricName),
    value: numberIn(it.MetricValue),
    otherwise: typeof it.DefaultValue === 'number' ? it.DefaultValue : undefined,
    unit: String(it.Unit ?? 'None'),
    dimensions: isObject(it.Dimensions) ? Object.keys(it.Dimensions) : [],
    bySystem: Array.isArray(system) && system.length > 0,
  }));
}

/** `1`; undefined for `$.field`. */
const numberIn = (text: unknown): number | undefined =>
  typeof text === 'string' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;

/** A filter, and one of the metrics that it writes. */
export interface Writer {
  readonly filter: ResourceView;
  readonly written: Written;
}

/** Metrics are told apart by region, namespace and name, to the letter. */
export const metricKey = (region: string, namespace: string, name: string): string =>
  JSON.stringify([region, namespace, name]);

/** Who writes each metric. */
export function writersByMetric(filters: Iterable<ResourceView>): ReadonlyMap<string, readonly Writer[]> {
  const writers = new Map<string, Writer[]>();
  for (const filter of filters) {
    for (const written of writtenBy(filter)) {
      const key = metricKey(filter.region, written.namespace, written.name);
      remember(writers, key, (): Writer[] => []).push({ filter, written });
    }
  }
  return writers;
}

/** What comes to a metric from other filters. */
export interface Beside {
  readonly filters: readonly Written[];
  /** Whether there may be more of them than anybody saw. */
  readonly unseen: boolean;
}

export const alone: Beside = { filters: [], unseen: false };

const allWriters = (account: ResourceView): ReadonlyMap<string, readonly Writer[]> =>
  writersByMetric(members(account, 'metricFilters').sure);

const unseenIn = (account: ResourceView): ReadonlySet<string | undefined> => {
  const { sure, gaps } = members(account, 'metricFilters');
  const unread = sure.filter((filter) => read(filter, 'MetricTransformations').is === 'gap');
  return new Set([...gaps, ...unread].map(({ region }) => region));
};

/**
 * What other filters of the account and region write to a metric, on whichever log group they are: an average or a
 * minimum is of all that is written. What is written by dimensions is another metric (aws-semantics §6.7).
 */
export function besideOf(account: ResourceView, filter: ResourceView, { namespace, name }: Written): Beside {
  const writers = workedOut(account, allWriters).get(metricKey(filter.region, namespace, name)) ?? [];
  const unseen = workedOut(account, unseenIn);
  const isOther = (it: Writer): boolean => it.filter.id !== filter.id && it.filter.accountId === filter.accountId;
  return {
    filters: writers.flatMap((it) => (isOther(it) && it.written.dimensions.length === 0 ? [it.written] : [])),
    unseen: unseen.has(undefined) || unseen.has(filter.region),
  };
}
