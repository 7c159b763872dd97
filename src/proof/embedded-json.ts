import { findJsonMistake } from '../documents/json-mistake.ts';
import { scanJson } from '../documents/limits.ts';

/** The value of a JSON text that a property holds, a policy or a pattern, or why it has none. */
export type Embedded =
  | { readonly value: unknown }
  | { readonly mistake: string /** 1-based, in the text. */; readonly column: number };

/** A number literal that no double holds, as an event pattern compares them: it equals nothing. */
const incomparable = Number.NaN;

/** How a number is written that is too large or too small for a double; most texts need no second look at each value. */
const extreme = /\d[eE]|\d{300}/;

/** Reads a JSON text that somebody stored in AWS: bounded in depth, and never an exception. */
export function readEmbedded(text: string): Embedded {
  const { excess } = scanJson(text);
  if (excess) return { mistake: excess.message, column: excess.offset + 1 };
  try {
    return { value: extreme.test(text) ? JSON.parse(text, comparable) : JSON.parse(text) };
  } catch {
    const { message, offset } = findJsonMistake(text) ?? { message: 'not JSON', offset: 0 };
    return { mistake: message.replace(/^not JSON: /, ''), column: offset + 1 };
  }
}

function comparable(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const vanished = value === 0 && /[1-9]/.test(context?.source?.split(/e/i)[0] ?? '');
  return vanished || !Number.isFinite(value) ? incomparable : value;
}
