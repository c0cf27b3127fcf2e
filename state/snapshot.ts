import { isDeepStrictEqual } from 'node:util';

import { Refusal } from '../secrets/refusal';

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

/** How one state differs from another, or undefined when they are the same. */
export function difference(local: Snapshot, remote: Snapshot | undefined): string | undefined {
  if (!remote) return 'there is none';
  if (local.lineage !== remote.lineage) return `lineage ${remote.lineage} instead of ${local.lineage}`;
  if (local.serial !== remote.serial) return `serial ${remote.serial} instead of ${local.serial}`;
  if (!isDeepStrictEqual(local.resources, remote.resources)) return 'other resources';
  if (!isDeepStrictEqual(local.outputs, remote.outputs)) return 'other outputs';
  return undefined;
}
