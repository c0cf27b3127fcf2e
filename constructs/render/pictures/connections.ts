import type { BridgeSummary, HostSummary, LabSummary } from '../../core/summary';
import type { ArchitectureLayout } from './architecture-layout';
import type { Area, Drawing } from './drawing';
import { drawPill } from './pill';
import { colors, PAGE_WIDTH, sizes } from './theme';
import { cardAreas, wirePositions } from './tier-panel';

const MARGIN = 36;

/** Draws the bridge between the tiers, and a wire from it to each column of cards. */
export function drawBridge(drawing: Drawing, bridge: BridgeSummary, layout: ArchitectureLayout): void {
  const { bridge: area, platform, app } = layout;
  for (const x of wirePositions(platform.view, platform.panel)) {
    drawing.line({ points: [[x, bottom(platform.panel)], [x, area.y]], color: colors.bridge });
  }
  for (const x of wirePositions(app.view, app.panel)) {
    drawing.line({ points: [[x, bottom(area)], [x, app.panel.y]], color: colors.bridge });
  }
  drawing.box({ ...area, fill: colors.bridge, radius: 6 });
  const text = `Linux bridge ${bridge.name} · ${bridge.network} · gateway ${bridge.gateway}`;
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  drawing.text({ ...middle, text, width: area.width - 32, size: sizes.body + 1, bold: true, color: colors.surface, align: 'center' });
}

/** Draws the way of the graphics card to its guest: down the left lane and along the gap above the card, so it crosses none. */
export function drawGpuLinks(drawing: Drawing, host: HostSummary, layout: ArchitectureLayout): void {
  if (host.gpu === undefined) return;
  const x = layout.gpuLaneX;
  for (const { view, panel } of [layout.platform, layout.app]) {
    for (const [guest, card] of cardAreas(view, panel)) {
      if (!guest.gpu) continue;
      const turn = card.y - 9;
      const end = card.x + card.width / 2;
      drawing.line({ points: [[x, bottom(layout.strip)], [x, turn], [end, turn], [end, card.y]], color: colors.gpu, width: 2.5, arrow: true });
    }
  }
}

/** Draws the way of the backups: from the tiers down or up the right lane to the dataset that takes them. */
export function drawBackupPath(drawing: Drawing, layout: ArchitectureLayout): void {
  const { backup } = layout.storage;
  const end = middleOf(backup.area);
  const x = layout.backupLaneX;
  for (const { view, panel } of [layout.platform, layout.app]) {
    if (view.guests.length === 0) continue;
    const start = middleOf(panel);
    drawing.line({ points: [[panel.x + panel.width, start], [x, start], [x, end]], color: colors.backup, width: 2.5 });
  }
  drawing.line({ points: [[x, end], [backup.area.x - 2, end]], color: colors.backup, width: 2.5, arrow: true });
}

/** Draws what the marks mean, in one line below the host. */
export function drawLegend(drawing: Drawing, lab: LabSummary, y: number): void {
  let x = MARGIN;
  const label = (text: string) => {
    const style = { size: sizes.body };
    x += 26 + drawing.text({ x, y, text, width: PAGE_WIDTH - MARGIN - x, ...style, color: colors.muted });
  };
  const foundations = lab.guests.filter((guest) => guest.stack === 'foundation').length;
  x += 8 + drawPill(drawing, x, y, 'foundation', colors.foundation);
  label(`Terraform stack foundation (${foundations}); unmarked: services (${lab.guests.length - foundations})`);
  if (lab.host.gpu !== undefined) {
    drawing.line({ points: [[x, y], [x + 30, y]], color: colors.gpu, width: 2.5, arrow: true });
    x += 38;
    label('GPU');
  }
  drawing.line({ points: [[x, y], [x + 30, y]], color: colors.backup, width: 2.5, arrow: true });
  x += 38;
  label('backups');
  label('last line of a card: vCPU · RAM · root disk');
}

function bottom(area: Area): number {
  return area.y + area.height;
}

function middleOf(area: Area): number {
  return area.y + area.height / 2;
}
