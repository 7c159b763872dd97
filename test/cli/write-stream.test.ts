import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { chunksOf, writeStream } from '../../src/cli/write-stream.ts';

const chunk = 'x'.repeat(64 * 1024);

describe('writing to a stream', () => {
  test('makes no piece before the reader has taken the one before', async () => {
    const made: number[] = [];
    const taken: number[] = [];
    function* pieces(): Generator<string> {
      for (let piece = 1; piece <= 5; piece += 1) {
        made.push(piece - taken.length);
        yield chunk;
      }
    }
    const stream = new Writable({
      highWaterMark: 1e9,
      write: (bytes: Buffer, _, done) => {
        // The reader takes its time.
        setImmediate(() => {
          taken.push(bytes.length);
          done();
        });
      },
    });
    await writeStream(stream, pieces());
    expect(taken).toEqual(made.map(() => chunk.length));
    expect(made).toEqual([1, 1, 1, 1, 1]);
  });

  test('stops when the reader has gone away, and lets go of what the pieces come from', async () => {
    let made = 0;
    let isClosed = false;
    function* pieces(): Generator<string> {
      try {
        for (;;) {
          made += 1;
          yield chunk;
        }
      } finally {
        isClosed = true;
      }
    }
    const told: string[] = [];
    const stream = new Writable({
      write: (_, __, done) => done(made === 3 ? new Error('EPIPE') : undefined),
    }).on('error', (error) => told.push(error.message));
    await writeStream(stream, pieces());
    expect({ made, isClosed, told }).toEqual({ made: 3, isClosed: true, told: ['EPIPE'] });
  });

  test('small pieces go together, and nothing is no write', () => {
    const chunks = [...chunksOf(Array.from({ length: 1_000 }, () => 'y'.repeat(100)))];
    expect(chunks.map(({ length }) => length)).toEqual([65_600, 34_400]);
    expect(chunks.join('')).toBe('y'.repeat(100_000));
    expect([...chunksOf(['', ''])]).toEqual([]);
  });
});
