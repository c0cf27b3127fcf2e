/**
 * Lines of a table with aligned columns; a column of numbers or times stands to the right.
 *
 * @param rows - Cells by column; a row of one cell is a heading across the table.
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const whole = rows.filter((row) => row.length > 1);
  const columns = header.map((_, column) => whole.map((row) => row[column]));
  const widths = columns.map((cells, column) => Math.max(header[column].length, ...cells.map((cell) => cell.length)));
  const right = columns.map((cells) => cells.length > 0 && cells.every((cell) => /^[\d.,]*( s)?$/.test(cell)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  const body = rows.map((row) => (row.length > 1 ? line(row) : row[0]));
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...body];
}

/** Milliseconds as seconds, such as `0.4 s`. */
export const seconds = (millis: number): string => `${(millis / 1000).toFixed(1)} s`;
