import { type Coverage, coverage } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { readSelectors, recordedBy, type Selector } from '../../src/proof/selectors.ts';
import type { Source } from '../../src/proof/try-events.ts';

type Written = Readonly<Record<string, unknown>>;

/** Advanced selectors, each written as `{ field: { operator: values } }`. */
export const advanced = (...selectors: readonly Readonly<Record<string, object>>[]): readonly Selector[] =>
  readSelectors(
    undefined,
    selectors.map((fields) => ({
      FieldSelectors: Object.entries(fields).map(([Field, conditions]) => ({ Field, ...conditions })),
    })),
  );

/** Sources that record by these selectors, and work. */
export const working = (selectors: readonly Selector[]): Source => ({ works: 'yes', events: recordedBy(selectors) });

export const covered = (sources: readonly Source[], written: Written): Coverage =>
  coverage(sources, readEventClass(written));

/** How much of a class one trail records by its selectors. */
export const how = (selectors: readonly Selector[], written: Written): Coverage =>
  covered([working(selectors)], written);

/** In one word: all, some, none, or uncertain. */
export const amount = ({ every, some }: Coverage): string =>
  every === 'yes' ? 'all' : some === 'no' ? 'none' : every === 'no' && some === 'yes' ? 'some' : 'uncertain';

export const management = { eventCategory: { Equals: ['Management'] } };
export const object = { eventCategory: { Equals: ['Data'] }, 'resources.type': { Equals: ['AWS::S3::Object'] } };
export const inBucket = {
  eventCategory: 'Data',
  'resources.type': 'AWS::S3::Object',
  'resources.ARN': { like: 'arn:aws:s3:::b/*' },
};
