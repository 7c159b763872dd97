import { isMembers, type Members } from '../../src/collectors/call.ts';
import type { ShapeNode } from '../../src/resource-types/shape.ts';

/** Paths of what came out as AWS said it and of what AWS says and nobody declares; sentences about what is wrong. */
export interface Comparison {
  readonly agreed: readonly string[];
  readonly undeclared: readonly string[];
  readonly wrong: readonly string[];
}

export interface Compared {
  readonly node: ShapeNode;
  /** What AWS said. */
  readonly answer: unknown;
  /** What was read. */
  readonly actual: unknown;
  readonly path: string;
}

/**
 * Compares what was read with what AWS answered, by the shape that is declared. Written apart from the reader, so that
 * a mistake of the one is not a mistake of the other.
 */
export function compareWithAnswer(compared: Compared): Comparison {
  const { node, answer, actual, path } = compared;
  if (node.kind === 'object' && isMembers(answer)) return compareMembers(node.properties, compared);
  if (node.kind === 'list' && Array.isArray(answer) && answer.length > 0)
    return compareItems(node.of, answer, compared);
  if (says(node, answer, actual)) return { agreed: [path], undeclared: [], wrong: [] };
  return { agreed: [], undeclared: [], wrong: [`${path} is ${show(actual)} where AWS said ${show(answer)}`] };
}

function compareMembers(
  properties: Readonly<Record<string, ShapeNode>>,
  { answer, actual, path }: Compared,
): Comparison {
  const said = new Map(Object.entries(answer as Members).map(([name, value]) => [capital(name), value]));
  const read = new Map(isMembers(actual) ? Object.entries(actual) : []);
  const inner = (name: string) => (path === '' ? name : `${path}.${name}`);
  const compared = [...said].map(([name, value]): Comparison => {
    const node = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (node) return compareWithAnswer({ node, answer: value, actual: read.get(name), path: inner(name) });
    return { agreed: [], undeclared: [inner(name)], wrong: [] };
  });
  const invented = [...read.keys()].filter((name) => !said.has(name));
  const wrong = invented.map((name) => `${inner(name)} is ${show(read.get(name))} where AWS said nothing`);
  return together([...compared, { agreed: [], undeclared: [], wrong }]);
}

function compareItems(node: ShapeNode, answer: readonly unknown[], { actual, path }: Compared): Comparison {
  const items: readonly unknown[] = Array.isArray(actual) ? actual : [];
  const compared = answer.map((item, index) =>
    compareWithAnswer({ node, answer: item, actual: items[index], path: `${path}[]` }),
  );
  const more = items.slice(answer.length).map((item) => `${path}[] has ${show(item)} where AWS said nothing`);
  return together([...compared, { agreed: [], undeclared: [], wrong: more }]);
}

export const together = (comparisons: readonly Comparison[]): Comparison => ({
  agreed: comparisons.flatMap(({ agreed }) => agreed),
  undeclared: comparisons.flatMap(({ undeclared }) => undeclared),
  wrong: comparisons.flatMap(({ wrong }) => wrong),
});

/** Whether one value that has no members says what AWS said. */
function says(node: ShapeNode, answer: unknown, actual: unknown): boolean {
  if (node.kind === 'time') {
    const isUtc = typeof actual === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(actual);
    return isUtc && Date.parse(actual) === millisecondsOf(answer);
  }
  return show(actual) === show(node.kind === 'tags' && Array.isArray(answer) ? mapOf(answer) : answer);
}

/** CLI v1 prints seconds with a fraction, CLI v2 text with a zone, CloudWatch Logs milliseconds. */
function millisecondsOf(time: unknown): number {
  if (typeof time !== 'number') return Date.parse(String(time));
  return Math.round(time < 1e11 ? time * 1000 : time);
}

const mapOf = (tags: readonly Members[]): Members =>
  Object.fromEntries(tags.map(({ Key, TagKey, Value, TagValue }) => [Key ?? TagKey, Value ?? TagValue]));

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const show = (value: unknown): string => JSON.stringify(value) ?? 'absent';
