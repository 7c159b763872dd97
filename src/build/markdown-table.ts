/** The cells of one line. */
export type Row = readonly string[];

export const code = (text: string): string => `\`${text}\``;

/** A Markdown table; nothing where there is no row. */
export function table(columns: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
