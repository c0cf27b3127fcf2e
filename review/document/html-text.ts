/** Text that means nothing to HTML, in an element and in an attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** The id of a service's row: letters of any name, so that a link cannot end its attribute. */
export const rowId = (name: string): string => `row-${name.replace(/[^\w-]/g, (letter) => `.${letter.codePointAt(0)!.toString(16)}`)}`;
