/** The cells of a table padded to their columns: the first column to the left, numbers to the right. */
export function paddedCells(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
}
