import { defineConfig } from 'vitest/config';

/** What takes minutes: it says nothing that the end-to-end tests do not, but that it holds at that size too. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/e2e/**/*.large.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    globalSetup: ['test/house/built.ts'],
  },
});
