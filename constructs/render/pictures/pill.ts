import type { Drawing } from './drawing';
import { textWidth } from './text';
import { colors } from './theme';

const STYLE = { size: 11, bold: true } as const;
const HEIGHT = 18;
const PADDING = 7;

/** Width in px of a pill with this label. */
export function pillWidth(text: string): number {
  return textWidth(text, STYLE) + 2 * PADDING;
}

/** Draws a short label as a pill that begins at `x`; returns its width in px. */
export function drawPill(drawing: Drawing, x: number, middle: number, text: string, fill: string): number {
  const width = pillWidth(text);
  drawing.box({ x, y: middle - HEIGHT / 2, width, height: HEIGHT, fill, radius: HEIGHT / 2 });
  drawing.text({ x: x + width / 2, y: middle, text, width: width - PADDING, ...STYLE, color: colors.surface, align: 'center' });
  return width;
}
