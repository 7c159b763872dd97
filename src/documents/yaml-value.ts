import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { limits, tooDeep, tooLongString, tooManyNodes } from './limits.ts';
import { duplicateKey, prototypeKey, prototypeMistake, type TextMistake } from './mistake.ts';

export interface YamlValue {
  readonly value: unknown;
  /** The first mistake; the value is then worth nothing. */
  readonly mistake?: TextMistake;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

interface Options {
  readonly longestString: number;
  readonly lineOf: (offset: number) => number;
}

/** A finished value with its size, aliases written out. */
interface Built {
  readonly value: unknown;
  readonly nodes: number;
  /** Levels of collections in it. */
  readonly levels: number;
}

interface Building extends Options {
  readonly anchors: Map<string, Built & { readonly node: Node }>;
  readonly targets: Map<Alias, Node>;
  mistake: TextMistake | undefined;
}

/**
 * Plain values from YAML nodes. What an alias names is built once and shared, but counted each time, since everybody
 * who walks the value afterwards walks it each time.
 */
export function yamlValue(root: Node, options: Options): YamlValue {
  const building: Building = { ...options, anchors: new Map(), targets: new Map(), mistake: undefined };
  const { value } = build(root, 0, building);
  const { mistake, targets } = building;
  return { value, targets, ...(mistake && { mistake }) };
}

/** The text of a key as it was written; undefined for a list or a map as a key. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function build(node: Node | null, depth: number, building: Building): Built {
  if (building.mistake || !node) return nothing;
  if (isAlias(node)) return follow(node, depth, building);
  const built = isScalar(node) ? scalarOf(node, building) : collectionOf(node, depth + 1, building);
  if (built.nodes > limits.nodes) return refuse(building, tooManyNodes(startOf(node)));
  const anchor = 'anchor' in node ? node.anchor : undefined;
  if (anchor) building.anchors.set(anchor, { ...built, node });
  return built;
}

const nothing: Built = { value: null, nodes: 1, levels: 0 };

function refuse(building: Building, mistake: TextMistake): Built {
  building.mistake ??= mistake;
  return nothing;
}

function follow(alias: Alias, depth: number, building: Building): Built {
  const target = building.anchors.get(alias.source);
  if (!target) {
    const message = `nothing before *${alias.source} is called &${alias.source}`;
    return refuse(building, { offset: startOf(alias), message, hint: 'write the value out' });
  }
  if (depth + target.levels > limits.nesting) return refuse(building, tooDeep(startOf(alias)));
  building.targets.set(alias, target.node);
  return target;
}

function scalarOf(node: Scalar, building: Building): Built {
  if (typeof node.value === 'string' && node.value.length > building.longestString) {
    return refuse(building, tooLongString(startOf(node)));
  }
  return { value: node.value, nodes: 1, levels: 0 };
}

function collectionOf(node: Node, depth: number, building: Building): Built {
  if (depth > limits.nesting) return refuse(building, tooDeep(startOf(node)));
  if (isSeq<Node>(node)) return listOf(node, depth, building);
  return isMap<Node, Node | null>(node) ? objectOf(node, depth, building) : nothing;
}

function listOf({ items }: YAMLSeq<Node>, depth: number, building: Building): Built {
  const built = items.map((item) => build(item, depth, building));
  return { value: built.map(({ value }) => value), ...sizeOf(built) };
}

function objectOf({ items }: YAMLMap<Node, Node | null>, depth: number, building: Building): Built {
  const given = new Map<string, Node>();
  const built: Built[] = [];
  const entries = items.map(({ key, value }): [string, unknown] => {
    const name = takeKey(key, given, building);
    const member = build(value, depth, building);
    built.push(member);
    return [name, member.value];
  });
  return { value: Object.fromEntries(entries), ...sizeOf(built) };
}

function sizeOf(members: readonly Built[]): Omit<Built, 'value'> {
  let nodes = 1;
  let deepest = 0;
  for (const member of members) {
    nodes += member.nodes;
    deepest = Math.max(deepest, member.levels);
  }
  return { nodes, levels: deepest + 1 };
}

function takeKey(key: Node, given: Map<string, Node>, building: Building): string {
  const offset = startOf(key);
  const name = keyText(key);
  if (name === undefined) {
    refuse(building, { offset, message: 'a key that is not text', hint: 'write a plain name before the colon' });
    return '';
  }
  if (name.length > building.longestString) refuse(building, tooLongString(offset));
  if (name === prototypeKey) refuse(building, prototypeMistake(offset));
  const before = given.get(name);
  if (before) refuse(building, duplicateKey(name, offset, building.lineOf(startOf(before))));
  given.set(name, key);
  const anchor = 'anchor' in key ? key.anchor : undefined;
  if (anchor) building.anchors.set(anchor, { value: name, nodes: 1, levels: 0, node: key });
  return name;
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;
