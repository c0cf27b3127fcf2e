import { isDeepStrictEqual } from 'node:util';

import { Refusal } from '../common/refusal';

/** What of a Terraform state makes it this state and no other. */
export interface Snapshot {
  /** Identity, made with the first state. */
  readonly lineage: string;
  /** Number of this version. */
  readonly serial: number;
  readonly resources: readonly unknown[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Reads a state from its JSON text.
 * @param where for the message
 * @returns undefined when there is no state, for which `state pull` prints nothing or one without lineage
 */
export function parseSnapshot(text: string | undefined, where: string): Snapshot | undefined {
  if (!text?.trim()) return undefined;
  let state: Partial<Snapshot> & { version?: number };
  try {
    state = JSON.parse(text) as typeof state;
  } catch (error) {
    throw new Refusal(`the state in ${where} is no JSON: ${(error as Error).message}`);
  }
  if (state.lineage === '') return undefined;
  if (typeof state.lineage !== 'string' || typeof state.serial !== 'number') {
    throw new Refusal(`the state in ${where} has no lineage and serial: it is no Terraform state`);
  }
  return { lineage: state.lineage, serial: state.serial, resources: state.resources ?? [], outputs: state.outputs ?? {} };
}

/** Names a state for a person. */
export function describe(snapshot: Snapshot): string {
  const count = snapshot.resources.length;
  return `lineage ${snapshot.lineage}, serial ${snapshot.serial}, ${count} resource${count === 1 ? '' : 's'}`;
}

/**
 * How a state that was read back differs from the one that was written, or undefined when it is the same.
 * @param serial whether it must be the same serial, or a newer one: `state push` adds one
 */
export function difference(written: Snapshot, read: Snapshot | undefined, serial: 'same' | 'newer' = 'same'): string | undefined {
  if (!read) return 'there is none';
  if (written.lineage !== read.lineage) return `lineage ${read.lineage} instead of ${written.lineage}`;
  const serialFits = serial === 'same' ? read.serial === written.serial : read.serial >= written.serial;
  if (!serialFits) return `serial ${read.serial} instead of ${written.serial}`;
  if (!isDeepStrictEqual(written.resources, read.resources)) return 'other resources';
  if (!isDeepStrictEqual(written.outputs, read.outputs)) return 'other outputs';
  return undefined;
}
