import { isMembers, type Members } from '../../src/collectors/call.ts';
import type { ResourceType } from '../../src/resource-types/resource-type.ts';
import type { ShapeNode } from '../../src/resource-types/shape.ts';
import type { Item } from '../../src/snapshot/snapshot.ts';
import { type Comparison, compareWithAnswer, together } from './compare-with-answer.ts';
import type { RecordedAnswer } from './conformance-folder.ts';

/** Compares the resources that were read with the answer that they were read from. */
export function compareReading(
  type: ResourceType,
  { operation, response }: RecordedAnswer,
  resources: readonly Item[],
): Comparison {
  const finder = [type.list, type.lookup].find((call) => call?.operation === operation);
  const at = [(finder ? finder.at : type.reads[operation]?.at) ?? []].flat();
  const beside = Object.keys(response).filter((name) => at.length > 0 && !at.some((it) => it.split('.')[0] === name));
  const compared = finder
    ? compareFound(type, at.length > 0 ? at.flatMap((it) => partOf(response, it)) : response, resources)
    : resources.map((resource) => compareRead(type, { operation, response }, resource));
  return together([...compared, { agreed: [], undeclared: beside, wrong: [] }]);
}

/** What lists or describes: each entry is a resource. */
function compareFound(type: ResourceType, part: unknown, resources: readonly Item[]): readonly Comparison[] {
  const entries = [part].flat().filter(isMembers);
  const isOf = (entry: Members) => (resource: Item) => resource[type.label] === memberOf(entry, type.label);
  return entries.map((entry) => {
    const actual = resources.find(isOf(entry)) ?? {};
    const workedOut = Object.keys(type.derived ?? {}).filter((name) => memberOf(entry, name) === undefined);
    const said = Object.entries(actual).filter(([name]) => !workedOut.includes(name));
    return compareWithAnswer({ node: type.item.node, answer: entry, actual: Object.fromEntries(said), path: '' });
  });
}

/** What says more of a resource: the answer is one property of it, or each of its members is. */
function compareRead(
  type: ResourceType,
  { operation, response }: Pick<RecordedAnswer, 'operation' | 'response'>,
  resource: Item,
): Comparison {
  const { at, gives = {}, spread } = type.reads[operation] ?? {};
  const answer = partOf(response, at, resource);
  const names = Object.keys(gives);
  const [name = ''] = names;
  const whole = names.length === 1 && !spread ? gives[name]?.node : undefined;
  if (whole) return compareWithAnswer({ node: whole, answer, actual: resource[name], path: name });
  const properties = Object.fromEntries(Object.entries(gives).map(([own, { node }]) => [own, node]));
  const given = Object.fromEntries(Object.entries(resource).filter(([own]) => names.includes(own)));
  const node: ShapeNode = { kind: 'object', properties };
  return compareWithAnswer({ node, answer, actual: given, path: '' });
}

/** `trailList`, or `ResourceTagList.[ResourceId={TrailARN}].TagsList`: the entry about the resource. */
function partOf(answer: unknown, at: string | undefined, resource: Item = {}): unknown {
  const [step, ...rest] = at === undefined ? [] : at.split('.');
  if (step === undefined) return answer;
  const [, member = '', property = ''] = /^\[(.+)=\{(.+)\}\]$/.exec(step) ?? [];
  const inner =
    member === ''
      ? (answer as Members)[step]
      : (answer as readonly Members[]).find((entry) => entry[member] === resource[property]);
  return partOf(inner, rest.length > 0 ? rest.join('.') : undefined, resource);
}

const memberOf = (entry: Members, name: string): unknown =>
  entry[name] ?? entry[name.charAt(0).toLowerCase() + name.slice(1)];
