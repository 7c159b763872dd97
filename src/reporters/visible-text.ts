/**
 * What a terminal, an XML parser or a reader's eye would act on instead of show: control characters, line and
 * paragraph separators, characters that reorder text, lone surrogates and non-characters.
 */
const invisible =
  /\p{Control}|\p{Surrogate}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/gu;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text on one line, with everything in it that would act instead of show written as an escape (`\x1b`). */
export const visible = (text: string): string => text.replace(invisible, escapeOf);

/** The same for text of several lines: its line breaks stay. */
export const visibleLines = (text: string): readonly string[] => text.trimEnd().split(/\r?\n/u).map(visible);

function escapeOf(character: string): string {
  if (Object.hasOwn(shortNames, character)) return shortNames[character] ?? '';
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * The line as a CI runner prints it and does not obey it: GitHub takes a line that begins with `::`, and `##[`
 * anywhere in a line, for a workflow command. Colours before the colons do not hide them.
 */
export const withoutCommands = (line: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
  line.replace(/^((?:\s|\u001b\[[0-9;]*m)*):(?=:)/u, '$1\\:').replaceAll('##[', '##\\[');

/** At most `length` UTF-16 units, the ellipsis included; never half a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length - 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}
