import { vi } from 'vitest';
import { callerOf } from '../../src/cli/caller.ts';
import { sortHeld } from '../../src/reporters/sort.ts';
import type { Reach } from '../../src/senders/sent.ts';

/** The world of a test: AWS at an address of this machine, a clock that stands still, and waiting that is written down. */
export function reaching(
  url: string,
  {
    account = '111122223333',
    region = 'us-east-1',
    roleName,
  }: Partial<Record<'account' | 'region' | 'roleName', string>> = {},
): Reach & { readonly waited: readonly number[] } {
  const environment = { AWS_ENDPOINT_URL: url, AWS_REGION: region };
  const own = { AWS_ACCESS_KEY_ID: `AKIA${account}`, AWS_SECRET_ACCESS_KEY: 's' };
  // Where the SDK itself looks for it.
  for (const [name, value] of Object.entries({ ...environment, ...own })) vi.stubEnv(name, value);
  const waited: number[] = [];
  return {
    aws: () => callerOf({ environment, profile: undefined, roleName }),
    post: async () => ({ code: 'NoNetwork', unsent: true }),
    now: () => Date.parse('2026-11-20T10:00:00Z'),
    sleep: async (milliseconds) => void waited.push(milliseconds),
    sort: sortHeld,
    waited,
  };
}
