import { visible, visibleLines, withoutCommands } from './visible-text.ts';

// Beyond markup: what begins a list, a heading or a workflow command, and what makes an address a link.
const punctuation = /[&<>`*_~|\\[\]#!@$]|^[-+=:]|(?<=^\d+)\.|:(?=\/\/)|(?<=www)\./giu;

/**
 * The text on one line as text: each character that Markdown or HTML could read as markup is a character reference,
 * which by CommonMark never counts as markup, wherever it stands.
 */
export const markdownText = (text: string): string =>
  visible(text).replace(punctuation, (character) => `&#${character.charCodeAt(0)};`);

/** The text in monospace, also in a table. Not with backticks: in those a `|` would still end the cell. */
export const inlineCode = (text: string): string => (text === '' ? '' : `<code>${markdownText(text)}</code>`);

/** The lines as they are, in a fence longer than any run of backticks among them. */
export function codeBlock(text: string): string {
  const lines = visibleLines(text).map(withoutCommands);
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...lines, fence].join('\n');
}
