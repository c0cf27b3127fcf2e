import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { PveNode } from './pve-node';

const BLANK_NODE = resolve(__dirname, 'blank-node.yaml');

/** A freshly installed node; every call gives one of its own. */
export const blankNode = (): PveNode => parse(readFileSync(BLANK_NODE, 'utf8')) as PveNode;

/** A blank node with some of its parts replaced. */
export const nodeWith = (parts: Partial<PveNode>): PveNode => ({ ...blankNode(), ...parts });
