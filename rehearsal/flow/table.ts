/** Lines of a table with aligned columns; numbers and times stand to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const right = header.map((_, column) => rows.length > 0 && rows.every((row) => /^[\d.,]*( s)?$/.test(row[column])));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)];
}

/** Milliseconds as seconds, such as `0.4 s`. */
export const seconds = (millis: number): string => `${(millis / 1000).toFixed(1)} s`;
