import type { EventSet, FieldTest } from '../event-set.ts';
import { passes } from './match.ts';
import type { Comparison, Expression, FilterPattern, Literal, Step, Test } from './pattern.ts';

const none: EventSet = { any: [] };

/** The events that a filter matches in a log group that a trail writes to. */
export function eventsOf(pattern: FilterPattern): EventSet {
  switch (pattern.is) {
    case 'everything':
      return { not: none };
    case 'json':
      return setOf(pattern.expression);
    default:
      return nobodyKnows('eventName');
  }
}

function setOf(expression: Expression): EventSet {
  if ('or' in expression) return { any: expression.or.map(setOf) };
  if ('and' in expression) return { all: expression.and.map(setOf) };
  return testOf(expression);
}

const nobodyKnows = (field: string): FieldTest => ({
  field,
  has: () => 'unknown',
  whole: [],
  beginnings: [],
  endings: [],
});

/** Objects and lists of a record (aws-semantics §0.2): what is in them varies, that they are there mostly not. */
const composite: ReadonlySet<string> = new Set([
  'additionalEventData',
  'requestParameters',
  'resources',
  'responseElements',
  'serviceEventDetails',
  'tlsDetails',
  'userIdentity',
  'userIdentity.sessionContext',
]);

function testOf({ selector, test }: Comparison): FieldTest {
  const field = selector.map(nameOf).join('.');
  const isPlain = selector.every((step) => typeof step === 'object' && 'name' in step && !step.name.includes('.'));
  if (!isPlain || composite.has(field)) return nobodyKnows(field);
  return {
    field,
    has: (value) => (passes(test, value === undefined ? [] : [value]) ? 'yes' : 'no'),
    ...borderOf(test),
  };
}

const nameOf = (step: Step): string =>
  typeof step === 'string' ? '*' : 'name' in step ? step.name : String(step.index);

type Border = Omit<FieldTest, 'field' | 'has'>;
const bare = { whole: [], beginnings: [], endings: [] } as const;

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
      if (openStart && openEnd) return text === '' ? bare : { ...bare, whole: [text], intricate: true };
      if (openStart) return { ...bare, endings: [text] };
      return openEnd ? { ...bare, beginnings: [text] } : { ...bare, whole: [text] };
    }
  }
}
