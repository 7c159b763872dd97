import { defineConfig } from 'vitest/config';

/** What runs against a server on this machine: one file after the other, since each starts its own. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    globalSetup: ['test/house/built.ts'],
  },
});
