/** A value as JSON that people read too: indented, with a line break at its end. */
export const printedJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Whether a file that may be YAML is JSON: if it is called so. */
export const isJsonFile = (path: string): boolean => /\.json$/iu.test(path);
