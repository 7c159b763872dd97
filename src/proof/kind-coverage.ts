import { remember } from '../snapshot/remember.ts';
import type { Truth } from './answer.ts';
import { sourcesNamedBy } from './event-catalogue.ts';
import { type EventClass, valuesOf } from './event-class.ts';
import { type FieldTest, type FieldValue, nobodyKnowsWhich, restOf, testsIn, type Witness } from './event-set.ts';
import { onlyValues } from './glance.ts';
import { mayMeet } from './may-meet.ts';
import { type Numbered, type Source, type Tried, type Tryable, tryAll } from './try-events.ts';
import { hasKnownValues, maxWitnesses, valuesOfTest, valuesToTry } from './values-to-try.ts';

/** How much of one kind of event the sources record together. */
export interface KindCoverage {
  readonly every: Truth;
  readonly some: Truth;
  /** For each witness that is recorded, who records it. */
  readonly by: readonly (readonly number[])[];
  readonly missed?: Witness;
  readonly open?: Witness;
  readonly why?: string;
}

/** Tries every witness of one kind of event; those that no source can tell apart are one. */
export function ofOneKind(all: readonly Source[], events: EventClass): KindCoverage {
  const known = onlyValues(events);
  const sources = all
    .map(({ works, events: recorded }, index) => ({ works, events: restOf(recorded, known), index }))
    .filter((source) => mayMeet(source.events, events));
  return sources.length === 0
    ? remember(unrecorded, events.fields, () => tryKind(sources, events))
    : tryKind(sources, events);
}

/** What nobody records at all is the same whoever was asked. */
const unrecorded = new WeakMap<EventClass['fields'], KindCoverage>();

function tryKind(sources: readonly Numbered[], events: EventClass): KindCoverage {
  const fields = fieldsOf(sources, events);
  const endless = fields.find(({ values }) => values === tooMany);
  if (endless) return undecidable(`the values of ${endless.field} are too many to compare`);
  const count = fields.reduce((product, { values }) => product * values.length, 1);
  if (count > maxWitnesses) return undecidable(`${count} combinations are too many to compare`);
  // No source asks about them: one value says what is meant as well as any other.
  const others = [...events.fields.values()].filter(({ field }) => !fields.some((it) => it.field === field));
  if (others.some(isEmpty)) return undecidable(noEvent);
  const named = new Map(others.flatMap((test) => firstValue(test).map((value) => [test.field, value] as const)));
  return settle(tryAll(fields, sources, events), {
    named,
    intricate: fields.find(({ intricate }) => intricate)?.field,
  });
}

const undecidable = (why: string): KindCoverage => ({ every: 'unknown', some: 'unknown', by: [], why });
const noEvent = 'no event is known to be of this class';

const firstValue = (test: FieldTest): readonly FieldValue[] => valuesOfTest(test)?.slice(0, 1) ?? [];

/** No value passes such a test; of one that is more than beginnings and endings nobody knows. */
const isEmpty = (test: FieldTest): boolean => test.intricate !== true && valuesOfTest(test)?.length === 0;

/** The values of a field, where they cannot all be tried. */
const tooMany: readonly FieldValue[] = [];

interface Field extends Tryable {
  /** Its values do not stand for every one. */
  readonly intricate: boolean;
}

/** What a record may not hold together: to be tried though no source asks about it. */
const correlated: ReadonlySet<string> = new Set([
  'eventName',
  'eventSource',
  'eventCategory',
  'eventType',
  'insightDetails.insightType',
  'managementEvent',
  'readOnly',
  'resources.type',
]);

/** What is asked about a field, and which sources ask it. */
interface Asked {
  readonly tests: FieldTest[];
  readonly asking: Set<number>;
}

const newAsked = (): Asked => ({ tests: [], asking: new Set() });

/** The fields that decide, and the values to try of each; where something is named that is of one service, that too. */
function fieldsOf(sources: readonly Numbered[], events: EventClass): readonly Field[] {
  const asked = new Map<string, Asked>();
  const all: FieldTest[] = [];
  for (const { events: recorded, index } of sources) {
    for (const test of testsIn(recorded)) {
      const { tests, asking } = remember(asked, test.field, newAsked);
      tests.push(test);
      asking.add(index);
      all.push(test);
    }
  }
  for (const test of events.fields.values()) {
    if (correlated.has(test.field)) remember(asked, test.field, newAsked).tests.push(test);
    all.push(test);
  }
  return [...asked].map(([field, { tests, asking }]) => {
    const wanted = events.fields.get(field);
    const own = field === 'eventSource' ? [...servicesNamedBy(all), ...tests] : tests;
    // Where the values can be listed, these are all, whatever border runs between them.
    const isListed = hasKnownValues(field) || valuesOf(events, field) !== undefined;
    const intricate = !isListed && (tests.some((test) => test.intricate) || wanted?.intricate === true);
    return { field, values: valuesToTry(field, own, wanted) ?? tooMany, asking, intricate };
  });
}

function servicesNamedBy(tests: readonly FieldTest[]): readonly FieldTest[] {
  const whole = sourcesNamedBy(tests);
  return whole.length > 0 ? [{ ...nobodyKnowsWhich, field: 'eventSource', whole }] : [];
}

interface Circumstance {
  /** Fields that no source asks about. */
  readonly named: Witness;
  /** A field whose witnesses do not stand for every value. */
  readonly intricate: string | undefined;
}

function withFields(named: Witness, event: Witness): Witness {
  const whole = new Map(named);
  for (const [field, value] of event) whole.set(field, value);
  return whole;
}

function settle({ missed, open, by }: Tried, { named, intricate }: Circumstance): KindCoverage {
  if (!missed && !open && by.length === 0) return undecidable(noEvent);
  const seen = (event: Witness): Witness => (named.size === 0 ? event : withFields(named, event));
  // A witness proves what it shows; that there is no other one is known only where borders are simple.
  const otherwise = intricate === undefined ? undefined : 'unknown';
  const every = missed ? 'no' : open ? 'unknown' : (otherwise ?? 'yes');
  const some = by.length > 0 ? 'yes' : open ? 'unknown' : (otherwise ?? 'no');
  return {
    every,
    some,
    by,
    ...(missed && { missed: seen(missed) }),
    ...(open && { open: seen(open) }),
    ...(otherwise && { why: `the pattern of ${intricate} is more than a beginning and an ending` }),
  };
}
