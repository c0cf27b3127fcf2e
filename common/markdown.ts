/** Plain text inside Markdown prose: on one line, and none of its characters means anything to Markdown or HTML. */
export function escapeMarkdown(text: string): string {
  const line = oneLine(text).replace(/[\\`*_[\]<>|~&#]/g, '\\$&');
  return line.replace(/^[-+=]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text as a code span, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A table; cells are Markdown already, and a pipe that is still bare in one, as in a code span, is kept from ending it. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n');
}

/** A list; items are Markdown already. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** The anchor that GitHub and most Markdown tools give a heading of this plain text. */
export function headingAnchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{Letter}\p{Number} _-]/gu, '').replaceAll(' ', '-');
}

function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f]+/g, ' ').trim();
}
