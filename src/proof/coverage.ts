import { flipTruth, type Truth } from './answer.ts';
import { isPossible, sourcesNamedBy } from './event-catalogue.ts';
import type { EventClass } from './event-class.ts';
import {
  contains,
  type EventSet,
  type FieldTest,
  type FieldValue,
  restOf,
  testsIn,
  type Witness,
} from './event-set.ts';
import { onlyValues } from './glance.ts';
import { mayMeet } from './may-meet.ts';
import { realities } from './realities.ts';
import { smallestCover } from './smallest-cover.ts';
import { valuesToTry, valuesWithin } from './values-to-try.ts';

/** A set of events that may record, and whether it does at all. */
export interface Source {
  readonly works: Truth;
  readonly events: EventSet;
}

/** How much of a class of events the sources record together, with events to show for it. */
export interface Coverage {
  /** Is every event of the class recorded? */
  readonly every: Truth;
  /** Is any? */
  readonly some: Truth;
  /** Where every event is: the sources that are enough, by their place in the list. */
  readonly enough: readonly number[];
  /** One that no source records. */
  readonly missed?: Witness;
  /** One of which nobody knows. */
  readonly open?: Witness;
  /** What it is that cannot be decided. */
  readonly why?: string;
}

const maxWitnesses = 200_000;

/**
 * Decides how much of a class several sources record together, by one witness for every combination of values that
 * they can tell apart (aws-semantics §2.7): exact, not sampled, because a text outside all literals behaves as its
 * longest matching beginning and ending do.
 */
export function coverage(sources: readonly Source[], events: EventClass): Coverage {
  const { kinds, why } = realities(events);
  const ofKinds = kinds.map((possible) =>
    agreed(
      possible.map((real) => ofOneClass(sources, real)),
      why,
    ),
  );
  return joined(ofKinds);
}

/** Every kind of event must be recorded for all to be; each kind has its own minimal sources. */
function joined(parts: readonly Coverage[]): Coverage {
  const every = decisive(
    parts.map((part) => part.every),
    'no',
  );
  const why = parts.find((part) => part.why)?.why;
  const missed = parts.find((part) => part.missed)?.missed;
  const open = parts.find((part) => part.open)?.open;
  return {
    every,
    some: decisive(
      parts.map((part) => part.some),
      'yes',
    ),
    enough: every === 'yes' ? [...new Set(parts.flatMap(({ enough }) => enough))] : [],
    ...(missed && { missed }),
    ...(open && { open }),
    ...(why && { why }),
  };
}

function decisive(truths: readonly Truth[], settles: 'yes' | 'no'): Truth {
  if (truths.includes(settles)) return settles;
  return truths.includes('unknown') ? 'unknown' : flipTruth(settles);
}

/** Only one of these is real, and nobody knows which: what they agree on holds. */
function agreed(possible: readonly Coverage[], why: string): Coverage {
  const [first] = possible;
  if (!first || possible.length === 1) return first ?? nothing;
  const same = (truths: readonly Truth[]): Truth =>
    truths.every((truth) => truth === truths[0]) ? (truths[0] ?? 'unknown') : 'unknown';
  const every = same(possible.map((one) => one.every));
  const missed = possible.find((one) => one.missed)?.missed;
  const seen = every === 'no' ? 'missed' : 'open';
  return {
    every,
    some: same(possible.map((one) => one.some)),
    enough: [...new Set(possible.flatMap(({ enough }) => enough))],
    ...(missed && { [seen]: missed }),
    ...(every === 'unknown' && { why }),
  };
}

const nothing: Coverage = { every: 'yes', some: 'no', enough: [] };

function ofOneClass(all: readonly Source[], events: EventClass): Coverage {
  const known = onlyValues(events);
  const sources = all
    .map(({ works, events: recorded }, index) => ({ works, events: restOf(recorded, known), index }))
    .filter((source) => mayMeet(source.events, events));
  const tests = sources.flatMap((source) => testsIn(source.events));
  const related = (field: string): readonly FieldValue[] =>
    field === 'eventSource' ? sourcesNamedBy([...tests, ...events.fields.values()]) : [];
  const correlating = [...events.fields.values()].filter(({ field }) => correlated.includes(field));
  const fields = [...Map.groupBy([...tests, ...correlating], ({ field }) => field)].map(([field, own]) => {
    const wanted = events.fields.get(field);
    const more = wanted ? related(field).filter((value) => wanted.has(value) === 'yes') : related(field);
    return {
      field,
      values: [...more, ...(wanted ? valuesWithin(field, own, wanted) : valuesToTry(field, own))],
      intricate: wanted?.intricate ?? own.some(({ intricate }) => intricate),
    };
  });
  const count = fields.reduce((product, { values }) => product * values.length, 1);
  if (count > maxWitnesses) return undecidable(`${count} combinations are too many to compare`);
  const tried = tryAll(fields, sources);
  // No source asks about them: one value says what is meant as well as any other.
  const others = [...events.fields.values()].filter(({ field }) => !fields.some((it) => it.field === field));
  const named = new Map(others.flatMap((test) => firstValue(test).map((value) => [test.field, value] as const)));
  return settle(tried, { named, intricate: fields.find(({ intricate }) => intricate)?.field });
}

/** What a record may not hold together: to be tried though no source asks about it. */
const correlated: readonly string[] = [
  'eventName',
  'eventSource',
  'eventCategory',
  'eventType',
  'insightDetails.insightType',
  'readOnly',
  'resources.type',
];

const undecidable = (why: string): Coverage => ({ every: 'unknown', some: 'unknown', enough: [], why });

const firstValue = (test: FieldTest): readonly FieldValue[] => valuesWithin(test.field, [], test).slice(0, 1);

interface Field {
  readonly field: string;
  readonly values: readonly FieldValue[];
}

interface Tried {
  readonly missed: Witness | undefined;
  readonly open: Witness | undefined;
  /** For each witness that is recorded, who records it. */
  readonly by: readonly (readonly number[])[];
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

function tryAll(fields: readonly Field[], sources: readonly Numbered[]): Tried {
  let missed: Witness | undefined;
  let open: Witness | undefined;
  const recorded = new Map<string, readonly number[]>();
  const witness = new Map<string, FieldValue>();
  const judge = (): void => {
    if (!isPossible(witness)) return;
    const { by, perhaps } = whoRecords(sources, witness);
    if (by.length > 0) recorded.set(by.join(' '), by);
    else if (perhaps) open ??= new Map(witness);
    else missed ??= new Map(witness);
  };
  const visit = (depth: number): void => {
    const at = fields[depth];
    if (!at) {
      judge();
      return;
    }
    for (const value of at.values) {
      witness.set(at.field, value);
      visit(depth + 1);
      if (recorded.size > 0 && missed) return;
    }
  };
  visit(0);
  return { missed, open, by: [...recorded.values()] };
}

interface Circumstance {
  /** Fields that no source asks about. */
  readonly named: Witness;
  /** A field whose witnesses do not stand for every value. */
  readonly intricate: string | undefined;
}

function settle({ missed, open, by }: Tried, { named, intricate }: Circumstance): Coverage {
  if (!missed && !open && by.length === 0) return undecidable('no event is known to be of this class');
  const seen = (event: Witness): Witness => new Map([...named, ...event]);
  // A witness proves what it shows; that there is no other one is known only where borders are simple.
  const otherwise = intricate === undefined ? undefined : 'unknown';
  const every = missed ? 'no' : open ? 'unknown' : (otherwise ?? 'yes');
  const some = by.length > 0 ? 'yes' : open ? 'unknown' : (otherwise ?? 'no');
  return {
    every,
    some,
    enough: every === 'yes' ? smallestCover(by) : [],
    ...(missed && { missed: seen(missed) }),
    ...(open && { open: seen(open) }),
    ...(otherwise && { why: `the pattern of ${intricate} is more than a beginning and an ending` }),
  };
}
