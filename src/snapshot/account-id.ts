const digits = '^\\d{12}$';

/** The JSON Schema of an account id, quoted in YAML: a number would lose the zeros that it begins with. */
export const accountIdSchema = { type: 'string', pattern: digits, $comment: 'a string of 12 digits' } as const;

/** Whether a text is an account id. */
export const isAccountId = (text: string): boolean => new RegExp(digits).test(text);
