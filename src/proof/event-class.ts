import { isObject } from '../snapshot/resource-view.ts';
import { flipTruth, type Truth } from './answer.ts';
import type { FieldTest, FieldValue } from './event-set.ts';
import { matchesGlob, overlaps } from './glob.ts';

/** Events named by the fields of their records (design §5): a test for each field that narrows them. */
export interface EventClass {
  readonly fields: ReadonlyMap<string, FieldTest>;
  /** Where; `undefined` is every enabled region. */
  readonly regions: readonly string[] | undefined;
}

/** A test whose field is still to be said. */
type Test = Omit<FieldTest, 'field'>;

/** Reads a class as it is written in a rule: a value, a list (one of them), or operators, each narrowing. */
export function readEventClass(written: Readonly<Record<string, unknown>>): EventClass {
  const { regions, ...fields } = written;
  return {
    fields: new Map(Object.entries(fields).map(([field, value]) => [field, { field, ...readTest(value) }])),
    regions: Array.isArray(regions)
      ? regions.map(String)
      : typeof regions === 'string' && regions !== 'all'
        ? [regions]
        : undefined,
  };
}

function readTest(written: unknown): Test {
  if (Array.isArray(written)) return oneOf(written.map(String));
  if (!isObject(written)) return oneOf([String(written)]);
  return both(Object.entries(written).map(([operator, operand]) => readOperator(operator, operand)));
}

function readOperator(operator: string, operand: unknown): Test {
  switch (operator) {
    case 'not':
      return complement(readTest(operand));
    case 'like':
      return globs([operand].flat().map(String));
    case 'exists':
      return operand === false ? complement(anything) : anything;
    default:
      return readTest(operand);
  }
}

/** Records hold flags and numbers too; a class is written in texts. */
const textOf = (value: FieldValue): string | undefined =>
  value === undefined || value === null ? undefined : String(value);
const truthOf = (does: boolean): Truth => (does ? 'yes' : 'no');

const bare = { whole: [], beginnings: [], endings: [] } as const;
const anything: Test = { ...bare, has: (value) => truthOf(textOf(value) !== undefined) };

/** A class may name hundreds of calls, and is asked about each of them many times. */
function oneOf(values: readonly string[]): Test {
  const named = new Set(values);
  return { ...bare, whole: values, has: (value) => truthOf(named.has(textOf(value) ?? absent)) };
}

/** Stands for no text that a class could name. */
const absent = '\u0000';

const complement = (test: Test): Test => ({ ...test, has: (value) => flipTruth(test.has(value)) });

function globs(patterns: readonly string[]): Test {
  const parts = patterns.map((pattern) => pattern.split('*'));
  const intricate = patterns.some((pattern) => pattern.includes('?')) || parts.some(({ length }) => length > 2);
  const matchers = patterns.map(matcherOf);
  return {
    has: (value) => {
      const text = textOf(value);
      return truthOf(text !== undefined && matchers.some((matches) => matches(text)));
    },
    whole: [
      ...patterns.filter((pattern) => !/[*?]/.test(pattern)),
      ...parts.flatMap((part) => (part.length > 1 ? overlaps(part[0] ?? '', part.at(-1) ?? '') : [])),
    ],
    beginnings: parts.flatMap((part) => (part.length > 1 ? (part[0] ?? '') : [])),
    endings: parts.flatMap((part) => (part.length > 1 ? (part.at(-1) ?? '') : [])),
    ...(intricate && { intricate }),
  };
}

/** Most patterns are a beginning and an ending: these are asked of many values, and compared as such. */
function matcherOf(pattern: string): (text: string) => boolean {
  const [beginning = '', ending, ...others] = pattern.split('*');
  if (ending === undefined || others.length > 0 || pattern.includes('?')) return (text) => matchesGlob(pattern, text);
  const least = beginning.length + ending.length;
  return (text) => text.length >= least && text.startsWith(beginning) && text.endsWith(ending);
}

const both = (tests: readonly Test[]): Test => ({
  has: (value) => truthOf(tests.every((test) => test.has(value) === 'yes')),
  whole: tests.flatMap(({ whole }) => whole),
  beginnings: tests.flatMap(({ beginnings }) => beginnings),
  endings: tests.flatMap(({ endings }) => endings),
  ...(tests.some(({ intricate }) => intricate) && { intricate: true }),
});

/** The class, narrowed by further fields: an event must be in both. */
export function narrow(events: EventClass, fields: Readonly<Record<string, unknown>>): EventClass {
  const narrowed = new Map(events.fields);
  for (const [field, written] of Object.entries(fields)) {
    const before = narrowed.get(field);
    const test = readTest(written);
    narrowed.set(field, { field, ...(before ? both([before, test]) : test) });
  }
  return { ...events, fields: narrowed };
}

/** The values that a field of the class is limited to; undefined: they cannot be listed. */
export function valuesOf({ fields }: EventClass, field: string): readonly string[] | undefined {
  const test = fields.get(field);
  if (!test || test.intricate || test.beginnings.length + test.endings.length > 0) return undefined;
  if (test.has('\u0000any other') === 'yes' || test.has(undefined) === 'yes') return undefined;
  return [...new Set(test.whole)].filter((value) => test.has(value) === 'yes').map(String);
}
