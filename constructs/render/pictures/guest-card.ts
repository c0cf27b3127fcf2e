import type { GuestSummary } from '../../core/summary';
import type { Area, Drawing } from './drawing';
import { formatAmount } from './gauge';
import { drawPill, pillWidth } from './pill';
import { colors, sizes } from './theme';

/** Height of every card in px. */
export const CARD_HEIGHT = 96;
const STRIPE = 6;
const PADDING = 12;
const PILL_GAP = 6;

/** Draws one guest: VMID, name, what it is for, address, where its data is, and size. */
export function drawGuestCard(drawing: Drawing, guest: GuestSummary, area: Area, color: string): void {
  drawing.box({ ...area, fill: colors.surface, stroke: guest.gpu ? colors.gpu : color, strokeWidth: guest.gpu ? 2 : 1, radius: 7 });
  const stripe = guest.stack === 'foundation' ? colors.foundation : color;
  drawing.box({ ...area, width: STRIPE, fill: stripe, radius: [7, 0, 0, 7] });
  const left = area.x + STRIPE + PADDING;
  const right = area.x + area.width - PADDING;
  const vmIdWidth = drawing.text({ x: left, y: area.y + 20, text: String(guest.vmId), width: 90, size: sizes.body, bold: true, color });
  const nameX = left + vmIdWidth + 8;
  drawing.text({ x: nameX, y: area.y + 20, text: guest.name, width: right - nameX, size: sizes.name, bold: true, color: colors.ink });
  const line = { x: left, width: right - left, size: sizes.body, color: colors.muted };
  let purposeWidth = line.width;
  for (const [text, fill] of pills(guest)) {
    purposeWidth -= pillWidth(text) + PILL_GAP;
    drawPill(drawing, left + purposeWidth + PILL_GAP, area.y + 42, text, fill);
  }
  drawing.text({ ...line, y: area.y + 42, text: guest.purpose, width: purposeWidth });
  const addressWidth = drawing.text({ ...line, y: area.y + 62, text: guest.address, color: colors.ink });
  drawing.text({ ...line, x: right, y: area.y + 62, text: dataLabel(guest), width: line.width - addressWidth - 8, align: 'right' });
  const size = `${guest.cores} vCPU · ${formatAmount(guest.memoryMiB, 'MiB')} · ${formatAmount(guest.rootDiskGiB, 'GiB')}`;
  drawing.text({ ...line, y: area.y + 81, text: size, color: colors.ink });
}

/** Draws the card that stands for the guests of a tier without one of their own. */
export function drawRestCard(drawing: Drawing, count: number, area: Area, color: string): void {
  drawing.box({ ...area, fill: colors.surface, stroke: color, radius: 7 });
  const middle = area.x + area.width / 2;
  const line = { x: middle, width: area.width - 2 * PADDING, align: 'center' } as const;
  drawing.text({ ...line, y: area.y + 36, text: `+ ${count} more`, size: sizes.heading, bold: true, color });
  drawing.text({ ...line, y: area.y + 62, text: 'all of them in the catalogue', size: sizes.body, color: colors.muted });
}


function pills(guest: GuestSummary): (readonly [text: string, fill: string])[] {
  return [
    ...(guest.stack === 'foundation' ? [['foundation', colors.foundation] as const] : []),
    ...(guest.gpu ? [['GPU', colors.gpu] as const] : []),
  ];
}

function dataLabel(guest: GuestSummary): string {
  if (guest.volumes.length === 0) return 'disposable';
  const quotaGiB = guest.volumes.reduce((sum, volume) => sum + volume.quotaGiB, 0);
  return `data ${formatAmount(quotaGiB, 'GiB')}`;
}
