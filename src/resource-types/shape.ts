/**
 * One statement of an AWS value. From a shape come its TypeScript type (the phantom `T`), the snapshot schema,
 * the conditions a rule may put on it, and the reading of an API answer.
 */
export type ShapeNode =
  | { readonly kind: 'text' | 'flag' | 'number' | 'time' | 'json' }
  | { readonly kind: 'tags' }
  | { readonly kind: 'enum'; readonly known: readonly string[] }
  | { readonly kind: 'list'; readonly of: ShapeNode }
  | { readonly kind: 'object'; readonly properties: Readonly<Record<string, ShapeNode>> };

export interface Shape<T> {
  readonly node: ShapeNode;
  /** Never there at run time: carries the TypeScript type. */
  readonly type?: T;
}
export type TypeOf<S> = S extends Shape<infer T> ? T : never;
export type Shapes = Readonly<Record<string, Shape<unknown>>>;
export type Values<P> = { readonly [K in keyof P]?: TypeOf<P[K]> };

const shape = <T>(node: ShapeNode): Shape<T> => ({ node });

export const text: Shape<string> = shape({ kind: 'text' });
export const flag: Shape<boolean> = shape({ kind: 'flag' });
export const number: Shape<number> = shape({ kind: 'number' });
/** An ISO 8601 UTC string; epoch numbers become that where they are read. */
export const time: Shape<string> = shape({ kind: 'time' });
/** Text that holds JSON of its own, a policy for one: what is inside is data, not property names. */
export const json: Shape<string> = shape({ kind: 'json' });
/** Tag keys to tag values, whatever shape the service lists them in. */
export const tags: Shape<Readonly<Record<string, string>>> = shape({ kind: 'tags' });

export const list = <T>(item: Shape<T>): Shape<readonly T[]> => shape({ kind: 'list', of: item.node });

/** AWS may add a value any day: in a snapshot any string parses; in a rule an unlisted one is an error. */
export const oneOf = <const V extends string>(...known: readonly V[]): Shape<V | (string & {})> =>
  shape({ kind: 'enum', known });

/** AWS's names, the first letter a capital. A name that the SDK's own type lacks does not compile. */
export const object =
  <Sdk>() =>
  <const P extends { readonly [K in Capitalize<keyof Sdk & string>]?: Shape<unknown> }>(
    properties: P & Readonly<Record<Exclude<keyof P, Capitalize<keyof Sdk & string>>, never>>,
  ): Shape<Values<P>> =>
    shape({ kind: 'object', properties: nodesOf(properties as Shapes) });

/** The nodes of named shapes, as an object shape holds them. */
export function nodesOf(shapes: Shapes): Readonly<Record<string, ShapeNode>> {
  return Object.fromEntries(Object.entries(shapes).map(([name, { node }]) => [name, node]));
}
