/** What one value of an event must be; a leaf of a pattern lists several, one of which must hold. */
export type Alternative =
  | { readonly is: 'equals'; readonly value: string | number | boolean | null }
  | { readonly is: 'exists' }
  /** Nothing stands there. */
  | { readonly is: 'absent' }
  | { readonly is: 'text'; readonly how: TextTest }
  | { readonly is: 'number'; readonly range: NumberRange }
  | { readonly is: 'cidr'; readonly block: Block }
  /** The field is there, and is none of these. */
  | { readonly is: 'anything-but'; readonly values: readonly (string | number)[] }
  | { readonly is: 'anything-but-text'; readonly tests: readonly TextTest[] };

/** A test that only a string passes. */
export type TextTest =
  | { readonly by: 'prefix' | 'suffix'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly by: 'equals-ignore-case'; readonly text: string }
  /** The literal pieces between the wildcards: one piece more than there are wildcards. */
  | { readonly by: 'wildcard'; readonly pieces: readonly string[] };

export interface NumberRange {
  readonly above?: Bound;
  readonly below?: Bound;
}

/** Where a range begins or ends, with or without the value itself. */
export interface Bound {
  readonly value: number;
  readonly included: boolean;
}

/** Addresses that agree with one in its first bits. */
export interface Block {
  readonly address: string;
  readonly bits: number;
}

/** By its whole path (`detail.eventName`), what every field must be. */
export type Fields = ReadonlyMap<string, readonly Alternative[]>;

/** An EventBridge event pattern, `$or` multiplied out: an event must match one of the variants. */
export interface EventPattern {
  readonly variants: readonly Fields[];
}

/** Why EventBridge would not store a pattern, and where in it. */
export interface PatternMistake {
  /** `detail.eventName.0.wildcard`; empty: the pattern itself. */
  readonly where: string;
  readonly mistake: string;
}
