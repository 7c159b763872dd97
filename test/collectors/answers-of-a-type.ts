import { type Members, serviceOf } from '../../src/collectors/call.ts';
import { everything, type Plan } from '../../src/collectors/plan.ts';
import { type Read, type Registry, type ResourceType, resourceType } from '../../src/resource-types/resource-type.ts';
import { nodesOf, object, type ShapeNode, text } from '../../src/resource-types/shape.ts';
import { fill } from '../../src/resource-types/template.ts';
import { type Answers, account } from './in-memory-account.ts';

export const region = 'us-east-1';

/** An account that has one resource of a type, with a value in each of its properties. */
export interface OneOfAType {
  /** The type, its regions, and what names it where nothing lists it. */
  readonly registry: Registry;
  readonly plan: Plan;
  readonly answers: Answers;
  readonly item: Members;
}

/** Worked out from what the type declares, so that a type that comes to be is answered without a line of its own. */
export function oneOf(type: ResourceType, all: Registry): OneOfAType {
  const item = itemOf(type);
  const { list, lookup, reads } = type;
  const listings = [list?.at].flat().map((at) => inPlace(at, at === undefined ? item : [item]));
  const given: readonly (readonly [string, Members])[] = [
    ...(list ? [[list.operation, Object.assign({}, ...listings)] as const] : []),
    ...(lookup ? [[lookup.operation, inPlace(lookup.at, lookup.at === undefined ? item : [item])] as const] : []),
    ...Object.entries(reads).map(([operation, read]) => [operation, answerOf(read, item)] as const),
    ['ec2:DescribeRegions', { Regions: [{ RegionName: region, OptInStatus: 'opt-in-not-required' }] }],
    ['made:ListNamers', { Namers: [{ Arn: 'arn:aws:made:us-east-1::namer', Pointer: pointerAt(type, item, all) }] }],
  ];
  const regions = Object.values(all).filter(({ name }) => name === 'AWS::Region');
  const registry = Object.fromEntries(
    [...regions, ...(list ? [] : [namerOf(type, all)]), type].map((it) => [it.name, it]),
  );
  return {
    registry,
    plan: everything(registry),
    answers: Object.fromEntries(given.map(([operation, answer]) => [callName(operation), () => answer])),
    item,
  };
}

/** What a call is known by where it leaves: the client's name and the operation. */
export const callName = (operation: string): string => `${serviceOf(operation)}:${operation.split(':')[1]}`;

function itemOf(type: ResourceType): Members {
  const made = madeUp(type.item.node, type.name) as Members;
  const owner = /^\{([A-Z]\w*)\}$/.exec(type.id.split(':')[4] ?? '')?.[1];
  const own = {
    ...made,
    ...(Object.hasOwn(made, type.home) && { [type.home]: region }),
    ...(owner && { [owner]: account.id }),
  };
  const known = {
    ...own,
    ...(Object.hasOwn(made, type.id) && { [type.id]: `arn:aws:made:${region}:${account.id}:thing/1` }),
  };
  const item = new Map(Object.entries(known));
  for (const [name, template] of Object.entries(type.derived ?? {})) {
    item.set(name, filled(template, Object.fromEntries(item)));
  }
  return Object.fromEntries(item);
}

function filled(template: string, item: Members): unknown {
  const scope: Members = { ...item, partition: account.partition, account: account.id, region };
  return fill(template, (name) => String(scope[name]));
}

function madeUp(node: ShapeNode, name: string): unknown {
  switch (node.kind) {
    case 'flag':
      return true;
    case 'number':
      return 1;
    case 'time':
      return '2026-01-01T00:00:00Z';
    case 'json':
      return '{}';
    case 'tags':
      return { owner: 'security' };
    case 'enum':
      return node.known[0];
    case 'list':
      return [madeUp(node.of, name)];
    case 'object':
      return Object.fromEntries(Object.entries(node.properties).map(([key, inner]) => [key, madeUp(inner, key)]));
    default:
      return `some ${name}`;
  }
}

/** The answer in which a further call gives all that it declares to give. */
function answerOf({ at, gives, spread }: Read, item: Members): Members {
  const values = Object.entries(nodesOf(gives)).map(([name, node]) => [name, madeUp(node, name)] as const);
  const [first] = values;
  const part = first && values.length === 1 && !spread ? first[1] : Object.fromEntries(values);
  return inPlace(at, part, item);
}

/** A part of an answer at the path where the type says it is. */
function inPlace(at: string | undefined, part: unknown, item: Members = {}): Members {
  const whole = (at?.split('.') ?? []).reduceRight((inner, step) => {
    const [, member, property] = /^\[(\w+)=\{(\w+)\}\]$/.exec(step) ?? [];
    return member && property ? [{ ...(inner as Members), [member]: item[property] }] : { [step]: inner };
  }, part);
  return whole as Members;
}

const relationsTo = ({ name }: ResourceType, all: Registry) =>
  Object.values(all)
    .flatMap(({ relations, references }) => [...Object.values(relations), ...(references ?? [])])
    .filter(({ to }) => to === name);

const pointedAt = (type: ResourceType, all: Registry): string => relationsTo(type, all)[0]?.at ?? type.id;

const pointerAt = (type: ResourceType, item: Members, all: Registry): unknown => item[pointedAt(type, all)];

const namerOf = (type: ResourceType, all: Registry): ResourceType =>
  resourceType({
    name: 'AWS::Made::Namer',
    id: 'Arn',
    label: 'Arn',
    home: 'arn',
    item: object<{ Arn: string; Pointer: string }>()({ Arn: text, Pointer: text }),
    list: { operation: 'made:ListNamers', at: 'Namers' },
    reads: {},
    relations: { named: { to: type.name, by: 'Pointer', at: pointedAt(type, all) } },
  });
