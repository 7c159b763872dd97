import { readEmbedded } from '../embedded-json.ts';

/** An object with every member in its order, those of one name too: EventBridge reads a pattern as a stream. */
export interface Written {
  readonly members: readonly Member[];
}

export type Member = readonly [name: string, value: unknown];

export const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Brackets, and what stands between them; in a text that is JSON, colons and commas say nothing more. */
const tokens = /[[\]{}]|"(?:[^"\\]|\\.)*"|[^\s"[\]{}:,]+/g;

/** Reads a JSON text, its objects as `Written`; or says why it is not JSON. */
export function readWritten(text: string): ReturnType<typeof readEmbedded> {
  const whole = readEmbedded(text);
  if ('mistake' in whole) return whole;
  const found = text.matchAll(tokens);
  const next = (): string => found.next().value?.[0] ?? '';
  const read = (token: string): unknown => {
    if (token === '{') return { members: listed('}', (name) => [String(read(name)), read(next())]) };
    if (token === '[') return listed(']', read);
    // Of a text that is JSON, each such token is.
    return (readEmbedded(token) as { readonly value: unknown }).value;
  };
  const listed = <T>(end: string, item: (token: string) => T): readonly T[] => {
    const items: T[] = [];
    for (let token = next(); token !== end; token = next()) items.push(item(token));
    return items;
  };
  return { value: read(next()) };
}
