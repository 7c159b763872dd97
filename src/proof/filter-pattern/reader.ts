/** Thrown and caught inside the parser alone: a mistake ends the reading wherever it is found. */
export class Unreadable extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** A place in a pattern that is being read. */
export interface Reader {
  readonly text: string;
  offset: number;
}

export function skipBlanks(reader: Reader): void {
  while (/\s/.test(reader.text[reader.offset] ?? '')) reader.offset += 1;
}

/** Takes a token if it stands here, blanks before it left out. */
export function take(reader: Reader, token: string): boolean {
  skipBlanks(reader);
  if (!reader.text.startsWith(token, reader.offset)) return false;
  reader.offset += token.length;
  return true;
}

/** Takes what a sticky expression matches here. */
export function takeMatch(reader: Reader, sticky: RegExp): string | undefined {
  sticky.lastIndex = reader.offset;
  const found = sticky.exec(reader.text)?.[0];
  if (found !== undefined) reader.offset += found.length;
  return found;
}

export const unreadable = (reader: Reader, wanted: string): Unreadable => {
  const here = reader.text.slice(reader.offset, reader.offset + 12);
  return new Unreadable(
    reader.offset,
    here === '' ? `${wanted} is wanted where it ends` : `${wanted} is wanted, not ${here}`,
  );
};
