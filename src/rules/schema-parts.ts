/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object that has these properties and no others. */
export const closed = (title: string, properties: Schema, more: Schema = {}): Schema => ({
  title,
  type: 'object',
  additionalProperties: false,
  properties,
  ...more,
});
/** A definition by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/definitions/${encodeURIComponent(name)}` });
/** A list of at least one. */
export const list = (items: Schema): Schema => ({ type: 'array', minItems: 1, items });

/** One mistake, one error: what a value is decides what is asked of it, so that no branch fails in vain. */
export const ifType = (type: string, then: Schema, otherwise: Schema): Schema => ({
  if: { type },
  then,
  else: otherwise,
});

/** A parameter may stand wherever a value may. */
export const orParameter = (schema: Schema, description: string): Schema =>
  ifType('string', { pattern: '^\\$[A-Za-z]', $comment: `${description}, or $parameter` }, schema);

/** One of some words, or a parameter: a word that is near is meant. */
export const orWord = (words: readonly string[]): Schema => ({
  if: { type: 'string', pattern: '^\\$[A-Za-z]' },
  else: { enum: words },
});

/** A text that a person reads. */
export const texts = (description: string): Schema => ({ type: 'string', minLength: 1, description });
