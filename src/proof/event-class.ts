import { isObject } from '../snapshot/resource-view.ts';
import { matchesGlob } from './glob.ts';

/** A set of values of one field of a CloudTrail record; `undefined` is a record without the field. */
export interface FieldSet {
  has(value: string | undefined): boolean;
  /** The texts that its border runs along: whole values, beginnings, endings. */
  readonly whole: readonly string[];
  readonly beginnings: readonly string[];
  readonly endings: readonly string[];
  /** A glob that is more than a beginning and an ending: borders alone do not describe it. */
  readonly intricate: boolean;
}

/** Events named by the fields of their records (design §5). */
export interface EventClass {
  readonly fields: ReadonlyMap<string, FieldSet>;
  /** Where; `undefined` is every enabled region. */
  readonly regions: readonly string[] | undefined;
}

/** Reads a class as it is written in a rule: a value, a list (one of them), or operators, each narrowing. */
export function readEventClass(written: Readonly<Record<string, unknown>>): EventClass {
  const { regions, ...fields } = written;
  return {
    fields: new Map(Object.entries(fields).map(([field, value]) => [field, readFieldSet(value)])),
    regions: Array.isArray(regions)
      ? regions.map(String)
      : typeof regions === 'string' && regions !== 'all'
        ? [regions]
        : undefined,
  };
}

function readFieldSet(written: unknown): FieldSet {
  if (Array.isArray(written)) return oneOf(written.map(String));
  if (!isObject(written)) return oneOf([String(written)]);
  return both(Object.entries(written).map(([operator, operand]) => readOperator(operator, operand)));
}

function readOperator(operator: string, operand: unknown): FieldSet {
  switch (operator) {
    case 'not':
      return complement(readFieldSet(operand));
    case 'like':
      return globs([operand].flat().map(String));
    case 'exists':
      return operand === false ? complement(anything) : anything;
    default:
      return readFieldSet(operand);
  }
}

const bare = { whole: [], beginnings: [], endings: [], intricate: false } as const;
const anything: FieldSet = { ...bare, has: (value) => value !== undefined };

const oneOf = (values: readonly string[]): FieldSet => ({
  ...bare,
  whole: values,
  has: (value) => value !== undefined && values.includes(value),
});

const complement = (set: FieldSet): FieldSet => ({ ...set, has: (value) => !set.has(value) });

function globs(patterns: readonly string[]): FieldSet {
  const parts = patterns.map((pattern) => pattern.split('*'));
  return {
    has: (value) => value !== undefined && patterns.some((pattern) => matchesGlob(pattern, value)),
    whole: patterns.filter((pattern) => !/[*?]/.test(pattern)),
    beginnings: parts.flatMap((part) => (part.length > 1 ? (part[0] ?? '') : [])),
    endings: parts.flatMap((part) => (part.length > 1 ? (part.at(-1) ?? '') : [])),
    intricate: patterns.some((pattern) => pattern.includes('?')) || parts.some(({ length }) => length > 2),
  };
}

const both = (sets: readonly FieldSet[]): FieldSet => ({
  has: (value) => sets.every((set) => set.has(value)),
  whole: sets.flatMap(({ whole }) => whole),
  beginnings: sets.flatMap(({ beginnings }) => beginnings),
  endings: sets.flatMap(({ endings }) => endings),
  intricate: sets.some(({ intricate }) => intricate),
});

/** The class, narrowed by further fields: an event must be in both. */
export function narrow(events: EventClass, fields: Readonly<Record<string, unknown>>): EventClass {
  const narrowed = new Map(events.fields);
  for (const [field, written] of Object.entries(fields)) {
    const before = narrowed.get(field);
    const set = readFieldSet(written);
    narrowed.set(field, before ? both([before, set]) : set);
  }
  return { ...events, fields: narrowed };
}

const globalServices = [
  'iam.amazonaws.com',
  'cloudfront.amazonaws.com',
  'route53.amazonaws.com',
  'organizations.amazonaws.com',
];

/**
 * Whether the events of a class come from global services: all of them, some or none. Such events are recorded in
 * the partition's leader region alone (aws-semantics §1.4).
 */
export function globalShare({ fields }: EventClass): 'all' | 'some' | 'none' {
  if (fields.get('eventCategory')?.has('Management') === false) return 'none';
  const sources = fields.get('eventSource');
  if (!sources) return 'some';
  const ours = globalServices.filter((source) => sources.has(source));
  if (ours.length === 0) return 'none';
  return sources.has('any-other-source') ||
    sources.whole.some((source) => sources.has(source) && !ours.includes(source))
    ? 'some'
    : 'all';
}
