import { flipTruth, type Truth } from '../answer.ts';
import type { Comparison, Expression, FilterPattern, Literal, Step, Term, Test } from './pattern.ts';
import { isFoundIn } from './regex.ts';

/** Whether a filter matches a log event that is a JSON record (aws-semantics §6.4). */
export function matchesRecord(pattern: FilterPattern, record: unknown): Truth {
  switch (pattern.is) {
    case 'everything':
      return 'yes';
    case 'json':
      return truthOf(matchesExpression(pattern.expression, record));
    case 'terms':
      return matchesText(pattern.terms, JSON.stringify(record));
    default:
      // How columns are told apart in a line of JSON is not documented.
      return 'unknown';
  }
}

/** Whether it matches a log event that is a line of text: patterns of fields never do. */
export function matchesLine(pattern: FilterPattern, line: string): Truth {
  switch (pattern.is) {
    case 'everything':
      return 'yes';
    case 'json':
      return 'no';
    case 'terms':
      return matchesText(pattern.terms, line);
    default:
      return 'unknown';
  }
}

export const truthOf = (does: boolean): Truth => (does ? 'yes' : 'no');

function matchesExpression(expression: Expression, record: unknown): boolean {
  if ('or' in expression) return expression.or.some((part) => matchesExpression(part, record));
  if ('and' in expression) return expression.and.every((part) => matchesExpression(part, record));
  return matchesComparison(expression, record);
}

/** Of several nodes any one may pass; where there is none, only NOT EXISTS does. */
const matchesComparison = ({ selector, test }: Comparison, record: unknown): boolean =>
  passes(test, selector.reduce<readonly unknown[]>(step, [record]));

/** Whether a test holds where these values stand. */
export function passes(test: Test, values: readonly unknown[]): boolean {
  if (test.is === 'missing') return values.length === 0;
  return values.some((value) => passesOne(test, value));
}

const step = (nodes: readonly unknown[], taken: Step): readonly unknown[] =>
  nodes.flatMap((node) => (typeof node === 'object' && node !== null ? stepInto(node, taken) : []));

function stepInto(node: object, taken: Step): readonly unknown[] {
  const isList = Array.isArray(node);
  if (taken === 'any element') return isList ? node : [];
  if (taken === 'any member') return isList ? [] : Object.values(node);
  const key = 'name' in taken ? taken.name : String(taken.index);
  if (isList !== 'index' in taken || !Object.hasOwn(node, key)) return [];
  return [(node as Readonly<Record<string, unknown>>)[key]];
}

type Valued = Exclude<Test, { readonly is: 'missing' }>;

function passesOne(test: Valued, value: unknown): boolean {
  switch (test.is) {
    case 'NULL':
      return value === null;
    case 'TRUE':
      return value === true;
    case 'FALSE':
      return value === false;
    case 'equal':
      return isScalar(value) && equals(test.to, value);
    case 'unequal':
      return isScalar(value) && !equals(test.to, value);
    default:
      return typeof value === 'number' && compares(test.is, value, test.than);
  }
}

type Scalar = string | number | boolean;

/** Objects, lists and null are neither equal nor unequal to anything. */
export const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);

function equals(literal: Literal, value: Scalar): boolean {
  const text = String(value);
  switch (literal.kind) {
    case 'number':
      return typeof value === 'number' ? value === literal.value : text === literal.written;
    case 'regex':
      return isFoundIn(literal.regex, text);
    default: {
      const { openStart, openEnd } = literal;
      if (openStart && openEnd) return text.includes(literal.text);
      if (openStart) return text.endsWith(literal.text);
      return openEnd ? text.startsWith(literal.text) : text === literal.text;
    }
  }
}

function compares(relation: '<' | '>' | '<=' | '>=', value: number, than: number): boolean {
  if (value === than) return relation.endsWith('=');
  return relation.startsWith('<') ? value < than : value > than;
}

/** All plain terms must occur, else one of the optional ones, and none of the excluded. */
function matchesText(terms: readonly Term[], text: string): Truth {
  const of = (how: Term['how']): readonly Truth[] =>
    terms.filter((term) => term.how === how).map(({ wanted }) => occurs(wanted, text));
  const [plain, optional] = [of('all'), of('any')];
  // Beside plain terms the optional ones count for nothing.
  const wanted = plain.length === 0 && optional.length > 0 ? [flipTruth(least(optional.map(flipTruth)))] : plain;
  return least([...wanted, ...of('none').map(flipTruth)]);
}

const least = (truths: readonly Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';

/** Neither whether a term counts that is part of a longer word is documented, nor what a blank one means beside others. */
function occurs(wanted: Term['wanted'], text: string): Truth {
  if (typeof wanted !== 'string') return truthOf(isFoundIn(wanted.regex, text));
  if (wanted.trim() === '') return 'unknown';
  let found: Truth = 'no';
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + wanted.length] ?? ''}`;
    if (!/\w/.test(around)) return 'yes';
    found = 'unknown';
  }
  return found;
}
