import type { TextTest } from './pattern.ts';

/** Whether a text is what a test wants (aws-semantics §7.4). */
export function passes(test: TextTest, text: string): boolean {
  switch (test.by) {
    case 'equals-ignore-case':
      return afterLetters(test.text, text) === '';
    case 'wildcard':
      return matchesPieces(test.pieces, text);
    case 'prefix':
      return test.ignoreCase ? afterLetters(test.text, text) !== undefined : text.startsWith(test.text);
    default:
      return test.ignoreCase ? beforeLetters(test.text, text) !== undefined : text.endsWith(test.text);
  }
}

/**
 * EventBridge takes each letter of the pattern in its lower or its upper form, and no other letter for it: `ß` is
 * `SS` too, but `ss` is not `ß`.
 */
const formsOf = (letter: string): readonly string[] => [letter.toLowerCase(), letter.toUpperCase()];

/** What follows the wanted letters that begin a text; undefined: they don't. */
const afterLetters = (wanted: string, text: string): string | undefined =>
  wanted.split('').reduce<string | undefined>((rest, letter) => {
    const form = formsOf(letter).find((it) => rest?.startsWith(it));
    return form && rest?.slice(form.length);
  }, text);

/** What stands before the wanted letters that end a text; undefined: they don't. */
const beforeLetters = (wanted: string, text: string): string | undefined =>
  wanted.split('').reduceRight<string | undefined>((rest, letter) => {
    const form = formsOf(letter).find((it) => rest?.endsWith(it));
    return form && rest?.slice(0, -form.length);
  }, text);

/** The first piece begins the text, the last ends it, the others follow in order: the earliest place is always best. */
function matchesPieces(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}
