import { type Pointer, placeOf, placesIn } from './diagnostic.ts';
import { findJsonMistake } from './json-mistake.ts';
import { jsonOffsets } from './json-offsets.ts';
import { countMembers, limits, scanJson, tooBig } from './limits.ts';
import { prototypeKey, type TextMistake } from './mistake.ts';
import { emptyFile, isAuthored, type Parsed, type TextSource, withoutByteOrderMark } from './text-document.ts';

/** Reads one JSON text: checked in one scan, parsed by the engine, looked at closely only when something is wrong. */
export function parseJson(written: string, source: TextSource): Parsed {
  const { file, kind, firstLine = 1 } = source;
  const text = withoutByteOrderMark(written);
  const wrong = ({ offset, ...said }: TextMistake): Parsed => ({
    mistake: { file, ...placeOf(text, offset, firstLine), ...said },
  });
  const big = tooBig('JSON', text.length);
  if (big) return wrong(big);
  const { members, excess } = scanJson(text, isAuthored(kind) ? limits.authoredString : Number.POSITIVE_INFINITY);
  if (excess) return wrong(excess);

  const value = parsed(text);
  if (value === undefined && text.trim() === '') return { mistake: emptyFile(source) };
  const suspect = value === undefined || countMembers(value) !== members || maybePrototype(text, value);
  const mistake = suspect ? findJsonMistake(text) : undefined;
  if (mistake) return wrong(mistake);
  if (value === undefined) return wrong({ offset: 0, message: 'not JSON' });

  let offsetOf: ReturnType<typeof jsonOffsets> | undefined;
  let place: ReturnType<typeof placesIn> | undefined;
  const position = (pointer: Pointer, what: 'key' | 'value') => {
    offsetOf ??= jsonOffsets(text);
    place ??= placesIn(text, firstLine);
    return place(offsetOf(pointer, what));
  };
  return { document: { value, position } };
}

/** The value; undefined, which no JSON text means, when it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Few texts hold the word or an escape that may spell it; only in those is it looked for. */
function maybePrototype(text: string, value: unknown): boolean {
  return (text.includes(prototypeKey) || text.includes('\\u00')) && hasPrototypeKey(value);
}

function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasPrototypeKey);
  return Object.hasOwn(value, prototypeKey) || Object.values(value).some(hasPrototypeKey);
}
