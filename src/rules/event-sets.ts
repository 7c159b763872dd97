import { didYouMean } from '../documents/suggest.ts';
import { isObject } from '../snapshot/resource-view.ts';
import { eventCategories, fieldName, fieldOperators } from './event-class-schema.ts';

/** The classes of events that a verb is asked about. */
export type EventClasses = readonly Readonly<Record<string, unknown>>[];

/** Named sets of events, as a rule declares them: a class, the name of another set, or a list of these. */
export type EventSets = Readonly<Record<string, unknown>>;

/**
 * The classes that a value stands for: a class, the name of a set, or a list of these, with names followed. A text says
 * why it stands for none. A class is an object, so that a text can only be a name.
 */
export function readEvents(value: unknown, sets: EventSets = {}): EventClasses | string {
  return read(value, sets, []);
}

function read(value: unknown, sets: EventSets, within: readonly string[]): EventClasses | string {
  if (typeof value === 'string') return readSet(value, sets, within);
  if (!Array.isArray(value)) return whyNoClass(value) ?? [value as EventClasses[number]];
  const parts = value.map((item) => (Array.isArray(item) ? notEvents(item) : read(item, sets, within)));
  // Of no event it would be true that somebody learns of it.
  if (parts.length === 0) return 'must name some events, not none';
  return parts.find((part) => typeof part === 'string') ?? parts.flatMap((part) => part as EventClasses);
}

function readSet(name: string, sets: EventSets, within: readonly string[]): EventClasses | string {
  if (within.includes(name)) return `has the set ${name}, which is made of itself`;
  if (Object.hasOwn(sets, name)) return read(sets[name], sets, [...within, name]);
  const names = Object.keys(sets);
  if (names.length === 0) return notEvents(name);
  return `has no set ${name}; ${didYouMean(name, names) ?? `it has ${names.join(', ')}`}`;
}

const notEvents = (value: unknown): string => `must be of type events, not ${JSON.stringify(value)}`;

/** What the schema says of a class that stands in a rule, for one that stands elsewhere. */
function whyNoClass(value: unknown): string | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return notEvents(value);
  for (const [field, written] of Object.entries(value)) {
    const wrong = fieldName.test(field) ? whyNoField(field, written) : `${field} is no field of a CloudTrail record`;
    if (wrong !== undefined) return `is no class of events: ${wrong}`;
  }
  return undefined;
}

function whyNoField(field: string, written: unknown): string | undefined {
  if (field === 'readOnly' && typeof written !== 'boolean') return `readOnly must be true or false`;
  const known = field === 'eventCategory' ? eventCategories : undefined;
  const values = [written].flat();
  if (values.length === 0) return `${field} must not be empty`;
  if (Array.isArray(written) || !isObject(written)) {
    const strange = values.find((it) => !isScalar(it) || (known && !known.includes(String(it))));
    return strange === undefined ? undefined : `${field} cannot be ${JSON.stringify(strange)}${near(strange, known)}`;
  }
  const operator = Object.keys(written).find((name) => !fieldOperators.includes(name));
  if (operator !== undefined) return `${operator} is no operator${near(operator, fieldOperators)}`;
  return Object.keys(written).length === 0 ? `${field} must not be empty` : undefined;
}

const isScalar = (value: unknown): boolean => ['string', 'boolean', 'number'].includes(typeof value);

function near(written: unknown, known: readonly string[] = []): string {
  const hint = didYouMean(String(written), known);
  return hint === undefined ? '' : `; ${hint}`;
}
