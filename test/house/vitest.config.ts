import { defineConfig } from 'vitest/config';

/** Everything that needs only npm. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    globalSetup: ['test/house/built.ts'],
  },
});
