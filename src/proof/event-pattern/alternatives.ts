import { isValidCidr } from './cidr.ts';
import { Mistaken } from './mistaken.ts';
import type { Alternative, NumberRange, TextTest } from './pattern.ts';

type Path = readonly string[];

/** One of the values that a leaf lists: a scalar, or an object with one operator. */
export function readAlternative(written: unknown, path: Path): Alternative {
  if (typeof written === 'string' || typeof written === 'boolean' || written === null)
    return { is: 'equals', value: written };
  if (typeof written === 'number') return { is: 'equals', value: comparable(written, path) };
  if (typeof written !== 'object' || Array.isArray(written))
    throw new Mistaken(path, 'a value or one operator is wanted');
  const [entry, ...more] = Object.entries(written);
  if (!entry || more.length > 0) throw new Mistaken(path, 'an object here holds one operator, no more and no less');
  const [operator, operand] = entry;
  return readOperator(operator, operand, [...path, operator]);
}

function readOperator(operator: string, operand: unknown, path: Path): Alternative {
  switch (operator) {
    case 'exactly':
      return { is: 'equals', value: textOf(operand, path) };
    case 'exists':
      if (typeof operand !== 'boolean') throw new Mistaken(path, 'exists is true or false');
      return { is: operand ? 'exists' : 'absent' };
    case 'numeric':
      return { is: 'number', range: readRange(operand, path) };
    case 'cidr': {
      const block = textOf(operand, path);
      if (!isValidCidr(block)) throw new Mistaken(path, `${block} is no block of addresses`);
      return { is: 'cidr', block };
    }
    case 'anything-but':
      return readAnythingBut(operand, path);
    default:
      return { is: 'text', how: readTextTest(operator, operand, path) };
  }
}

function readTextTest(operator: string, operand: unknown, path: Path): TextTest {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return { by: operator, ...affix(operand, path) };
    case 'equals-ignore-case':
      return { by: operator, text: textOf(operand, path) };
    case 'wildcard':
      return { by: operator, pieces: piecesOf(textOf(operand, path), path) };
    default:
      throw new Mistaken(path, `${operator} is not an operator`);
  }
}

function affix(operand: unknown, path: Path): { readonly text: string; readonly ignoreCase: boolean } {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand))
    return { text: textOf(operand, path), ignoreCase: false };
  const [entry, ...more] = Object.entries(operand);
  if (!entry || more.length > 0 || entry[0] !== 'equals-ignore-case')
    throw new Mistaken(path, 'only equals-ignore-case can stand here');
  return { text: textOf(entry[1], path), ignoreCase: true };
}

function textOf(operand: unknown, path: Path): string {
  if (typeof operand !== 'string') throw new Mistaken(path, 'a string is wanted');
  return operand;
}

/** `*` is any run of characters; `\*` and `\\` are the characters themselves. */
function piecesOf(text: string, path: Path): readonly string[] {
  const pieces: string[] = [''];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const next = text[at + 1];
    if (char === '\\') {
      if (next !== '*' && next !== '\\') throw new Mistaken(path, 'a backslash is only for * and for itself');
      pieces[pieces.length - 1] += next;
      at += 1;
    } else if (char === '*') {
      if (next === '*') throw new Mistaken(path, 'two wildcards in a row');
      pieces.push('');
    } else pieces[pieces.length - 1] += char;
  }
  return pieces;
}

function readAnythingBut(operand: unknown, path: Path): Alternative {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const [entry, ...more] = Object.entries(operand);
    if (!entry || more.length > 0) throw new Mistaken(path, 'anything-but takes one operator');
    const [operator, excluded] = entry;
    return { is: 'anything-but-text', tests: readExcluded(operator, excluded, [...path, operator]) };
  }
  const values = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new Mistaken(path, 'anything-but of nothing');
  if (values.every((value) => typeof value === 'string')) return { is: 'anything-but', values };
  if (values.every((value) => typeof value === 'number'))
    return { is: 'anything-but', values: values.map((value) => comparable(value, path)) };
  throw new Mistaken(path, 'anything-but takes strings alone or numbers alone');
}

function readExcluded(operator: string, excluded: unknown, path: Path): readonly TextTest[] {
  const list: readonly unknown[] = Array.isArray(excluded) ? excluded : [excluded];
  if (list.length === 0) throw new Mistaken(path, 'anything-but of nothing');
  return list.map((item) => {
    const text = textOf(item, path);
    if (text === '' && (operator === 'prefix' || operator === 'suffix'))
      throw new Mistaken(path, 'an empty text excludes everything');
    return readTextTest(operator, text, path);
  });
}

function comparable(value: number, path: Path): number {
  if (Number.isNaN(value)) throw new Mistaken(path, 'a number that cannot be compared');
  return value;
}

function readRange(operand: unknown, path: Path): NumberRange {
  const terms: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const [operator, value, ...rest] = terms;
  if (typeof operator !== 'string') throw new Mistaken(path, 'numeric takes an operator and a number');
  const bound = { value: numberOf(value, path), included: operator.endsWith('=') };
  const ends = (): void => {
    if (rest.length > 0) throw new Mistaken(path, 'nothing can follow');
  };
  switch (operator) {
    case '=':
      ends();
      return { above: bound, below: bound };
    case '<':
    case '<=':
      ends();
      return { below: bound };
    case '>':
    case '>=':
      return rest.length === 0 ? { above: bound } : { above: bound, below: readTop(rest, bound.value, path) };
    default:
      throw new Mistaken(path, `${operator} is not a numeric operator`);
  }
}

function readTop(
  [operator, value, ...rest]: readonly unknown[],
  bottom: number,
  path: Path,
): NonNullable<NumberRange['below']> {
  if (operator !== '<' && operator !== '<=') throw new Mistaken(path, 'a range ends with < or <=');
  const top = numberOf(value, path);
  if (rest.length > 0) throw new Mistaken(path, 'nothing can follow');
  if (bottom >= top) throw new Mistaken(path, 'the range is empty');
  return { value: top, included: operator === '<=' };
}

function numberOf(value: unknown, path: Path): number {
  if (typeof value !== 'number') throw new Mistaken(path, 'a number is wanted');
  return comparable(value, path);
}
