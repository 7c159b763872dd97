import { endpointRegion } from '../resource-types/partition.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { fill, namesIn } from '../resource-types/template.ts';
import type { Item, SnapshotAccount } from '../snapshot/snapshot.ts';
import { isMembers, type Members, valueAt } from './call.ts';

/** The account being read, and the region that was asked. */
export interface Where {
  readonly account: SnapshotAccount;
  readonly region: string;
}

/** Looks a template's name up: the account, the region, else a property. */
function namesOf(item: Item, { account, region }: Where): (name: string) => string | undefined {
  const scope: Members = { partition: account.partition, account: account.id, region };
  return (name) => {
    const value = Object.hasOwn(scope, name) ? scope[name] : valueAt(item, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
}

/** The item with the properties that an older answer lacks, each worked out from those before it. */
export function withDerived(type: ResourceType, item: Item, where: Where): Item {
  const known = new Map(Object.entries(item));
  for (const [name, template] of Object.entries(type.derived ?? {})) {
    const value = known.has(name) ? undefined : fill(template, namesOf(Object.fromEntries(known), where));
    if (value !== undefined) known.set(name, value);
  }
  return Object.fromEntries(known);
}

/** The id of a resource: its ARN where AWS has one; undefined: the answer does not say which resource it is about. */
export function idOf({ id }: ResourceType, item: Item, where: Where): string | undefined {
  return fill(id.includes('{') ? id : `{${id}}`, namesOf(item, where));
}

/**
 * What is known of a resource from nothing but a pointer at it: the property that the pointer holds, and those
 * that can be read out of it (the name of a log group out of its ARN).
 */
export function itemOfPointer(type: ResourceType, at: string, pointer: string): Item {
  const template = type.derived?.[at];
  return { ...(template === undefined ? {} : readOut(template, pointer)), [at]: pointer };
}

/** The properties that a filled template was filled with; none if it is not of that form. */
function readOut(template: string, filled: string): Item {
  const names = namesIn(template);
  const literals = template.split(/\{[^{}]+\}/);
  let rest = filled;
  const found: [string, string][] = [];
  for (const [index, literal] of literals.entries()) {
    if (!rest.startsWith(literal)) return {};
    rest = rest.slice(literal.length);
    const name = names[index];
    if (name === undefined) return Object.fromEntries(found.filter(([own]) => /^[A-Z]/.test(own)));
    const next = literals[index + 1] ?? '';
    const end = next === '' ? rest.length : rest.indexOf(next);
    if (end === -1) return {};
    found.push([name, rest.slice(0, end)]);
    rest = rest.slice(end);
  }
  return {};
}

/** Request members with `{…}` filled in; undefined if the resource lacks what they ask for. */
export function fillParams(params: Members | undefined, item: Item, where: Where): Members | undefined {
  const names = namesOf(item, where);
  let complete = true;
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (isMembers(value)) return mapped(value);
    if (typeof value !== 'string') return value;
    const text = fill(value, names);
    complete &&= text !== undefined;
    return text;
  };
  const mapped = (members: Members): Members =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, filled(value)]));
  const request = mapped(params ?? {});
  return complete ? request : undefined;
}

const partOfArn = (arn: string, part: number): string | undefined =>
  arn.startsWith('arn:') ? arn.split(':')[part] || undefined : undefined;

/** The account that an ARN names; undefined for the ARN of a bucket, and for what is no ARN. */
export const ownerOf = (id: string): string | undefined => partOfArn(id, 4);

/** The region that an ARN names. */
export const regionOfArn = (id: string): string | undefined => partOfArn(id, 3);

/** The region to ask about one resource: a property's, the account's, its ARN's, else the one it was found in. */
export function regionToAsk(
  named: string | undefined,
  resource: { readonly item: Item; readonly id: string },
  where: Where,
): string {
  if (named === 'leader') return endpointRegion(where.account.partition);
  const property = named === undefined ? undefined : valueAt(resource.item, named);
  if (typeof property === 'string' && property !== '') return property;
  return regionOfArn(resource.id) ?? where.region;
}
