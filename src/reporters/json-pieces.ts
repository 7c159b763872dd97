/**
 * `JSON.stringify(value, undefined, 2)` in pieces: lists and objects member by member down to a depth, what is deeper
 * as a whole. A list need not be an array: anything that can be read item by item is one.
 */
export function* jsonPieces(value: unknown, depth: number, indent = ''): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    // A line break in the text is never one of a string: those are written as escapes.
    yield JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const inner = `${indent}  `;
  const isList = Symbol.iterator in value;
  const [opening, closing] = isList ? '[]' : '{}';
  let before = `${opening}\n${inner}`;
  let isEmpty = true;
  for (const [name, item] of membersOf(value)) {
    yield name === undefined ? before : `${before}${JSON.stringify(name)}: `;
    yield* jsonPieces(item, depth - 1, inner);
    before = `,\n${inner}`;
    isEmpty = false;
  }
  yield isEmpty ? `${opening}${closing}` : `\n${indent}${closing}`;
}

function* membersOf(value: object): Generator<readonly [name: string | undefined, value: unknown]> {
  if (isIterable(value)) for (const item of value) yield [undefined, item];
  else for (const [name, item] of Object.entries(value)) if (item !== undefined) yield [name, item];
}

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;
