import { matchesGlob } from '../glob.ts';
import { type Context, unknownKey, valuesOf } from './request.ts';

/** The key of a variable, and the text in quotes that stands for it where the request does not carry the key. */
const variable = /\$\{([^{}]*)\}/g;
const keyAndDefault = /^([^,\s]+)(?:,\s*'(.*)')?$/;

/**
 * A text of a policy with the variables of the request filled in; undefined: nobody knows them. Only policies of
 * version 2012-10-17 have variables.
 * @param written How a value is written into the text: in a glob its wildcards stand for themselves.
 */
export function fillIn(text: string, context: Context, written = (value: string) => value): string | undefined {
  if (context.literal || !text.includes('${')) return text;
  const between = text.split(variable);
  const filled = between.map((part, index) => {
    if (index % 2 === 0) return part.includes('${') ? undefined : part;
    const value = filling(part, context);
    return value === undefined ? undefined : written(value);
  });
  return filled.includes(undefined) ? undefined : filled.join('');
}

function filling(name: string, context: Context): string | undefined {
  if (['*', '?', '$'].includes(name)) return name;
  const [, key = '', fallback] = keyAndDefault.exec(name) ?? [];
  const values = valuesOf(context, key);
  if (values === unknownKey || values.length > 1) return undefined;
  return values[0] ?? fallback;
}

const wildcards = /[*?]/g;

/** A text in which wildcards stand for themselves: spelt with characters that no name in AWS has. */
export const literal = (text: string): string =>
  text.replaceAll(wildcards, (wildcard) => (wildcard === '*' ? '\u{e000}' : '\u{e001}'));

/** Whether a text matches a glob with variables; undefined: nobody knows what these stand for. */
export function matchesFilled(pattern: string, text: string, context: Context): boolean | undefined {
  const filled = fillIn(pattern, context, literal);
  return filled === undefined ? undefined : matchesGlob(filled, literal(text));
}
