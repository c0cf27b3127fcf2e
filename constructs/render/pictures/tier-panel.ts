import type { GuestSummary } from '../../core/summary';
import type { Area, Drawing } from './drawing';
import { formatAmount } from './gauge';
import { CARD_HEIGHT, drawGuestCard, drawRestCard } from './guest-card';
import { largest } from './largest';
import { textWidth } from './text';
import { colors, sizes } from './theme';

/** Beyond this many guests nobody reads cards, and a tier shows its sums and its biggest guests. */
export const MAX_CARDS = 60;
const BIGGEST = 8;
const COLUMNS = 3;
const PADDING = 14;
const GAP = 18;
const HEADER = 46;

/** What one tier shows: some of its guests as cards, the others as sums. */
export interface TierView {
  readonly tier: GuestSummary['tier'];
  readonly guests: readonly GuestSummary[];
  /** Guests with a card of their own, by VMID. */
  readonly shown: readonly GuestSummary[];
}

/** Chooses the cards of a tier: all guests in a house of readable size, else the marked ones and those with most memory. */
export function tierView(tier: GuestSummary['tier'], all: readonly GuestSummary[]): TierView {
  const guests = all.filter((guest) => guest.tier === tier);
  if (all.length <= MAX_CARDS || guests.length <= BIGGEST + 1) return { tier, guests, shown: guests };
  const biggest = largest(guests, BIGGEST, (a, b) => marks(b) - marks(a) || b.memoryMiB - a.memoryMiB || a.vmId - b.vmId);
  return { tier, guests, shown: biggest.sort((a, b) => a.vmId - b.vmId) };
}

/** Height of the panel in px. */
export function tierPanelHeight(view: TierView): number {
  const rows = Math.ceil(cardCount(view) / COLUMNS);
  return rows === 0 ? HEADER : HEADER + rows * (CARD_HEIGHT + GAP) - GAP + PADDING;
}

/** Where the card of each shown guest is. */
export function cardAreas(view: TierView, panel: Area): Map<GuestSummary, Area> {
  return new Map(view.shown.map((guest, index) => [guest, cellArea(panel, index)]));
}

/** The middles in px of the cards in the panel's first or last row, where the wires to the bridge start. */
export function wirePositions(view: TierView, panel: Area): number[] {
  return Array.from({ length: Math.min(COLUMNS, cardCount(view)) }, (_, column) => {
    const cell = cellArea(panel, column);
    return cell.x + cell.width / 2;
  });
}

/** Draws the panel of a tier with its cards. */
export function drawTierPanel(drawing: Drawing, view: TierView, panel: Area): void {
  const isPlatform = view.tier === 'platform';
  const color = isPlatform ? colors.platform : colors.app;
  drawing.box({ ...panel, fill: isPlatform ? colors.platformTint : colors.appTint, stroke: color, radius: 10 });
  const title = isPlatform ? 'Platform' : 'Apps';
  const middle = panel.y + HEADER / 2;
  const style = { size: sizes.heading, bold: true };
  drawing.text({ x: panel.x + PADDING, y: middle, text: title, width: 120, ...style, color });
  const subtitleX = panel.x + PADDING + textWidth(title, style) + 10;
  const subtitle = isPlatform ? 'what other services stand on' : 'what people use';
  drawing.text({ x: subtitleX, y: middle, text: subtitle, width: 250, size: sizes.body, color: colors.muted });
  const right = panel.x + panel.width - PADDING;
  drawing.text({ x: right, y: middle, text: sums(view.guests), width: 400, size: sizes.body, color: colors.ink, align: 'right' });
  for (const [guest, area] of cardAreas(view, panel)) drawGuestCard(drawing, guest, area, color);
  const rest = view.guests.length - view.shown.length;
  if (rest > 0) drawRestCard(drawing, rest, cellArea(panel, view.shown.length), color);
}

function marks(guest: GuestSummary): number {
  return Number(guest.gpu) + Number(guest.stack === 'foundation');
}

function sums(guests: readonly GuestSummary[]): string {
  if (guests.length === 0) return 'no guests';
  const total = { cores: 0, memoryMiB: 0, diskGiB: 0 };
  for (const guest of guests) {
    total.cores += guest.cores;
    total.memoryMiB += guest.memoryMiB;
    total.diskGiB += guest.rootDiskGiB;
  }
  const count = guests.length === 1 ? '1 guest' : `${guests.length} guests`;
  return [count, `${total.cores} vCPU`, `${formatAmount(total.memoryMiB, 'MiB')} RAM`, `${formatAmount(total.diskGiB, 'GiB')} disk`].join(' · ');
}

function cardCount(view: TierView): number {
  return view.shown.length + (view.shown.length < view.guests.length ? 1 : 0);
}

function cellArea(panel: Area, index: number): Area {
  const width = (panel.width - 2 * PADDING - (COLUMNS - 1) * GAP) / COLUMNS;
  return {
    x: panel.x + PADDING + (index % COLUMNS) * (width + GAP),
    y: panel.y + HEADER + Math.floor(index / COLUMNS) * (CARD_HEIGHT + GAP),
    width,
    height: CARD_HEIGHT,
  };
}
