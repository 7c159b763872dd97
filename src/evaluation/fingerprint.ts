import { hash } from 'node:crypto';
import type { FindingResource } from './finding.ts';

/**
 * What tells one finding from another over all runs: the first 16 hex digits of SHA-256 over
 * `[rule, partition, account, region, resource id, sub-key]` as JSON. Never a path, a time or a version (design §2).
 */
export function fingerprint(rule: string, { partition, account, region, id }: FindingResource, subKey = ''): string {
  const identity = JSON.stringify([rule, partition, account, region, id, subKey]);
  return hash('sha256', identity, 'hex').slice(0, 16);
}
