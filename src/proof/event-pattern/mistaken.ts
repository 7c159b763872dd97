import type { PatternMistake } from './pattern.ts';

/** Thrown and caught inside the parser alone: a mistake ends the reading wherever it is found. */
export class Mistaken extends Error {
  readonly where: readonly string[];
  constructor(where: readonly string[], message: string) {
    super(message);
    this.where = where;
  }
}

/** What reading gives, or the mistake that ended it. */
export function mistaken<T>(read: () => T): T | PatternMistake {
  try {
    return read();
  } catch (error) {
    if (error instanceof Mistaken) return { where: error.where.join('.'), mistake: error.message };
    throw error;
  }
}
