import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { nodesOf, type ShapeNode } from '../resource-types/shape.ts';
import { isoTime, jsonText, tagMap } from './plain-value.ts';
import { remember } from './remember.ts';

type ObjectNode = Extract<ShapeNode, { readonly kind: 'object' }>;
type Members = Readonly<Record<string, unknown>>;

/** All that a resource of a type may hold: what finds it, and what each further call says. */
export function resourceNode({ item, reads }: ResourceType): ObjectNode {
  const found = item.node.kind === 'object' ? item.node.properties : {};
  const read = Object.values(reads).map(({ gives }) => nodesOf(gives));
  return { kind: 'object', properties: Object.assign({}, found, ...read) as ObjectNode['properties'] };
}

/** `kmsKeyId` and `KmsKeyId` are one property, and so are `Tags` and `tags`. */
export function otherSpelling(name: string): string {
  const first = name.charAt(0);
  const capital = first.toUpperCase();
  return (first === capital ? first.toLowerCase() : capital) + name.slice(1);
}

/**
 * Snapshots as AWS and people write them, in the one form that everything after reads: declared names get the spelling
 * of their type, nulls go, times become ISO 8601 UTC strings, JSON given as an object becomes its text, tag lists become
 * a map. Keys that are somebody's data stay. What is already so is not copied. A property in both spellings keeps both,
 * and what is not understood stays as it is: the schema refuses either with its place in the file.
 */
export function normaliser(registry: Registry): (snapshot: unknown) => unknown {
  const respellers = new Map<string, ReturnType<typeof objectRespeller>>();
  const resources = (byType: unknown): unknown =>
    mapMembers(byType, (value, name) => {
      const type = Object.hasOwn(registry, name) ? registry[name] : undefined;
      if (!type || !Array.isArray(value)) return value;
      return mapItems(
        value,
        remember(respellers, name, () => objectRespeller(resourceNode(type))),
      );
    });
  return (snapshot) =>
    mapMembers(snapshot, (value, name) => {
      if (name === 'resources') return resources(value);
      if (name === 'collectedAt') return isoTime(value);
      return name === 'account' ? mapMembers(value, same) : withoutNulls(name, value);
    });
}

const same = (value: unknown): unknown => value;

/** The records beside the resources: gaps and the like. */
const withoutNulls = (name: string, value: unknown): unknown =>
  (name === 'gaps' || name === 'absent' || name === 'operations') && Array.isArray(value)
    ? mapItems(value, (record) => mapMembers(record, same))
    : value;

type Respeller = (value: unknown) => unknown;

/** How a value of a shape is respelled, worked out once; undefined where there is nothing to do. */
function respellerOf(node: ShapeNode): Respeller | undefined {
  switch (node.kind) {
    case 'time':
      return isoTime;
    case 'json':
      return jsonText;
    case 'tags':
      return tagMap;
    case 'list': {
      const one = respellerOf(node.of);
      return one && ((value) => (Array.isArray(value) ? mapItems(value, one) : value));
    }
    case 'object':
      return objectRespeller(node);
    default:
      return undefined;
  }
}

interface Member {
  /** As declared. */
  readonly name: string;
  readonly respell: Respeller | undefined;
}

function objectRespeller({ properties }: ObjectNode): Respeller {
  const declared = Object.entries(properties).map(([name, node]): Member => ({ name, respell: respellerOf(node) }));
  // Both spellings lead to the member; a declared name comes last, so that it stays its own.
  const members = new Map([
    ...declared.map((member) => [otherSpelling(member.name), member] as const),
    ...declared.map((member) => [member.name, member] as const),
  ]);
  return (value) => (isObject(value) ? respellMembers(value, members) : value);
}

function respellMembers(value: Members, members: ReadonlyMap<string, Member>): Members {
  const names = Object.keys(value);
  let changed: [string, unknown][] | undefined;
  for (let index = 0; index < names.length; index += 1) {
    const written = names[index] ?? '';
    const before = value[written];
    const member = members.get(written);
    const name =
      member === undefined || (written !== member.name && Object.hasOwn(value, member.name)) ? written : member.name;
    const after = member?.respell ? member.respell(before) : before;
    if (after === before && name === written && before !== null) {
      changed?.push([name, after]);
      continue;
    }
    changed ??= names.slice(0, index).map((earlier) => [earlier, value[earlier]]);
    if (before !== null) changed.push([name, after]);
  }
  return changed ? Object.fromEntries(changed) : value;
}

/** Members less nulls, each mapped; the same object when that changes nothing. */
function mapMembers(value: unknown, map: (member: unknown, name: string) => unknown): unknown {
  if (!isObject(value)) return value;
  let changed = false;
  const entries = Object.entries(value).flatMap(([name, before]): [string, unknown][] => {
    const after = before === null ? null : map(before, name);
    changed ||= before === null || after !== before;
    return after === null ? [] : [[name, after]];
  });
  return changed ? Object.fromEntries(entries) : value;
}

/** Items mapped; the same list when that changes nothing. */
function mapItems(items: readonly unknown[], map: (item: unknown) => unknown): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const before = items[index];
    const after = map(before);
    if (after !== before) changed ??= items.slice(0, index);
    changed?.push(after);
  }
  return changed ?? items;
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What an API answer says of the declared members, in their spelling: what is not declared is dropped, nulls too, Date
 * objects and epochs become ISO 8601 UTC strings, tags one map.
 */
export function readAnswer(node: ShapeNode, answer: unknown): unknown {
  if (node.kind === 'list') {
    if (!Array.isArray(answer)) return answer;
    return answer.flatMap((item) => (item === null || item === undefined ? [] : [readAnswer(node.of, item)]));
  }
  if (node.kind !== 'object') return respellerOf(node)?.(answer) ?? answer;
  if (!isObject(answer)) return answer;
  const entries = Object.entries(node.properties).flatMap(([name, member]): [string, unknown][] => {
    const value = ownMember(answer, name) ?? ownMember(answer, otherSpelling(name));
    return value === null || value === undefined ? [] : [[name, readAnswer(member, value)]];
  });
  return Object.fromEntries(entries);
}

const ownMember = (value: Members, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
