import { createHash } from 'node:crypto';
import { json } from '../reporters/json.ts';
import type { Report } from '../reporters/report.ts';

/** What tells one report from every other: the first 32 hex digits of the SHA-256 of its JSON. */
export function digestOf(report: Report): string {
  const hash = createHash('sha256');
  for (const piece of json(report)) hash.update(piece);
  return hash.digest('hex').slice(0, 32);
}
