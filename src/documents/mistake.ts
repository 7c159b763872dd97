/** What is wrong with a text, and at which offset. */
export interface TextMistake {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

/** `line`: where the key was given before. */
export const duplicateKey = (key: string, offset: number, line: number): TextMistake => ({
  offset,
  message: `duplicate key ${key}`,
  hint: `it is on line ${line} already; keep one of them`,
});

/** Assigned like any other property, this key would change what an object inherits. */
export const prototypeKey = '__proto__';

export const prototypeMistake = (offset: number): TextMistake => ({
  offset,
  message: `${prototypeKey} is never a property`,
  hint: 'take it out',
});
