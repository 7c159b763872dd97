import { remember } from '../snapshot/remember.ts';
import type { Truth } from './answer.ts';
import { sourcesNamedBy } from './event-catalogue.ts';
import { type EventClass, valuesOf } from './event-class.ts';
import {
  contains,
  type EventSet,
  type FieldTest,
  type FieldValue,
  isEvery,
  isNone,
  nobodyKnowsWhich,
  restOf,
  testsIn,
  type Witness,
} from './event-set.ts';
import { onlyValues } from './glance.ts';
import { mayMeet } from './may-meet.ts';
import { isPossible } from './possible-events.ts';
import { hasKnownValues, maxWitnesses, valuesToTry } from './values-to-try.ts';

/** A set of events that may record, and whether it does at all. */
export interface Source {
  readonly works: Truth;
  readonly events: EventSet;
}

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
  return sources.length > 0 ? tryOut(sources, events) : remember(unrecorded, events.fields, () => tryOut([], events));
}

/** Where nobody records any of a kind, it is as little in every region and account. */
const unrecorded = new WeakMap<EventClass['fields'], KindCoverage>();

function tryOut(sources: readonly Numbered[], events: EventClass): KindCoverage {
  const fields = fieldsOf(
    sources.flatMap((source) => testsIn(source.events)),
    events,
  );
  const endless = fields.find(({ values }) => !values);
  if (endless) return undecidable(`the values of ${endless.field} are too many to compare`);
  const count = fields.reduce((product, { values = [] }) => product * values.length, 1);
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

const firstValue = (test: FieldTest): readonly FieldValue[] => valuesToTry(test.field, [], test)?.slice(0, 1) ?? [];

/** No value passes such a test; of one that is more than beginnings and endings nobody knows. */
const isEmpty = (test: FieldTest): boolean =>
  test.intricate !== true && valuesToTry(test.field, [], test)?.length === 0;

interface Field {
  readonly field: string;
  /** Undefined: too many. */
  readonly values: readonly FieldValue[] | undefined;
  /** They do not stand for every value. */
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

/** The fields that decide, and the values to try of each; where something is named that is of one service, that too. */
function fieldsOf(asked: readonly FieldTest[], events: EventClass): readonly Field[] {
  const ofClass = [...events.fields.values()];
  const tests = [...asked, ...ofClass.filter(({ field }) => correlated.has(field))];
  const services = { ...nobodyKnowsWhich, field: 'eventSource', whole: sourcesNamedBy([...asked, ...ofClass]) };
  return [...Map.groupBy(tests, ({ field }) => field)].map(([field, own]) => {
    const wanted = events.fields.get(field);
    const all = field === 'eventSource' ? [services, ...own] : own;
    // Where the values can be listed, these are all, whatever border runs between them.
    const isListed = hasKnownValues(field) || valuesOf(events, field) !== undefined;
    const intricate = !isListed && [...own, wanted].some((test) => test?.intricate);
    return { field, values: valuesToTry(field, all, wanted), intricate };
  });
}

type Numbered = Source & { readonly index: number };

/** Who records one event: those that do, and whether others perhaps do. */
function whoRecords(
  sources: readonly Numbered[],
  event: Witness,
): { readonly by: readonly number[]; readonly perhaps: boolean } {
  const by: number[] = [];
  let perhaps = false;
  for (const { index, works, events } of sources) {
    const has = contains(events, event);
    if (has === 'yes' && works === 'yes') by.push(index);
    else if (has !== 'no' && works !== 'no') perhaps = true;
  }
  return { by, perhaps };
}

/** What is left to ask of the sources once a field is known: most are about one call, and so out of it for every other. */
const leftFor = (sources: readonly Numbered[], known: Witness): readonly Numbered[] =>
  sources
    .map(({ works, events, index }) => ({ works, events: restOf(events, known), index }))
    .filter(({ events }) => !isNone(events));

interface Tried {
  readonly missed: Witness | undefined;
  readonly open: Witness | undefined;
  readonly by: readonly (readonly number[])[];
}

function tryAll(fields: readonly Field[], sources: readonly Numbered[], events: EventClass): Tried {
  let missed: Witness | undefined;
  let open: Witness | undefined;
  const recorded = new Map<string, readonly number[]>();
  const witness = new Map<string, FieldValue>();
  const judge = (left: readonly Numbered[]): boolean => {
    if (!isPossible(witness, events)) return false;
    const { by, perhaps } = whoRecords(left, witness);
    if (by.length > 0) recorded.set(by.join(' '), by);
    else if (perhaps) open ??= new Map(witness);
    else missed ??= new Map(witness);
    return true;
  };
  const isDecided = (): boolean => recorded.size > 0 && missed !== undefined;
  tryFrom(0, sources, { fields, witness, judge, isDecided });
  return { missed, open, by: [...recorded.values()] };
}

interface Trying {
  readonly fields: readonly Field[];
  /** As far as its fields are chosen. */
  readonly witness: Map<string, FieldValue>;
  /** Whether it is an event at all, which is then judged. */
  readonly judge: (left: readonly Numbered[]) => boolean;
  readonly isDecided: () => boolean;
}

/** Tries all values of the fields from one on; whether there was any event among them. */
function tryFrom(at: number, left: readonly Numbered[], trying: Trying): boolean {
  const { fields, witness, judge, isDecided } = trying;
  const field = fields[at];
  if (!field) return judge(left);
  // Where nothing is left to ask, all events are as the first one.
  const isSettled = left.every(({ events }) => isEvery(events));
  let wasAny = false;
  for (const value of field.values ?? []) {
    witness.set(field.field, value);
    const known = new Map([[field.field, value]]);
    wasAny = tryFrom(at + 1, at + 1 < fields.length ? leftFor(left, known) : left, trying) || wasAny;
    if (isDecided() || (isSettled && wasAny)) break;
  }
  return wasAny;
}

interface Circumstance {
  /** Fields that no source asks about. */
  readonly named: Witness;
  /** A field whose witnesses do not stand for every value. */
  readonly intricate: string | undefined;
}

function settle({ missed, open, by }: Tried, { named, intricate }: Circumstance): KindCoverage {
  if (!missed && !open && by.length === 0) return undecidable(noEvent);
  const seen = (event: Witness): Witness => new Map([...named, ...event]);
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
