/** What one value of an event must be; a leaf of a pattern lists several, one of which must hold. */
export type Alternative =
  | { readonly is: 'equals'; readonly value: string | number | boolean | null }
  | { readonly is: 'exists' }
  /** There is no such leaf anywhere in the event. */
  | { readonly is: 'absent' }
  | { readonly is: 'text'; readonly how: TextTest }
  | { readonly is: 'number'; readonly range: NumberRange }
  | { readonly is: 'cidr'; readonly block: string }
  /** The field is there, and is none of these. */
  | { readonly is: 'anything-but'; readonly values: readonly (string | number)[] }
  | { readonly is: 'anything-but-text'; readonly tests: readonly TextTest[] };

/** A test that only a string passes. */
export type TextTest =
  | { readonly by: 'prefix' | 'suffix'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly by: 'equals-ignore-case'; readonly text: string }
  /** The literal pieces between the wildcards: one piece more than there are wildcards. */
  | { readonly by: 'wildcard'; readonly pieces: readonly string[] };

/** `above` and `below`: bounds, each with or without the value itself. */
export interface NumberRange {
  readonly above?: { readonly value: number; readonly included: boolean };
  readonly below?: { readonly value: number; readonly included: boolean };
}

/** Every field must match: a list of alternatives, or a node below. */
export type Fields = ReadonlyMap<string, PatternNode | readonly Alternative[]>;

/** An object of a pattern, `$or` multiplied out: one of its variants must match. */
export interface PatternNode {
  readonly variants: readonly Fields[];
}

/** An EventBridge event pattern. */
export interface EventPattern {
  readonly pattern: PatternNode;
}

/** Why EventBridge would not store a pattern, and where in it. */
export interface PatternMistake {
  /** `detail.eventName.0.wildcard`; empty: the pattern itself. */
  readonly where: string;
  readonly mistake: string;
}

export const isLeaf = (field: PatternNode | readonly Alternative[]): field is readonly Alternative[] =>
  Array.isArray(field);
