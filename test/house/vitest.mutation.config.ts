import { env } from 'node:process';
import { defineConfig } from 'vitest/config';

/** The unit tests of one module. */
export default defineConfig({
  test: { include: (env.TRAILPROOF_MUTATION_TESTS ?? '').split(','), testTimeout: 30_000 },
});
