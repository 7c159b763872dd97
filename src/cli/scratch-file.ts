import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cannotWrite } from './write-file.ts';

/** A part of a file. */
export interface Span {
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** Lines in a temporary file, as often as one likes. */
export interface ScratchFile {
  /** Takes a line without its break, and says where it will stand. */
  readonly add: (line: string) => Span;
  readonly read: (span: Span) => string;
  readonly lines: () => Generator<string>;
  readonly close: () => void;
}

const chunkBytes = 64 * 1024;
/** Of a hundred files that are merged each is read in pieces at the same time. */
const pieceBytes = 16 * 1024;
const lineBreak = 10;

/**
 * A file that has no name: it is removed from its folder as soon as it is open. So nobody else reads it, and however
 * the run ends, nothing of it stays behind.
 */
export function scratchFile(): ScratchFile {
  const fd = attempt(openUnnamed);
  let waiting: string[] = [];
  let length = 0;
  let size = 0;
  const flush = (): void => {
    const text = waiting.join('');
    attempt(() => writeFileSync(fd, text));
    waiting = [];
    length = 0;
  };
  return {
    add: (line) => {
      waiting.push(line, '\n');
      length += line.length;
      if (length >= chunkBytes) flush();
      const span = { offset: size, bytes: Buffer.byteLength(line) };
      size += span.bytes + 1;
      return span;
    },
    read: (span) => {
      flush();
      return readSpan(fd, span);
    },
    lines: () => {
      flush();
      return linesOf(fd);
    },
    close: () => closeSync(fd),
  };
}

/** What stands in a part of a file; less where the file ends before. */
export function readSpan(fd: number, { offset, bytes }: Span): string {
  const buffer = Buffer.alloc(bytes);
  let filled = 0;
  for (;;) {
    const size = readSync(fd, buffer, filled, bytes - filled, offset + filled);
    filled += size;
    if (size === 0 || filled === bytes) return buffer.subarray(0, filled).toString();
  }
}

function openUnnamed(): number {
  const path = join(tmpdir(), `trailproof-${randomUUID()}.tmp`);
  // Findings are for whoever asked for them.
  const fd = openSync(path, 'wx+', 0o600);
  rmSync(path);
  return fd;
}

function* linesOf(fd: number): Generator<string> {
  // One buffer for all: those that are only thrown away pile up until the collector comes.
  let chunk = Buffer.allocUnsafe(pieceBytes);
  let position = 0;
  let filled = 0;
  for (;;) {
    // A line that is longer than it.
    if (filled === chunk.length) chunk = Buffer.concat([chunk], 2 * chunk.length);
    const read = readSync(fd, chunk, filled, chunk.length - filled, position);
    if (read === 0) return;
    position += read;
    filled += read;
    const end = chunk.lastIndexOf(lineBreak, filled - 1);
    if (end < 0) continue;
    yield* chunk.toString('utf8', 0, end).split('\n');
    chunk.copyWithin(0, end + 1, filled);
    filled -= end + 1;
  }
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw cannotWrite(`a temporary file in ${tmpdir()}`, cause, 'TMPDIR names another folder.');
  }
}
