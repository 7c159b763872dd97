import type { Read, ResourceType } from '../resource-types/resource-type.ts';
import { nodesOf, type ShapeNode } from '../resource-types/shape.ts';
import type { Item } from '../snapshot/snapshot.ts';
import { readAnswer } from '../snapshot/spelling.ts';
import { isMembers, type Members, valueAt } from './call.ts';
import { refuse } from './refusal.ts';

/**
 * The part of an answer that is meant, of an answer about several resources the entry about this one: a recording may
 * hold what was asked about several at once.
 *
 * @throws a refusal `UnreadableAnswer` if none of its entries is.
 */
export function partOf(answer: Members, at: string | undefined, item: Item = {}): unknown {
  if (at === undefined) return answer;
  return at.split('.').reduce<unknown>((inner, step) => {
    const [, member, property] = /^\[(\w+)=\{(\w+)\}\]$/.exec(step) ?? [];
    return member && property ? entryAbout(inner, member, valueAt(item, property)) : valueAt(inner, step);
  }, answer);
}

function entryAbout(entries: unknown, member: string, value: unknown): unknown {
  const found = Array.isArray(entries) ? entries.find((entry) => valueAt(entry, member) === value) : undefined;
  if (found === undefined) throw refuse('UnreadableAnswer', `No entry of the answer is about ${String(value)}.`);
  return found;
}

/** A resource as an answer describes it: declared properties alone, AWS's names with a capital. */
export function itemOf(type: ResourceType, answer: unknown): Item {
  if (!isMembers(answer)) throw refuse('UnreadableAnswer', `An entry of the answer is no ${type.name}.`);
  return withoutEmpty(readObject(type.item.node, answer));
}

/** The properties of a resource that the answer of a further call about it gives. */
export function propertiesOf({ at, gives, spread }: Read, answer: Members, item: Item): Item {
  const part = partOf(answer, at, item);
  if (part === undefined || part === null) return {};
  const nodes = nodesOf(gives);
  const [only, ...others] = Object.entries(nodes);
  if (only && others.length === 0 && !spread) {
    const [name, node] = only;
    return withoutEmpty({ [name]: readAnswer(node, part) });
  }
  return withoutEmpty(readObject({ kind: 'object', properties: nodes }, part));
}

function readObject(node: ShapeNode, answer: unknown): Item {
  const value = readAnswer(node, answer);
  return isMembers(value) ? value : {};
}

/** An answer without content says that nothing is set, which is what leaving the property out says. */
function withoutEmpty(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => {
      if (value === undefined || value === null) return false;
      return !isMembers(value) || Object.keys(value).length > 0;
    }),
  );
}
