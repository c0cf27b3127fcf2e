import Polygon from 'zrender/lib/graphic/shape/Polygon.js';
import Polyline from 'zrender/lib/graphic/shape/Polyline.js';
import Rect from 'zrender/lib/graphic/shape/Rect.js';
import TSpan from 'zrender/lib/graphic/TSpan.js';
import Storage from 'zrender/lib/Storage';
import { createVNode, vNodeToString } from 'zrender/lib/svg/core.js';
import SVGPainter from 'zrender/lib/svg/Painter';
import { fitText, textWidth, toXmlText } from './text';
import { colors, PAGE_WIDTH } from './theme';

/** How far the baseline is below the middle of capital letters, for the usual sans-serif fonts. */
const MIDDLE_TO_BASELINE_EM = 0.36;

/** A point in px from the left top corner of the page. */
export type Point = readonly [x: number, y: number];

/** An upright rectangle in px. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A filled rectangle. */
export interface BoxProps extends Area {
  readonly fill: string;
  /** @default - no outline */
  readonly stroke?: string;
  /** Width of the outline in px. @default 1 */
  readonly strokeWidth?: number;
  /** Radius of all corners, or of each from the left top one clockwise, in px. @default 0 */
  readonly radius?: number | number[];
}

/** One line of text; `y` is its middle. */
export interface TextProps {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Room for the text in px; what is longer ends in an ellipsis. */
  readonly width: number;
  /** Type size in px. */
  readonly size: number;
  readonly bold?: boolean;
  readonly color: string;
  /** Which end of the text `x` is. @default 'left' */
  readonly align?: 'left' | 'right' | 'center';
}

/** A line through right angles. */
export interface LineProps {
  readonly points: readonly Point[];
  readonly color: string;
  /** Width in px. @default 2 */
  readonly width?: number;
  /** Lengths of dashes and gaps in px. @default - drawn through */
  readonly dash?: number[];
  /** Whether the last point has an arrow head. @default false */
  readonly arrow?: boolean;
}

/**
 * A page that shapes are put on, first one lowest, and that becomes an SVG text.
 *
 * It is the only door to zrender. Nothing here needs an id (no gradient, clip path or marker): zrender numbers those
 * per process, and two pictures of the same house have to be equal byte for byte.
 */
export class Drawing {
  readonly #storage = new Storage();

  /** Draws a rectangle. */
  box({ x, y, width, height, fill, stroke, strokeWidth = 1, radius = 0 }: BoxProps): void {
    const style = stroke === undefined ? { fill } : { fill, stroke, lineWidth: strokeWidth };
    this.#storage.addRoot(new Rect({ shape: { x, y, width, height, r: radius }, style }));
  }

  /** Draws one line of text and returns its estimated width in px. */
  text({ x, y, text, width, size, bold = false, color, align = 'left' }: TextProps): number {
    const fitted = fitText(text, width, { size, bold });
    const fontWeight = bold ? 'bold' : 'normal';
    const font = { fontSize: size, fontFamily: 'sans-serif', fontWeight } as const;
    const place = { x: round(x), y: round(y + MIDDLE_TO_BASELINE_EM * size), textAlign: align, textBaseline: 'middle' } as const;
    this.#storage.addRoot(new TSpan({ style: { ...place, ...font, text: fitted, fill: color } }));
    return textWidth(fitted, { size, bold });
  }

  /** Draws a line, with an arrow head when asked. */
  line({ points, color, width = 2, dash, arrow = false }: LineProps): void {
    const shape = { points: points.map(([x, y]) => [round(x), round(y)]) };
    const style = { stroke: color, lineWidth: width, lineJoin: 'round', ...(dash && { lineDash: dash }) } as const;
    this.#storage.addRoot(new Polyline({ shape, style }));
    if (arrow) this.#storage.addRoot(new Polygon({ shape: { points: arrowHead(points, width) }, style: { fill: color } }));
  }

  /**
   * The page as an SVG document with its own ground.
   *
   * @param height height of the page in px
   * @param title what a screen reader calls the picture
   * @param description what a screen reader tells of it
   */
  toSvg(height: number, title: string, description: string): string {
    // No element to paint into: there is no browser here.
    const painter = new SVGPainter(null, this.#storage, { ssr: true, width: PAGE_WIDTH, height });
    painter.setBackgroundColor(colors.page);
    const svg = painter.renderToVNode({ compress: true, useViewBox: true });
    svg.attrs['role'] = 'img';
    // Renderers disagree about this attribute, so the text stands on its baseline, which all of them know.
    for (const node of svg.children ?? []) delete node.attrs['dominant-baseline'];
    svg.children?.unshift(
      createVNode('title', 'title', {}, undefined, toXmlText(title)),
      createVNode('desc', 'desc', {}, undefined, toXmlText(description)),
    );
    return `${vNodeToString(svg, { newline: true })}\n`;
  }
}

function arrowHead(points: readonly Point[], lineWidth: number): number[][] {
  const [[fromX, fromY], [x, y]] = points.slice(-2) as [Point, Point];
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [alongX, alongY] = [(x - fromX) / length, (y - fromY) / length];
  const size = 4 * lineWidth;
  const half = size / 2;
  const [baseX, baseY] = [x - alongX * size, y - alongY * size];
  return [[x, y], [baseX - alongY * half, baseY + alongX * half], [baseX + alongY * half, baseY - alongX * half]];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
