import { spawnSync } from 'node:child_process';

/** One element of a picture. */
export interface SvgElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Expat by way of python3, which Ansible needs anyway: a parser that refuses whatever is not well-formed. */
const PARSER = `
import json, sys, xml.etree.ElementTree as tree
elements = [{"tag": e.tag.split("}")[-1], "attributes": dict(e.attrib), "text": e.text or ""} for e in tree.fromstring(sys.stdin.buffer.read()).iter()]
json.dump(elements, sys.stdout)
`;

/**
 * All elements of an SVG document, the root first.
 *
 * @throws when the document is no well-formed XML
 */
export function parseSvg(svg: string): SvgElement[] {
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', PARSER], { input: svg, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`not well-formed XML: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout) as SvgElement[];
}

/** What a reader can read in the picture, in drawing order. */
export function readableTexts(svg: string): string[] {
  return parseSvg(svg).filter(({ tag }) => tag === 'text').map(({ text }) => text);
}
