/** One line of a file, without its line break. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Bytes from the start of the file to the start of the line. */
  readonly offset: number;
  /** Its length in bytes. */
  readonly bytes: number;
}

/** Why a line cannot be had. */
export interface BadLine {
  readonly line: number;
  readonly problem: 'too long' | 'not UTF-8';
}

const lineFeed = 0x0a;

/**
 * Cuts a stream of bytes into lines, holding no more than one line and one chunk at a time. Ends after the first line
 * that is longer than `longest` bytes or not UTF-8.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<TextLine | BadLine> {
  let pending: Uint8Array[] = [];
  let held = 0;
  let line = 1;
  let offset = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const bytes = joined([...pending, chunk.subarray(start, end)]);
      const found = bytes.length > longest ? bad(line, 'too long') : decoded(bytes, line, offset);
      yield found;
      if ('problem' in found) return;
      offset += bytes.length + 1;
      line += 1;
      start = end + 1;
      pending = [];
      held = 0;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    held += chunk.length - start;
    if (held > longest) return yield bad(line, 'too long');
  }
  if (held > 0) yield decoded(joined(pending), line, offset);
}

const bad = (line: number, problem: BadLine['problem']): BadLine => ({ line, problem });

const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);

function decoded(bytes: Uint8Array, line: number, offset: number): TextLine | BadLine {
  const text = utf8(bytes);
  if (text === undefined) return bad(line, 'not UTF-8');
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, line, offset, bytes: bytes.length };
}

/** The text of bytes; undefined if they are not UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
