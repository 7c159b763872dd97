const canonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/u;
const zoned = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/u;

/** Above it an epoch is in milliseconds, as CloudWatch Logs gives it: in seconds it would be the year 5138. */
const mostSeconds = 1e11;

/**
 * A time as ISO 8601 UTC: from a Date, from an epoch (seconds, or milliseconds above 1e11), or from a string with a
 * zone (CLI v2). A date alone is midnight UTC. Anything else comes back as it is, for the schema to refuse: a time without a
 * zone would mean another moment on every machine.
 */
export function isoTime(value: unknown): unknown {
  if (typeof value === 'string') return canonical.test(value) ? value : fromText(value);
  if (value instanceof Date) return fromMilliseconds(value.getTime()) ?? value;
  if (typeof value !== 'number') return value;
  return fromMilliseconds(value > mostSeconds ? value : value * 1000) ?? value;
}

/** A text that says a moment, as ISO 8601 UTC; undefined: it says none, one that no calendar has, or not in which zone. */
export function utcTime(text: string): string | undefined {
  const time = canonical.test(text) ? text : fromText(text);
  if (!canonical.test(time) || Number.isNaN(Date.parse(time))) return undefined;
  // The engine takes February the 30th for the 2nd of March.
  const day = text.slice(0, '2026-11-20'.length);
  return fromMilliseconds(Date.parse(`${day}T00:00:00Z`))?.startsWith(day) ? time : undefined;
}

function fromText(text: string): string {
  if (!zoned.test(text)) return text;
  const iso = text
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/([+-]\d\d)(\d\d)$/u, '$1:$2');
  return fromMilliseconds(Date.parse(iso)) ?? text;
}

function fromMilliseconds(milliseconds: number): string | undefined {
  const date = new Date(Math.round(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
}

/** A policy written as YAML or JSON instead of as text becomes its text. */
export const jsonText = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

/**
 * One map of tags from the lists in which services give them: `{Key, Value}`, `{TagKey, TagValue}` or small letters. A
 * tag without a value has the empty one. A list of anything else comes back as it is.
 */
export function tagMap(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const pairs = value.map(tagOf);
  return pairs.some((pair) => pair === undefined)
    ? value
    : Object.fromEntries(pairs.filter((pair) => pair !== undefined).filter(([key]) => key !== '__proto__'));
}

/** The same tags in the same form, each with another value. What is no tag stays as it is. */
export function tagValues(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((tag) => {
      const pair = tagOf(tag);
      if (!pair) return tag;
      const holds = valueNames.filter((name) => Object.hasOwn(tag, name));
      return { ...tag, ...Object.fromEntries(holds.map((name) => [name, change(pair[0], tag[name])])) };
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, change(key, own)]));
}

const valueNames = ['Value', 'value', 'TagValue', 'tagValue'];

function tagOf(tag: unknown): readonly [string, unknown] | undefined {
  if (typeof tag !== 'object' || tag === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(tag));
  const key = firstOf(members, ['Key', 'key', 'TagKey', 'tagKey']);
  return typeof key === 'string' ? [key, firstOf(members, valueNames) ?? ''] : undefined;
}

const firstOf = (members: ReadonlyMap<string, unknown>, names: readonly string[]): unknown =>
  names.map((name) => members.get(name)).find((value) => value !== undefined && value !== null);
