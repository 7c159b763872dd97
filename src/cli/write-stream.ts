import type { Writable } from 'node:stream';
import { oldSpaceLimit } from './heap.ts';
import { breather } from './terminal.ts';

const chunkLength = 64 * 1024;

/** So many chunks are a mebibyte: who writes less leaves little behind. */
const chunksToLook = 16;

/** The pieces joined until they are worth a call of their own. What was written is garbage, and long texts are old. */
export function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let limitHeap: (() => void) | undefined;
  let chunks = 0;
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
    chunks += 1;
    if (chunks % chunksToLook !== 0) continue;
    limitHeap ??= oldSpaceLimit();
    limitHeap();
  }
  if (chunk !== '') yield chunk;
}

/**
 * Writes no faster than the reader reads, and no more once it has gone away. What went wrong is told by the stream's
 * `error` event alone.
 */
export async function writeStream(stream: Pick<Writable, 'write'>, pieces: Iterable<string>): Promise<void> {
  const rest = breather();
  for (const chunk of chunksOf(pieces)) {
    const error = await new Promise<Error | null | undefined>((done) => stream.write(chunk, done));
    if (error) return;
    await rest();
  }
}
