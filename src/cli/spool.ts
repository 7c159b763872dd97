import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a line stands in a file. */
export interface Place {
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** Lines that are kept in a temporary file, which is there as long as the process needs it. */
export interface Spool {
  /** Appends a line, and says where it is. */
  add(line: string): Place;
  /** Removes the file. */
  close(): void;
}

/** Opens a spool; its file comes with the first line, and is readable for its owner alone. */
export function openSpool(): Spool {
  let open: { readonly folder: string; readonly file: string; readonly fd: number } | undefined;
  let size = 0;
  const close = (): void => {
    process.off('exit', close);
    if (!open) return;
    closeSync(open.fd);
    rmSync(open.folder, { recursive: true, force: true });
    open = undefined;
  };
  const start = (): NonNullable<typeof open> => {
    const folder = mkdtempSync(join(tmpdir(), 'trailproof-'));
    const file = join(folder, 'lines');
    // An interrupt ends the process from wherever it is.
    process.on('exit', close);
    return { folder, file, fd: openSync(file, 'w', 0o600) };
  };
  return {
    add(line) {
      open ??= start();
      const bytes = Buffer.from(`${line}\n`);
      writeSync(open.fd, bytes);
      const place = { file: open.file, offset: size, bytes: bytes.length - 1 };
      size += bytes.length;
      return place;
    },
    close,
  };
}

/** The text at a place; shorter if the file has changed since. */
export function readPlace({ file, offset, bytes }: Place): string {
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    let filled = 0;
    while (filled < bytes) {
      const size = readSync(fd, buffer, filled, bytes - filled, offset + filled);
      if (size === 0) break;
      filled += size;
    }
    return buffer.subarray(0, filled).toString();
  } finally {
    closeSync(fd);
  }
}
