import type { Members } from './call.ts';

/** The member of an answer that says there is more → the member of the next request that takes it. */
const tokens: Readonly<Record<string, string>> = {
  NextToken: 'NextToken',
  nextToken: 'nextToken',
  ContinuationToken: 'ContinuationToken',
  NextContinuationToken: 'ContinuationToken',
  NextMarker: 'Marker',
  Marker: 'Marker',
  LastEvaluatedTableName: 'ExclusiveStartTableName',
};
/** What only says how far an answer goes; what it means for the account is in the joined pages. */
const marks = new Set([...Object.keys(tokens), 'Truncated', 'IsTruncated']);
const sizes = new Set(['MaxBuckets', 'MaxResults', 'MaxItems', 'maxResults', 'Limit', 'limit']);

/** What to add to the same request for the next page; undefined: this was the last. An empty page may have one. */
export function nextPage(answer: Members): Members | undefined {
  for (const [given, asked] of Object.entries(tokens)) {
    const token = Object.hasOwn(answer, given) ? answer[given] : undefined;
    if (typeof token === 'string' && token !== '') return { [asked]: token };
  }
  return undefined;
}

/** The request as it would be if there were no pages. */
export function withoutPaging(params: Members): Members {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !marks.has(name) && !sizes.has(name)));
}

/** Whether a request asks for a page after the first. */
export const isLaterPage = (params: Members): boolean =>
  Object.values(tokens).some(
    (name) => Object.hasOwn(params, name) && params[name] !== undefined && params[name] !== null,
  );

/** One answer for all its pages: lists one after the other, everything else as the first page says it. */
export function joinPages(pages: readonly Members[]): Members {
  const names = [...new Set(pages.flatMap((page) => Object.keys(page)))].filter((name) => !marks.has(name));
  return Object.fromEntries(
    names.map((name) => {
      const values = pages.flatMap((page) => (Object.hasOwn(page, name) ? [page[name]] : []));
      return [name, values.every(Array.isArray) ? values.flat() : values[0]];
    }),
  );
}
