import type { LabSummary } from '../../core/summary';
import type { Area, Drawing } from './drawing';
import { formatAmount } from './gauge';
import { colors, sizes } from './theme';

/** Datasets beyond this are only counted. */
const MAX_DATASETS = 8;
const PADDING = 14;
const GAP = 10;
const ROW = 46;
const BACKUP_ROW = 108;
const TEMPLATE = 84;

interface Dataset {
  readonly name: string;
  readonly purpose: string;
}

/** Where the parts of the column are, in px. */
export interface StorageLayout {
  readonly pool: Area;
  readonly rows: readonly { readonly dataset: Dataset; readonly area: Area }[];
  /** The place that backups go to, where the backup path ends. */
  readonly backup: { readonly dataset: Dataset; readonly area: Area };
  readonly template: Area;
  readonly height: number;
}

/** Lays out the pool with its datasets, the one with the backups last, and the template below. */
export function storageLayout(lab: LabSummary, at: { x: number; y: number; width: number }): StorageLayout {
  const { pool, backup } = lab;
  const isBackup = (dataset: { mountpoint: string }) => dataset.mountpoint === backup.path;
  const others = pool.datasets.filter((dataset) => !isBackup(dataset));
  const shown: Dataset[] = others.length <= MAX_DATASETS ? others : others.slice(0, MAX_DATASETS - 1);
  const hidden = others.length - shown.length;
  const listed = hidden === 0 ? shown : [...shown, { name: `+ ${hidden} more datasets`, purpose: '' }];
  const inner = { x: at.x + PADDING, width: at.width - 2 * PADDING };
  let y = at.y + (pool.intent === undefined ? 62 : 84);
  const rows = listed.map((dataset) => {
    const area = { ...inner, y, height: ROW };
    y += ROW + GAP;
    return { dataset, area };
  });
  const target = pool.datasets.find(isBackup) ?? { name: backup.path, purpose: 'backups of the guests' };
  const backupRow = { dataset: target, area: { ...inner, y, height: BACKUP_ROW } };
  const poolHeight = y + BACKUP_ROW + PADDING - at.y;
  const template = { ...at, y: at.y + poolHeight + 16, height: TEMPLATE };
  return { pool: { ...at, height: poolHeight }, rows, backup: backupRow, template, height: poolHeight + 16 + TEMPLATE };
}

/** Draws the column as laid out. */
export function drawStorage(drawing: Drawing, lab: LabSummary, layout: StorageLayout): void {
  drawPool(drawing, lab, layout);
  for (const { dataset, area } of layout.rows) {
    drawing.box({ ...area, fill: colors.page, stroke: colors.border, radius: 6 });
    drawDataset(drawing, dataset, area);
  }
  drawBackup(drawing, lab, layout.backup.dataset, layout.backup.area);
  drawTemplate(drawing, lab, layout.template);
}

function drawPool(drawing: Drawing, { pool }: LabSummary, { pool: area }: StorageLayout): void {
  drawing.box({ ...area, fill: colors.surface, stroke: colors.bridge, radius: 10 });
  const line = { x: area.x + PADDING, width: area.width - 2 * PADDING };
  drawing.text({ ...line, y: area.y + 22, text: `ZFS pool ${pool.name}`, size: sizes.heading, bold: true, color: colors.ink });
  const facts = `${formatAmount(pool.usableGiB, 'GiB')} usable · ${pool.layout}`;
  drawing.text({ ...line, y: area.y + 45, text: facts, size: sizes.body, color: colors.ink });
  if (pool.intent === undefined) return;
  drawing.text({ ...line, y: area.y + 65, text: `intended: ${pool.intent}`, size: sizes.body, color: colors.muted });
}

function drawDataset(drawing: Drawing, { name, purpose }: Dataset, area: Area): void {
  const line = { x: area.x + PADDING, width: area.width - 2 * PADDING };
  drawing.text({ ...line, y: area.y + 15, text: name, size: sizes.body, bold: true, color: colors.ink });
  drawing.text({ ...line, y: area.y + 33, text: purpose, size: sizes.body - 0.5, color: colors.muted });
}

function drawBackup(drawing: Drawing, { backup }: LabSummary, dataset: Dataset, area: Area): void {
  drawing.box({ ...area, fill: colors.backupTint, stroke: colors.backup, strokeWidth: 2, radius: 6 });
  drawDataset(drawing, dataset, area);
  const line = { x: area.x + PADDING, width: area.width - 2 * PADDING, size: sizes.body - 0.5, color: colors.backup };
  drawing.text({ ...line, y: area.y + 56, text: `storage ${backup.storage}`, bold: true });
  drawing.text({ ...line, y: area.y + 75, text: backup.schedule });
  drawing.text({ ...line, y: area.y + 93, text: `keeps ${backup.retention}` });
}

function drawTemplate(drawing: Drawing, { template }: LabSummary, area: Area): void {
  drawing.box({ ...area, fill: colors.surface, stroke: colors.bridge, radius: 10 });
  const line = { x: area.x + PADDING, width: area.width - 2 * PADDING };
  drawing.text({ ...line, y: area.y + 21, text: `VM template ${template.vmId}`, size: sizes.name, bold: true, color: colors.ink });
  drawing.text({ ...line, y: area.y + 43, text: template.name, size: sizes.body, color: colors.ink });
  drawing.text({ ...line, y: area.y + 63, text: template.image, size: sizes.body - 0.5, color: colors.muted });
}
