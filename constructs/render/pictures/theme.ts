/** Width of every picture in px; what a README shows without scaling on a wide screen. */
export const PAGE_WIDTH = 1200;

/**
 * Colours of all pictures, after Okabe and Ito's palette for colour-blind readers.
 * The page has its own light ground, so a picture looks the same in a light and in a dark viewer.
 */
export const colors = {
  page: '#f6f8fa',
  surface: '#ffffff',
  border: '#c9d1d9',
  free: '#eaeef2',
  ink: '#1b2430',
  muted: '#52606d',
  platform: '#0072b2',
  platformTint: '#e6f1f8',
  app: '#00755a',
  appTint: '#e5f4ef',
  gpu: '#b34d00',
  backup: '#8b3f72',
  backupTint: '#f7ebf3',
  foundation: '#1b2430',
  bridge: '#3d4b5a',
  alarm: '#b3261e',
} as const;

/** Fills of the parts of a bar in drawing order, each with the ink that stays readable on it. */
export const partColors: readonly { readonly fill: string; readonly ink: string }[] = [
  { fill: '#0072b2', ink: '#ffffff' },
  { fill: '#e69f00', ink: '#1b2430' },
  { fill: '#00755a', ink: '#ffffff' },
  { fill: '#e3a6c6', ink: '#1b2430' },
  { fill: '#56b4e9', ink: '#1b2430' },
  { fill: '#b34d00', ink: '#ffffff' },
  { fill: '#f0e442', ink: '#1b2430' },
];

/** Type sizes in px. */
export const sizes = { title: 26, heading: 17, name: 16, body: 13 } as const;
