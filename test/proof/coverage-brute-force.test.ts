import { type Arbitrary, array, assert, constantFrom, option, property, record, subarray, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Truth } from '../../src/proof/answer.ts';
import { readEventClass, valuesOf } from '../../src/proof/event-class.ts';
import { contains, type FieldValue, nobodyKnowsWhich } from '../../src/proof/event-set.ts';
import { recordedBy } from '../../src/proof/selectors.ts';
import type { Source } from '../../src/proof/try-events.ts';
import { advanced, covered } from './asking-coverage.ts';

type Event = ReadonlyMap<string, FieldValue>;
type Written = Readonly<Record<string, unknown>>;
type Universe = Readonly<Record<string, readonly FieldValue[]>>;

const eventsOf = (universe: Universe): readonly Event[] =>
  Object.entries(universe).reduce<readonly Event[]>(
    (before, [name, values]) => before.flatMap((event) => values.map((value) => new Map([...event, [name, value]]))),
    [new Map()],
  );

/** Selectors on these fields, each by up to two of the texts for an operator. */
function sourceOn(fields: Readonly<Record<string, Arbitrary<object>>>, most: number): Arbitrary<Source> {
  const category = constantFrom({ Equals: ['Management'] }, { Equals: ['Data'] });
  const selector = record({ eventCategory: category, ...fields }, { requiredKeys: ['eventCategory'] });
  const selectors = option(array(selector, { maxLength: most }), { freq: 6 });
  return record({ works: constantFrom<Truth>('yes', 'yes', 'no', 'unknown'), selectors }).map((it) => ({
    works: it.works,
    events: it.selectors
      ? recordedBy(it.selectors.length > 0 ? advanced(...(it.selectors as never[])) : [])
      : nobodyKnowsWhich,
  }));
}
/** Several sources; every now and then one that records just what the first does not. */
const several = (source: Arbitrary<Source>, most: number): Arbitrary<readonly Source[]> =>
  tuple(array(source, { maxLength: most }), constantFrom(true, false)).map(([sources, isWhole]) => {
    const [first] = sources;
    return first && isWhole ? [...sources, { works: 'yes', events: { not: first.events } }] : sources;
  });
function operatorsOn(texts: readonly string[]): Arbitrary<object> {
  const values = subarray([...texts], { minLength: 1, maxLength: 2 });
  const operators = ['Equals', 'NotEquals', 'StartsWith', 'NotStartsWith', 'EndsWith', 'NotEndsWith'];
  return record(Object.fromEntries(operators.map((name) => [name, values])), { requiredKeys: [] }).filter(
    (it) => Object.keys(it).length > 0,
  );
}

const and = (truths: readonly Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
const or = (truths: readonly Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
const truthOf = (sources: readonly Source[], event: Event): Truth =>
  or(sources.map(({ works, events }) => and([works, contains(events, event)])));
const meantBy = (universe: readonly Event[], written: Written): readonly Event[] => {
  const fields = [...readEventClass(written).fields];
  return universe.filter((event) => fields.every(([name, { has }]) => has(event.get(name)) === 'yes'));
};
const agreed = (truths: readonly Truth[]): Truth =>
  truths.every((truth) => truth === truths[0]) ? (truths[0] ?? 'unknown') : 'unknown';

/** What every event says: of a call whose direction nobody knows, what both directions agree on. */
function byBruteForce(universe: readonly Event[], sources: readonly Source[], written: Written) {
  const meant = meantBy(universe, written);
  const names = valuesOf(readEventClass(written), 'eventName');
  const kinds = names ? names.map((name) => meant.filter((event) => event.get('eventName') === name)) : [meant];
  const readings = kinds.map((kind) =>
    names && written.readOnly === undefined
      ? [true, false].map((it) => kind.filter((event) => event.get('readOnly') === it))
      : [kind],
  );
  const join = (by: typeof and): readonly Truth[] =>
    readings.map((kind) => agreed(kind.map((events) => by(events.map((event) => truthOf(sources, event))))));
  return { meant, every: and(join(and)), some: or(join(or)) };
}

/** Agrees with each of all events, and can show what it says. */
function agrees(universe: readonly Event[], sources: readonly Source[], written: Written): Truth {
  const answer = covered(sources, written);
  const { meant, every, some } = byBruteForce(universe, sources, written);
  if (meant.length === 0) {
    expect([answer.every, answer.some]).toEqual(['unknown', 'unknown']);
    return 'unknown';
  }
  expect([answer.every, answer.some]).toEqual([every, some]);
  const few = answer.enough.flatMap((index) => sources[index] ?? []);
  if (every === 'yes') expect(meant.every((event) => truthOf(few, event) === 'yes')).toBe(true);
  for (const one of few) {
    const fewer = few.filter((it) => it !== one);
    expect(meant.some((event) => truthOf(fewer, event) !== 'yes')).toBe(true);
  }
  const { fields } = readEventClass(written);
  for (const shown of [answer.missed, answer.open]) {
    if (shown) for (const [name, { has }] of fields) expect([name, has(shown.get(name))]).toEqual([name, 'yes']);
  }
  expect(answer.missed !== undefined).toBe(every === 'no');
  if (answer.missed) expect(truthOf(sources, answer.missed)).toBe('no');
  if (answer.open) expect(truthOf(sources, answer.open)).not.toBe('yes');
  return every;
}

const run = (seed: number, numRuns: number) => ({ seed, numRuns, endOnFailure: true });

describe('one field, by every text that its tests can tell apart', () => {
  const letters = ['a', 'b', '…'];
  const longer = (texts: readonly string[]) => texts.flatMap((text) => letters.map((letter) => `${text}${letter}`));
  const [one, two] = [longer(['']), longer(longer(['']))];
  const short = ['', ...one, ...two];
  // With tests of two characters at most, more than three stand between a beginning and an ending.
  const texts = [...short, ...longer(two), ...short.flatMap((start) => short.map((end) => `${start}x${end}`))];
  const universe = eventsOf({ eventCategory: ['Management'], errorCode: [...texts, undefined] });
  const literal = constantFrom(...short);
  const patterns = constantFrom('a*', '*b', 'ab*ba', 'aa*a', '*', '…*', '*…', 'a*…', '', 'ab', '…a*a');
  const test_ = (inner: Arbitrary<unknown>): Arbitrary<unknown> =>
    record(
      { like: patterns, in: array(literal, { maxLength: 3 }), exists: constantFrom(true, false), not: inner },
      { requiredKeys: [] },
    );
  const asked = record({ eventCategory: constantFrom('Management'), errorCode: test_(test_(literal)) });
  const source = sourceOn({ errorCode: operatorsOn(short) }, 2);

  test('overlapping beginnings and endings, empty and absent values, the ellipsis itself', () => {
    const told = { yes: 0, no: 0, unknown: 0 };
    assert(
      property(several(source, 3), asked, (sources, written) => {
        told[agrees(universe, sources, written)] += 1;
      }),
      run(11, 700),
    );
    expect(Math.min(told.yes, told.no, told.unknown)).toBeGreaterThan(20);
  });

  test('patterns with a wildcard inside: never more than is so', () => {
    const inside = constantFrom('a*b*a', '?', 'a?', '*a*', '?*b', '…?…');
    const narrowed = record({ like: inside, not: literal }, { requiredKeys: ['like'] });
    assert(
      property(array(source, { minLength: 1, maxLength: 2 }), narrowed, (sources, errorCode) => {
        const written = { eventCategory: 'Management', errorCode };
        const answer = covered(sources, written);
        const { every, some } = byBruteForce(universe, sources, written);
        expect(['unknown', every]).toContain(answer.every);
        expect(['unknown', some]).toContain(answer.some);
      }),
      run(12, 300),
    );
  });
});

/** Four fields and a category; by one letter a text is known by its first, its last and whether it is that letter. */
const ends = [
  '',
  'a',
  'b',
  'x',
  ...['a', 'b', 'x'].flatMap((start) => ['a', 'b', 'x'].map((end) => `${start}-${end}`)),
];
const universe = eventsOf({
  eventCategory: ['Management', 'Data'],
  readOnly: [true, false],
  eventName: ends,
  'userIdentity.arn': [...ends, undefined],
  sessionCredentialFromConsole: ['true', undefined],
});
const letters = operatorsOn(['a', 'b']);
const source = sourceOn(
  {
    readOnly: constantFrom({ Equals: ['true'] }, { Equals: ['false'] }),
    eventName: letters,
    'userIdentity.arn': letters,
    sessionCredentialFromConsole: constantFrom({ Equals: ['true'] }, { NotEquals: ['true'] }),
  },
  3,
);
const values = constantFrom<unknown>(
  'a',
  ['a', 'b'],
  { not: 'b' },
  { like: 'a*' },
  { like: '*b' },
  { not: { like: 'a*' } },
);
const asked = record(
  {
    eventCategory: constantFrom<unknown>('Management', 'Data', ['Management', 'Data']),
    readOnly: constantFrom(true, false),
    eventName: values,
    'userIdentity.arn': option(values, { nil: { exists: false } }),
    sessionCredentialFromConsole: constantFrom<unknown>('true', { exists: false }),
    // No selector asks for it.
    'userIdentity.type': constantFrom<unknown>('Root', { not: 'Root' }),
  },
  { requiredKeys: ['eventCategory'] },
);

describe('several fields', () => {
  test('agrees with what each of all events says, whatever is not known', () => {
    const told = { yes: 0, no: 0, unknown: 0 };
    const typed = universe.map((event) => new Map([...event, ['userIdentity.type', 'Root']]));
    const others = typed.map((event) => new Map([...event, ['userIdentity.type', 'IAMUser']]));
    assert(
      property(several(source, 3), asked, (sources, written) => {
        const meant = typeof written['userIdentity.type'] === 'object' ? others : typed;
        told[agrees(meant, sources, written)] += 1;
      }),
      run(1, 200),
    );
    expect(Math.min(told.yes, told.no, told.unknown)).toBeGreaterThan(5);
  });

  const rank = { no: 0, unknown: 1, yes: 2 } as const;
  test('another source, or selector, never loses what is covered; their order never matters', () => {
    assert(
      property(array(source, { minLength: 1, maxLength: 3 }), source, asked, (sources, more, written) => {
        const before = covered(sources, written);
        const after = covered([more, ...sources], written);
        const [first, ...others] = sources;
        const wider = first ? [{ ...first, events: { any: [first.events, more.events] } }, ...others] : [];
        for (const grown of [after, covered(wider, written)]) {
          expect(rank[grown.every]).toBeGreaterThanOrEqual(rank[before.every]);
          expect(rank[grown.some]).toBeGreaterThanOrEqual(rank[before.some]);
        }
        const turned = covered(sources.toReversed(), written);
        expect([turned.every, turned.some]).toEqual([before.every, before.some]);
        expect(covered(sources, written)).toEqual(before);
      }),
      run(2, 120),
    );
  });

  test('not to know more never decides more', () => {
    assert(
      property(array(source, { minLength: 1, maxLength: 2 }), asked, (sources, written) => {
        const known = covered(sources, written);
        const lessKnown: readonly (readonly Source[])[] = sources.flatMap((one, index) => [
          sources.with(index, { ...one, events: nobodyKnowsWhich }),
          sources.with(index, { ...one, works: 'unknown' }),
        ]);
        for (const less of lessKnown) {
          const { every, some } = covered(less, written);
          expect([known.every, 'unknown']).toContain(every);
          expect([known.some, 'unknown']).toContain(some);
        }
      }),
      run(3, 120),
    );
  });
});
