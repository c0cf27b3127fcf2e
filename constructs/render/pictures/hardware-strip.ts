import type { HostSummary } from '../../core/summary';
import type { Area, Drawing } from './drawing';
import { formatAmount } from './gauge';
import { colors, sizes } from './theme';

/** Height of the strip in px. */
export const STRIP_HEIGHT = 58;
const GAP = 12;
const PADDING = 12;
/** Ports beyond this are told in figures only. */
const MAX_PIPS = 8;

interface Chip {
  readonly label: string;
  readonly value: string;
  /** Share of the strip's width. */
  readonly weight: number;
  readonly color: string;
}

/** Draws the parts of the machine side by side; the graphics card comes first, because a link to its guest starts there. */
export function drawHardwareStrip(drawing: Drawing, host: HostSummary, strip: Area): void {
  const chips = hardware(host);
  const weights = chips.reduce((sum, chip) => sum + chip.weight, 0);
  const pxPerWeight = (strip.width - GAP * (chips.length - 1)) / weights;
  let x = strip.x;
  for (const { label, value, weight, color } of chips) {
    const width = weight * pxPerWeight;
    drawing.box({ ...strip, x, width, fill: colors.page, stroke: color, radius: 7 });
    const line = { x: x + PADDING, width: width - 2 * PADDING };
    const ink = color === colors.border ? colors.muted : color;
    const labelWidth = drawing.text({ ...line, y: strip.y + 19, text: label, size: sizes.body, color: ink });
    drawing.text({ ...line, y: strip.y + 40, text: value, size: sizes.body + 1, bold: true, color: colors.ink });
    if (label === 'SATA') drawPorts(drawing, host, line.x + labelWidth + 12, strip.y + 14);
    x += width + GAP;
  }
}

function hardware(host: HostSummary): Chip[] {
  const color = colors.border;
  const gpu = host.gpu === undefined ? [] : [{ label: 'GPU', value: host.gpu, weight: 2.6, color: colors.gpu }];
  return [
    ...gpu,
    { label: `CPU · ${host.cores === 1 ? '1 core' : `${host.cores} cores`}`, value: host.cpu, weight: 2.6, color },
    { label: 'RAM', value: formatAmount(host.memoryMiB, 'MiB'), weight: 1.1, color },
    { label: 'SATA', value: `${host.sataUsed} of ${host.sataPorts} ports used`, weight: 2, color },
    { label: 'Root disk', value: formatAmount(host.rootGiB, 'GiB'), weight: 1.1, color },
  ];
}

function drawPorts(drawing: Drawing, host: HostSummary, x: number, y: number): void {
  if (host.sataPorts > MAX_PIPS) return;
  for (let port = 0; port < host.sataPorts; port++) {
    const fill = port < host.sataUsed ? colors.bridge : colors.surface;
    drawing.box({ x: x + port * 13, y, width: 9, height: 9, fill, stroke: colors.bridge });
  }
}
