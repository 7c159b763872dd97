const lineFeed = 0x0a;

/** The first line of a stream that is not blank, and the stream as if nobody had looked. */
export async function peekLine(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly line: string; readonly stream: AsyncIterable<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let line = '';
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    seen.push(next.value);
    if (!next.value.includes(lineFeed)) continue;
    line = firstText(seen);
    if (line !== '') break;
  }
  return { line: line || firstText(seen), stream: again(seen, chunks) };
}

function firstText(chunks: readonly Uint8Array[]): string {
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  return lines.find((line) => line.trim() !== '') ?? '';
}

async function* again(seen: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* seen;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
