import { remember } from '../snapshot/remember.ts';
import { flipTruth, type Truth } from './answer.ts';

/** What stands at one path of a CloudTrail record, in the record's own JSON type; `undefined`: nothing is there. */
export type FieldValue = string | number | boolean | null | undefined;

/**
 * A test on one field of a record, and where its border runs: a text that is none of `whole` passes or fails as its
 * longest matching beginning and ending do. That makes a handful of witnesses stand for every possible value.
 */
export interface FieldTest {
  /** A path in the record (`eventName`, `userIdentity.type`). */
  readonly field: string;
  /** Whether a value passes; unknown where AWS does not document it. */
  readonly has: (value: FieldValue) => Truth;
  /** The values it names. */
  readonly whole: readonly FieldValue[];
  readonly beginnings: readonly string[];
  readonly endings: readonly string[];
  /** Its border runs along more than that (a wildcard inside, a range, a regular expression). */
  readonly intricate?: true;
}

/** A set of events: tests on fields, joined. `all: []` is every event, `any: []` is none. */
export type EventSet =
  | FieldTest
  | { readonly all: readonly EventSet[] }
  | { readonly any: readonly EventSet[] }
  | { readonly not: EventSet };

/** Some events, and nobody knows which. */
export const nobodyKnowsWhich: FieldTest = {
  field: 'eventCategory',
  has: () => 'unknown',
  whole: [],
  beginnings: [],
  endings: [],
};

/** One event, as far as anything can tell it from others: the values of its fields. */
export type Witness = ReadonlyMap<string, FieldValue>;

/** Whether an event is in a set (Kleene logic). A field that the witness lacks is absent from the record. */
export const contains = (set: EventSet, event: Witness): Truth =>
  decide(set, ({ field, has }) => has(event.get(field)));

/** Whether an event of which only some fields are known may be in a set. */
export const mayContain = (set: EventSet, known: Witness): boolean =>
  decide(set, ({ field, has }) => (known.has(field) ? has(known.get(field)) : 'unknown')) !== 'no';

/** Whether every event is in a set, or none, whatever its fields hold; unknown: they decide it. */
export const alwaysIn = (set: EventSet): Truth => decide(set, () => 'unknown');

/** What is left to ask of an event of which some fields are known. */
export function restOf(set: EventSet, known: Witness): EventSet {
  if ('field' in set) return known.has(set.field) ? constantly(set.has(known.get(set.field)), set) : set;
  if ('not' in set) {
    const rest = restOf(set.not, known);
    return rest === set.not ? set : { not: rest };
  }
  return 'any' in set ? restOfAny(set, known) : restOfAll(set, known);
}

function restOfAny(set: { readonly any: readonly EventSet[] }, known: Witness): EventSet {
  const any: EventSet[] = [];
  for (const part of set.any) {
    const rest = restOf(part, known);
    if (isEvery(rest)) return every;
    if (!isNone(rest)) any.push(rest);
  }
  return isSame(any, set.any) ? set : { any };
}

function restOfAll(set: { readonly all: readonly EventSet[] }, known: Witness): EventSet {
  const all: EventSet[] = [];
  for (const part of set.all) {
    const rest = restOf(part, known);
    if (isNone(rest)) return none;
    if (!isEvery(rest)) all.push(rest);
  }
  return isSame(all, set.all) ? set : { all };
}

/** Most sets ask nothing of most fields: then they stay as they are. */
const isSame = (left: readonly EventSet[], parts: readonly EventSet[]): boolean =>
  left.length === parts.length && left.every((part, index) => part === parts[index]);

/** All events there are. */
export const every: EventSet = { all: [] };
const none: EventSet = { any: [] };
/** Whether every event is in a set, whatever it is. */
const isEvery = (set: EventSet): boolean => 'all' in set && set.all.length === 0;
/** Whether no event is in a set, whatever it is. */
export const isNone = (set: EventSet): boolean => 'any' in set && set.any.length === 0;

/** A set whose answer is known; what is unknown stays as it is. */
const constantly = (truth: Truth, unknown: EventSet): EventSet =>
  truth === 'unknown' ? unknown : truth === 'yes' ? every : none;

function decide(set: EventSet, ask: (test: FieldTest) => Truth): Truth {
  if ('field' in set) return ask(set);
  if ('not' in set) return flipTruth(decide(set.not, ask));
  const decisive: Truth = 'any' in set ? 'yes' : 'no';
  let truth: Truth = flipTruth(decisive);
  for (const part of 'any' in set ? set.any : set.all) {
    const one = decide(part, ask);
    if (one === decisive) return decisive;
    if (one === 'unknown') truth = 'unknown';
  }
  return truth;
}

/** Every test in a set, however deep. */
export function testsIn(set: EventSet): readonly FieldTest[] {
  const tests: FieldTest[] = [];
  collect(set, tests);
  return tests;
}

function collect(set: EventSet, tests: FieldTest[]): void {
  if ('field' in set) tests.push(set);
  else if ('not' in set) collect(set.not, tests);
  else for (const part of 'any' in set ? set.any : set.all) collect(part, tests);
}

/** The fields that a set asks about. */
export const fieldsIn = (set: EventSet): ReadonlySet<string> =>
  remember(fieldsOf, set, () => new Set(testsIn(set).map(({ field }) => field)));

const fieldsOf = new WeakMap<EventSet, ReadonlySet<string>>();
