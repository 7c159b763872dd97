import { defineConfig } from 'vitest/config';

/** What runs against a server on this machine: each file starts its own, and two of them are what two processors bear. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    globalSetup: ['test/house/built.ts'],
  },
});
