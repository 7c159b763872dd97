import { actionOf, finders } from '../resource-types/operations.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import type { ShapeNode } from '../resource-types/shape.ts';
import { type Vocabulary, verbs, vocabularyOf } from '../rules/vocabulary.ts';
import { code, type Row, table } from './markdown-table.ts';

const head = `<!-- Written by \`npm run generate\` from src/resource-types/; changes by hand are lost. -->

# Resource types

What a rule can ask of each resource, and what a snapshot may say of it. A name with a capital is AWS's own; a small
one is Trailproof's. The last columns say which operation tells it and which IAM action that operation needs.
[Rules](rules.md) explains how conditions are written.
`;

/** The reference of all resource types as Markdown: everything the one table says (design §3). */
export function referenceOf(registry: Registry): string {
  const types = Object.values(registry);
  const contents = types.map(({ name }) => `- ${link(name)}`).join('\n');
  const [common = ''] = types.map((type) => factTable(vocabularyOf(type, registry), 'common'));
  const pages = types.map((type) => pageOf(type, registry));
  return `${[head.trimEnd(), contents, 'Every resource has these facts:', common, ...pages].join('\n\n')}\n`;
}

function pageOf(type: ResourceType, registry: Registry): string {
  const vocabulary = vocabularyOf(type, registry);
  const { toOne, toMany, verbs: asked } = vocabulary;
  const relations = [
    ...[...toOne].map(([name, { name: to }]) => [code(name), `one ${link(to)}`]),
    ...[...toMany].map(([name, { name: to }]) => [code(name), `any number of ${link(to)}`]),
  ];
  return [
    `## ${type.name}`,
    `Its id: ${code(type.id.includes('{') ? type.id : `{${type.id}}`)}. ${found(type)}`,
    table(['property', 'value', 'operation', 'IAM action'], propertyRows(type, registry)),
    factTable(vocabulary, 'own'),
    table(['relation', 'leads to'], relations),
    table(
      ['verb', 'asks'],
      asked.map((verb) => [code(verb), verbs[verb].asks]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The facts that every resource has, or those of this type. */
function factTable({ facts }: Vocabulary, whose: 'common' | 'own'): string {
  const meant = Object.entries(facts).filter(([, { of }]) => (of === undefined) === (whose === 'common'));
  return table(
    ['fact', 'value', 'says'],
    meant.map(([name, { node, says }]) => [code(name), valueText(node), says]),
  );
}

function found({ list, lookup }: ResourceType): string {
  if (list && lookup) return 'All are listed; one that something else names is looked up where no listing shows it.';
  if (list) return 'All are listed.';
  return lookup ? 'Only those that something else names are known.' : 'It is always there.';
}

function propertyRows(type: ResourceType, registry: Registry): readonly Row[] {
  const [finder] = finders(type);
  const { item, reads } = type;
  const own = item.node.kind === 'object' ? Object.entries(item.node.properties) : [];
  const rowsFrom = (properties: readonly (readonly [string, ShapeNode])[], operation: string | undefined) => {
    const source = operation === undefined ? ['', ''] : [code(operation), code(actionOf(operation, registry))];
    return properties.flatMap(([name, node]) => valuesIn(name, node).map((row) => [...row, ...source]));
  };
  return [
    ...rowsFrom(own, finder),
    ...Object.entries(reads).flatMap(([operation, { gives }]) =>
      rowsFrom(
        Object.entries(gives).map(([name, { node }]) => [name, node] as const),
        operation,
      ),
    ),
  ];
}

/** A row for each value below a property, by its path. */
function valuesIn(path: string, node: ShapeNode): readonly Row[] {
  if (node.kind === 'object') {
    return Object.entries(node.properties).flatMap(([name, inner]) => valuesIn(`${path}.${name}`, inner));
  }
  if (node.kind === 'list' && node.of.kind === 'object') return valuesIn(`${path}[]`, node.of);
  return [[code(path), valueText(node)]];
}

function valueText(node: ShapeNode): string {
  switch (node.kind) {
    case 'enum':
      return node.known.map(code).join(', ');
    case 'list':
      return `list: ${valueText(node.of)}`;
    case 'flag':
      return 'true or false';
    case 'time':
      return 'time, ISO 8601 UTC';
    case 'json':
      return 'text that holds JSON';
    case 'tags':
      return 'map of text';
    default:
      return node.kind;
  }
}

const link = (name: string): string => `[${name}](#${name.toLowerCase().replaceAll(':', '')})`;
