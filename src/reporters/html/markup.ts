import { visible } from '../visible-text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stays text, in an element as in a quoted attribute; what would act instead of show is an escape. */
export const htmlText = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** A value inside a `<script>`: the parser looks there for a tag that ends it, and for nothing else. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** A table whose cells are HTML; its first column names the row. */
export function* table(
  { caption, columns }: { readonly caption: string; readonly columns: readonly string[] },
  rows: Iterable<readonly string[]>,
): Generator<string> {
  const heads = columns.map((column) => `<th scope="col">${htmlText(column)}</th>`).join('');
  yield `<div class="scroll" tabindex="0" role="region" aria-label="${htmlText(caption)}"><table>`;
  yield `<caption>${htmlText(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>\n`;
  for (const [first = '', ...others] of rows) {
    const cells = others.map((cell) => `<td>${cell}</td>`).join('');
    yield `<tr><th scope="row">${first}</th>${cells}</tr>\n`;
  }
  yield '</tbody></table></div>\n';
}
