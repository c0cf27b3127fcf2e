import type { Gauge } from '../../core/summary';
import type { Drawing } from './drawing';
import { formatAmount, formatPercent, overshoot, promised, readableParts, type ReadablePart } from './gauge';
import { textWidth } from './text';
import { colors, partColors, sizes } from './theme';

const PADDING = 18;
const BAR_Y = 78;
const BAR_HEIGHT = 40;
const LEGEND_Y = BAR_Y + BAR_HEIGHT + 44;
const LEGEND_ROW = 26;
const LEGEND_COLUMNS = 4;
const SWATCH = 22;

/** A gauge and what is told of it. */
export interface GaugeView {
  readonly name: string;
  readonly gauge: Gauge;
  readonly parts: readonly ReadablePart[];
}

/** Left top corner and width of a gauge in px. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Prepares a gauge for drawing. */
export function gaugeView(name: string, gauge: Gauge): GaugeView {
  return { name, gauge, parts: readableParts(gauge) };
}

/** Height in px of one gauge, its legend included. */
export function gaugeHeight({ parts }: GaugeView): number {
  return LEGEND_Y + Math.ceil(parts.length / LEGEND_COLUMNS) * LEGEND_ROW + 4;
}

/**
 * Draws one resource: its sum in figures, a bar of its parts on the scale of what exists, both marks, and a legend.
 * Parts carry numbers, so that nobody has to tell them apart by colour.
 */
export function drawGauge(drawing: Drawing, at: Place, view: GaugeView): void {
  const { gauge } = view;
  const inner = { x: at.x + PADDING, y: at.y, width: at.width - 2 * PADDING };
  const isOver = overshoot(gauge) !== '';
  const border = isOver ? { stroke: colors.alarm, strokeWidth: 2 } : { stroke: colors.border };
  drawing.box({ ...at, height: gaugeHeight(view), fill: colors.surface, ...border, radius: 10 });
  drawHeading(drawing, inner, view);
  const pxPerUnit = inner.width / (Math.max(gauge.limit, gauge.budget, promised(gauge)) || 1);
  drawBar(drawing, inner, view, pxPerUnit);
  drawMarks(drawing, inner, gauge, pxPerUnit);
  drawLegend(drawing, inner, view);
}

function drawHeading(drawing: Drawing, { x, y, width }: Place, { name, gauge }: GaugeView): void {
  const middle = y + 28;
  const used = drawing.text({ x, y: middle, text: name, width: width / 4, size: sizes.heading, bold: true, color: colors.ink });
  const amount = promised(gauge);
  const sum = `${formatAmount(amount, gauge.unit)} of ${formatAmount(gauge.limit, gauge.unit)} promised`;
  const figures = `${sum} · ${formatPercent(amount, gauge.limit)}`;
  drawing.text({ x: x + used + 16, y: middle, text: figures, width: width / 2, size: sizes.name, color: colors.ink });
  const over = overshoot(gauge);
  if (over === '') return;
  const style = { size: sizes.body + 1, bold: true };
  const pill = Math.min(textWidth(over, style) + 24, width / 3);
  drawing.box({ x: x + width - pill, y: middle - 14, width: pill, height: 28, fill: colors.alarm, radius: 14 });
  const centre = { x: x + width - pill / 2, y: middle, align: 'center' } as const;
  drawing.text({ ...centre, text: over, width: pill - 16, ...style, color: colors.surface });
}

function drawBar(drawing: Drawing, { x, y, width }: Place, { gauge, parts }: GaugeView, pxPerUnit: number): void {
  const top = y + BAR_Y;
  drawing.box({ x, y: top, width, height: BAR_HEIGHT, fill: colors.free });
  let left = x;
  for (const { place, amount } of parts) {
    const partWidth = amount * pxPerUnit;
    const { fill, ink } = partColor(place);
    drawing.box({ x: left, y: top, width: partWidth, height: BAR_HEIGHT, fill, stroke: colors.surface });
    const style = { size: sizes.body, bold: true };
    if (textWidth(String(place), style) <= partWidth - 4) {
      const middle = { x: left + partWidth / 2, y: top + BAR_HEIGHT / 2, align: 'center' } as const;
      drawing.text({ ...middle, text: String(place), width: partWidth, ...style, color: ink });
    }
    left += partWidth;
  }
  if (promised(gauge) > gauge.budget) {
    const from = x + gauge.budget * pxPerUnit;
    drawing.line({ points: [[from, top - 6], [left, top - 6]], color: colors.alarm, width: 5 });
  }
}

function drawMarks(drawing: Drawing, { x, y, width }: Place, gauge: Gauge, pxPerUnit: number): void {
  const top = y + BAR_Y;
  const bottom = top + BAR_HEIGHT;
  const mark = (amount: number, label: string, from: number, to: number, labelY: number, dash?: number[]) => {
    const at = x + amount * pxPerUnit;
    drawing.line({ points: [[at, from], [at, to]], color: colors.ink, ...(dash && { dash }) });
    const side = amount * pxPerUnit > width / 2 ? ({ x: at - 6, align: 'right' } as const) : ({ x: at + 6, align: 'left' } as const);
    const text = `${label} ${formatAmount(amount, gauge.unit)}`;
    drawing.text({ ...side, y: labelY, text, width: width / 2 - 6, size: sizes.body, color: colors.ink });
  };
  mark(gauge.budget, 'budget', top - 28, bottom + 5, top - 21, [5, 4]);
  mark(gauge.limit, 'limit', top - 5, bottom + 18, bottom + 14);
}

function drawLegend(drawing: Drawing, { x, y, width }: Place, { gauge, parts }: GaugeView): void {
  const columnWidth = width / LEGEND_COLUMNS;
  parts.forEach(({ place, label, amount }, index) => {
    const left = x + (index % LEGEND_COLUMNS) * columnWidth;
    const middle = y + LEGEND_Y + Math.floor(index / LEGEND_COLUMNS) * LEGEND_ROW;
    const { fill, ink } = partColor(place);
    drawing.box({ x: left, y: middle - SWATCH / 2, width: SWATCH, height: SWATCH, fill, radius: 4 });
    const number = { text: String(place), width: SWATCH, size: sizes.body - 1, bold: true, color: ink, align: 'center' } as const;
    drawing.text({ ...number, x: left + SWATCH / 2, y: middle });
    const figure = { text: formatAmount(amount, gauge.unit), size: sizes.body, bold: true, color: colors.ink };
    const figureWidth = textWidth(figure.text, figure);
    const labelX = left + SWATCH + 8;
    const room = columnWidth - SWATCH - 32 - figureWidth;
    const used = drawing.text({ x: labelX, y: middle, text: label, width: room, size: sizes.body, color: colors.ink });
    drawing.text({ ...figure, x: labelX + used + 8, y: middle, width: figureWidth });
  });
}

function partColor(place: number): { readonly fill: string; readonly ink: string } {
  return partColors[(place - 1) % partColors.length]!;
}
