import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { type LoopbackAws, loopbackAws } from './loopback-aws.ts';

/** AWS on this machine for the tests of a file or a group: started once, and for each test as new. */
export function withLoopbackAws(): () => LoopbackAws {
  let aws: LoopbackAws;
  beforeAll(async () => {
    aws = await loopbackAws();
  });
  // The SDK waits for a random part of a time that doubles.
  beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => {
    aws.reset();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  afterAll(() => aws.close());
  return () => aws;
}
