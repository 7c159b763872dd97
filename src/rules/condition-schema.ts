import type { ShapeNode } from '../resource-types/shape.ts';
import { isScalar, scalarName } from './scalar-schema.ts';
import { closed, ifType, list, orParameter, ref, type Schema } from './schema-parts.ts';
import { type Vocabulary, verbs as verbWords } from './vocabulary.ts';

/** The condition that a value of some shape can be under. */
export function conditionOn(node: ShapeNode, title: string): Schema {
  switch (node.kind) {
    case 'object': {
      const properties = Object.entries(node.properties).map(
        ([name, inner]) => [name, conditionOn(inner, `${title}.${name}`)] as const,
      );
      return closed(title, { ...Object.fromEntries(properties), exists: { type: 'boolean' } }, { minProperties: 1 });
    }
    case 'list':
      // By name: written out under `some`, `every`, `none` and `where`, lists in lists would be sixteen times as long.
      return quantified(isScalar(node.of) ? conditionOn(node.of, `${title}[]`) : ref(`${title}[]`), title);
    case 'tags':
      return {
        title,
        type: 'object',
        minProperties: 1,
        properties: { exists: { type: 'boolean' }, empty: { type: 'boolean' } },
        additionalProperties: ref('text'),
      };
    default:
      return ref(scalarName(node));
  }
}

/** The conditions on the elements of lists, however deep they are, by their definition's name. */
export function elementsIn(node: ShapeNode, title: string): readonly (readonly [string, Schema])[] {
  if (node.kind === 'object') {
    return Object.entries(node.properties).flatMap(([name, inner]) => elementsIn(inner, `${title}.${name}`));
  }
  if (node.kind !== 'list' || isScalar(node.of)) return [];
  const name = `${title}[]`;
  return [[name, conditionOn(node.of, name)], ...elementsIn(node.of, name)];
}

/** `some`, `every`, `none`, `count` over the elements that `where` leaves. */
function quantified(element: Schema, title: string): Schema {
  const count = orParameter(
    ifType(
      'object',
      closed(
        `${title} count`,
        { atLeast: ref('count'), atMost: ref('count'), equals: ref('count') },
        { minProperties: 1 },
      ),
      {
        type: 'integer',
        minimum: 0,
      },
    ),
    'a number of elements',
  );
  return closed(
    title,
    { some: element, every: element, none: element, where: element, count, exists: { type: 'boolean' } },
    { minProperties: 1 },
  );
}

/** A condition on a resource; `related`: at the end of a relation, which may lead nowhere. */
export function resourceCondition(words: Vocabulary, related: 'related' | 'judged'): Schema {
  const { type, properties, facts, toOne, toMany, verbs } = words;
  const self = ref(definitionName(type.name, related));
  const entries: readonly (readonly [string, Schema])[] = [
    ...[...properties].map(([name]) => [name, ref(`${type.name}.${name}`)] as const),
    ...Object.entries(facts).map(
      ([name, { node, says }]) => [name, { ...conditionOn(node, `${type.name}.${name}`), description: says }] as const,
    ),
    ...[...toOne].map(([name, target]) => [name, ref(definitionName(target.name, 'related'))] as const),
    ...[...toMany].map(
      ([name, target]) =>
        [name, quantified(ref(definitionName(target.name, 'related')), `${type.name}.${name}`)] as const,
    ),
    ...verbs.map((verb) => [verb, { ...ref(verb), description: verbWords[verb].asks }] as const),
    ['all', list(self)],
    ['any', list(self)],
    ['not', self],
    ...(related === 'related' ? [['exists', { type: 'boolean' }] as const] : []),
  ];
  return closed(type.name, Object.fromEntries(entries), { minProperties: 1 });
}

/** How the condition on a resource type is called in the schema. */
export const definitionName = (typeName: string, related: 'related' | 'judged'): string => `${typeName}:${related}`;
