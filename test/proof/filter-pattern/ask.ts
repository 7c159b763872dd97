import { matchesLine, matchesRecord } from '../../../src/proof/filter-pattern/match.ts';
import { parseFilterPattern } from '../../../src/proof/filter-pattern/parse.ts';
import type { Expression, FilterPattern } from '../../../src/proof/filter-pattern/pattern.ts';

/** A pattern that is valid, or the test is wrong. */
export function patternOf(text: string): FilterPattern {
  const pattern = parseFilterPattern(text);
  if ('mistake' in pattern) throw new Error(`${text}: ${pattern.mistake}`);
  return pattern;
}

/** Whether a pattern matches a record, or why it is none. */
export function matches(text: string, event: unknown): string {
  const pattern = parseFilterPattern(text);
  return 'mistake' in pattern ? `at column ${pattern.column}: ${pattern.mistake}` : matchesRecord(pattern, event);
}

/** Whether a pattern matches a line that is no record. */
export const matchesText = (text: string, line: string): string => matchesLine(patternOf(text), line);

/** What stands between the braces. */
export function expressionOf(text: string): Expression {
  const pattern = patternOf(`{ ${text} }`);
  if (pattern.is !== 'json') throw new Error(`${text} is not about fields`);
  return pattern.expression;
}
