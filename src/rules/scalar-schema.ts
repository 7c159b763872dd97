import type { ShapeNode } from '../resource-types/shape.ts';
import { operators, type ScalarKind } from './operators.ts';
import { closed, ifType, list, orParameter, orWord, type Schema } from './schema-parts.ts';
import type { Vocabulary } from './vocabulary.ts';

const literals: Readonly<Record<ScalarKind, (node: ScalarNode) => Schema>> = {
  text: () => ({ type: 'string' }),
  json: () => ({ type: 'string' }),
  time: () => ({ type: 'string' }),
  flag: () => orParameter({ type: 'boolean' }, 'true or false'),
  number: () => orParameter({ type: 'number' }, 'a number'),
  // A value that AWS does not know would never match, and under `not` always pass.
  enum: (node) => orWord(node.kind === 'enum' ? node.known : []),
};

/** A shape without parts. */
export type ScalarNode =
  | Exclude<ShapeNode, { readonly kind: 'tags' | 'list' | 'object' }>
  | { readonly kind: Exclude<ScalarKind, 'enum'> };

/** Scalars of one kind are one definition, however many properties there are. */
export const scalarName = (node: ScalarNode): string =>
  node.kind === 'enum' ? `one of ${node.known.join(', ')}` : node.kind;

function scalar(node: ScalarNode): Schema {
  const title = node.kind === 'enum' ? 'the operators of a word' : `the operators of a ${node.kind}`;
  const literal = literals[node.kind](node);
  const operands: Readonly<Record<(typeof operators)[string]['operand'], Schema>> = {
    same: literal,
    list: orParameter(list(literal), 'a list of values'),
    globs: ifType('array', list({ type: 'string' }), { type: 'string' }),
    boolean: { type: 'boolean' },
    number: orParameter({ type: 'number' }, 'a number'),
    duration: { type: 'string', pattern: '^(\\d+[mhd]|\\$[A-Za-z]\\w*)$', $comment: 'a duration like 90m, 24h or 7d' },
  };
  const own = Object.entries(operators).filter(([, { on }]) => on.includes(node.kind));
  const map = closed(
    title,
    {
      ...Object.fromEntries(own.map(([name, { operand }]) => [name, operands[operand]])),
      not: ifType(
        'object',
        closed(title, Object.fromEntries(own.map(([name, { operand }]) => [name, operands[operand]])), {
          minProperties: 1,
        }),
        literal,
      ),
    },
    { minProperties: 1 },
  );
  return ifType('object', map, literal);
}

/** Whether a value has no parts. */
export const isScalar = (node: ShapeNode): node is ScalarNode => !['object', 'list', 'tags'].includes(node.kind);

/** The scalars that the resource types, facts and tags use, by their definition's name. */
export function scalarsOf(words: readonly Vocabulary[]): Schema {
  const nodes = words.flatMap(({ properties, facts }) => [
    ...[...properties.values()].map(({ node }) => node),
    ...Object.values(facts).map(({ node }) => node),
  ]);
  const scalars = [{ kind: 'text' } as const, ...nodes.flatMap(scalarsIn)];
  return Object.fromEntries(scalars.map((node) => [scalarName(node), scalar(node)]));
}

function scalarsIn(node: ShapeNode): readonly ScalarNode[] {
  switch (node.kind) {
    case 'object':
      return Object.values(node.properties).flatMap(scalarsIn);
    case 'list':
      return scalarsIn(node.of);
    case 'tags':
      return [];
    default:
      return [node];
  }
}
