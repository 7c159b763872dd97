import { isoTime } from '../snapshot/plain-value.ts';
import { isMembers } from './call.ts';

/** Who somebody is, how they sign in, and what differs from run to run: no report shows it. */
const secret = new Set([
  '$metadata',
  'ResponseMetadata',
  'RequestId',
  'HostId',
  'Credentials',
  'AccessKeyId',
  'SecretAccessKey',
  'SessionToken',
  'DisplayName',
  'EmailAddress',
]);

/**
 * An answer without what must not be kept. Taken out of what is collected and of what is recorded alike, so that a
 * replay gives the same snapshot. Dates become text, binary members go.
 */
export function redact(answer: unknown): unknown {
  if (answer instanceof Date) return Number.isNaN(answer.getTime()) ? undefined : isoTime(answer);
  if (Array.isArray(answer)) return answer.map(redact);
  if (ArrayBuffer.isView(answer)) return undefined;
  if (!isMembers(answer)) return typeof answer === 'bigint' ? Number(answer) : answer;
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => {
      // A map of tags has keys that are somebody's data.
      const kept = name === 'tags' ? value : secret.has(name) ? undefined : redact(value);
      return kept === undefined || kept === null ? [] : [[name, kept]];
    }),
  );
}
