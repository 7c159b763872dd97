import { isoTime } from '../snapshot/plain-value.ts';
import { isMembers } from './call.ts';

/**
 * Who somebody is, how they sign in, what they wrote for each other, what a program holds, and what differs from run to
 * run: no report shows it, because no resource type declares it.
 */
export const secret: ReadonlySet<string> = new Set([
  ...['$metadata', 'ResponseMetadata', 'RequestId', 'HostId'],
  ...[
    'Credentials',
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Password',
    'SecretString',
    'AuthorizationToken',
  ],
  ...['DisplayName', 'Email', 'EmailAddress', 'MasterAccountEmail', 'CreatedBy', 'CreatorRequestId', 'LastModifiedBy'],
  ...['Description', 'AlarmDescription', 'Comment', 'StateReason', 'StateReasonData'],
  ...['Code', 'CodeSha256', 'Environment', 'Input', 'InputTransformer', 'HttpParameters'],
]);

/** Maps whose keys are somebody's data: a tag may well be called Environment. */
const maps = new Set(['tags', 'dimensions']);

/** A URL that lets in whoever has it. */
const signed = /^https?:\/\/\S*[?&](?:X-Amz-Signature|X-Amz-Security-Token|Signature)=/i;

/** A policy as IAM writes it: percent-encoded JSON, in which an account id may stand between digits that are none of it. */
const encoded = /^%7B/i;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * An answer without what must not be kept. Taken out of what is collected and of what is recorded alike, so that a
 * replay gives the same snapshot. Dates become text, binary members go.
 */
export function redact(answer: unknown): unknown {
  if (answer instanceof Date) return Number.isNaN(answer.getTime()) ? undefined : isoTime(answer);
  if (Array.isArray(answer)) return answer.map(redact);
  if (typeof answer === 'string' && encoded.test(answer)) return decoded(answer);
  if (ArrayBuffer.isView(answer) || (typeof answer === 'string' && signed.test(answer))) return undefined;
  if (!isMembers(answer)) return typeof answer === 'bigint' ? Number(answer) : answer;
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => {
      const kept = isMap(name, value) ? value : isSecret(name) ? undefined : redact(value);
      return kept === undefined || kept === null ? [] : [[name, kept]];
    }),
  );
}

const isMap = (name: string, value: unknown): boolean => maps.has(name.toLowerCase()) && isMembers(value);

/** AWS spells some services' members small. */
const isSecret = (name: string): boolean =>
  secret.has(name) || secret.has(name.charAt(0).toUpperCase() + name.slice(1));
