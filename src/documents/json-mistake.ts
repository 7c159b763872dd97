import { placeOf } from './diagnostic.ts';
import { endOfString } from './limits.ts';
import { duplicateKey, prototypeKey, prototypeMistake, type TextMistake } from './mistake.ts';

/** An object or list that is being read. `keys`: where each was given; absent for a list. */
interface Open {
  readonly keys?: Map<string, number>;
}
type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma' | 'end';
interface Token {
  readonly offset: number;
  /** Empty for what is no JSON token, and at the end of the text. */
  readonly text: string;
}

/**
 * The first mistake of a text that the engine's parser refuses, or that holds a key twice; undefined if there is none.
 * The engine's own messages change with its version, and it takes the last of two keys without a word.
 */
export function findJsonMistake(text: string): TextMistake | undefined {
  const open: Open[] = [];
  let expected: Expected = 'value';
  for (let at = nextToken(text, 0); at < text.length || expected !== 'end'; at = nextToken(text, at)) {
    const token = readToken(text, at);
    if ('message' in token) return token;
    const mistake = refuse(text, token, expected) ?? takeKey(text, token, expected, open.at(-1));
    if (mistake) return mistake;
    if (token.text === '{') open.push({ keys: new Map() });
    if (token.text === '[') open.push({});
    if (token.text === '}' || token.text === ']') open.pop();
    expected = after(token.text, expected, open.at(-1));
    at += token.text.length;
  }
  return undefined;
}

function after(token: string, expected: Expected, inside: Open | undefined): Expected {
  if (token === '{') return 'first-key';
  if (token === '[') return 'first-value';
  if (token === ':') return 'value';
  if (token === ',') return inside?.keys ? 'key' : 'value';
  if (expected === 'key' || expected === 'first-key') return token === '}' ? closed(inside) : 'colon';
  return closed(inside);
}

const closed = (inside: Open | undefined): Expected => (inside ? 'comma' : 'end');

const isValue = (token: string): boolean => token !== '' && !'}],:'.includes(token);
const isKey = (token: string): boolean => token.startsWith('"');

/** What may stand where something is expected, and how that is said. */
const allowed: Readonly<Record<Expected, { readonly wanted: string; readonly fits: (token: string) => boolean }>> = {
  value: { wanted: 'a value', fits: isValue },
  'first-value': { wanted: 'a value or ]', fits: (token) => isValue(token) || token === ']' },
  key: { wanted: 'a property name in double quotes', fits: isKey },
  'first-key': { wanted: 'a property name in double quotes or }', fits: (token) => isKey(token) || token === '}' },
  colon: { wanted: ':', fits: (token) => token === ':' },
  comma: { wanted: 'a comma or the closing bracket', fits: (token) => [',', '}', ']'].includes(token) },
  end: { wanted: 'the end of the file', fits: () => false },
};

function refuse(text: string, { offset, text: token }: Token, expected: Expected): TextMistake | undefined {
  const { wanted, fits } = allowed[expected];
  return fits(token) ? undefined : unexpected(text, offset, wanted);
}

/** Brackets that don't match, keys given twice, and the one key that is never a property. */
function takeKey(text: string, { offset, text: token }: Token, expected: Expected, inside: Open | undefined) {
  if (token === '}' && !inside?.keys) return unexpected(text, offset, ']');
  if (token === ']' && inside?.keys) return unexpected(text, offset, '}');
  if (!token.startsWith('"') || !inside?.keys || (expected !== 'key' && expected !== 'first-key')) return;
  // The token is a checked JSON string.
  const key = JSON.parse(token) as string;
  if (key === prototypeKey) return prototypeMistake(offset);
  const before = inside.keys.get(key);
  if (before !== undefined) return duplicateKey(key, offset, placeOf(text, before).line);
  inside.keys.set(key, offset);
  return;
}

function readToken(text: string, offset: number): Token | TextMistake {
  const first = text[offset] ?? '';
  if (first === '' || '{}[],:'.includes(first)) return { offset, text: first };
  if (first === '"') return readString(text, offset);
  const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/uy;
  scalar.lastIndex = offset;
  return { offset, text: scalar.exec(text)?.[0] ?? '' };
}

function readString(text: string, offset: number): Token | TextMistake {
  const end = endOfString(text, offset);
  const written = text.slice(offset, end < 0 ? undefined : end + 1);
  const control = written.search(/[^\u0020-\u{10ffff}]/u);
  if (control >= 0) {
    const message = 'not JSON: a line break or control character inside a string';
    return { offset: offset + control, message, hint: 'write \\n, or close the string with "' };
  }
  if (end < 0) return { offset, message: 'not JSON: the string is never closed', hint: 'close it with "' };
  for (let at = written.indexOf('\\'); at >= 0; at = written.indexOf('\\', at + 2)) {
    if (/^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/u.test(written.slice(at, at + 6))) continue;
    const message = `not JSON: ${written.slice(at, at + 2)} is no escape`;
    return { offset: offset + at, message, hint: 'write \\\\ for a backslash' };
  }
  return { offset, text: written };
}

function unexpected(text: string, offset: number, wanted: string): TextMistake {
  const found = /^[\w$.+-]{1,20}/u.exec(text.slice(offset, offset + 20))?.[0] ?? text.slice(offset, offset + 1);
  if (found === '')
    return { offset, message: `not JSON: the file ends where ${wanted} should stand`, hint: 'it may be cut off' };
  const hint = hintFor(text, offset, found);
  return { offset, message: `not JSON: ${found} where ${wanted} should stand`, ...(hint && { hint }) };
}

function hintFor(text: string, offset: number, found: string): string | undefined {
  if (found === "'") return 'JSON knows double quotes only';
  if (found === '/' || found === '#') return 'JSON has no comments';
  if (['}', ']'].includes(found) && /,\s*$/u.test(text.slice(Math.max(0, offset - 200), offset))) {
    return 'take the comma before it away';
  }
  return /^[A-Za-z_$]/u.test(found) ? 'text stands in double quotes' : undefined;
}

function nextToken(text: string, start: number): number {
  let at = start;
  while (' \t\r\n'.includes(text[at] ?? '.')) at += 1;
  return at;
}
