import type { TextMistake } from './mistake.ts';

const mebibyte = 1024 * 1024;

/** Design §12: what a file may cost before anybody has looked at what it says. */
export const limits = {
  yamlBytes: 16 * mebibyte,
  /** Of one JSON text, or of one line of JSON lines. */
  jsonBytes: 256 * mebibyte,
  nesting: 64,
  aliases: 100,
  /** Values in a YAML document once every alias stands for all that it names. */
  nodes: 1_000_000,
  /** Of one string in rules and config, in UTF-16 units. */
  authoredString: mebibyte,
} as const;

export const tooDeep = (offset: number): TextMistake => ({
  offset,
  message: `nested deeper than ${limits.nesting} levels`,
  hint: 'no file of this kind needs that; flatten it',
});

export const tooManyNodes = (offset: number): TextMistake => ({
  offset,
  message: `more than ${limits.nodes} values, each alias counted with all that it stands for`,
  hint: 'write it without aliases, or as JSON',
});

export const tooLongString = (offset: number): TextMistake => ({
  offset,
  message: `a string longer than ${limits.authoredString / mebibyte} MiB`,
  hint: 'no rule or config needs that; shorten it',
});

/** A text of `bytes` is too big for its format. */
export function tooBig(format: 'YAML' | 'JSON', bytes: number): TextMistake | undefined {
  const most = format === 'YAML' ? limits.yamlBytes : limits.jsonBytes;
  if (bytes <= most) return undefined;
  return {
    offset: 0,
    message: `larger than ${most / mebibyte} MiB, the most that is read as ${format}`,
    hint: format === 'YAML' ? 'write it as JSON' : 'split it: JSON lines hold one snapshot a line',
  };
}

export interface JsonScan {
  /** How many `"name": value` there are. If the parsed value has fewer, a key was given twice. */
  readonly members: number;
  /** Whether every bracket that opens also closes. */
  readonly closed: boolean;
  readonly excess?: TextMistake;
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * One pass over a JSON text that never recurses and keeps nothing, so that no text can hurt the parser after it.
 * Whether it is JSON at all is the parser's business.
 */
export function scanJson(text: string, longestString: number = Number.POSITIVE_INFINITY): JsonScan {
  let depth = 0;
  let members = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    switch (text.charCodeAt(offset)) {
      case quote: {
        const end = endOfString(text, offset);
        if (end < 0) return { members, closed: false };
        if (end - offset > longestString) return { members, closed: false, excess: tooLongString(offset) };
        offset = end;
        break;
      }
      case 0x3a: // :
        members += 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > limits.nesting) return { members, closed: false, excess: tooDeep(offset) };
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      default:
    }
  }
  return { members, closed: depth === 0 };
}

/** The offset of the quote that ends the string which opens at `start`; -1 if none does. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, offset: number): boolean {
  let first = offset;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (offset - first) % 2 === 1;
}

/** The members of all objects in a value that JSON.parse made. Depth is bounded by the scan before it. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') members += countMembers(item);
    return members;
  }
  // Three times as fast as Object.values, and what JSON.parse made inherits nothing that could be counted.
  for (const name in value) {
    members += 1;
    const member = value[name as keyof typeof value] as unknown;
    if (typeof member === 'object') members += countMembers(member);
  }
  return members;
}
