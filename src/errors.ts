/** What went wrong, as a word that tests and scripts can rely on. */
export type ErrorCode = 'usage' | 'input' | 'config' | 'rule' | 'credentials' | 'network' | 'output';

/** A failure that the user can do something about: printed plain, without a stack, and the run ends with 2. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /** What to do next, a sentence. */
  readonly hint: string | undefined;
  /** Several mistakes at once (`file:line:column message`), each on a line of its own. */
  readonly details: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
  }
}
