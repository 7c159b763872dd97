import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest begins first: begun last, it would keep one processor busy and the others idle. */
const slow = ['faults/fault-matrix', 'evaluation/evidence', 'faults/retries'];
const isSlow = ({ moduleId }: TestSpecification): boolean => slow.some((name) => moduleId.includes(name));

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(isSlow(b)) - Number(isSlow(a)));
  }
}

/** Everything that needs only npm. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // One fewer than there are processors, which is the default, would leave half of two idle.
    maxWorkers: '100%',
    // Most files take longer to load than to test: they share what is loaded, so a test puts back what it changes.
    isolate: false,
    globalSetup: ['test/house/built.ts'],
    sequence: { sequencer: SlowFirst },
  },
});
