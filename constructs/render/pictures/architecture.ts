import type { GuestSummary, LabSummary } from '../../core/summary';
import { architectureLayout, type ArchitectureLayout } from './architecture-layout';
import { drawBackupPath, drawBridge, drawGpuLinks, drawLegend } from './connections';
import { Drawing } from './drawing';
import { drawHardwareStrip } from './hardware-strip';
import { drawStorage } from './storage-column';
import { drawTierPanel, MAX_CARDS } from './tier-panel';
import { colors, PAGE_WIDTH, sizes } from './theme';

/**
 * The architecture of the house as SVG, 1200 px wide: the host and its parts, the bridge, the pool with its datasets,
 * the guests by tier, the GPU's way to its guest, and the way of the backups.
 * A house of more than 60 guests shows each tier's sums and its biggest guests.
 */
export function renderArchitecture(lab: LabSummary): string {
  const layout = architectureLayout(lab);
  const drawing = new Drawing();
  drawHeader(drawing, lab);
  drawHost(drawing, lab, layout);
  drawHardwareStrip(drawing, lab.host, layout.strip);
  drawTierPanel(drawing, layout.platform.view, layout.platform.panel);
  drawTierPanel(drawing, layout.app.view, layout.app.panel);
  drawStorage(drawing, lab, layout.storage);
  drawBridge(drawing, lab.bridge, layout);
  drawGpuLinks(drawing, lab.host, layout);
  drawBackupPath(drawing, layout);
  drawLegend(drawing, lab, layout.legendY);
  return drawing.toSvg(layout.pageHeight, `Architecture of ${lab.name}`, describe(lab));
}

function drawHeader(drawing: Drawing, lab: LabSummary): void {
  const width = PAGE_WIDTH - 40;
  drawing.text({ x: 20, y: 34, text: lab.name, width, size: sizes.title, bold: true, color: colors.ink });
  const subtitle = `${count(lab.guests.length)} on one Proxmox VE ${lab.host.pveVersion} host`;
  drawing.text({ x: 20, y: 61, text: subtitle, width, size: sizes.body + 1, color: colors.muted });
}

function drawHost(drawing: Drawing, { host }: LabSummary, { host: area }: ArchitectureLayout): void {
  drawing.box({ ...area, fill: colors.surface, stroke: colors.bridge, strokeWidth: 2, radius: 14 });
  const middle = area.y + 27;
  const used = drawing.text({ x: area.x + 16, y: middle, text: host.name, width: 300, size: sizes.heading + 2, bold: true, color: colors.ink });
  const x = area.x + 16 + used + 14;
  const addressWidth = drawing.text({ x, y: middle, text: host.address, width: 190, size: sizes.name, color: colors.ink });
  const facts = `${host.board} · kernel ${host.kernel}`;
  const right = area.x + area.width - 16;
  drawing.text({ x: right, y: middle, text: facts, width: right - x - addressWidth - 20, size: sizes.body + 1, color: colors.muted, align: 'right' });
}

function describe(lab: LabSummary): string {
  const { host, pool, bridge, backup } = lab;
  const machine = `Host ${host.name} at ${host.address} with ${count(lab.guests.length)} on bridge ${bridge.name} and ZFS pool ${pool.name}.`;
  const way = `Backups go to ${backup.path}.`;
  if (lab.guests.length > MAX_CARDS) return `${machine} ${way}`;
  const name = (guest: GuestSummary) => `${guest.vmId} ${guest.name} (${guest.tier}, ${guest.stack}, ${guest.address}${guest.gpu ? ', GPU' : ''})`;
  return `${machine} ${way} Guests: ${lab.guests.map(name).join('; ')}.`;
}

function count(guests: number): string {
  return guests === 1 ? '1 guest' : `${guests} guests`;
}
