import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import type { ShapeNode } from '../resource-types/shape.ts';
import { namesIn } from '../resource-types/template.ts';
import { accountIdSchema } from './account-id.ts';
import { resourceNode } from './spelling.ts';

type Schema = Readonly<Record<string, unknown>>;

/** After `normaliser` every time looks like this. */
const timePattern = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z$';

const text: Schema = { type: 'string' };
const name: Schema = { type: 'string', minLength: 1 };
const time: Schema = {
  type: 'string',
  pattern: timePattern,
  $comment: 'an ISO 8601 time such as 2026-11-20T09:00:00Z',
};
const operation: Schema = {
  type: 'string',
  pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$',
  $comment: 'an operation such as cloudtrail:DescribeTrails',
};

/**
 * The JSON Schema (draft-07) of a snapshot file, from the resource types. Properties that no type declares are errors;
 * enum values that no type knows are not, because AWS may add one any day. `title` and `$comment` are the words of the
 * error messages.
 */
export function snapshotSchema(registry: Registry): Schema {
  const types = Object.values(registry);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...record('a snapshot', ['trailproof', 'account', 'regions', 'resources'], {
      trailproof: { const: 'snapshot/1' },
      account: record('account', ['id', 'partition'], { id: accountIdSchema, partition: name, alias: text }),
      collectedAt: time,
      regions: { type: 'array', items: name },
      resources: {
        ...record('resources', [], Object.fromEntries(types.map((type) => [type.name, resourcesOf(type)]))),
        $comment: 'a resource type',
      },
      operations: { type: 'array', items: asked() },
      gaps: { type: 'array', items: gap() },
      absent: { type: 'array', items: absent() },
    }),
  };
}

function resourcesOf(type: ResourceType): Schema {
  const node = resourceNode(type);
  const named = identity(type).filter((property) => Object.hasOwn(node.properties, property));
  return { type: 'array', items: { ...schemaOf(node, type.name), ...(named.length > 0 && { required: named }) } };
}

/** The properties without which nobody could say which resource it is. */
function identity({ id, derived }: ResourceType): readonly string[] {
  const template = id.includes('{') ? id : derived?.[id];
  return template === undefined ? [id] : namesIn(template);
}

/** `title`: how the shape is called in messages, `AWS::CloudTrail::Trail.Status`. */
function schemaOf(node: ShapeNode, title: string): Schema {
  switch (node.kind) {
    case 'text':
    case 'json':
      return text;
    case 'flag':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number' };
    case 'time':
      return time;
    case 'enum':
      return { ...text, examples: node.known };
    case 'tags':
      return { type: 'object', additionalProperties: text };
    case 'list':
      return { type: 'array', items: schemaOf(node.of, `${title}[]`) };
    case 'object':
      return record(
        title,
        [],
        mapped(node.properties, (member, key) => schemaOf(member, `${title}.${key}`)),
      );
    default:
      return node satisfies never;
  }
}

function asked(): Schema {
  const some = record('an operation', ['operation', 'resources'], {
    operation,
    resources: { type: 'array', items: name },
  });
  return { if: { type: 'object' }, then: some, else: operation };
}

const gap = (): Schema =>
  record('a gap', ['error'], { operation, resource: name, region: name, error: name, message: text });

const absent = (): Schema =>
  record('absent', ['resource', 'operation', 'error'], { resource: name, operation, error: name });

function record(title: string, required: readonly string[], properties: Readonly<Record<string, Schema>>): Schema {
  return {
    title,
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties,
  };
}

const mapped = <T>(members: Readonly<Record<string, T>>, map: (member: T, key: string) => Schema) =>
  Object.fromEntries(Object.entries(members).map(([key, member]) => [key, map(member, key)]));
