import type { LabSummary } from '../../core/summary';
import type { Area } from './drawing';
import { STRIP_HEIGHT } from './hardware-strip';
import { storageLayout, type StorageLayout } from './storage-column';
import { PAGE_WIDTH } from './theme';
import { tierPanelHeight, tierView, type TierView } from './tier-panel';

const MARGIN = 20;
const HOST_Y = 82;
const PADDING = 16;
const HOST_HEADER = 50;
const STORAGE_WIDTH = 286;
/** Free lane beside the panels, for the GPU's link on the left and the backup path on the right. */
const LANE = 26;
const BRIDGE_HEIGHT = 36;
const WIRE = 18;
const LEGEND = 46;

/** Where everything of the architecture picture is, in px. */
export interface ArchitectureLayout {
  readonly host: Area;
  readonly strip: Area;
  readonly platform: { readonly view: TierView; readonly panel: Area };
  readonly bridge: Area;
  readonly app: { readonly view: TierView; readonly panel: Area };
  readonly storage: StorageLayout;
  /** Middle of the lane left of the panels. */
  readonly gpuLaneX: number;
  /** Middle of the lane between panels and storage. */
  readonly backupLaneX: number;
  readonly legendY: number;
  readonly pageHeight: number;
}

/** Lays out the picture from top to bottom: machine, platform, bridge and apps, with the storage beside them. */
export function architectureLayout(lab: LabSummary): ArchitectureLayout {
  const inner = { x: MARGIN + PADDING, width: PAGE_WIDTH - 2 * (MARGIN + PADDING) };
  const strip = { ...inner, y: HOST_Y + HOST_HEADER, height: STRIP_HEIGHT };
  const top = strip.y + STRIP_HEIGHT + WIRE;
  const guests = { x: inner.x + LANE, width: inner.width - STORAGE_WIDTH - 2 * LANE };
  const platformView = tierView('platform', lab.guests);
  const platform = { ...guests, y: top, height: tierPanelHeight(platformView) };
  const bridge = { ...guests, y: platform.y + platform.height + WIRE, height: BRIDGE_HEIGHT };
  const appView = tierView('app', lab.guests);
  const app = { ...guests, y: bridge.y + BRIDGE_HEIGHT + WIRE, height: tierPanelHeight(appView) };
  const storage = storageLayout(lab, { x: inner.x + inner.width - STORAGE_WIDTH, y: top, width: STORAGE_WIDTH });
  const bottom = Math.max(app.y + app.height, top + storage.height) + PADDING;
  return {
    host: { x: MARGIN, y: HOST_Y, width: PAGE_WIDTH - 2 * MARGIN, height: bottom - HOST_Y },
    strip,
    platform: { view: platformView, panel: platform },
    bridge,
    app: { view: appView, panel: app },
    storage,
    gpuLaneX: inner.x + LANE / 2,
    backupLaneX: guests.x + guests.width + LANE / 2,
    legendY: bottom + LEGEND / 2,
    pageHeight: bottom + LEGEND,
  };
}
