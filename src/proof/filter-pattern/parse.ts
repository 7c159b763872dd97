import { readLiteral, readNumber } from './literal.ts';
import type { Comparison, Expression, FilterMistake, FilterPattern, Term, Test } from './pattern.ts';
import { type Reader, skipBlanks, take, takeMatch, Unreadable, unreadable } from './reader.ts';
import { readSelector } from './selector.ts';
import { readTerms } from './terms.ts';

/** CloudWatch Logs' own limits (aws-semantics §6.2, §6.3). */
const most = { characters: 1024, wildcards: 3, regexes: 2, nesting: 64 } as const;

/** Reads a metric filter's pattern (aws-semantics §6.3): its first character says in which language. */
export function parseFilterPattern(text: string): FilterPattern | FilterMistake {
  if (text.length > most.characters)
    return { column: most.characters + 1, mistake: `longer than ${most.characters} characters` };
  const written = text.trim();
  try {
    if (written.startsWith('{')) return readJson(text);
    if (written.startsWith('[')) return readColumns(text);
    const terms = readTerms(text);
    return terms.every(isBlank) ? { is: 'everything' } : { is: 'terms', terms };
  } catch (error) {
    if (error instanceof Unreadable) return { column: error.offset + 1, mistake: error.message };
    throw error;
  }
}

/** `""` or `" "` is how a user says that everything matches. */
const isBlank = ({ how, wanted }: Term): boolean => how === 'all' && typeof wanted === 'string' && wanted.trim() === '';

function readJson(text: string): FilterPattern {
  const reader: Reader = { text, offset: 0 };
  take(reader, '{');
  const expression = readOr(reader, 0);
  if (!take(reader, '}')) throw unreadable(reader, '&&, || or }');
  skipBlanks(reader);
  if (reader.offset < text.length) throw unreadable(reader, 'nothing more');
  const comparisons = comparisonsIn(expression);
  const wildcards = comparisons.filter(({ selector }) => selector.some((step) => typeof step === 'string'));
  if (wildcards.length > most.wildcards)
    throw new Unreadable(0, `more than ${most.wildcards} selectors with a wildcard`);
  const regexes = comparisons.filter(({ test }) => 'to' in test && test.to.kind === 'regex');
  if (regexes.length > most.regexes) throw new Unreadable(0, `more than ${most.regexes} regular expressions`);
  return { is: 'json', expression };
}

const comparisonsIn = (expression: Expression): readonly Comparison[] => {
  if ('selector' in expression) return [expression];
  return ('or' in expression ? expression.or : expression.and).flatMap(comparisonsIn);
};

/** `&&` binds tighter than `||`. */
function readOr(reader: Reader, depth: number): Expression {
  const parts = readList(reader, '||', () => readAnd(reader, depth));
  const [only] = parts;
  return only && parts.length === 1 ? only : { or: parts };
}

function readAnd(reader: Reader, depth: number): Expression {
  const parts = readList(reader, '&&', () => readPrimary(reader, depth));
  const [only] = parts;
  return only && parts.length === 1 ? only : { and: parts };
}

function readList(reader: Reader, between: string, read: () => Expression): readonly Expression[] {
  const parts = [read()];
  while (take(reader, between)) parts.push(read());
  return parts;
}

function readPrimary(reader: Reader, depth: number): Expression {
  if (depth > most.nesting) throw new Unreadable(reader.offset, `nested deeper than ${most.nesting} levels`);
  if (!take(reader, '(')) return { selector: readSelector(reader), test: readTest(reader) };
  const inner = readOr(reader, depth + 1);
  if (!take(reader, ')')) throw unreadable(reader, '&&, || or )');
  return inner;
}

function readTest(reader: Reader): Test {
  skipBlanks(reader);
  const is = takeMatch(reader, /IS\s+(?:NULL|TRUE|FALSE)/iy)
    ?.slice(2)
    .trim()
    .toUpperCase();
  if (is === 'NULL' || is === 'TRUE' || is === 'FALSE') return { is };
  if (takeMatch(reader, /NOT\s+EXISTS\b/iy)) return { is: 'missing' };
  if (take(reader, '!=')) return { is: 'unequal', to: readLiteral(reader) };
  if (take(reader, '=')) return { is: 'equal', to: readLiteral(reader) };
  for (const relation of ['<=', '>=', '<', '>'] as const) {
    if (take(reader, relation)) return { is: relation, than: readNumber(reader) };
  }
  throw unreadable(reader, '=, !=, <, >, IS or NOT EXISTS');
}

function readColumns(text: string): FilterPattern {
  if (!text.trimEnd().endsWith(']')) throw new Unreadable(text.length, '] is wanted where it ends');
  return { is: 'columns', text: text.trim() };
}
