import { remember } from '../../snapshot/remember.ts';
import { spelled } from '../anything-else.ts';
import type { EventSet, FieldTest, FieldValue } from '../event-set.ts';
import { matchesGlob } from '../glob.ts';
import { isComposite } from '../record-composites.ts';
import { isScalar, passes, truthOf } from './match.ts';
import type { Comparison, Expression, FilterPattern, Literal, Step, Term, Test } from './pattern.ts';

const every: EventSet = { all: [] };
const none: EventSet = { any: [] };
const bare = { whole: [], beginnings: [], endings: [] } as const;

/**
 * The events that a filter matches in a log group that a trail writes to (aws-semantics §6.4, §6.6): never more decided
 * than the evaluator, and unknown where what AWS does is not documented.
 */
export function eventsOf(pattern: FilterPattern): EventSet {
  switch (pattern.is) {
    case 'everything':
      return every;
    case 'json':
      return setOf(pattern.expression);
    case 'terms':
      return setOfTerms(pattern.terms);
    default:
      return nobodyKnows('eventName');
  }
}

function setOf(expression: Expression): EventSet {
  if ('or' in expression) return { any: expression.or.map(setOf) };
  if ('and' in expression) return { all: expression.and.map(setOf) };
  return testOf(expression);
}

const nobodyKnows = (field: string): FieldTest => ({ ...bare, field, has: () => 'unknown' });

/** A term may stand anywhere in a record: only that it stands there as the name of the event is certain. */
function setOfTerms(terms: readonly Term[]): EventSet {
  const of = (how: Term['how']): readonly EventSet[] => terms.filter((term) => term.how === how).map(mentions);
  const [plain, optional] = [of('all'), of('any')];
  const wanted = plain.length === 0 && optional.length > 0 ? [{ any: optional }] : plain;
  return { all: [...wanted, ...of('none').map((not) => ({ not }))] };
}

function mentions({ wanted }: Term): FieldTest {
  if (typeof wanted !== 'string') return nobodyKnows('eventName');
  return { ...bare, field: 'eventName', has: (name) => (name === wanted ? 'yes' : 'unknown'), whole: [wanted] };
}

/** What a call's own members hold varies: they may be objects, lists, flags or null as well. */
const isOfTheCall = (field: string): boolean =>
  /^(?:requestParameters|responseElements|serviceEventDetails)\./.test(field);

function testOf({ selector, test }: Comparison): EventSet {
  const field = selector.map(nameOf).join('.');
  const isPlain = selector.every((step) => typeof step === 'object' && 'name' in step && !step.name.includes('.'));
  if (!isPlain) return nobodyKnows(field);
  const asksWhetherThere = test.is === 'missing' || test.is === 'NULL';
  // No comparison matches an object or a list.
  if (isComposite(field)) return asksWhetherThere ? nobodyKnows(field) : none;
  // Resources are a list: a name leads nowhere in it, and the field of that name in an event class is another thing.
  if (field.startsWith('resources.')) return test.is === 'missing' ? every : none;
  const simple = { field, has: agreed(readingsOf(test)), ...borderOf(test) };
  return isOfTheCall(field) ? withComposites(simple, test) : simple;
}

const nameOf = (step: Step): string =>
  typeof step === 'string' ? '*' : 'name' in step ? step.name : String(step.index);

/** `null` stands for itself, objects, lists and flags: it is there, and what it is nobody knows. */
const withComposites = (simple: FieldTest, test: Test): FieldTest => ({
  ...simple,
  has: (value) => (value === null ? (test.is === 'missing' ? 'no' : 'unknown') : simple.has(value)),
  whole: [...simple.whole, null],
});

type Reading = (value: FieldValue) => boolean;

const literally =
  (test: Test): Reading =>
  (value) =>
    passes(test, value === undefined ? [] : [value]);

/** How a test may be meant: more than one where AWS does not document it, or where "anything else" has no spelling. */
function readingsOf(test: Test): readonly Reading[] {
  const first = literally(test);
  if (!('to' in test)) return [first];
  const { to } = test;
  const readings = [first, withoutFlags(first, test.is === 'unequal')];
  if (to.kind === 'regex') return [...readings, ...spellings.map((spelling) => inSpelling(first, spelling))];
  if (to.kind === 'number' || !to.text.includes('*')) return readings;
  const glob = `${to.openStart ? '*' : ''}${to.text}${to.openEnd ? '*' : ''}`;
  return [...readings, (value) => isScalar(value) && matchesGlob(glob, String(value)) === (test.is === 'equal')];
}

/** Flags may be no texts that are compared, and null may be unequal to them (aws-semantics §15, U9). */
const withoutFlags =
  (reading: Reading, isUnequal: boolean): Reading =>
  (value) =>
    value === null ? isUnequal : typeof value !== 'boolean' && reading(value);

/** Anything else, as records spell it: what a regular expression says of it must not hang on the spelling. */
const spellings = ['Other-1.x:y/z@_ 0', '123456789012', '198.51.100.7'] as const;

const inSpelling =
  (reading: Reading, spelling: string): Reading =>
  (value) =>
    reading(typeof value === 'string' ? spelled(value, spelling) : value);

/** A field is asked about in many events, and has few values in them. */
function agreed(readings: readonly Reading[]): FieldTest['has'] {
  const known = new Map<FieldValue, ReturnType<FieldTest['has']>>();
  const decide = (value: FieldValue) => {
    const said = new Set(readings.map((reading) => reading(value)));
    return said.size > 1 ? 'unknown' : truthOf(said.has(true));
  };
  return (value) => remember(known, value, () => decide(value));
}

type Border = Omit<FieldTest, 'field' | 'has'>;

function borderOf(test: Test): Border {
  if ('to' in test) return literalBorder(test.to);
  if ('than' in test) return { ...bare, whole: [test.than - 1, test.than, test.than + 1], intricate: true };
  return test.is === 'missing' ? bare : { ...bare, whole: [true, false, null] };
}

function literalBorder(literal: Literal): Border {
  switch (literal.kind) {
    case 'number':
      return { ...bare, whole: [literal.value, literal.written] };
    case 'regex':
      return { ...bare, intricate: true };
    default: {
      const { text, openStart, openEnd } = literal;
      if (text === '') return openStart ? bare : { ...bare, whole: [text] };
      if ((openStart && openEnd) || text.includes('*')) return { ...bare, whole: [text], intricate: true };
      if (openStart) return { ...bare, endings: [text] };
      return openEnd ? { ...bare, beginnings: [text] } : { ...bare, whole: [text] };
    }
  }
}
