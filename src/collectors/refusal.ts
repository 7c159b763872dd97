import { AppError } from '../errors.ts';
import { isMembers, valueAt } from './call.ts';

/** Why a call has no answer. */
export interface Refusal {
  /** AWS's error code, or one of ours: `TimedOut`, `ConnectionReset`, `UnreadableAnswer`. */
  readonly code: string;
  readonly message?: string;
}

const longestMessage = 500;

/** `HEAD` answers have no body: all that S3 can say is the status. */
const codesOfStatus: Readonly<Record<string, string>> = {
  '301': 'PermanentRedirect',
  '307': 'TemporaryRedirect',
  '400': 'BadRequest',
  '403': 'AccessDenied',
  '404': 'NotFound',
  '500': 'InternalError',
  '503': 'ServiceUnavailable',
};

/** Names that Node, the SDK and S3 give to the same thing. */
const otherNames: Readonly<Record<string, string>> = {
  Forbidden: 'AccessDenied',
  MovedPermanently: 'PermanentRedirect',
  TimeoutError: 'TimedOut',
  AbortError: 'TimedOut',
  ETIMEDOUT: 'TimedOut',
  ECONNRESET: 'ConnectionReset',
  EPIPE: 'ConnectionReset',
  SyntaxError: 'UnreadableAnswer',
};

/** Names that say nothing: then the connection's own code or the status of the answer may say more. */
const nameless = new Set(['', 'Error', 'TypeError', 'TimeoutError', 'UnknownError', 'Unknown']);

/**
 * What a thrown value says about the call: a code that a gap can carry, and AWS's sentence without what differs
 * from run to run. An `AppError` is none: it is thrown on (aws-semantics §1.8, "S3 error code → meaning").
 */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof AppError) throw thrown;
  const code = codeOf(thrown);
  const message = sentenceOf(valueAt(thrown, 'message'));
  return { code, ...(message !== undefined && message !== code && { message }) };
}

/** A refusal in words: `AccessDenied: User … is not authorized to …`. */
export const refusalText = ({ code, message }: Refusal): string =>
  message === undefined ? code : `${code}: ${message}`;

function codeOf(thrown: unknown): string {
  const status = valueAt(thrown, '$metadata.httpStatusCode');
  const name = textOf(thrown instanceof Error ? thrown.name : valueAt(thrown, 'name'));
  const own = nameless.has(name) ? textOf(valueAt(thrown, 'code')) : name;
  const byStatus = typeof status === 'number' ? codeOfStatus(status) : '';
  const code = own || byStatus || name || 'UnknownError';
  return lookUp(otherNames, code) ?? lookUp(codesOfStatus, code) ?? code;
}

/** A failure of a call that AWS answered: the answer could not be read. */
const codeOfStatus = (status: number): string => (status >= 200 && status < 300 ? 'UnreadableAnswer' : String(status));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const lookUp = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function sentenceOf(message: unknown): string | undefined {
  if (typeof message !== 'string') return undefined;
  const sentence = message
    // The SDK's own advice about its internals, behind a line break.
    .split('\n', 1)
    .join('')
    .replace(/^@smithy\/[\w-]+ - \[ERROR\] /, '')
    .replace(/Encoded authorization failure message: \S+/i, '')
    .replace(/[,;]?\s*\(?(?:service: [^;,)]*[;,] ?status code: [^;,)]*[;,] ?)?request ?id:? ?[\w-]+[^)]*\)?/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return sentence === '' || sentence === 'UnknownError' ? undefined : sentence.slice(0, longestMessage);
}

/** A refusal of our own making, in the form that AWS's have. */
export function refuse(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: code });
}

/** An answer that is no object was cut off or is not AWS's. */
export function assertAnswer(answer: unknown): asserts answer is Readonly<Record<string, unknown>> {
  if (!isMembers(answer)) throw refuse('UnreadableAnswer', 'The answer is not an object.');
}
