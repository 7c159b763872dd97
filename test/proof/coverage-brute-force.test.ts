import { array, assert, constantFrom, option, property, record, subarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverage, type Source } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { contains, type FieldValue, nobodyKnowsWhich } from '../../src/proof/event-set.ts';
import { readSelectors, recordedBy, type Selector } from '../../src/proof/selectors.ts';

const advanced = (...selectors: readonly Readonly<Record<string, object>>[]): readonly Selector[] =>
  readSelectors(
    undefined,
    selectors.map((fields) => ({
      FieldSelectors: Object.entries(fields).map(([Field, conditions]) => ({ Field, ...conditions })),
    })),
  );

/** A small universe in which every event can be tried. */
const universe = {
  eventCategory: ['Management', 'Data'],
  readOnly: [true, false],
  eventName: ['a', 'ab', 'abc', 'b', 'bc', 'x'],
  'userIdentity.arn': ['a', 'ab', 'bc', 'x', undefined],
  errorCode: ['a', 'b', undefined],
} as const;
type Event = ReadonlyMap<string, FieldValue>;
const events: readonly Event[] = Object.entries(universe).reduce<readonly Event[]>(
  (before, [name, values]) => before.flatMap((event) => values.map((value) => new Map([...event, [name, value]]))),
  [new Map()],
);

const texts = subarray(['a', 'ab', 'abc', 'b', 'bc'], { minLength: 1, maxLength: 2 });
const conditions = record(
  { Equals: texts, NotEquals: texts, StartsWith: texts, NotStartsWith: texts, EndsWith: texts, NotEndsWith: texts },
  { requiredKeys: [] },
);
const operatorsOn = conditions.filter((it) => Object.keys(it).length > 0);
const selector = record(
  {
    eventCategory: constantFrom({ Equals: ['Management'] }, { Equals: ['Data'] }),
    readOnly: constantFrom({ Equals: ['true'] }, { Equals: ['false'] }),
    eventName: operatorsOn,
    'userIdentity.arn': operatorsOn,
    errorCode: operatorsOn,
  },
  { requiredKeys: ['eventCategory'] },
);
const values = constantFrom<unknown>(
  'a',
  ['a', 'bc'],
  { not: 'ab' },
  { like: 'a*' },
  { like: '*c' },
  { not: { like: 'a*' } },
  { like: 'a*', not: 'abc' },
);
const eventClass = record(
  {
    eventCategory: constantFrom<unknown>('Management', 'Data', ['Management', 'Data']),
    readOnly: constantFrom(true, false),
    eventName: values,
    'userIdentity.arn': option(values, { nil: { exists: false } }),
    errorCode: constantFrom<unknown>({ exists: false }, { exists: true }, 'a'),
  },
  { requiredKeys: ['eventCategory'] },
);

type Written = readonly Readonly<Record<string, object>>[];
const source = record({
  works: constantFrom<Source['works']>('yes', 'yes', 'no', 'unknown'),
  selectors: option(array(selector, { maxLength: 3 }), { freq: 6 }),
});
const sourceOf = ({ works, selectors }: { works: Source['works']; selectors: readonly object[] | null }): Source => ({
  works,
  events: selectors ? recordedBy(selectors.length === 0 ? [] : advanced(...(selectors as Written))) : nobodyKnowsWhich,
});
const and = (a: Source['works'], b: Source['works']) => (a === 'no' || b === 'no' ? 'no' : a === 'yes' ? b : a);
const truthOf = (sources: readonly Source[], event: Event) => {
  const each = sources.map(({ works, events }) => and(works, contains(events, event)));
  return each.includes('yes') ? 'yes' : each.includes('unknown') ? 'unknown' : 'no';
};
const meantBy = (asked: unknown) => {
  const { fields } = readEventClass(asked as Readonly<Record<string, unknown>>);
  return events.filter((event) => [...fields].every(([name, test]) => test.has(event.get(name)) === 'yes'));
};
const askOf = (sources: readonly Source[], asked: unknown) =>
  coverage(sources, readEventClass(asked as Readonly<Record<string, unknown>>));

describe('coverage by trying every event', () => {
  test('agrees with what each of all events says, whatever is not known', () => {
    let told = 0;
    assert(
      property(array(source, { maxLength: 3 }), eventClass, (written, asked) => {
        const sources = written.map(sourceOf);
        const truths = meantBy(asked).map((event) => truthOf(sources, event));
        const { every, some, enough, missed, open } = askOf(sources, asked);
        if (every === 'yes') {
          expect(new Set(truths)).not.toContain('no');
          expect(new Set(truths)).not.toContain('unknown');
          const fewer = meantBy(asked).map((event) =>
            truthOf(
              enough.flatMap((index) => sources[index] ?? []),
              event,
            ),
          );
          expect(fewer).toEqual(truths);
        }
        if (some === 'no') expect(truths.every((truth) => truth === 'no')).toBe(true);
        if (truths.includes('no')) expect(every).not.toBe('yes');
        if (truths.includes('yes')) expect(some).not.toBe('no');
        if (truths.every((truth) => truth === 'unknown') && truths.length > 0) {
          expect(every).not.toBe('yes');
        }
        if (missed) expect(truthOf(sources, missed)).toBe('no');
        if (open) expect(truthOf(sources, open)).not.toBe('yes');
        if (every !== 'unknown') told += 1;
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(told).toBeGreaterThan(1000);
  });

  const rank = { no: 0, unknown: 1, yes: 2 } as const;
  test('another source, or selector, never loses what is covered; their order never matters', () => {
    assert(
      property(array(source, { minLength: 1, maxLength: 3 }), source, eventClass, (written, more, asked) => {
        const before = askOf(written.map(sourceOf), asked);
        const after = askOf([more, ...written].map(sourceOf), asked);
        expect(rank[after.every]).toBeGreaterThanOrEqual(rank[before.every]);
        expect(rank[after.some]).toBeGreaterThanOrEqual(rank[before.some]);
        const turned = askOf(written.toReversed().map(sourceOf), asked);
        expect([turned.every, turned.some]).toEqual([before.every, before.some]);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  test('not to know more never decides more', () => {
    assert(
      property(array(source, { minLength: 1, maxLength: 3 }), eventClass, (written, asked) => {
        const sources = written.map(sourceOf);
        const known = askOf(sources, asked);
        const lessKnown: readonly (readonly Source[])[] = sources.flatMap((one, index) => [
          sources.with(index, { ...one, events: nobodyKnowsWhich }),
          sources.with(index, { ...one, works: 'unknown' }),
        ]);
        for (const less of lessKnown) {
          const { every, some } = askOf(less, asked);
          expect([known.every, 'unknown']).toContain(every);
          expect([known.some, 'unknown']).toContain(some);
        }
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
