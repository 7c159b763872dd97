import type { Reference, Registry, Relation, ResourceType } from '../resource-types/resource-type.ts';
import { valueAt } from './resource-view.ts';
import { readS3Uri } from './s3-uri.ts';
import type { Item } from './snapshot.ts';

/** What a resource names along one of its relations or references. */
export interface Pointer {
  readonly along: Relation | Reference;
  readonly to: ResourceType;
  /** An ARN, or what the property `along.at` of the other holds. */
  readonly name: string;
}

/** All that some properties of a resource name, those that are there. */
export function pointersOf(type: ResourceType, item: Item, registry: Registry): readonly Pointer[] {
  const relations = Object.values(type.relations).flatMap((along): readonly Pointer[] => {
    const to = registry[along.to];
    const named = valueAt(item, along.by.split('.'));
    return to && typeof named === 'string' && named !== '' ? [{ along, to, name: nameIn(along, named) }] : [];
  });
  const references = (type.references ?? []).flatMap((along) =>
    textsAt(item, along.by.split('.')).flatMap((text): readonly Pointer[] => {
      const to = registry[along.to];
      const name = along.after === undefined ? text : (text.split(along.after).at(-1) ?? text);
      return to && isOfType(to, text) ? [{ along, to, name }] : [];
    }),
  );
  return [...relations, ...references];
}

/** What a pointer names: less the ending that is no part of the name, of an address in S3 the bucket. */
export function nameIn({ without, inUri }: Relation, pointer: string): string {
  if (inUri) return readS3Uri(pointer)?.bucket ?? pointer;
  return without && pointer.endsWith(without) ? pointer.slice(0, -without.length) : pointer;
}

/** Whether an ARN is of a type's own service: a list may name targets of many. */
const isOfType = (type: ResourceType, arn: string): boolean =>
  arn.split(':')[2] === type.name.split('::')[1]?.toLowerCase();

/** The texts at a path, through every element of the lists on the way. */
function textsAt(value: unknown, [step, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return typeof value === 'string' ? [value] : [];
  return textsAt(valueAt(value, [step]), rest);
}
