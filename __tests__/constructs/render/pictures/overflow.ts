import { textWidth } from '../../../../constructs/render/pictures/text';
import { parseSvg, type SvgElement } from './parse-svg';

interface Span {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly x: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Texts that by estimated width leave the innermost box they start in, or run into another text of their line. */
export function overflowingTexts(svg: string): string[] {
  const elements = parseSvg(svg);
  const page = { left: 0, right: 1200, top: 0, bottom: Number(elements[0]?.attributes['height']) };
  const boxes = [page, ...elements.filter(({ tag }) => tag === 'path').map(boxOf)];
  const spans = elements.filter(({ tag }) => tag === 'text').map(spanOf);
  const leaving = spans.filter((span) => {
    const { left, right } = innermost(boxes, span);
    return span.left < left - 0.1 || span.right > right + 0.1 || span.y > page.bottom;
  });
  const colliding = spans.filter((a, index) =>
    spans.some((b, other) => other > index && Math.abs(a.y - b.y) < 8 && a.left < b.right && b.left < a.right),
  );
  return [...leaving.map(({ text }) => `leaves its box: ${text}`), ...colliding.map(({ text }) => `runs into another: ${text}`)];
}

function spanOf({ attributes, text }: SvgElement): Span {
  const style = attributes['style'] ?? '';
  const size = Number(/font-size:([\d.]+)px/.exec(style)?.[1]);
  const width = textWidth(text, { size, bold: style.includes('font-weight:bold') });
  const [x, y] = [Number(attributes['x']), Number(attributes['y'])];
  const left = { start: x, middle: x - width / 2, end: x - width }[attributes['text-anchor'] ?? 'start'] ?? x;
  return { text, x, y, left, right: left + width };
}

/** Rectangles are paths here: with round corners in absolute coordinates, else one corner and three relative steps. */
function boxOf({ attributes }: SvgElement): Box {
  const path = attributes['d'] ?? '';
  const plain = /^M([\d.]+) ([\d.]+)l([\d.]+) 0l0 ([\d.]+)/.exec(path);
  if (plain) {
    const [left, top, width, height] = plain.slice(1).map(Number) as [number, number, number, number];
    return { left, top, right: left + width, bottom: top + height };
  }
  const points = [...path.matchAll(/(?:[ML]|A[\d.]+ [\d.]+ 0 [01] [01] )([\d.]+) ([\d.]+)/g)].map((point) => [Number(point[1]), Number(point[2])] as const);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function innermost(boxes: readonly Box[], { x, y }: Span): Box {
  const around = boxes.filter(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
  return around.reduce((inner, box) => (box.right - box.left < inner.right - inner.left ? box : inner));
}
