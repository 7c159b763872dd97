import { alone, readBlock } from './cidr.ts';
import { Mistaken } from './mistaken.ts';
import type { Alternative, Bound, TextTest } from './pattern.ts';
import { isWritten, type Member, type Written } from './written.ts';

type Path = readonly string[];

/** One of the values that a leaf lists: a scalar, or an object with one operator (aws-semantics §7.4). */
export function readAlternative(written: unknown, path: Path): Alternative {
  if (isWritten(written)) return readOperator(onlyMember(written, path), path);
  if (typeof written === 'number') return { is: 'equals', value: numberOf(written, path) };
  if (typeof written === 'boolean' || written === null) return { is: 'equals', value: written };
  if (typeof written !== 'string') throw new Mistaken(path, 'a value or one operator is wanted');
  const block = alone(written);
  return block ? { is: 'cidr', block } : { is: 'equals', value: written };
}

function onlyMember({ members: [only, ...more] }: Written, path: Path): Member {
  if (!only || more.length > 0) throw new Mistaken(path, 'an object here holds one operator, no more and no less');
  return only;
}

function readOperator([operator, operand]: Member, above: Path): Alternative {
  const path = [...above, operator];
  switch (operator) {
    case 'exactly':
      return { is: 'equals', value: textOf(operand, path) };
    case 'exists':
      if (typeof operand !== 'boolean') throw new Mistaken(path, 'exists is true or false');
      return { is: operand ? 'exists' : 'absent' };
    case 'numeric':
      return readNumeric(operand, path);
    case 'cidr': {
      const text = textOf(operand, path);
      const block = readBlock(text);
      if (!block) throw new Mistaken(path, `${text} is no block of addresses`);
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
  if (!isWritten(operand)) return { text: textOf(operand, path), ignoreCase: false };
  const [operator, text] = onlyMember(operand, path);
  if (operator !== 'equals-ignore-case') throw new Mistaken(path, 'only equals-ignore-case can stand here');
  return { text: textOf(text, path), ignoreCase: true };
}

function textOf(operand: unknown, path: Path): string {
  if (typeof operand !== 'string') throw new Mistaken(path, 'a string is wanted');
  return operand;
}

function numberOf(value: unknown, path: Path): number {
  if (typeof value !== 'number') throw new Mistaken(path, 'a number is wanted');
  if (Number.isNaN(value)) throw new Mistaken(path, 'a number that cannot be compared');
  return value;
}

/** `*` is any run of characters; `\*` and `\\` are the characters themselves. */
function piecesOf(text: string, path: Path): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const [token] of text.matchAll(/\\?./gs)) {
    if (token === '*') {
      if (piece === '' && pieces.length > 0) throw new Mistaken(path, 'two wildcards in a row');
      pieces.push(piece);
      piece = '';
    } else if (token.startsWith('\\')) {
      if (!['\\*', '\\\\'].includes(token)) throw new Mistaken(path, 'a backslash is only for * and for itself');
      piece += token.slice(1);
    } else piece += token;
  }
  return [...pieces, piece];
}

function readAnythingBut(operand: unknown, path: Path): Alternative {
  if (isWritten(operand)) {
    const [operator, excluded] = onlyMember(operand, path);
    return { is: 'anything-but-text', tests: readExcluded(operator, excluded, [...path, operator]) };
  }
  const values = listOf(operand, path);
  if (values.every((value) => typeof value === 'string')) return { is: 'anything-but', values };
  if (values.every((value) => typeof value === 'number'))
    return { is: 'anything-but', values: values.map((value) => numberOf(value, path)) };
  throw new Mistaken(path, 'anything-but takes strings alone or numbers alone');
}

function readExcluded(operator: string, excluded: unknown, path: Path): readonly TextTest[] {
  return listOf(excluded, path).map((item) => {
    const text = textOf(item, path);
    if (text === '' && (operator === 'prefix' || operator === 'suffix'))
      throw new Mistaken(path, 'an empty text excludes everything');
    return readTextTest(operator, text, path);
  });
}

function listOf(operand: unknown, path: Path): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new Mistaken(path, 'anything-but of nothing');
  return list;
}

function readNumeric(operand: unknown, path: Path): Alternative {
  const [operator, written, ...rest]: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const bound = { value: numberOf(written, path), included: operator === '<=' || operator === '>=' };
  if ((operator === '>' || operator === '>=') && rest.length > 0)
    return { is: 'number', range: { above: bound, below: readTop(rest, bound.value, path) } };
  if (rest.length > 0) throw new Mistaken(path, 'nothing can follow');
  switch (operator) {
    case '=':
      return { is: 'equals', value: bound.value };
    case '<':
    case '<=':
      return { is: 'number', range: { below: bound } };
    case '>':
    case '>=':
      return { is: 'number', range: { above: bound } };
    default:
      throw new Mistaken(path, 'numeric takes =, <, <=, > or >= and a number');
  }
}

/** The second half of a range: where it ends. */
function readTop([operator, written, ...rest]: readonly unknown[], bottom: number, path: Path): Bound {
  if (operator !== '<' && operator !== '<=') throw new Mistaken(path, 'a range ends with < or <=');
  const value = numberOf(written, path);
  if (rest.length > 0) throw new Mistaken(path, 'nothing can follow');
  if (bottom >= value) throw new Mistaken(path, 'the range is empty');
  return { value, included: operator === '<=' };
}
