import { remember } from '../snapshot/remember.ts';
import { isObject } from '../snapshot/resource-view.ts';
import { flipTruth, type Truth } from './answer.ts';
import { fillerOf } from './anything-else.ts';
import type { FieldTest, FieldValue } from './event-set.ts';
import { matchesGlob, starBorder } from './glob.ts';
import { isListed } from './text-index.ts';

/** Events named by the fields of their records (design §5): a test for each field that narrows them. */
export interface EventClass {
  readonly fields: ReadonlyMap<string, FieldTest>;
  /** Where; `undefined` is every enabled region. */
  readonly regions: readonly string[] | undefined;
}

/** A test whose field is still to be said. */
type Test = Omit<FieldTest, 'field'>;

/** Records have these as text, whatever a class writes. */
const alwaysText: readonly string[] = ['sessionCredentialFromConsole'];

const classes = new WeakMap<Readonly<Record<string, unknown>>, EventClass>();

/**
 * Reads a class as it is written in a rule: a value, a list (one of them), or operators, each narrowing. Written once
 * it is read once, so that what is known of its fields holds for every resource that is asked about it.
 */
export const readEventClass = (written: Readonly<Record<string, unknown>>): EventClass =>
  remember(classes, written, () => readClass(written));

function readClass(written: Readonly<Record<string, unknown>>): EventClass {
  const { regions, ...fields } = written;
  return {
    fields: new Map(
      Object.entries(fields).map(([field, value]) => {
        const meant = alwaysText.includes(field) && typeof value === 'boolean' ? String(value) : value;
        return [field, { field, ...readTest(meant) }];
      }),
    ),
    regions: Array.isArray(regions)
      ? regions.map(String)
      : typeof regions === 'string' && regions !== 'all'
        ? [regions]
        : undefined,
  };
}

function readTest(written: unknown): Test {
  if (Array.isArray(written)) return oneOf(written.map(scalarOf));
  if (!isObject(written)) return oneOf([scalarOf(written)]);
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

/** What a class writes as a flag or a number is one in the record too. */
const scalarOf = (written: unknown): string | number | boolean =>
  typeof written === 'boolean' || typeof written === 'number' ? written : String(written);

/** A text stands for a flag or a number that is spelled so as well. */
const textOf = (value: FieldValue): string | undefined =>
  value === undefined || value === null ? undefined : String(value);
const truthOf = (does: boolean): Truth => (does ? 'yes' : 'no');

const bare = { whole: [], beginnings: [], endings: [] } as const;
const anything: Test = { ...bare, has: (value) => truthOf(textOf(value) !== undefined) };

const oneOf = (values: readonly (string | number | boolean)[]): Test => ({
  ...bare,
  whole: values,
  has: (value) => truthOf(isListed(values, value) || isListed(values, textOf(value))),
});

const complement = (test: Test): Test => ({ ...test, has: (value) => flipTruth(test.has(value)) });

function globs(patterns: readonly string[]): Test {
  const matchers = patterns.map(matcherOf);
  return {
    ...joined(patterns.map(borderOf)),
    has: (value) => {
      const text = textOf(value);
      return truthOf(text !== undefined && matchers.some((matches) => matches(text)));
    },
  };
}

type Border = Omit<Test, 'has'>;

function borderOf(pattern: string): Border {
  const [beginning = '', ...others] = pattern.split('*');
  const ending = others.at(-1);
  if (pattern.includes('?')) return { ...bare, intricate: true };
  if (ending === undefined) return { ...bare, whole: [pattern] };
  const border = starBorder(beginning, ending);
  return others.length > 1 ? { ...border, intricate: true } : border;
}

const joined = (borders: readonly Border[]): Border => ({
  whole: borders.flatMap(({ whole }) => whole),
  beginnings: borders.flatMap(({ beginnings }) => beginnings),
  endings: borders.flatMap(({ endings }) => endings),
  ...(borders.some(({ intricate }) => intricate) && { intricate: true }),
});

/** Most patterns are a beginning and an ending: these are asked of many values, and compared as such. */
function matcherOf(pattern: string): (text: string) => boolean {
  const [beginning = '', ending, ...others] = pattern.split('*');
  if (ending === undefined || others.length > 0 || pattern.includes('?')) return (text) => matchesGlob(pattern, text);
  const least = beginning.length + ending.length;
  return (text) => text.length >= least && text.startsWith(beginning) && text.endsWith(ending);
}

const both = (tests: readonly Test[]): Test => ({
  ...joined(tests),
  has: (value) => truthOf(tests.every((test) => test.has(value) === 'yes')),
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
  return test && remember(listed, test, () => ({ values: valuesIn(test) })).values;
}

const listed = new WeakMap<FieldTest, { readonly values: readonly string[] | undefined }>();

function valuesIn(test: FieldTest): readonly string[] | undefined {
  if (test.intricate || test.beginnings.length + test.endings.length > 0) return undefined;
  const other = fillerOf([test]);
  if (other === undefined || test.has(other) === 'yes' || test.has(undefined) === 'yes') return undefined;
  return [...new Set(test.whole)].filter((value) => test.has(value) === 'yes').map(String);
}

/** The class with some of the values alone that a field of it is limited to. */
export function limit(events: EventClass, field: string, values: readonly string[]): EventClass {
  return { ...events, fields: new Map(events.fields).set(field, { field, ...oneOf(values) }) };
}
