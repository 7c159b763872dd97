import { describe, expect, test } from 'vitest';
import { isLaterPage, joinPages, nextPage, withoutPaging } from '../../src/collectors/paging.ts';
import { redact } from '../../src/collectors/redact.ts';

test.each([
  [{ NextToken: 'a' }, { NextToken: 'a' }],
  [{ nextToken: 'a' }, { nextToken: 'a' }],
  [{ ContinuationToken: 'a' }, { ContinuationToken: 'a' }],
  [{ NextContinuationToken: 'a', ContinuationToken: '' }, { ContinuationToken: 'a' }],
  [{ Truncated: true, NextMarker: 'a' }, { Marker: 'a' }],
  [{ IsTruncated: true, Marker: 'a' }, { Marker: 'a' }],
  [{ NextToken: '' }, undefined],
  [{ NextToken: null }, undefined],
  [{ Trails: [] }, undefined],
])('after %o comes %o', (answer, next) => {
  expect(nextPage(answer)).toEqual(next);
});

test('pages become one answer: lists joined, the rest as it was said first, no token left', () => {
  const pages = [
    { Items: [1], Owner: 'a', NextToken: 'x' },
    { Items: [], NextToken: 'y' },
    { Items: [2, 3], Owner: 'b', Late: true },
  ];
  expect(joinPages(pages)).toEqual({ Items: [1, 2, 3], Owner: 'a', Late: true });
});

test('a request without its page is the request', () => {
  expect(withoutPaging({ KeyId: 'k', Limit: 10, Marker: 'm', MaxBuckets: 9 })).toEqual({ KeyId: 'k' });
  expect(isLaterPage({ KeyId: 'k', Marker: 'm' })).toBe(true);
  expect(isLaterPage({ KeyId: 'k', Marker: null })).toBe(false);
  expect(isLaterPage({ KeyId: 'k' })).toBe(false);
});

describe('what is kept of an answer', () => {
  test('is plain data', () => {
    const answer = {
      When: new Date('2026-11-20T09:00:00Z'),
      Never: new Date(Number.NaN),
      Size: 10n,
      Blob: new Uint8Array(3),
      List: [{ Nothing: null, Left: undefined, RequestId: 'x' }],
    };
    expect(JSON.stringify(redact(answer))).toBe('{"When":"2026-11-20T09:00:00Z","Size":10,"List":[{}]}');
  });

  test('has no key of the language', () => {
    const kept = redact(JSON.parse('{"__proto__":{"a":1},"b":2}'));
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});
