import type { Regex } from './regex.ts';

/** A metric filter's pattern: which of its three languages it is written in decides how it is read. */
export type FilterPattern =
  | { readonly is: 'everything' }
  | { readonly is: 'json'; readonly expression: Expression }
  /** `[ip, user, …]`: columns of a line of text. */
  | { readonly is: 'columns'; readonly text: string }
  | { readonly is: 'terms'; readonly terms: readonly Term[] };

export type Expression = { readonly or: readonly Expression[] } | { readonly and: readonly Expression[] } | Comparison;

export interface Comparison {
  readonly selector: readonly Step[];
  readonly test: Test;
}

/** A member by name, an element by its place, or any of them. */
export type Step = { readonly name: string } | { readonly index: number } | 'any member' | 'any element';

export type Test =
  | { readonly is: 'equal' | 'unequal'; readonly to: Literal }
  | { readonly is: '<' | '>' | '<=' | '>='; readonly than: number }
  | { readonly is: 'NULL' | 'TRUE' | 'FALSE' }
  | { readonly is: 'missing' };

export type Literal =
  /** `text` without the asterisks that open or close it: those stand for any characters. */
  | { readonly kind: 'text'; readonly text: string; readonly openStart: boolean; readonly openEnd: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly written: string }
  | RegexLiteral;

export interface RegexLiteral {
  readonly kind: 'regex';
  readonly written: string;
  readonly regex: Regex;
}

/** A word, a phrase or a regular expression that must, may (one of them must) or must not occur. */
export interface Term {
  readonly how: 'all' | 'any' | 'none';
  readonly wanted: string | RegexLiteral;
}

/** Why CloudWatch Logs would not store a filter. */
export interface FilterMistake {
  /** 1-based. */
  readonly column: number;
  readonly mistake: string;
}
