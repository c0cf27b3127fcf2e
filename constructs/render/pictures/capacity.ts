import type { Gauge, LabSummary } from '../../core/summary';
import { Drawing } from './drawing';
import { formatAmount, formatPercent, promised } from './gauge';
import { drawGauge, gaugeHeight, gaugeView } from './gauge-bar';
import { colors, PAGE_WIDTH, sizes } from './theme';

const MARGIN = 32;
const HEADER_HEIGHT = 92;
const GAP = 20;

/**
 * The capacity plot as SVG, 1200 px wide: memory, vCPU and pool as stacked bars of what is promised,
 * against the budget and against what exists. What is above either is marked.
 */
export function renderCapacity(lab: LabSummary): string {
  const { memory, cpu, pool } = lab.capacity;
  const views = [gaugeView('RAM', memory), gaugeView('vCPU', cpu), gaugeView(`ZFS pool ${lab.pool.name}`, pool)];
  const drawing = new Drawing();
  const width = PAGE_WIDTH - 2 * MARGIN;
  drawing.text({ x: MARGIN, y: 38, text: `Capacity of ${lab.name}`, width, size: sizes.title, bold: true, color: colors.ink });
  const subtitle = `What ${lab.host.name} promises against its budget and against what exists`;
  drawing.text({ x: MARGIN, y: 66, text: subtitle, width, size: sizes.body + 1, color: colors.muted });
  let y = HEADER_HEIGHT;
  for (const view of views) {
    drawGauge(drawing, { x: MARGIN, y, width }, view);
    y += gaugeHeight(view) + GAP;
  }
  const description = views.map(({ name, gauge }) => `${name}: ${describe(gauge)}`).join(' ');
  return drawing.toSvg(y + MARGIN - GAP, `Capacity of ${lab.name}`, description);
}

function describe(gauge: Gauge): string {
  const [amount, limit, budget] = [promised(gauge), gauge.limit, gauge.budget].map((each) => formatAmount(each, gauge.unit));
  return `${amount} of ${limit} promised (${formatPercent(promised(gauge), gauge.limit)}), budget ${budget}.`;
}
