import { stringify } from 'yaml';
import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { finders } from '../resource-types/operations.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { nodesOf, type ShapeNode } from '../resource-types/shape.ts';
import { fill, namesIn } from '../resource-types/template.ts';
import { identify } from '../snapshot/resource-view.ts';
import type { Item } from '../snapshot/snapshot.ts';

export interface Scaffold {
  readonly rule: string;
  readonly test: string;
}

const account = { id: '111122223333', partition: 'aws' } as const;
const region = 'us-east-1';

/** A rule to start from, with tests that hold: that one property of the type is set. */
export function scaffoldRule(id: string, typeName: string, registry: Registry): Scaffold {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new AppError('usage', `${id} cannot be the id of a rule`, {
      hint: 'It is words of small letters and digits joined by -, like log-bucket-exists.',
    });
  }
  const type = Object.hasOwn(registry, typeName) ? registry[typeName] : undefined;
  if (!type) {
    const known = Object.keys(registry);
    throw new AppError('usage', `${typeName} is not a resource type`, {
      hint: nearOr(typeName, known, `Known are ${known.join(', ')}.`),
    });
  }
  const asked = propertyOf(type);
  return { rule: ruleText(id, type, asked), test: testText(type, asked) };
}

interface Asked {
  readonly property: string;
  readonly node: ShapeNode;
  readonly operation: string;
}

/** A property that takes a call of its own, so that it can be unknown; else one of the listing's. */
function propertyOf(type: ResourceType): Asked {
  const reads = Object.entries(type.reads).flatMap(([operation, { gives }]) => entriesOf(nodesOf(gives), operation));
  const { node } = type.item;
  const listed = node.kind === 'object' ? entriesOf(node.properties, finders(type)[0] ?? '') : [];
  const identity = [type.id, type.label, type.home];
  const asked = [...reads, ...listed].find(({ property }) => !identity.includes(property));
  if (!asked) throw new Error(`${type.name} has no property that a rule could ask about`);
  return asked;
}

const entriesOf = (nodes: Readonly<Record<string, ShapeNode>>, operation: string): readonly Asked[] =>
  Object.entries(nodes).map(([property, node]) => ({ property, node, operation }));

/** `trail-is-logging` as `Trail is logging`. */
const titleFrom = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;

const ruleText = (
  id: string,
  type: ResourceType,
  { property }: Asked,
): string => `# What a rule may say: trailproof rules show shows the built-in ones.
id: ${id}
title: ${titleFrom(id)}
severity: medium # critical, high, medium, low or info
resource: ${type.name} # one finding for each
why: Say here what goes wrong if this does not hold.
require:
  ${property}: { exists: true }
remediation:
  text: Say here how to fix it.
`;

function testText(type: ResourceType, { property, node, operation }: Asked): string {
  const item = { ...namedItem(type), [property]: sample(node) };
  const id = identify(type, item, account);
  const cases = [
    { name: 'it is set', regions: [region], resources: { [type.name]: [item] }, expect: 'pass' },
    { name: 'it is not set', patch: { [id]: { [property]: null } }, expect: 'fail', because: property },
    {
      name: 'it could not be read',
      patch: { [id]: { [property]: null } },
      gaps: [{ operation, resource: id, region, error: 'AccessDeniedException' }],
      expect: 'unknown',
      because: operation,
    },
    ...(alwaysThere.includes(type.name) ? [] : [{ name: 'there is none', remove: [id], expect: 'not-applicable' }]),
  ];
  const head = '# The first case says what there is; the others change it. Run them with trailproof rules test.\n';
  return head + stringify(cases, { lineWidth: 0 });
}

const alwaysThere: readonly string[] = ['AWS::Account', 'AWS::Region'];

/** A resource that says who it is, and no more. */
function namedItem(type: ResourceType): Item {
  const { id, label, home, derived = {}, item, list, lookup } = type;
  const declared = item.node.kind === 'object' ? item.node.properties : {};
  const called = label === home ? region : 'example';
  const [service = ''] = (list ?? lookup)?.operation.split(':') ?? [];
  const thing = type.name.split('::').at(-1)?.toLowerCase();
  const names: Item = { [home]: region, [label]: called };
  const scope: Readonly<Record<string, unknown>> = {
    partition: account.partition,
    account: account.id,
    OwnerId: account.id,
    region,
    ...names,
  };
  const filled = (template: string) =>
    fill(template, (name) => (Object.hasOwn(scope, name) ? String(scope[name]) : 'example'));
  const arn = filled(derived[id] ?? `arn:{partition}:${service}:{region}:{account}:${thing}/${called}`);
  // An id that is put together of several properties needs each of them.
  const parts = namesIn(id).flatMap((name) => {
    const template = derived[name] ?? (Object.hasOwn(scope, name) ? `{${name}}` : undefined);
    return template === undefined ? [] : [[name, filled(template)] as const];
  });
  const all: Item = { [id]: arn, ...names, ...Object.fromEntries(parts) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(declared, name)));
}

/** Some value of a shape. */
function sample(node: ShapeNode): unknown {
  switch (node.kind) {
    case 'flag':
      return true;
    case 'number':
      return 1;
    case 'text':
      return 'example';
    case 'json':
      return '{}';
    case 'time':
      return '2026-11-20T08:00:00Z';
    case 'enum':
      return node.known[0] ?? 'example';
    case 'tags':
      return { team: 'security' };
    case 'list':
      return [sample(node.of)];
    case 'object': {
      const [first] = Object.entries(node.properties);
      return first ? { [first[0]]: sample(first[1]) } : {};
    }
    default:
      return node satisfies never;
  }
}
