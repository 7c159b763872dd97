import { isObject } from '../../snapshot/resource-view.ts';

export type Query = Readonly<Record<string, unknown>>;

/** The metric that an alarm compares, and what its expression puts where that has no data. */
export interface Compared {
  readonly query: Query;
  readonly filled: number | undefined;
}

/** A metric by its names. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** The queries of an alarm, those on the metric that is asked about, and how that is called. */
export interface Queries {
  readonly all: readonly Query[];
  readonly isOwn: (query: Query) => boolean;
  readonly metric: Named;
}

const deepest = 8;

/**
 * Which metric an alarm on several queries compares, where its expression is the metric itself, fills it with a number
 * or sums it up with others (aws-semantics §6.7); unclear: it is more than that. Undefined: a metric of others.
 */
export function comparedBy(queries: Queries): Compared | 'unclear' | undefined {
  if (!queries.all.some(queries.isOwn)) return queries.all.some(selects(queries)) ? 'unclear' : undefined;
  const [first, ...others] = queries.all.filter(({ ReturnData }) => ReturnData !== false);
  const compared = first && others.length === 0 ? follow(first, queries, deepest) : undefined;
  if (!compared) return 'unclear';
  return queries.isOwn(compared.query) ? compared : undefined;
}

/** What a query comes to; undefined: it is not worked out. */
function follow(query: Query, queries: Queries, depth: number): Compared | undefined {
  if (isObject(query.MetricStat)) return { query, filled: undefined };
  if (depth === 0) return undefined;
  const text = String(query.Expression).replaceAll(/\s/g, '');
  const named = (id: string | undefined): Compared | undefined => {
    const found = queries.all.find(({ Id }) => Id === id);
    return found && follow(found, queries, depth - 1);
  };
  const fill = /^FILL\((\w+),(\d+(?:\.\d+)?)\)$/.exec(text);
  if (fill) {
    const compared = named(fill[1]);
    return compared && { query: compared.query, filled: compared.filled ?? Number(fill[2]) };
  }
  const summed = /^SUM\(\[(\w+(?:,\w+)*)\]\)$/.exec(text)?.[1];
  return summed === undefined ? named(text) : sumOf(summed.split(',').map(named), queries);
}

/** Where all others are quiet a sum is what the metric itself comes to. */
function sumOf(parts: readonly (Compared | undefined)[], { isOwn }: Queries): Compared | undefined {
  const known = parts.filter((part) => part !== undefined);
  const [own, ...more] = known.filter(({ query }) => isOwn(query));
  const isQuiet = known.every((part) => part === own || !part.filled);
  return known.length === parts.length && more.length === 0 && isQuiet ? own : undefined;
}

/** A query of CloudWatch Metrics Insights: a function of a metric, and its namespace; names may stand in quotes. */
const insights =
  /^\s*SELECT\s+[A-Z]+\s*\(\s*(?:"([^"]+)"|([^\s"()]+))\s*\)\s+FROM\s+(?:SCHEMA\s*\(\s*)?(?:"([^"]+)"|([^\s"(),]+))/i;

const selects =
  ({ metric: { namespace, name } }: Queries) =>
  ({ Expression }: Query): boolean => {
    const [, quotedName, plainName, quotedSpace, plainSpace] = insights.exec(String(Expression)) ?? [];
    return (quotedName ?? plainName) === name && (quotedSpace ?? plainSpace) === namespace;
  };
