/** What a spreadsheet would take for a formula, also behind what it skips (OWASP, CSV Injection). */
const formula = /^[\s\p{Control}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u;

/**
 * A line of CSV by RFC 4180: every cell quoted, so that no separator of any locale can cut it. A text that a
 * spreadsheet would compute gets an apostrophe before it, and is shown as it is.
 */
export const csvRow = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

const cell = (text: string): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
