export const lineWidth = 80;

/**
 * The text broken at spaces so that each line, its indent included, fits the width. A word that is longer than a
 * line (an ARN) stays whole, because a broken one cannot be copied. Runs of spaces inside a line are kept, and
 * `(from …)` stays together.
 */
export function wrap(text: string, indent: number): readonly string[] {
  const room = lineWidth - indent;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<!\(from) (?! )/u)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line.trimEnd());
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line.trimEnd()];
}

/** A marked paragraph: the mark on the first line, the rest of the lines set in below its text. */
export const hang = (mark: string, text: string, width = mark.length): readonly string[] =>
  wrap(text, width).map((line, index) => `${index === 0 ? mark : ' '.repeat(width)}${line}`);
