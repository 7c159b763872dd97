import { statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Editors write a file in several steps, in milliseconds: what changes together is told together. */
const settling = 100;

/**
 * The files that change under files and folders from now on, each batch when it has come to rest. What cannot be
 * watched is an error of the file system.
 */
export function changesUnder(paths: readonly string[]): AsyncGenerator<ReadonlySet<string>> {
  let changed = new Set<string>();
  let next = Promise.withResolvers<void>();
  const watchers = paths.map((path) => {
    const isFolder = statSync(path).isDirectory();
    const watcher = watch(path, { recursive: isFolder }, (_, name) => {
      changed.add(isFolder && name !== null ? join(path, name) : path);
      next.resolve();
    });
    return watcher.on('error', (error) => next.reject(error));
  });
  return batches();

  async function* batches(): AsyncGenerator<ReadonlySet<string>> {
    try {
      for (;;) {
        await next.promise;
        await pause(settling);
        const batch = changed;
        changed = new Set();
        next = Promise.withResolvers();
        yield batch;
      }
    } finally {
      for (const watcher of watchers) watcher.close();
    }
  }
}
