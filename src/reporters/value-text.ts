import { cut } from './visible-text.ts';

const maxLength = 200;

/** A value as JSON, so that a string and a number never look alike; `nothing` for what is not set. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return cut(JSON.stringify(value), maxLength);
}

const saidBy: Readonly<Record<string, (operand: unknown) => string>> = {
  equals: valueText,
  in: (values) => `one of ${valueText(values)}`,
  like: (patterns) => `like ${Array.isArray(patterns) ? patterns.map(valueText).join(' or ') : valueText(patterns)}`,
  not: (operand) => `not ${expectedText(operand)}`,
  exists: (wanted) => (wanted === false ? 'nothing' : 'something'),
  empty: (wanted) => (wanted === false ? 'not empty' : 'empty'),
  atLeast: (bound) => `at least ${valueText(bound)}`,
  atMost: (bound) => `at most ${valueText(bound)}`,
  within: (duration) => `not older than ${typeof duration === 'string' ? duration : valueText(duration)}`,
};

/** What a rule asks of a value, its operators (design §4) in words: `at least 365`. */
export function expectedText(expected: unknown): string {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return valueText(expected);
  const entries = Object.entries(expected);
  const isCondition = entries.length > 0 && entries.every(([name]) => Object.hasOwn(saidBy, name));
  if (!isCondition) return valueText(expected);
  return cut(entries.map(([name, operand]) => saidBy[name]?.(operand) ?? '').join(' and '), maxLength);
}
