import { newMap, remember } from '../snapshot/remember.ts';
import type { Truth } from './answer.ts';
import { callsOnBuckets } from './event-catalogue.ts';
import type { EventSet, FieldTest } from './event-set.ts';
import type { FieldSelector } from './selectors.ts';
import { isListed, startingWith, startsWithOne } from './text-index.ts';

/**
 * What a selector of S3 objects lets through by `resources.ARN`, a test of that field made more exact. The record of a
 * call on a bucket names the beginning of its objects' ARNs instead, and whether a selector looks at that is not
 * documented (aws-semantics §15, U2): such a call is selected or not where all of its bucket is, and else nobody knows.
 */
export function byArnOfObjects(selector: FieldSelector, test: FieldTest): EventSet {
  if (!isNarrow(selector)) return test;
  return {
    any: [{ all: [{ not: isOnBucket }, test] }, { all: [isOnBucket, onBucket(selector, test)] }],
  };
}

const isOnBucket: FieldTest = {
  field: 'eventName',
  has: (value) => (callsOnBuckets.includes(String(value)) ? 'yes' : 'no'),
  whole: callsOnBuckets,
  beginnings: [],
  endings: [],
};

const inBucket = /^[^/]*\/./;

/** Whether it may tell apart what lies in one bucket. */
const isNarrow = ({ equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith }: FieldSelector): boolean =>
  [equals, notEquals, endsWith, notEndsWith].some(({ length }) => length > 0) ||
  [startsWith, notStartsWith].some((beginnings) => beginnings.some((beginning) => inBucket.test(beginning)));

/** The ARN of a bucket, of whatever lies in it: its name ends at the first slash. */
const bucketOf = (arn: string): string => arn.split('/', 1)[0] ?? '';

/** What it says of all that lies in the bucket of an ARN. */
function onBucket(selector: FieldSelector, test: FieldTest): FieldTest {
  const { equals, startsWith, notEquals, notStartsWith } = selector;
  const named = [...equals, ...notEquals, ...startsWith, ...notStartsWith];
  const said = newMap<string, Truth>();
  return {
    ...test,
    has: (value) => {
      if (typeof value !== 'string') return test.has(value);
      const bucket = bucketOf(value);
      return remember(said, bucket, () => selects(selector, bucket));
    },
    beginnings: [...new Set([...test.beginnings, ...named.map((arn) => `${bucketOf(arn)}/`)])],
  };
}

/** Whether a selector takes all that lies in a bucket, or nothing of it; unknown: perhaps a part. */
function selects(selector: FieldSelector, bucket: string): Truth {
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = selector;
  const takesAny = equals.length + startsWith.length + endsWith.length === 0;
  const selected = takesAny ? 'yes' : hits(bucket, equals, startsWith, endsWith);
  const deselected = hits(bucket, notEquals, notStartsWith, notEndsWith);
  if (deselected === 'yes' || selected === 'no') return 'no';
  return deselected === 'unknown' ? deselected : selected;
}

/** Whether such values hit all that lies in a bucket, or nothing of it; unknown: perhaps a part. */
function hits(
  bucket: string,
  whole: readonly string[],
  beginnings: readonly string[],
  endings: readonly string[],
): Truth {
  const objects = `${bucket}/`;
  if (startsWithOne(objects, beginnings)) return 'yes';
  const isPart =
    endings.length > 0 ||
    isListed(whole, bucket) ||
    [whole, beginnings].some((it) => startingWith(it, objects).length > 0);
  return isPart ? 'unknown' : 'no';
}
